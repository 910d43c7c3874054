import Canvas
import ConvolutionEngine
import ExactNumbers
import Lessons
import Walkthrough

/// A drawn screen: what is seen, and what a click on it means.
package struct Screen: Sendable, Equatable {
  package var frame: Frame
  private var targets: [Target] = []
  private var noted: [Noted] = []

  /// Lines of text that found no room: none at 80×24 in a lesson that passes the check.
  package var overflow = 0

  /// What there is to show besides, and where it stands.
  package var panels: [Panel.Placed] = []
  /// What panels leave free: here sentences, sums or pictures come to stand in other steps.
  package private(set) var kept: [Kept] = []

  package struct Kept: Sendable, Equatable {
    package let columns: Range<Int>
    package let rows: Range<Int>
  }

  enum Action: Sendable, Equatable {
    case chooseLesson(Int)
    case goTo(Address)
    case showDepth(Int)
    case walkInto(layer: Int)
    case useGrain(Grain)
    case overview(OverviewScreen.Target)
    /// The same as a key.
    case press(Key)
    /// A line of what is open.
    case chooseLine(Int)
  }

  private struct Target: Sendable, Equatable {
    let columns: Range<Int>
    let row: Int
    let action: Action
  }

  private struct Noted: Sendable, Equatable {
    let number: Question.Asked
    let columns: Range<Int>
    let row: Int
  }

  /// Whether what clicks mean, and where numbers stand, is kept: not where it is only looked at.
  let keepsTargets: Bool

  init(_ size: Size, keepsTargets: Bool = true) {
    frame = Frame(size)
    self.keepsTargets = keepsTargets
  }

  /// Keeps a part of the screen free of panels.
  mutating func keep(columns: Range<Int>, rows: Range<Int>) {
    kept.append(Kept(columns: columns, rows: rows))
  }

  mutating func add(_ action: @autoclosure () -> Action, columns: Range<Int>, row: Int) {
    guard keepsTargets else { return }
    targets.append(Target(columns: columns, row: row, action: action()))
  }

  /// Notes where a number of a layer's output, of the input or of a gradient stands.
  mutating func note(
    _ number: @autoclosure () -> Question.Asked, columns: Range<Int>, row: Int
  ) {
    guard keepsTargets else { return }
    noted.append(Noted(number: number(), columns: columns, row: row))
  }

  /// Whether a number can be read where it stands.
  func reveals(_ asked: Question.Asked) -> Bool {
    guard let place = noted.last(where: { $0.number == asked }) else { return false }
    return place.columns.contains { column in
      ("0"..."9").contains(frame[Point(column: column, row: place.row)].scalar)
    }
  }

  /// Takes back what clicks in some rows meant.
  mutating func forgetTargets(rows: Range<Int>) {
    targets.removeAll { rows.contains($0.row) }
    noted.removeAll { rows.contains($0.row) }
  }

  /// What a click there asks for.
  func action(at point: Point) -> Action? {
    targets.last { $0.row == point.row && $0.columns.contains(point.column) }?.action
  }

  /// What stands at the right of an `=`.
  enum Sum {
    case number(Number)
    case unknown
    case asked
  }

  /// Writes `=    4` with the number ending before `end`; a rounded number has `≈` for the `=`.
  ///
  /// - Parameter isNew: whether the step has just made it.
  mutating func putSum(
    _ sum: Sum, equals: Int, endingAt end: Int, _ row: Int, isNew: Bool = false
  ) {
    let room = end - equals - 2
    switch sum {
    case .number(let number):
      let whole = number.text(fitting: room)
      let isRounded = whole.hasPrefix("≈")
      // The sign of a rounded number stands where the `=` would, and leaves its column free.
      let wider = isRounded ? number.text(fitting: room + 1) : whole
      let text = isRounded ? String((wider.hasPrefix("≈") ? wider : whole).dropFirst()) : whole
      frame.put(isRounded ? "≈" : "=", equals, row, .faint)
      frame.put(text.isEmpty ? "…" : text, endingAt: end, row, isNew ? .current : .result)
    case .unknown:
      frame.put("=", equals, row, .faint)
      frame.put("·", endingAt: end, row, .unknown)
    case .asked:
      frame.put("=", equals, row, .faint)
      frame.put("?", endingAt: end, row, .result)
    }
  }

  /// Points at the chosen line, where the terminal's cursor rests then.
  mutating func point(_ column: Int, _ row: Int) {
    frame.put("▸", column, row, .current)
    frame.cursor = Point(column: column, row: row)
  }

  /// Writes text that may be longer than the space before `end`: a cut is marked with `…`.
  mutating func put(
    _ text: String, _ column: Int, _ row: Int, _ role: Role = .plain, before end: Int
  ) {
    frame.put(cut(text, to: end - column), column, row, role)
  }
}

/// Text cut to a width, with `…` where something is missing.
func cut(_ text: String, to width: Int) -> String {
  guard text.utf8.count > width, text.scalarCount > width else { return text }
  guard width > 0 else { return "" }
  return String(String.UnicodeScalarView(text.unicodeScalars.prefix(width - 1))) + "…"
}

extension String {
  /// The same sentence where long words, such as paths, have given up their middle.
  var withShortWords: String {
    split(separator: " ", omittingEmptySubsequences: false).map { word in
      let scalars = word.unicodeScalars
      guard scalars.count > 40 else { return String(word) }
      return String(String.UnicodeScalarView(scalars.prefix(15) + ["…"] + scalars.suffix(24)))
    }.joined(separator: " ")
  }
}
