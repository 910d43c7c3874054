import ConvolutionEngine
import ExactNumbers
import Walkthrough

/// Who reads what: receptive fields, places that no window reads, the windows that read a cell.
extension Draft {
  /// Layers one after another, of which each is a convolution or a pool.
  private struct Tower {
    var parts: [(settings: WindowSettings, isPool: Bool)] = []

    init(_ draws: inout Draws, layers: Int) {
      for index in 0..<layers {
        let isPool = index > 0 && draws.number(0...2) == 0
        let size = isPool ? 2 : draws.pick([2, 3, 3, 3, 4, 5])
        // A stride wider than the filter would leave gaps in what is seen.
        let stride = isPool ? 2 : min(size, draws.pick([1, 1, 2, 3]))
        parts.append((WindowSettings(size: Pair(size), stride: Pair(stride)), isPool))
      }
    }

    var withoutStrides: Tower {
      var other = self
      for index in parts.indices { other.parts[index].settings.stride = Pair(1) }
      return other
    }

    var hasStrides: Bool { parts.dropLast().contains { $0.settings.stride.x > 1 } }

    var draft: Draft? {
      shape(64, 64, 1).flatMap { input in
        Draft(input, parts.map { operation($0.settings, filters: 1, pools: $0.isPool) })
      }
    }

    var texts: [String] {
      parts.map { settings, isPool in
        "\(isPool ? "max pooling" : "filters") of \(settings.sizeText) with stride "
          + "\(settings.stride.x)"
      }
    }
  }

  static func field(_ draws: inout Draws, layers: Int) -> Draft? {
    let tower = Tower(&draws, layers: layers)
    guard var draft = tower.draft, let field = draft.network.receptiveFields.last?.x else {
      return nil
    }
    draft.ask =
      "First \(tower.texts[0]), then \(tower.texts.dropFirst().joined(separator: ", then ")), all "
      + "without padding. How many columns of the input does one cell of the last layer see?"
    draft.answers([field.size])
    if tower.hasStrides {
      draft.slip(
        tower.withoutStrides.draft?.network.receptiveFields.last.map { [$0.x.size] },
        "Behind a stride, a step to the next column is as many columns of the input.")
    }
    let sizes = tower.parts.map(\.settings.size.x)
    draft.slip(
      [sizes.reduce(0, +)], "Neighbouring windows overlap: the sizes cannot simply be added.")
    draft.slip(
      [field.size * field.size], "That is how many places; asked for are the columns, one side.")
    draft.slip([sizes[layers - 1]], "So many columns it sees of the layer before it.")
    let back = draft.wayBack
    draft.hints = [
      "Go back layer by layer: how many columns of the layer before does it see?",
      "Of n columns of a layer, (n − 1) · stride + filter columns of what stands before it.",
      "Going back: \(back.dropLast().joined(separator: ", ")), …",
    ]
    draft.why = "Going back: \(back.joined(separator: ", "))."
    draft.look(at: Cell(0, 0, 0), keys: "b")
    return draft
  }

  /// What of each layer reaches a cell of the last one, the nearest first: `3 of conv1`.
  private var wayBack: [String] {
    network.reach(of: Cell(0, 0, 0), in: layer.index).map { reach in
      "\(reach.columns.count) of \(network.name(of: reach.source))"
    }
  }

  /// Windows over an input that leaves some of it unread.
  private static func sparse(_ draws: inout Draws) -> (Draft, WindowSettings)? {
    let settings = WindowSettings(
      size: Pair(draws.number(1...4)), stride: Pair(draws.number(2...5)),
      dilation: Pair(draws.pick([1, 1, 1, 2])))
    guard let input = shape(draws.number(6...16), draws.number(6...16), 1) else { return nil }
    return Draft(input, [operation(settings, filters: 1, pools: false)]).map { ($0, settings) }
  }

  static func unreadPlace(_ draws: inout Draws) -> Draft? {
    let axis = draws.pick([Axis.x, .x, .y])
    guard case (var draft, let settings)? = sparse(&draws), let windows = draft.layer.windows else {
      return nil
    }
    let unread = windows[axis].unread
    guard unread.count == 1, let place = unread.first else { return nil }
    draft.ask =
      scene(settings, 1, draft.network.input, pools: false)
      + " Which \(axis.place) of the input is never read? The first is \(axis.place) 0."
    draft.answers([place])
    draft.slip([place + 1], "The first \(axis.place) is number 0, not 1.")
    draft.slip([place - 1], "\(axis.place.sentence) \(place - 1) is still read.")
    let rows = windows[axis == .x ? .y : .x].unread
    if rows.count == 1, rows != unread {
      draft.slip(rows, "That is the \((axis == .x ? Axis.y : .x).place) that is never read.")
    }
    draft.explainUnread(windows[axis])
    draft.lookAtLastWindow(along: axis)
    return draft
  }

  static func unreadCount(_ draws: inout Draws) -> Draft? {
    let axis = draws.pick([Axis.x, .x, .y])
    guard case (var draft, let settings)? = sparse(&draws), let windows = draft.layer.windows else {
      return nil
    }
    let (window, other) = (windows[axis], windows[axis == .x ? .y : .x])
    guard !window.unread.isEmpty else { return nil }
    draft.ask =
      scene(settings, 1, draft.network.input, pools: false)
      + " How many \(axis.places) of the input are never read?"
    draft.answers([window.unread.count])
    draft.slip(
      [0], "Where the stride leaves a rest, or is wider than the filter, some are not read.")
    if window.input != other.input {
      draft.slip([other.unread.count], "So many \(other.axis.places) are not read.")
    }
    if window.stride > window.filter, window.dilation == 1 {
      draft.slip(
        [window.formula.remainder],
        "Those are left over at the end; between the windows \(axis.places) are left out too.")
    }
    draft.explainUnread(window)
    draft.lookAtLastWindow(along: axis)
    return draft
  }

  private mutating func explainUnread(_ window: WindowAxis) {
    let starts = (0..<window.positions).map { "\(window.start(of: $0))" }.joined(separator: ", ")
    let last = window.start(of: window.positions - 1)
    hints = [
      "Where does each window begin, and which \(window.axis.places) does it hold?",
      "The windows begin at \(starts); each spans \(window.extent).",
    ]
    let text = UnreadPlaces(window).text.map { "unread: \($0)" } ?? "every place is read"
    why =
      "The windows begin at \(starts), the last one ends at \(last + window.extent - 1); \(text)."
  }

  static func readers(_ draws: inout Draws) -> Draft? {
    let size = draws.number(2...5)
    let settings = WindowSettings(
      size: Pair(size, draws.pick([size, size, 2, 3])), stride: Pair(draws.pick([1, 1, 2, 3])),
      padding: .all(draws.pick([0, 0, 1])))
    let filters = draws.pick([1, 1, 2, 4])
    guard let input = shape(draws.number(6...12), draws.number(6...12), 1),
      var draft = Draft(input, [operation(settings, filters: filters, pools: false)]),
      let windows = draft.layer.windows
    else { return nil }
    let cell = Cell(draws.number(0...input.width - 1), draws.number(0...input.height - 1), 0)
    let (x, y) = (windows.x.readers(of: cell.x), windows.y.readers(of: cell.y))
    guard x.count * y.count > 1, let column = x.first, let row = y.first else { return nil }
    draft.ask =
      scene(settings, filters, input, pools: false)
      + " How many windows of one map read X\(cell)?"
    draft.slipsOfReaders(x.count, y.count, settings)
    if filters > 1 {
      draft.slip([x.count * y.count * filters], "Those are the windows of all \(filters) maps.")
    }
    draft.hints = [
      "Count along the width, and along the height; then multiply.",
      "Along the width \(reads(x)) column \(cell.x).",
      "Along the height \(reads(y)) row \(cell.y).",
    ]
    draft.why =
      "In the map \(x.count == 1 ? "column" : "columns") \(list(x)) and "
      + "\(y.count == 1 ? "row" : "rows") \(list(y)): \(x.count) · \(y.count) = "
      + "\(x.count * y.count)."
    draft.look(
      .product(Cell(column.position, row.position, 0), place: Cell(column.tap, row.tap, 0)),
      keys: "i")
    return draft
  }

  private mutating func slipsOfReaders(_ x: Int, _ y: Int, _ settings: WindowSettings) {
    answers([x * y])
    slip([x + y], "\(x) columns of windows times \(y) rows of them.")
    if y > 1 { slip([x], "You counted along the width only.") }
    if x > 1, y != x { slip([y], "You counted along the height only.") }
    let inside = settings.size.x * settings.size.y
    if x * y != inside {
      slip([inside], "So many read a cell in the middle, at stride 1; here \(x) · \(y) do.")
    }
  }

  /// `windows 0, 1 read`
  private static func reads(_ readers: [(position: Int, tap: Int)]) -> String {
    readers.count == 1 ? "window \(list(readers)) reads" : "windows \(list(readers)) read"
  }

  private static func list(_ readers: [(position: Int, tap: Int)]) -> String {
    readers.map { "\($0.position)" }.joined(separator: ", ")
  }
}

extension String {
  /// With a capital letter.
  fileprivate var sentence: String { prefix(1).uppercased() + dropFirst() }
}
