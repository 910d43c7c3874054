import Canvas
import Testing

@testable import Player

/// A number that is asked for stands nowhere on the screen until it is answered.
@Suite struct AskedNumberTests {
  /// What is asked, and after how many keys.
  private static let cases: [(subject: String, keys: String, answer: String)] = [
    // X[0,0,0] · Ker0[0,0,0], and the row sum and slice sum that it completes.
    ("11x11x4 conv:5,filters=2,stride=2,name=v", "- - p", "product"),
    ("11x11x4 conv:5,filters=2,stride=2,name=v", "- - 4Space p", "product"),
    ("11x11x4 conv:5,filters=2,stride=2,name=v", "- - 24Space p", "product"),
    ("11x11x4 conv:5,filters=2,stride=2,name=v", "- Space p", "slice sum"),
    ("11x11x4 conv:5,filters=2,stride=2,name=v", "- 3Space p", "slice sum"),
    ("5x5x2 conv:3x1,filters=2,name=v", "- p", "slice sum"),
    ("5x5x1 conv:2,bias=no,name=v", "- 2Space p", "slice sum"),
    ("4x4x1 conv:1,filters=2,bias=no,name=v", "- - p", "product"),
    ("4x4x1 conv:1,filters=2,bias=no,name=v", "3Space p", "window"),
    ("3x2x1 flatten dense:3,bias=no,name=d", "Tab p", "window"),
    ("3x2x1 flatten dense:3,name=d", "Tab 1Space p", "window"),
    ("3x2x1 flatten dense:3,bias=no,name=d", "Tab - p", "product"),
    ("3x2x1 flatten dense:3,name=d", "Tab - 5Space p", "product"),
    ("3x2x1 flatten relu", "Tab 2Space p", "mapped"),
    ("6x6x1 maxpool:2,name=p", "Space p", "largest"),
  ]

  @Test(arguments: cases.indices, [Size(columns: 80, rows: 24), Size(columns: 170, rows: 50)])
  func `is a question mark wherever it would stand`(index: Int, size: Size) throws {
    let (subject, keys, what) = Self.cases[index]
    var player = try explore(subject, size: size)
    try player.press(keys)
    guard case .prediction(let prediction) = player.overlay else {
      Issue.record("nothing is asked after \(keys) in \(subject)")
      return
    }
    let answer = prediction.asking.answerText
    let top = 1..<player.view.coveredRows.lowerBound
    let asked = player.rows[top].map { Array($0 + String(repeating: " ", count: size.columns)) }
    try player.press("?? Enter")
    let told = player.rows[top].map { Array($0 + String(repeating: " ", count: size.columns)) }
    var hidden = 0
    for (before, after) in zip(asked, told) {
      // A winner's mark tells what wins.
      for column in 0..<size.columns where before[column] != after[column] && after[column] != "*" {
        #expect(before[column] == "?" || before[column] == " ", "\(what): \(String(before))")
        if before[column] == "?" { hidden += 1 }
      }
    }
    #expect(hidden > 0, "\(what) \(answer) in \(subject) after \(keys)")
    let line = told.map { String($0) }.joined(separator: "\n")
    #expect(line.contains(answer), "\(answer)\n\(line)")
  }

  @Test func `stays hidden in the sums that it completes`() throws {
    var player = try explore("11x11x4 conv:5,filters=2,stride=2,name=v")
    try player.press("- Space p")
    #expect(player.rows.contains { $0.contains("QUESTION What is the slice sum of depth 1?") })
    let sum = player.rows.first { $0.contains("slice sum  ") }
    #expect(sum?.contains("slice sum           =    ?") == true, "\(sum ?? "")")
    // Four products of a row of five: the fifth is asked, and so its row sum is not told.
    player = try explore("11x11x4 conv:5,filters=2,stride=2,name=v")
    try player.press("- - 4Space p")
    #expect(player.rows[3].hasSuffix("(  ?)=    ?"), "\(player.rows[3])")
  }
}
