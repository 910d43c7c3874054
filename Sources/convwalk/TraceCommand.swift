import ArgumentParser
import ConvolutionEngine
import FastEvaluation
import Walkthrough

/// `convwalk trace`: how cells are computed, as text or a JSON object a line.
struct TraceCommand: ParsableCommand {
  private static let examples = [
    "trace 11x11x4 conv:5,stride=2 maxpool:2 --layer maxpool",
    "trace --image photo.ppm maxpool:8",
    "trace --lesson worked-example --cell 'v[1,1,0]'",
    "trace --network lenet-5 --input 36x36x1 --cell 'C1[0,0,0]'",
    "trace --network pytorch-net --head avgpool:5 --layer avgpool",
  ]

  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Show how each cell is computed: window, products, sums, bias and total.",
    discussion: """
      For example, window, filter, products and their row sums:

        $ convwalk trace 3x3x1 conv:2 --cell 'conv[1,0,0]'
        conv[1,0,0] = np.sum(X[1:3, 0:2, :] * Ker) + b
          depth 0
            5 7    1 −2     5 −14  | −9
            2 9 ×  1 −1 =   2  −9  | −7
            slice sum = −16
          bias b = 2
          conv[1,0,0] = −16 + 2 = −14

      With --format json, one object a line: layer, cell {x, y, k}; window {x, y}
      as from and to, to not included; slices [{depth, input, filter, products,
      sum}], each matrix a list of rows; bias; total. Pools have candidates and
      winners, or sum and divisor. Where there are fractions, total, bias, sums
      and products stand over denominator, the others over inputDenominator and
      filterDenominator.

      \(SubjectOptions.grammar(examples))
      """)

  @OptionGroup var options: SubjectOptions

  @Option(parsing: .unconditional, help: "Only the cells of this layer.")
  var layer: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Only this cell, at the cost of its window.", valueName: "address"))
  var cell: String?

  @Option(help: "text, or json: an object a line.")
  var format = OutputFormat.text

  @Option(help: "The library whose code the text shows: numpy, pytorch or keras.")
  var notation = Notation.numpy

  func run() throws {
    let subject = try options.subject(.numbers)
    let network = subject.network
    let chosen = try layer.map { name throws(CommandFailure) in try network.layer(typed: name) }
    if let cell {
      let (layer, cell) = try network.cell(typed: cell, in: chosen)
      try trace(subject, [(layer, [cell])])
    } else {
      let layers = chosen.map { [$0] } ?? network.layers
      try trace(subject, layers.map { ($0, nil) })
    }
  }

  /// - Parameter parts: the layers in order, and which of their cells; nil for all.
  private func trace(
    _ subject: Subject, _ parts: [(layer: Layer, cells: [Cell]?)]
  ) throws(CommandFailure) {
    var activations = try subject.activations()
    var output = StandardOutput()
    for (index, (layer, cells)) in parts.enumerated() {
      try exactly { () throws(ArithmeticError) in try activations.evaluateInputs(of: layer.index) }
      if cells == nil, format == .text {
        let heading = Walk(subject.network).heading(layer, notation: notation)
        try output.write(paragraph: heading, isFirst: index == 0)
      }
      for cellIndex in 0..<(cells?.count ?? layer.output.count) {
        let cell = cells?[cellIndex] ?? layer.output.cell(at: cellIndex)
        let account = try exactly { () throws(ArithmeticError) in
          try activations.account(of: cell, in: layer.index)
        }
        guard let account else { continue }
        switch format {
        case .text:
          let lines = Walk(subject.network).transcript(account, notation: notation)
          try output.write(paragraph: lines, isFirst: cells != nil)
        case .json: try output.write(line: account.json(in: subject.network).text)
        }
      }
    }
    try output.flush()
  }
}

extension Network {
  /// The layer of a name that somebody typed.
  func layer(typed name: String) throws(CommandFailure) -> Layer {
    guard let layer = layer(named: name) else {
      throw .unknownLayer(name, known: layers.map(\.name))
    }
    return layer
  }

  /// The cell of an address that somebody typed, which must lie in a layer if one is given.
  fileprivate func cell(
    typed text: String, in chosen: Layer?
  ) throws(CommandFailure) -> (Layer, Cell) {
    let address = try addressing { () throws(AddressError) in try Address(parsing: text) }
    guard case .cell(let cell) = address.part else { throw .notACell(text) }
    if address.layer == inputName { throw .inputCell(text) }
    _ = try addressing { () throws(AddressError) in try Walk(self).place(of: address) }
    let layer = try layer(typed: address.layer)
    if let chosen, chosen.name != layer.name {
      throw .cellElsewhere(address: text, layer: chosen.name)
    }
    return (layer, cell)
  }
}

/// Runs what may meet an address that leads nowhere.
private func addressing<Value>(
  _ body: () throws(AddressError) -> Value
) throws(CommandFailure) -> Value {
  do throws(AddressError) {
    return try body()
  } catch {
    throw .address(error)
  }
}
