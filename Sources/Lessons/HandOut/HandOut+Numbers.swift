import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// The numbers that questions are about, so that they can be answered on paper.
extension HandOut {
  /// More numbers than this are read on the screen, not on paper.
  static let mostNumbers = 512
  /// Maps of layers with more products are not worked out for paper.
  private static let mostProductsOfALayer = 100_000

  mutating func writeNumbers() {
    var written: [[String]] = []
    for (name, scene) in scenes where name == Scene.main || isLookedAt(name) {
      // Scenes often share an input, or a filter.
      let blocks = numbers(of: scene).filter { !written.contains($0) }
      guard !blocks.isEmpty else { continue }
      if written.isEmpty {
        page.heading("The numbers", level: 2)
        page.paragraph(
          "What the questions are about. “The key” in the text is the one that goes on, where the "
            + "lesson is taken on the screen.")
      }
      if name != Scene.main { page.paragraph("Scene \(name):") }
      for block in blocks { page.verbatim(block) }
      written += blocks
    }
  }

  /// Whether a stop walks there.
  private func isLookedAt(_ scene: String) -> Bool {
    stops.contains { lesson.stops[$0].scene == scene && lesson.stops[$0].at != nil }
  }

  /// The computed maps that a question is about, which the screen shows beside it: what its layer
  /// takes from another one, and the map that is searched or shifted.
  mutating func maps(for question: Question, at stop: Stop) -> [[String]] {
    if let address = stop.at?.gradient { return upstreams(of: address, at: stop) }
    guard let address = stop.at?.step, [.walk, .shift].contains(stop.view),
      let scene = lesson.scenes[stop.scene],
      let layer = scene.network.layer(named: address.layer)
    else { return [] }
    var maps: [[String]] = []
    if case .layer(let source) = layer.sources[0] {
      let taken = scene.network.layers[source]
      if let output = output(of: taken, in: scene) {
        maps.append(
          grids("\(taken.name) \(taken.output), which \(layer.name) takes", taken.output) {
            output[$0]
          })
      }
    }
    if layer.parameters != nil, let output = output(of: layer, in: scene),
      let plane = try? Shape(layer.output.width, layer.output.height, 1),
      stop.view == .shift || asksForPeak(question, output)
    {
      maps.append(grids("\(layer.name)[:,:,0] \(plane)", plane) { output[$0] })
    }
    return maps.filter { !$0.isEmpty }
  }

  /// Whether x and y of the first map's largest number are asked for.
  private func asksForPeak(_ question: Question, _ output: Tensor) -> Bool {
    guard question.answer.count == 2 else { return false }
    let peak = (0..<output.shape.plane).reduce(0) { output[$0] < output[$1] ? $1 : $0 }
    let cell = output.shape.cell(at: peak)
    return question.answer == [Number(Int128(cell.x)), Number(Int128(cell.y))]
  }

  /// A layer's numbers; nil where they are too many for paper.
  private func output(of layer: Layer, in scene: Scene) -> Tensor? {
    guard layer.output.count <= HandOut.mostNumbers,
      scene.network.layers.allSatisfy({ $0.multiplyAdds <= HandOut.mostProductsOfALayer })
    else { return nil }
    var activations = Activations(scene.network, input: scene.input)
    return try? activations.evaluate(layer.index)
  }

  /// The input and every filter, a block of lines each; none of what is too large for paper.
  private func numbers(of scene: Scene) -> [[String]] {
    let network = scene.network
    var blocks = [
      grids(
        "\(network.inputName) \(network.input)", network.input, { scene.input[$0] })
    ]
    let names = CodeNames(network)
    for layer in network.layers {
      guard let parameters = layer.parameters, parameters.weights.count <= HandOut.mostNumbers
      else { continue }
      for filter in 0..<parameters.filters {
        let bias = parameters.bias.map { ", \(names.bias(layer, filter)) = \($0[filter].text)" }
        let title = "\(names.filter(layer, filter)) of \(layer.name), \(parameters.filter)"
        blocks.append(
          layer.windows == nil
            ? row(
              title + (bias ?? ""),
              (0..<parameters.filter.count).map {
                parameters.weights[filter * parameters.filter.count + $0]
              })
            : grids(title + (bias ?? ""), parameters.filter) { parameters.weight(filter, $0) })
      }
    }
    return blocks.filter { !$0.isEmpty }
  }

  /// Whether an input is small enough to be printed whole.
  func isWritten(_ input: Shape) -> Bool { input.count <= HandOut.mostNumbers }

  /// Depths side by side, as many as a line has room for.
  func grids(_ title: String, _ shape: Shape, _ number: (Cell) -> Number) -> [String] {
    guard shape.count <= HandOut.mostNumbers else { return [] }
    if shape.isFlat, shape.depth > 1 {
      return row(title, (0..<shape.depth).map { number(Cell(0, 0, $0)) })
    }
    let texts = (0..<shape.count).map { number(shape.cell(at: $0)).text }
    let digits = texts.map(\.unicodeScalars.count).max() ?? 1
    let columns = max(shape.width * (digits + 1), "depth \(shape.depth)".count) + 3
    guard columns <= Page.width else { return [] }
    let perLine = Page.width / columns
    var lines = [title]
    for first in stride(from: 0, to: shape.depth, by: perLine) {
      let depths = first..<min(shape.depth, first + perLine)
      if first > 0 { lines.append("") }
      if shape.depth > 1 {
        lines.append(joined(depths.map { leading(" depth \($0)", to: columns) }))
      }
      for y in 0..<shape.height {
        lines.append(
          joined(
            depths.map { depth in
              let cells = (0..<shape.width).map { x in
                " " + padded(texts[shape.index(Cell(x, y, depth))], to: digits)
              }
              return leading(cells.joined(), to: columns)
            }))
      }
    }
    return lines
  }

  /// A dense layer's weights, or the numbers of a flat input, in lines.
  private func row(_ title: String, _ numbers: [Number]) -> [String] {
    [title]
      + wrapped(numbers.map(\.text).joined(separator: " "), to: Page.width - 4).map { " " + $0 }
  }

  private func joined(_ parts: [String]) -> String {
    var line = Substring(parts.joined())
    while line.last == " " { line.removeLast() }
    return String(line)
  }
}
