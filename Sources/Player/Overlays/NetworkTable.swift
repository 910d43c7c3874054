import Canvas
import ConvolutionEngine
import Walkthrough

/// The network as a table: which layer is chosen, what narrows it, and which blocks of it are
/// unfolded where it is longer than the screen.
struct NetworkTable: Sendable, Equatable {
  private var selected: Line
  private var unfolded: Set<Int> = []
  private var filter = ListFilter()
  private let blocks: [LayerBlock]
  /// Written once for all the keys that are pressed in it; the dispensable ones last.
  private let columns: [Column]

  /// A line of the table: a layer, or a block by its place.
  enum Line: Sendable, Hashable {
    case layer(Int)
    case block(Int)
  }

  init(_ network: Network, selected: Int) {
    self.selected = .layer(selected)
    blocks = network.blocks
    columns = Column.all(of: network, blocks)
  }

  /// The layers that the filter lets through; without one, blocks in place of their layers where all
  /// of these find no room.
  private func lines(_ view: View) -> [Line] {
    let network = view.network
    guard filter.text == nil else {
      return network.layers.filter { filter.shows([$0.name, $0.operation.kind]) }
        .map { .layer($0.index) }
    }
    guard NetworkTable.folds(view) else { return network.layers.map { .layer($0.index) } }
    return blocks.indices.flatMap { index -> [Line] in
      let layers = blocks[index].layers.map { Line.layer($0) }
      guard layers.count > 1 else { return layers }
      return [.block(index)] + (unfolded.contains(index) ? layers : [])
    }
  }

  private static func folds(_ view: View) -> Bool { view.network.layers.count > rows(view) }

  private func layers(_ line: Line) -> Range<Int> {
    switch line {
    case .layer(let index): index..<index + 1
    case .block(let index): blocks[index].layers
    }
  }

  /// Where the chosen line stands, or what it is folded into, or what comes behind it.
  private func place(in lines: [Line]) -> Int {
    let first = layers(selected).lowerBound
    return lines.firstIndex(of: selected)
      ?? lines.firstIndex { layers($0).upperBound > first } ?? max(0, lines.count - 1)
  }

  private mutating func move(_ distance: Int, in view: View) {
    let lines = lines(view)
    guard !lines.isEmpty else { return }
    selected = lines[min(max(0, place(in: lines) + distance), lines.count - 1)]
  }

  private func chosenLine(_ view: View) -> Line? {
    let lines = lines(view)
    return lines.isEmpty ? nil : lines[place(in: lines)]
  }

  /// Unfolds a block, or folds it again, and stays where it is.
  private mutating func turn(_ block: Int) {
    if unfolded.remove(block) == nil {
      unfolded.insert(block)
    } else {
      selected = .block(block)
    }
  }
}

/// Enter walks into the chosen layer.
extension NetworkTable: OverlayContent {
  static let help = "the network as a table"

  var overlay: Overlay { .table(self) }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    let view = player.view
    if filter.isTyping {
      let distance = filter.type(key)
      move(distance, in: view)
      return .stay
    }
    let rows = NetworkTable.rows(view)
    switch key == .enter ? .move(.next) : player.command(for: key) {
    case .move(.down): move(1, in: view)
    case .move(.up): move(-1, in: view)
    case .stop(.nextStop): move(rows, in: view)
    case .stop(.previousStop): move(-rows, in: view)
    case .move(.first): move(-2 * view.network.layers.count, in: view)
    case .move(.last): move(2 * view.network.layers.count, in: view)
    case .open(.search): filter.begin()
    case .program(.leave) where filter.text != nil: filter.clear()
    case .move(.next):
      switch chosenLine(view) {
      case .layer(let index): return .close(player.walkInto(layer: index))
      case .block(let index): turn(index)
      case nil: break
      }
    case .program(.leave), .program(.quit), .open(.table): return .close
    default:
      if let reaction = player.commonReaction(to: key) { return reaction }
      player.sayIdle(key, "Esc goes back")
    }
    return .stay
  }

  mutating func click(_ action: Screen.Action?, on player: inout Player) -> Reaction {
    switch action {
    case .walkInto(let index): return .close(player.walkInto(layer: index))
    case .chooseLine(let block):
      turn(block)
      return .stay
    default: return .stay
    }
  }

  mutating func turnWheel(by distance: Int, in view: View) { move(distance, in: view) }

  mutating func edit(_ change: (inout TextField) -> Void, in view: View) -> Bool {
    guard filter.isTyping else { return false }
    change(&filter.field)
    move(0, in: view)
    return true
  }

  func draw(on screen: inout Screen, _ view: View) {
    let (network, size, rows) = (view.network, view.size, NetworkTable.rows(view))
    screen.put(
      "\(view.subject.title): \(counted(network.layers.count, "layer")) over "
        + "\(network.inputName) \(network.input)", 1, 0, .heading, before: size.columns)
    let all = lines(view)
    let chosen = place(in: all)
    let first = min(max(0, chosen - rows / 2), max(0, all.count - rows))
    let lines = Array(all.dropFirst(first).prefix(rows))
    for (row, line) in lines.enumerated() {
      if first + row == chosen { screen.point(0, 2 + row) }
      let action: Screen.Action
      switch line {
      case .layer(let index): action = .walkInto(layer: index)
      case .block(let index): action = .chooseLine(index)
      }
      screen.add(action, columns: 0..<size.columns, row: 2 + row)
    }
    drawColumns(on: &screen, lines, folds: all.contains(where: \.isBlock), before: size.columns)
    let layers = all.count { !$0.isBlock }
    drawTotal(
      on: &screen, view, shown: filter.text == nil ? network.layers.count : layers,
      below: all.count - first - lines.count)
    view.drawMessage(&screen)
  }

  func footer(_ view: View) -> Footer {
    if filter.isTyping { return filter.footer }
    var enter = "walk into it"
    if case .block(let index) = chosenLine(view) {
      enter = unfolded.contains(index) ? "fold" : "unfold"
    }
    return .keys([
      Hint(keys: view.keys(.up, .down), label: "choose"),
      Hint(keys: "Enter", label: enter),
      Hint(keys: view.key(.search), label: "filter"),
      Hint(keys: "Esc", label: filter.text == nil ? "back" : "all"),
    ])
  }

  private static func rows(_ view: View) -> Int { view.size.rows - 6 }

  /// As many columns as there is room for, always the first: in a wider screen none is missing that a
  /// narrower one has.
  private func drawColumns(
    on screen: inout Screen, _ lines: [Line], folds: Bool, before end: Int
  ) {
    var column = 2
    let chosen = screen.frame.cursor?.row
    for (index, part) in columns.enumerated() {
      let isName = index == 0
      let width = part.width + (isName && folds ? 4 : 0)
      guard column + width < end else { break }
      drawCell(&screen, part, part.heading, column, width, 1, .heading)
      for (row, line) in lines.enumerated() {
        let text = isName && folds ? foldedName(line, part) : part[line]
        drawCell(
          &screen, part, text, column, width, 2 + row, chosen == 2 + row ? .current : .plain)
      }
      column += width + 2
    }
  }

  /// `+ mixed0 (22)`, or unfolded `- mixed0 (22)` and under it its layers.
  private func foldedName(_ line: Line, _ names: Column) -> String {
    switch line {
    case .block(let index): (unfolded.contains(index) ? "- " : "+ ") + names[line]
    case .layer(let index):
      (blocks.contains { $0.layers.count > 1 && $0.layers.contains(index) } ? "    " : "  ")
        + names[line]
    }
  }

  private func drawCell(
    _ screen: inout Screen, _ part: Column, _ text: String, _ column: Int, _ width: Int,
    _ row: Int, _ role: Role
  ) {
    let text = cut(text, to: width)
    if part.isNumber {
      screen.frame.put(text, endingAt: column + width, row, role)
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

extension NetworkTable.Line {
  var isBlock: Bool { if case .block = self { true } else { false } }
}
