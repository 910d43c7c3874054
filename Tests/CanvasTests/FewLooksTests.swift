import Canvas
import TestSupport
import Testing

@Suite struct `A row that is told to a terminal` {
  /// How often what stands in it changes its look.
  private func changes(_ cells: [FrameCell]) -> Int {
    zip(cells, cells.dropFirst()).count { $0.role != $1.role || $0.tint != $1.tint }
  }

  @Test func `goes from text to text of the same look without another`() {
    var frame = Frame(Size(columns: 12, rows: 1))
    frame.put("1", 1, 0, .faint)
    frame.put("2", 4, 0, .faint)
    frame.put("3", 11, 0, .faint)
    let row = frame.rowWithFewLooks(0)
    #expect(row[0].role == .plain)
    // Two blanks and six take the look; changes are at the first number alone.
    #expect(row[1...].allSatisfy { $0.role == .faint })
    frame.put("x", 6, 0, .code)
    #expect(frame.rowWithFewLooks(0)[5].role == .plain)
  }

  @Test func `has one look a tinted cell`() {
    var frame = Frame(Size(columns: 6, rows: 1))
    for (start, share) in [(0, 0.5), (3, 1.0)] {
      frame.put("8", start + 2, 0, .result)
      frame.tint(start..<start + 3, 0, Tint(share, .grey))
    }
    #expect(changes(frame.rowWithFewLooks(0)) == 1)
  }

  @Test func `is told from the first cell that changed to the last`() {
    func row(_ text: String, tinted: Range<Int> = 0..<0) -> [FrameCell] {
      var frame = Frame(Size(columns: 6, rows: 1))
      frame.put(text, 0, 0)
      frame.tint(tinted, 0, Tint(1, .grey))
      return frame.cells
    }
    #expect(row("abcdef").changes(from: row("abcdef"), before: 6).isEmpty)
    #expect(row("abcdef").changes(from: row("abXdXf"), before: 6) == 2..<5)
    #expect(row("abcdef").changes(from: row("abXdXf"), before: 3) == 2..<3)
    #expect(row("abcdef", tinted: 5..<6).changes(from: row("abcdef"), before: 6) == 5..<6)
    #expect(row("abcdef").changes(from: [], before: 4) == 0..<4)
  }

  @Test func `looks the same to who sees it`() throws {
    var chance = Chance(state: 3)
    for _ in 0..<500 {
      var frame = Frame(Size(columns: 20, rows: 2))
      for column in 0..<20 {
        let role = try #require(Role.allCases.randomElement(using: &chance))
        frame.put(Bool.random(using: &chance) ? "7" : " ", column, 1, role)
        if chance.next() % 3 == 0 {
          frame.tint(column..<column + 1, 1, Tint(Bool.random(using: &chance) ? 1 : -1, .diverging))
        }
      }
      let quiet = frame.rowWithFewLooks(1)
      for (column, cell) in quiet.enumerated() {
        let before = frame[Point(column: column, row: 1)]
        #expect(cell.scalar == before.scalar && cell.tint == before.tint)
        for depth in ColourDepth.allCases where cell != before {
          for ground in Ground.allCases {
            let looks = [cell.role, before.role].map { $0.look(depth, on: ground) }
            #expect(cell.scalar == " " && looks.allSatisfy { $0.background == nil })
            #expect(looks.allSatisfy { $0.attributes.isSubset(of: .bold) })
          }
        }
      }
    }
  }
}
