import Canvas
import ConvolutionEngine
import Walkthrough

/// The network as a table: which layer is chosen, and what narrows it.
struct NetworkTable: Sendable, Equatable {
  private var selected: Int
  private var filter = ListFilter()
  /// Written once for all the keys that are pressed in it; the dispensable ones last.
  private let columns: [Column]

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
  private func shown(_ network: Network) -> [Int] {
    network.layers.filter { filter.shows([$0.name, $0.operation.kind]) }.map(\.index)
  }

  private mutating func move(_ distance: Int, in network: Network) {
    let shown = shown(network)
    guard !shown.isEmpty else { return }
    // From a layer that is not shown it goes to the first one behind it.
    let place = shown.firstIndex { $0 >= selected } ?? shown.count - 1
    selected = shown[min(max(0, place + distance), shown.count - 1)]
  }
}

/// Enter walks into the chosen layer.
extension NetworkTable: OverlayContent {
  static let help = "the network as a table"

  var overlay: Overlay { .table(self) }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    let network = player.network
    if filter.isTyping {
      let distance = filter.type(key)
      move(distance, in: network)
      return .stay
    }
    let rows = NetworkTable.rows(player.view)
    switch key == .enter ? .move(.next) : player.command(for: key) {
    case .move(.down): move(1, in: network)
    case .move(.up): move(-1, in: network)
    case .stop(.nextStop): move(rows, in: network)
    case .stop(.previousStop): move(-rows, in: network)
    case .move(.first): move(-network.layers.count, in: network)
    case .move(.last): move(network.layers.count, in: network)
    case .open(.search): filter.begin()
    case .program(.leave) where filter.text != nil: filter.clear()
    case .move(.next):
      guard shown(network).contains(selected) else { return .stay }
      return .close(player.walkInto(layer: selected))
    default: return player.commonReaction(to: key) ?? .close
    }
    return .stay
  }

  func click(_ action: Screen.Action?, on player: inout Player) -> Reaction {
    guard case .walkInto(let index) = action else { return .close }
    return .close(player.walkInto(layer: index))
  }

  mutating func turnWheel(by distance: Int, in view: View) { move(distance, in: view.network) }

  mutating func edit(_ change: (inout TextField) -> Void, in view: View) -> Bool {
    guard filter.isTyping else { return false }
    change(&filter.field)
    move(0, in: view.network)
    return true
  }

  func draw(on screen: inout Screen, _ view: View) {
    let (network, size, rows) = (view.network, view.size, NetworkTable.rows(view))
    screen.put(
      "\(view.subject.title): \(counted(network.layers.count, "layer")) over "
        + "\(network.inputName) \(network.input)", 1, 0, .heading, before: size.columns)
    let shown = shown(network)
    let chosen = shown.firstIndex(of: selected) ?? 0
    let first = min(max(0, chosen - rows / 2), max(0, shown.count - rows))
    let lines = shown.dropFirst(first).prefix(rows).map { network.layers[$0] }
    drawColumns(on: &screen, lines, before: size.columns)
    for (line, layer) in lines.enumerated() {
      if layer.index == selected { screen.point(0, 2 + line) }
      screen.add(.walkInto(layer: layer.index), columns: 0..<size.columns, row: 2 + line)
    }
    drawTotal(on: &screen, view, shown: shown.count, below: shown.count - first - lines.count)
    view.drawMessage(&screen)
  }

  func footer(_ view: View) -> Footer {
    if filter.isTyping { return filter.footer }
    return .keys([
      Hint(keys: view.keys(.up, .down), label: "choose"),
      Hint(keys: "Enter", label: "walk into it"),
      Hint(keys: view.key(.search), label: "filter"),
      Hint(keys: "Esc", label: filter.text == nil ? "back" : "all"),
    ])
  }

  private static func rows(_ view: View) -> Int { view.size.rows - 6 }

  private func drawColumns(on screen: inout Screen, _ lines: [Layer], before end: Int) {
    var column = 2
    for part in columns {
      guard column + part.width < end else { continue }
      drawCell(&screen, part, part.heading, column, 1, .heading)
      for (line, layer) in lines.enumerated() {
        drawCell(
          &screen, part, part.texts[layer.index], column, 2 + line,
          layer.index == selected ? .current : .plain)
      }
      column += part.width + 2
    }
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

  private func drawTotal(on screen: inout Screen, _ view: View, shown: Int, below rest: Int) {
    let (network, size) = (view.network, view.size)
    let total =
      "\(grouped(network.parameterCount)) parameters, \(grouped(network.multiplyAdds)) multiply-adds"
    let count =
      shown == network.layers.count ? "" : "\(shown) layer\(shown == 1 ? "" : "s") shown.  "
    let more = rest > 0 ? "… \(rest) more below.  " : ""
    screen.put("\(count)\(more)In all: \(total)", 2, size.rows - 3, .faint, before: size.columns)
  }
}
