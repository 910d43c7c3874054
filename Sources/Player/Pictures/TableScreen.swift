import Canvas
import ConvolutionEngine
import Walkthrough

/// The network as a table; Enter walks into the chosen layer.
extension Player {
  /// A key while the table is shown.
  mutating func pressInTable(_ key: Key, _ selected: Int) -> [Effect] {
    let last = network.layers.count - 1
    let page = tableRows
    var chosen = selected
    switch key {
    case .down, .character("j"): chosen += 1
    case .up, .character("k"): chosen -= 1
    case .pageDown: chosen += page
    case .pageUp: chosen -= page
    case .home: chosen = 0
    case .end, .character("G"): chosen = last
    case .enter, .character(" "):
      overlay = nil
      return walkInto(layer: selected)
    default:
      overlay = nil
      return key == .controlL ? [.redraw] : []
    }
    overlay = .table(selected: min(max(chosen, 0), last))
    return []
  }

  mutating func walkInto(layer index: Int) -> [Effect] {
    guard network.layers.indices.contains(index) else { return [] }
    overlay = nil
    return jump(
      to: grain == .layer
        ? Place(layer: index, grain: .layer, position: 1) : walk.start(ofLayer: index, grain))
  }

  private var tableRows: Int { size.rows - 6 }

  /// A column of the table: its heading, and what it says of a layer.
  private struct Column {
    let heading: String
    var isNumber = false
    let text: (Layer) -> String
  }

  /// The columns, the dispensable ones last.
  private var columns: [Column] {
    let fields = network.receptiveFields
    return [
      Column(heading: "layer") { cut($0.name, to: 20) },
      Column(heading: "output") { "\($0.output)" },
      Column(heading: "parameters", isNumber: true) { grouped($0.parameterCount) },
      Column(heading: "multiply-adds", isNumber: true) { grouped($0.multiplyAdds) },
      Column(heading: "field", isNumber: true) { layer in
        let field = fields[layer.index]
        return "\(field.x.size)×\(field.y.size)"
      },
      Column(heading: "kind") { $0.operation.kind },
      Column(heading: "input") { [network] in
        $0.sources.map(network.name).joined(separator: " ")
      },
    ]
  }

  func drawNetworkTable(_ scene: inout Scene, selected: Int) {
    scene.put(
      "\(subject.title): \(network.layers.count) layers over \(network.inputName) "
        + "\(network.input)", 1, 0, .heading, before: size.columns)
    let first = min(
      max(0, selected - tableRows / 2), max(0, network.layers.count - tableRows))
    var column = 2
    for shown in columns {
      let texts = network.layers.map(shown.text)
      let width = min(
        40, ([shown.heading] + texts).map(\.unicodeScalars.count).max() ?? 0)
      guard column + width < size.columns else { continue }
      for (line, text) in ([shown.heading] + texts.dropFirst(first).prefix(tableRows)).enumerated()
      {
        let row = 1 + line
        let index = first + line - 1
        let role: Role = line == 0 ? .heading : index == selected ? .current : .plain
        let text = cut(text, to: width)
        if shown.isNumber {
          scene.frame.put(text, endingAt: column + width, row, role)
        } else {
          scene.frame.put(text, column, row, role)
        }
      }
      column += width + 2
    }
    drawTableMarks(&scene, first: first, selected: selected)
    drawKeys(
      &scene,
      [
        Hint(keys: key(.up) + key(.down), label: "choose"),
        Hint(keys: "Enter", label: "walk into it"), Hint(keys: "Esc", label: "back"),
      ])
  }

  private func drawTableMarks(_ scene: inout Scene, first: Int, selected: Int) {
    for line in 0..<min(tableRows, network.layers.count - first) {
      let index = first + line
      if index == selected { scene.frame.put("▸", 0, 2 + line, .current) }
      scene.add(.walkInto(layer: index), columns: 0..<size.columns, row: 2 + line)
    }
    let rest = network.layers.count - first - tableRows
    let total =
      "\(grouped(network.parameterCount)) parameters, \(grouped(network.multiplyAdds)) multiply-adds"
    scene.put(
      rest > 0 ? "… \(rest) more below.  In all: \(total)" : "In all: \(total)", 2, size.rows - 3,
      .faint, before: size.columns)
  }
}
