import Canvas
import Testing

/// What bytes mean that come at certain times, in milliseconds, settled whenever that is due.
private func decode(
  _ reads: [(time: Int, text: String)], escapeDelay: Int = 60, until end: Int = 10_000
) -> [Input] {
  var decoder = InputDecoder(escapeDelay: escapeDelay)
  var inputs: [Input] = []
  for (time, text) in reads {
    while let deadline = decoder.deadline, deadline < time {
      inputs += decoder.settle(at: deadline)
    }
    inputs += decoder.decode(Array(text.utf8), at: time)
  }
  while let deadline = decoder.deadline, deadline < end { inputs += decoder.settle(at: deadline) }
  return inputs
}

private func keys(_ keys: Key...) -> [Input] { keys.map { .event(.key($0)) } }

@Suite struct `Bytes that come one after another` {
  @Test(arguments: [1, 30, 59])
  func `make one key within the delay of ESC`(gap: Int) {
    #expect(decode([(0, "\u{1B}"), (gap, "[B")]) == keys(.down))
    #expect(decode([(0, "\u{1B}"), (gap, "OB")]) == keys(.down))
    #expect(
      decode([(0, "\u{1B}"), (gap, "["), (gap + 500, "6"), (gap + 900, "~")]) == keys(.pageDown))
  }

  @Test(arguments: [61, 100, 400, 1900])
  func `are Escape and nothing more where the rest comes late`(gap: Int) {
    for rest in ["[B", "OB", "[1;5B", "[6~", "[<0;5;3M", "[3;4R", "[[A"] {
      let inputs = decode([(0, "\u{1B}"), (gap, rest)]).filter {
        $0 != .cursor(Point(column: 3, row: 2))
      }
      #expect(inputs == keys(.escape), "\(rest)")
    }
    #expect(decode([(0, "\u{1B}"), (gap, "[M !!"), (gap, "x")]) == keys(.escape, .character("x")))
    #expect(decode([(0, "\u{1B}"), (gap, "[<0;5"), (gap + 300, ";3M")]) == keys(.escape))
  }

  @Test func `that paste late are pasted all the same`() {
    #expect(
      decode([(0, "\u{1B}"), (90, "[200~q"), (95, "R\u{1B}[201~x")])
        == keys(.escape) + [.event(.pasted("qR"))] + keys(.character("x")))
  }

  @Test func `are keys where a person typed them`() {
    // Escape, and a moment later finer steps; then an O that belongs to nothing.
    #expect(
      decode([(0, "\u{1B}"), (90, "["), (190, "j")])
        == keys(.escape, .character("["), .character("j")))
    #expect(
      decode([(0, "\u{1B}"), (90, "O"), (120, "B")])
        == keys(.escape, .character("O"), .character("B")))
    #expect(decode([(0, "\u{1B}"), (90, "[\r")]) == keys(.escape, .character("["), .enter))
    // Another key between, and much later: no ESC is open any more.
    #expect(
      decode([(0, "\u{1B}"), (90, "x[B")])
        == keys(.escape, .character("x"), .character("["), .character("B")))
    #expect(
      decode([(0, "\u{1B}"), (2500, "[B")]) == keys(.escape, .character("["), .character("B")))
    #expect(decode([(0, "[B")]) == keys(.character("["), .character("B")))
  }

  @Test(arguments: [0, 25, 60, 150, 1000])
  func `wait for the delay that was asked for`(delay: Int) {
    var decoder = InputDecoder(escapeDelay: delay)
    _ = decoder.decode([0x1B], at: 7)
    #expect(decoder.deadline == 7 + delay)
    #expect(decoder.settle(at: 7 + delay - 1) == [])
    #expect(decoder.settle(at: 7 + delay) == keys(.escape))
    #expect(decoder.settle(at: 9999) == [])
  }

  @Test func `wait longer over a network`() {
    #expect(InputDecoder.usualEscapeDelay(isRemote: false) == 60)
    #expect(InputDecoder.usualEscapeDelay(isRemote: true) == 150)
  }

  @Test func `are read late and count as if they were not`() {
    // Nobody looked for a second: what stands in the queue came together.
    var decoder = InputDecoder()
    #expect(decoder.decode([0x1B], at: 0) == [])
    #expect(decoder.decode([0x5B, 0x42], at: 1000) == keys(.down))
  }
}

@Suite struct `Where the cursor is` {
  @Test(arguments: [
    ["\u{1B}[2;10R"], ["\u{1B}", "[2;10R"], ["\u{1B}[2;1", "0R"],
    ["\u{1B}[", "2", ";", "1", "0", "R"],
  ])
  func `is an answer, in however many reads it comes`(parts: [String]) {
    let reads = parts.enumerated().map { (time: $0.offset * 50, text: $0.element) }
    #expect(decode(reads) == [.cursor(Point(column: 9, row: 1))])
  }

  @Test(arguments: [
    "\u{1B}[0;1R", "\u{1B}[1R", "\u{1B}[R", "\u{1B}[1;2;3R", "\u{1B}[?1;2R", "\u{1B}[2;99999999R",
  ])
  func `is no answer where no screen has that place`(bytes: String) {
    #expect(decode([(0, bytes)]) == [])
  }

  @Test func `comes between keys, the mouse and what is pasted`() {
    let answer = "\u{1B}[2;10R"
    let place = Input.cursor(Point(column: 9, row: 1))
    #expect(decode([(0, "a\(answer)b")]) == keys(.character("a")) + [place] + keys(.character("b")))
    #expect(
      decode([(0, "\u{1B}[<0;5;3M\(answer)\u{1B}[<0;5;3m\u{1B}[B")])
        == [.event(.click(Point(column: 4, row: 2))), place] + keys(.down))
    #expect(
      decode([(0, "\u{1B}[200~12\(answer)34\u{1B}[201~")]) == [.event(.pasted("1234")), place])
    #expect(
      decode([(0, "\u{1B}[200~12\u{1B}[2;1"), (10, "0R34\u{1B}[201~")])
        == [.event(.pasted("1234")), place])
  }
}
