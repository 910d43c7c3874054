import Canvas
import ConvolutionEngine
import Lessons
import Testing
import Walkthrough

@testable import Player

/// What stands before an `=` adds up to what stands behind it, or a `…` among it says that some of it
/// is not shown.
@Suite struct `A row that makes a sum` {
  private static let subjects = [
    "16x16x3 conv:11,filters=2", "40x40x2 conv:13,filters=2", "11x11x4 conv:5,filters=2,padding=2",
    "30x9x2 conv:9x1,filters=2", "9x30x2 conv:1x9,filters=2", "24x24x2 conv:7,filters=2,dilation=2",
    "227x227x3 conv:11,filters=96,stride=4",
  ]

  /// The numbers of a part of a row; nil where one of them is not known yet, or is not exact.
  private func numbers(_ part: String) -> [Int]? {
    let words = part.split { " ()[]".contains($0) }.map { String($0) }
    var numbers: [Int] = []
    for word in words where word != "…" {
      guard let number = word == ":" ? 0 : Int(word.replacing("−", with: "-")) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  private func part(_ row: String, _ columns: Range<Int>) -> String {
    let scalars = Array(row.unicodeScalars) + Array(repeating: " ", count: 300)
    return String(String.UnicodeScalarView(scalars[columns]))
  }

  /// Looks at the products, the row sums and the slice sum; returns how many sums were compared,
  /// and how many rows were cut.
  private func check(_ player: Player) throws -> (sums: Int, cuts: Int) {
    let layer = player.layer
    let windows = try #require(layer.windows)
    let filter = try #require(layer.parameters?.filter)
    let layout = player.view.convolutionLayout(windows, filter)
    guard layout.hasProducts else { return (0, 0) }
    let (rows, first) = (player.rows, layout.filterRow + 2)
    let screen = "\n" + rows.joined(separator: "\n")
    var (sums, cuts, rowSums): (Int, Int, [Int]?) = (0, 0, [])
    let lines = min(filter.height, layout.filterRows)
    for row in rows[first..<first + lines] {
      let terms = part(row, layout.productColumn..<layout.equalsColumn)
      let total = part(row, layout.equalsColumn..<layout.end)
      // The row in the place of those that are left out.
      if total.trimmingSpaces == "…" {
        #expect(terms.allSatisfy { " …".contains($0) }, "\(screen)")
        rowSums = nil
        continue
      }
      let isCut = terms.contains("…")
      if isCut { cuts += 1 }
      #expect(isCut == (layout.filterColumns < filter.width), "\(screen)")
      let weights = part(row, layout.filterColumn + 1..<layout.productColumn - 2)
      #expect(weights.contains("…") == isCut, "\(screen)")
      guard let sum = numbers(total.replacing("=", with: ""))?.first else {
        rowSums = nil
        continue
      }
      rowSums?.append(sum)
      if !isCut, let terms = numbers(terms) {
        #expect(terms.reduce(0, +) == sum, "\(row)\(screen)")
        sums += 1
      }
    }
    let slice = part(rows[first + lines], layout.equalsColumn..<layout.end)
    if let rowSums, let sum = numbers(slice.replacing("=", with: ""))?.first {
      #expect(rowSums.reduce(0, +) == sum, "\(screen)")
      sums += 1
    }
    return (sums, cuts)
  }

  @Test(arguments: subjects, [(80, 24), (100, 30), (132, 43)])
  func `shows all of it or says that it does not`(subject: String, size: (Int, Int)) throws {
    var player = try explore(subject, size: Size(columns: size.0, rows: size.1))
    var (sums, cuts) = (0, 0)
    for keys in ["Space", "d", "4Space", "-", "3Space", "-", "17Space", "40Space", "5Space"] {
      try player.press(keys)
      guard player.place.layer == 0, player.wideLayoutsAreShown == false else { continue }
      let found = try check(player)
      (sums, cuts) = (sums + found.sums, cuts + found.cuts)
    }
    #expect(sums + cuts > 0 || player.wideLayoutsAreShown, "nothing was compared")
  }

  @Test(arguments: [(4, 3), (5, 3), (9, 12)])
  func `of one window under each filter says how many depths and maps it leaves out`(
    depth: Int, maps: Int
  ) throws {
    let text = """
      title: Column
      summary: One window.
      input: {size: 3x3x\(depth)}
      layers: ["conv:3,filters=\(maps),name=v"]
      stops:
        - {title: One, view: column, at: "v[0,0,1]", text: Short.}
      """
    let course = try Lesson(parsing: text, name: "column") { path throws(LessonFileError) in
      throw .missing(path)
    }
    var player = Player(Presentation(course), size: Size(columns: 80, rows: 24))
    player.carryOut(player.open(course))
    try player.press("Space")
    let rows = player.rows.filter { $0.contains(" Ker") && $0.contains("=") }
    #expect(rows.count == min(maps, 6))
    for row in rows {
      let terms = part(row, 48..<player.size.columns).split(separator: "=").map(String.init)
      #expect(terms[0].contains("…") == (depth > 4), "\(row)")
      if depth <= 4, let sums = numbers(terms[0]), let total = numbers(terms[1]) {
        #expect(sums.reduce(0, +) == total[0], "\(row)")
      }
    }
    #expect(player.rows[6..<13].contains { $0.dropFirst(38).hasPrefix(" …") } == (maps > 7))
    #expect(player.screen().frame.clipped == 0 && player.screen().frame.overwritten == 0)
  }

  @Test(arguments: [(3, false), (5, true), (7, true)])
  func `of candidates or addends is whole or has a mark`(size: Int, isCut: Bool) throws {
    for kind in ["maxpool", "avgpool"] {
      var player = try explore("9x9x1 \(kind):\(size),stride=1")
      try player.press("Space")
      let list = player.rows[..<13].filter { $0.contains("X[") && !$0.contains("np.") }
      let mark = player.rows.contains { $0.contains("… ") && $0.contains(" more") }
      #expect(mark == isCut, "\(player.rows.joined(separator: "\n"))")
      #expect((list.count >= size * size) == !isCut)
      if isCut { #expect(list.last?.contains("X[\(size - 1),\(size - 1),0]") == true) }
      let equation = try #require(player.rows.first { $0.hasPrefix(" max(") || $0.hasPrefix(" (") })
      let terms = equation.prefix { $0 != "=" }.split { ",+".contains($0) }.count
      #expect(equation.contains("…") || terms == size * size, "\(equation)")
      #expect(equation.contains(" = "), "\(equation)")
    }
  }

  @Test func `of a dot product has its last term and the sum that it makes`() throws {
    var player = try explore("4x4x4 flatten dense:2")
    try player.press("Tab Space")
    let rows = player.rows.dropFirst(3).prefix(12)
    #expect(rows.contains { $0.trimmingSpaces.allSatisfy { " …".contains($0) } })
    let last = try #require(rows.last { $0.contains(" 63 ") })
    let total = try #require(player.rows.first { $0.contains("64 products") })
    let soFar = last.split(separator: " ")[6]
    #expect(total.contains("=  ") && total.contains(" \(soFar) "), "\(last)\n\(total)")
  }
}

extension Player {
  /// Whether all depths stand side by side, where nothing is cut.
  fileprivate var wideLayoutsAreShown: Bool {
    guard let windows = layer.windows, let filter = layer.parameters?.filter else { return false }
    return view.wideLayouts(windows, filter) != nil
  }
}
