import Canvas
import Testing

@testable import Player

/// A grid of which a part is shown.
@Suite struct `A viewport` {
  private func grid(_ window: NumberGrid.Region?) -> NumberGrid {
    var grid = NumberGrid(columns: 0..<24, rows: 0..<18, cellWidth: 2) { x, y in
      NumberGrid.Entry(text: "\((x + y) % 10)", role: .plain)
    }
    grid.bracket = window
    return grid
  }

  /// Each row of a drawn grid.
  private func rows(_ grid: NumberGrid) -> [[Character]] {
    var screen = Screen(Size(columns: 60, rows: 20))
    grid.draw(on: &screen, 0, 0)
    return screen.frame.lines.prefix(grid.rows.count + 1).map {
      Array($0) + Array(repeating: " ", count: 60 - $0.count)
    }
  }

  @Test(arguments: [1, 3, 5], [7, 10])
  func `says in every row what is hidden, beside the window's brackets`(side: Int, shown: Int) {
    for x in 0...24 - side {
      for y in stride(from: 0, through: 18 - side, by: 5) {
        let window = NumberGrid.Region(columns: x..<x + side, rows: y..<y + side)
        var grid = grid(window)
        grid.crop(columns: shown, rows: shown, around: window)
        let (first, last) = (grid.columns.places[0] ?? 0, grid.columns.places.last.flatMap(\.self))
        let isCut = (left: first > 0, right: last != 23)
        let rows = rows(grid)
        for (line, row) in rows.enumerated() {
          // A column's number may stand over the mark.
          #expect(line == 0 || (row[grid.labelWidth] == "…") == isCut.left, "\(String(row))")
          #expect((row[grid.width - 1] == "…") == isCut.right, "\(String(row))")
          guard line > 0, let place = grid.rows.places[line - 1] else { continue }
          let isRead = window.rows.contains(place)
          #expect(row.contains("[") == isRead && row.contains("]") == isRead, "\(String(row))")
        }
        #expect((rows[0][0] == "↑") == (grid.rows.places[0] != 0))
        #expect((rows[0][1] == "↓") == (grid.rows.places.last != 17))
      }
    }
  }

  @Test(arguments: [1, 3, 6], [8, 11])
  func `stands while the window is inside it, and moves by half`(side: Int, shown: Int) {
    var starts: [Int] = []
    for x in 0...24 - side {
      let window = NumberGrid.Region(columns: x..<x + side, rows: 0..<1)
      var grid = grid(window)
      grid.crop(columns: shown, rows: 1, around: window)
      let start = grid.columns.places[0] ?? -1
      #expect(start <= x && start + shown >= x + side)
      starts.append(start)
    }
    #expect(starts == starts.sorted() && starts.last == 24 - shown)
    // As often as half of it goes into what it has to cross.
    let half = min(shown / 2, shown - side - 1)
    #expect(Set(starts).count <= (24 - shown + half - 1) / half + 1, "\(starts)")
  }

  @Test func `no wider than its window shows the window alone`() {
    let window = NumberGrid.Region(columns: 5..<9, rows: 2..<6)
    var grid = grid(window)
    grid.crop(columns: 4, rows: 4, around: window)
    #expect(grid.columns.places == [5, 6, 7, 8] && grid.rows.places == [2, 3, 4, 5])
    grid.crop(columns: 3, rows: 2, around: window)
    #expect(grid.columns.places == [5, 6, 7] && grid.rows.places == [2, 3])
  }
}
