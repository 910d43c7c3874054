import Canvas
import ConvolutionEngine
import Walkthrough

/// The network as a table: which layer is chosen, and what narrows it.
struct NetworkTable: Sendable, Equatable {
  var selected: Int
  var filter = ListFilter()
  /// Written once for all the keys that are pressed in it; the dispensable ones last.
  let columns: [Column]

  /// A column of the table: its heading, and what it says of each layer.
  struct Column: Sendable, Equatable {
    let heading: String
    let isNumber: Bool
    let texts: [String]
    let width: Int

    fileprivate init(
      _ heading: String, isNumber: Bool = false, of network: Network, _ text: (Layer) -> String
    ) {
      self.heading = heading
      self.isNumber = isNumber
      texts = network.layers.map(text)
      width = min(40, ([heading] + texts).map(\.unicodeScalars.count).max() ?? 0)
    }
  }

  init(_ network: Network, selected: Int) {
    self.selected = selected
    let fields = network.receptiveFields
    columns = [
      Column("layer", of: network) { cut($0.name, to: 24) },
      Column("output", of: network) { "\($0.output)" },
      Column("parameters", isNumber: true, of: network) { grouped($0.parameterCount) },
      Column("multiply-adds", isNumber: true, of: network) { grouped($0.multiplyAdds) },
      Column("field", isNumber: true, of: network) { layer in
        let field = fields[layer.index]
        return "\(field.x.size)×\(field.y.size)"
      },
      Column("kind", of: network) { $0.operation.kind },
      Column("input", of: network) { $0.sources.map(network.name).joined(separator: " ") },
    ]
  }

  /// The layers that the filter lets through, by their index.
  func shown(_ network: Network) -> [Int] {
    network.layers.filter { filter.shows([$0.name, $0.operation.kind]) }.map(\.index)
  }

  mutating func move(_ distance: Int, in network: Network) {
    let shown = shown(network)
    guard !shown.isEmpty else { return }
    // From a layer that is not shown it goes to the first one behind it.
    let place = shown.firstIndex { $0 >= selected } ?? shown.count - 1
    selected = shown[min(max(0, place + distance), shown.count - 1)]
  }
}

/// Enter walks into the chosen layer.
extension Player {
  /// A key while the table is shown.
  mutating func pressInTable(_ key: Key, _ shown: NetworkTable) -> [Effect] {
    var table = shown
    defer { if case .table = overlay { overlay = .table(table) } }
    if table.filter.isTyping {
      let distance = table.filter.type(key)
      table.move(distance, in: network)
      return []
    }
    switch key == .enter ? .next : options.bindings.command(for: key) {
    case .down: table.move(1, in: network)
    case .up: table.move(-1, in: network)
    case .nextStop: table.move(tableRows, in: network)
    case .previousStop: table.move(-tableRows, in: network)
    case .first: table.move(-network.layers.count, in: network)
    case .last: table.move(network.layers.count, in: network)
    case .search: table.filter.begin()
    case .help: overlay = .help
    case .leave where table.filter.text != nil: table.filter.clear()
    case .next:
      guard table.shown(network).contains(table.selected) else { return [] }
      overlay = nil
      return walkInto(layer: table.selected)
    case .redraw:
      overlay = nil
      return [.redraw]
    default:
      overlay = nil
      return []
    }
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

  func drawNetworkTable(_ screen: inout Screen, _ table: NetworkTable) {
    screen.put(
      "\(subject.title): \(counted(network.layers.count, "layer")) over \(network.inputName) "
        + "\(network.input)", 1, 0, .heading, before: size.columns)
    let shown = table.shown(network)
    let chosen = shown.firstIndex(of: table.selected) ?? 0
    let first = min(max(0, chosen - tableRows / 2), max(0, shown.count - tableRows))
    let lines = shown.dropFirst(first).prefix(tableRows).map { network.layers[$0] }
    var column = 2
    for part in table.columns {
      guard column + part.width < size.columns else { continue }
      drawCell(&screen, part, part.heading, column, 1, .heading)
      for (line, layer) in lines.enumerated() {
        drawCell(
          &screen, part, part.texts[layer.index], column, 2 + line,
          layer.index == table.selected ? .current : .plain)
      }
      column += part.width + 2
    }
    for (line, layer) in lines.enumerated() {
      if layer.index == table.selected { screen.frame.put("▸", 0, 2 + line, .current) }
      screen.add(.walkInto(layer: layer.index), columns: 0..<size.columns, row: 2 + line)
    }
    drawTableTotal(&screen, shown: shown.count, below: shown.count - first - lines.count)
    if let message { draw(&screen, message) }
    if table.filter.isTyping { return drawFilterLine(&screen, table.filter) }
    drawKeys(
      &screen,
      [
        Hint(keys: keys(.up, .down), label: "choose"),
        Hint(keys: "Enter", label: "walk into it"), Hint(keys: key(.search), label: "filter"),
        Hint(keys: "Esc", label: table.filter.text == nil ? "back" : "all"),
      ])
  }

  private func drawCell(
    _ screen: inout Screen, _ part: NetworkTable.Column, _ text: String, _ column: Int, _ row: Int,
    _ role: Role
  ) {
    let text = cut(text, to: part.width)
    if part.isNumber {
      screen.frame.put(text, endingAt: column + part.width, row, role)
    } else {
      screen.frame.put(text, column, row, role)
    }
  }

  private func drawTableTotal(_ screen: inout Screen, shown: Int, below rest: Int) {
    let total =
      "\(grouped(network.parameterCount)) parameters, \(grouped(network.multiplyAdds)) multiply-adds"
    let count =
      shown == network.layers.count ? "" : "\(shown) layer\(shown == 1 ? "" : "s") shown.  "
    let more = rest > 0 ? "… \(rest) more below.  " : ""
    screen.put("\(count)\(more)In all: \(total)", 2, size.rows - 3, .faint, before: size.columns)
  }
}
