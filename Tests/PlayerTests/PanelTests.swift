import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Lessons
import TestSupport
import Testing
import Walkthrough

@testable import Player

/// How many places of a screen are taken above and left of each: what is empty is found by counting.
private struct EmptyRoom {
  private let size: Size
  private var taken: [[Int]]

  init(_ screen: Screen) {
    size = Size(columns: screen.frame.size.columns, rows: screen.frame.size.rows - 2)
    taken = Array(repeating: Array(repeating: 0, count: size.columns + 1), count: size.rows + 1)
    for row in 1..<size.rows {
      for column in 0..<size.columns {
        let isKept =
          screen.kept.contains {
            $0.rows.contains(row) && $0.columns.contains(column)
          }
          || screen.panels.compactMap(\.place).contains {
            $0.rows.contains(row) && $0.columns.contains(column)
          }
        let isTaken = isKept || !screen.frame.isBlank(Point(column: column, row: row))
        taken[row + 1][column + 1] =
          (isTaken ? 1 : 0) + taken[row][column + 1] + taken[row + 1][column] - taken[row][column]
      }
    }
  }

  /// Whether an empty rectangle is so large.
  func holds(_ room: Size) -> Bool {
    guard room.rows < size.rows, room.columns <= size.columns else { return false }
    for top in 1...size.rows - room.rows {
      let bottom = top + room.rows
      for left in 0...size.columns - room.columns {
        let right = left + room.columns
        let count =
          taken[bottom][right] - taken[top][right] - taken[bottom][left] + taken[top][left]
        if count == 0 { return true }
      }
    }
    return false
  }
}

@Suite struct `A screen with room to spare` {
  private static let example = "11x11x4 conv:5,filters=2,stride=2,name=v maxpool:2,name=p"
  private static let subjects = [
    example, "32x32x3 conv:3,filters=8,padding=1 relu maxpool:2 conv:3,filters=4 flatten dense:10",
    "9x9x2 conv:3,filters=12,padding=1,name=a conv:1,filters=12,name=b add,from=a+b globalavgpool",
    "40x30x1 avgpool:3,stride=2 conv:7,filters=3,dilation=2", "6x6x2 lrn:3 flatten dense:3 softmax",
    "100x90x1 conv:11,filters=2,stride=4 relu", "1x1x64 dense:10 softmax",
    "16x16x6 depthwise:3 conv:1,filters=4 batchnorm relu globalavgpool",
    "12x12x4 conv:3,groups=2,filters=4,padding=1 sigmoid maxpool:3,stride=1",
  ]
  private static let sizes = [
    (80, 24), (100, 30), (110, 50), (121, 38), (132, 43), (160, 30), (200, 60), (250, 80), (80, 60),
    (250, 24), (90, 40), (180, 45), (80, 80),
  ].map { Size(columns: $0.0, rows: $0.1) }

  /// Stands at steps of each grain of each layer, and at each calls `body`.
  private func visit(
    _ subject: String, steps: (Int) -> [Int], _ body: (inout Player, Int) throws -> Void
  ) throws {
    var player = try explore(subject)
    var number = 0
    for layer in player.network.layers {
      for grain in layer.grains {
        for position in steps(layer.stepCount(grain)) {
          try player.send(.resized(Size(columns: 80, rows: 24)))
          try player.walk(to: Place(layer: layer.index, grain: grain, position: position))
          try body(&player, number)
          number += 1
        }
      }
    }
  }

  @Test(arguments: subjects)
  func `leaves out no panel that would fit it`(subject: String) throws {
    var (shown, left) = (0, 0)
    try visit(subject, steps: { [$0 / 2] }) { player, number in
      // Each step at some of the sizes, all of them at some step.
      for index in 0..<3 {
        let size = Self.sizes[(3 * number + index) % Self.sizes.count]
        try player.send(.resized(size))
        let screen = player.screen()
        let room = EmptyRoom(screen)
        shown += screen.panels.count { $0.place != nil }
        for panel in screen.panels where panel.place == nil {
          left += 1
          let wouldFit = room.holds(panel.leastRoom)
          #expect(
            !wouldFit,
            "\(panel) at \(size)\n\(screen.frame.lines.joined(separator: "\n"))")
        }
        try holdScreenPromises(player)
      }
    }
    #expect(shown > 0 && left > 0)
  }

  @Test(arguments: ["worked-example", "one-window", "relu"])
  func `leaves out none in a lesson either, where nothing is asked`(name: String) throws {
    var player = try lesson(name)
    let lesson = try open(name, in: &player)
    var (shown, number) = (0, 0)
    for stop in lesson.stops.indices {
      player.carryOut(player.open(lesson, at: stop))
      for phase in 0..<2 {
        for _ in 0..<3 {
          number += 1
          let size = Self.sizes[number % Self.sizes.count]
          try player.send(.resized(size))
          let screen = player.screen()
          let room = EmptyRoom(screen)
          shown += screen.panels.count { $0.place != nil }
          for panel in screen.panels where panel.place == nil {
            let wouldFit = room.holds(panel.leastRoom)
            #expect(!wouldFit, "\(panel) at \(size)\n\(screen.frame.lines.joined(separator: "\n"))")
          }
          if player.course?.awaitsAnswer == true { #expect(screen.panels.isEmpty) }
          try holdScreenPromises(player)
        }
        if phase == 0 { try player.press("Space") }
      }
    }
    #expect(shown > 0)
  }

  @Test(arguments: [example, "20x20x2 conv:3,filters=3 relu flatten dense:4"])
  func `has its panels where they are, whatever step is shown`(subject: String) throws {
    for size in [Size(columns: 132, rows: 43), Size(columns: 200, rows: 60)] {
      var first: [Place: [Panel.Placed]] = [:]
      try visit(subject, steps: { [0, 1, $0 / 2, $0 - 1] }) { player, _ in
        try player.send(.resized(size))
        var key = player.place
        key.position = 0
        let panels = player.screen().panels
        let isSame = panels == first[key, default: panels]
        #expect(isSame, "\(size) \(player.place)")
        first[key] = panels
      }
    }
  }

  @Test func `shows all products of a window at once, and pictures where more fits`() throws {
    var player = try lesson("worked-example", size: Size(columns: 132, rows: 43))
    try player.press("6Space")
    // A row of a filter's slice, of its products and their sum: `1  0 −1  1  0  0  0 −1 …`
    #expect(player.rows.count { $0.contains("products      row sum") } == 4)
    #expect(player.rows.count { $0.contains("slice sum      =") } == 4)
    #expect(player.screen().panels.allSatisfy { $0.place == nil })
    try player.send(.resized(Size(columns: 200, rows: 60)))
    #expect(player.rows.contains { $0.contains("v: 2 maps on one scale") })
    #expect(player.screen().panels.contains { $0.name == .network && $0.place != nil })
  }

  @Test(arguments: sizes)
  func `shows nowhere what a prediction asks for`(size: Size) throws {
    // With a number so large in its window the answer is like no other number.
    for (subject, keys) in [
      ("20x20x3 conv:7,filters=2,name=v", "Space c X[3,3,0]=90007 Enter c X[4,3,1]=80003 Enter"),
      ("20x20x3 conv:7,filters=2,name=v", "- Space c X[3,3,1]=90007 Enter c X[4,3,1]=80003 Enter"),
      (
        "30x30x2 conv:5,padding=1,filters=2,name=v relu",
        "Space c X[1,1,0]=90007 Enter c X[2,2,1]=80003 Enter"
      ),
      ("40x40x1 conv:9,name=v", "Space c X[4,4,0]=90007 Enter c X[5,3,0]=80003 Enter"),
    ] {
      var player = try explore(subject, size: size)
      try player.press(keys)
      try player.press("p")
      guard case .prediction(let prediction) = player.overlay else {
        Issue.record("\(subject)")
        continue
      }
      let answer = prediction.asking.question.answer[0].text
      #expect(answer.count > 4)
      let rows = player.rows
      #expect(!rows.joined(separator: "\n").contains(answer), "\(answer)\n\(rows)")
    }
  }

  @Test func `tells nothing while something is asked`() throws {
    var player = try explore(Self.example, size: Size(columns: 200, rows: 60))
    try player.press("6Space p")
    #expect(player.screen().panels == [])
    var course = try lesson("worked-example", size: Size(columns: 200, rows: 60))
    try open("worked-example", in: &course)
    #expect(course.screen().panels == [])
  }

  @Test func `shows of a window its largest terms and none that is 0`() throws {
    var player = try explore("3x3x1 conv:2,name=v", size: Size(columns: 132, rows: 43))
    try player.press("Space c X[0,0,0]=5 Enter c X[1,0,0]=0 Enter")
    let inputs = try #require(player.activations.tensor(of: .input))
    let weights = try #require(player.layer.parameters)
    var terms: [(Int, String)] = []
    for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
      let input = inputs[Cell(x, y, 0)]
      let weight = weights.weight(0, Cell(x, y, 0))
      let product = (Int(input.text) ?? 0) * (Int(weight.text.replacing("−", with: "-")) ?? 0)
      let factor = weight.isNegative ? "(\(weight.text))" : weight.text
      terms.append(
        (
          product,
          "X[\(x),\(y),0] · Ker[\(x),\(y),0] = \(input.text) · \(factor) = \(product)"
            .replacing(" -", with: " −")
        ))
    }
    let expected = terms.filter { $0.0 != 0 }.sorted { abs($0.0) > abs($1.0) }.map(\.1)
    let start = try #require(player.rows.firstIndex { $0.contains("v[0,0,0], its largest terms") })
    for (line, text) in expected.enumerated() {
      #expect(player.rows[start + 1 + line].contains(text), "\(player.rows)")
    }
    #expect(player.rows[start + 1 + expected.count].contains("All others are 0."))
  }

  @Test func `shows in the settings what a change makes, beside what was`() throws {
    var player = try explore(Self.example)
    try player.press("Space e")
    // At 80×24 the formula, the strip and the map stand together.
    #expect(player.rows[2].contains("(W − F + 2P)/S + 1"))
    #expect(player.rows.contains { $0.hasPrefix(" window 3") })
    #expect(player.rows.contains { $0.contains("v, map [0], now") })
    try player.send(.resized(Size(columns: 132, rows: 43)))
    try player.press("4Down 3Right")
    let text = player.rows.joined(separator: "\n")
    #expect(text.contains("v, map [0], now") && text.contains("v, map [0], before"), "\(text)")
    let output = try #require(player.rows.first { $0.contains("output ") })
    #expect(output.contains("4×4×2") && output.contains("~2×2×2"), "\(text)")
  }
}

@Suite struct `What is free of a screen` {
  @Test func `is found as by trying every place`() throws {
    var chance = Chance(state: 7)
    for _ in 0..<300 {
      var screen = Screen(Size(columns: 17, rows: 11))
      for _ in 0..<Int.random(in: 0..<9, using: &chance) {
        screen.frame.put(
          "x", Int.random(in: 0..<17, using: &chance), Int.random(in: 0..<11, using: &chance))
      }
      screen.keep(columns: 3..<5, rows: 2..<3)
      let rows = 1..<9
      let spare = SpareRoom(screen, rows: rows)
      for wanted in [
        Size(columns: 4, rows: 3), Size(columns: 9, rows: 2), Size(columns: 17, rows: 5),
      ] {
        var first: Point?
        for top in rows where first == nil && top + wanted.rows <= rows.upperBound {
          first = (0...17 - wanted.columns).first { left in
            (top..<top + wanted.rows).allSatisfy { row in
              (left..<left + wanted.columns).allSatisfy {
                screen.frame.isBlank(Point(column: $0, row: row))
                  && !(row == 2 && (3..<5).contains($0))
              }
            }
          }.map { Point(column: $0, row: top) }
        }
        let found = spare.corner(of: wanted)
        // It begins where the free rectangle does, which may be left of the first place or above.
        #expect((found == nil) == (first == nil))
        guard let found else { continue }
        for row in found.row..<found.row + wanted.rows {
          for column in found.column..<found.column + wanted.columns {
            #expect(screen.frame.isBlank(Point(column: column, row: row)))
            #expect(!(row == 2 && (3..<5).contains(column)))
          }
        }
      }
    }
  }
}
