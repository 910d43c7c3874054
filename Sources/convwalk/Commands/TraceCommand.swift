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
    "trace --lesson worked-example --cell 'dX[4,5,0]'",
  ]

  static var configuration: CommandConfiguration {
    CommandConfiguration(
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

        \(GradientOptions.grammar)
        --cell then is a number of it: 'dX[4,5,0]', 'dKer0[1,2,0]', 'dW3[7]', db0. In
        JSON each object has gradient, shares [{layer, filter or row, terms [{at,
        gradient, by, product}], sum}] and total; or loss.

        \(SubjectOptions.grammar(examples))
        """)
  }

  @OptionGroup var options: SubjectOptions
  @OptionGroup var way: GradientOptions

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
    let address = try gradientAddress(in: network)
    try way.check(isAsked: address != nil)
    if way.gradient != nil || address != nil {
      try trace(back: subject, address, layer: chosen)
      return
    }
    if let cell {
      let (layer, cell) = try network.cell(typed: cell, in: chosen)
      try trace(subject, [(layer, [cell])])
    } else {
      let layers = chosen.map { [$0] } ?? network.layers
      try trace(subject, layers.map { ($0, nil) })
    }
  }

  /// The number of a gradient that `--cell` asks for; nil for a layer's cell.
  private func gradientAddress(
    in network: Network
  ) throws(CommandFailure) -> GradientAddress? {
    guard let cell else { return nil }
    return try addressing { () throws(AddressError) in
      way.gradient == nil
        ? try network.gradientAddress(typed: cell) : try network.gradientAddress(parsing: cell)
    }
  }

  private func trace(
    back subject: Subject, _ address: GradientAddress?, layer: Layer?
  ) throws(CommandFailure) {
    let network = subject.network
    var backward = try way.backward(subject, layer: layer, axes: options.axes)
    var target = try way.gradient.map { name throws(CommandFailure) in
      try backward.target(typed: name)
    }
    var cells: [Cell]?
    if let address, let cell {
      guard case .cell(let found) = address.part else { throw .subject(.notAGradientCell(cell)) }
      if let target, target != address.target, let gradient = way.gradient {
        throw .subject(.gradientElsewhere(address: cell, gradient: gradient))
      }
      (target, cells) = (address.target, [found])
    }
    guard let target, let shape = network.shape(of: target) else { return }
    try backward.check(target)
    try exactly { () throws(ArithmeticError) in try backward.evaluateReaders(of: target) }
    let words = GradientWords(network, from: backward.loss)
    var output = StandardOutput()
    if cells == nil, format == .text {
      let heading = words.heading(target, readers: backward.readers(of: target))
      try output.write(paragraph: heading, isFirst: true)
    }
    for index in 0..<(cells?.count ?? shape.count) {
      let cell = cells?[index] ?? shape.cell(at: index)
      let account = try exactly { () throws(ArithmeticError) in
        try backward.account(of: cell, in: target)
      }
      guard let account else { continue }
      switch format {
      case .text:
        let lines = words.transcript(account, notation: notation) + words.sentences(account)
        try output.write(paragraph: lines, isFirst: cells != nil)
      case .json: try output.write(line: account.json(in: network).text)
      }
    }
    try output.flush()
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
      throw .subject(.unknownLayer(name, known: layers.map(\.name)))
    }
    return layer
  }

  /// The cell of an address that somebody typed, which must lie in a layer if one is given.
  fileprivate func cell(
    typed text: String, in chosen: Layer?
  ) throws(CommandFailure) -> (Layer, Cell) {
    let address = try addressing { () throws(AddressError) in try Address(parsing: text) }
    guard case .cell(let cell) = address.part else { throw .subject(.notACell(text)) }
    if address.layer == inputName { throw .subject(.inputCell(text)) }
    _ = try addressing { () throws(AddressError) in try Walk(self).place(of: address) }
    let layer = try layer(typed: address.layer)
    if let chosen, chosen.name != layer.name {
      throw .subject(.cellElsewhere(address: text, layer: chosen.name))
    }
    return (layer, cell)
  }
}

/// Runs what may meet an address that leads nowhere.
func addressing<Value>(
  _ body: () throws(AddressError) -> Value
) throws(CommandFailure) -> Value {
  do throws(AddressError) {
    return try body()
  } catch {
    throw .subject(.address(error))
  }
}
