import Canvas
import Testing

@Suite struct InputDecoderTests {
  /// What a text means, and what was still open when nothing followed.
  private func decode(_ text: String) -> [Input] { decode(Array(text.utf8)) }

  private func decode(_ bytes: [UInt8]) -> [Input] {
    var decoder = InputDecoder()
    return decoder.decode(bytes, at: 0) + decoder.giveUp()
  }

  private func keys(_ keys: Key...) -> [Input] { keys.map { .event(.key($0)) } }

  @Test(
    arguments: [
      ("a", .character("a")), (" ", .character(" ")), ("é", .character("é")),
      ("▸", .character("▸")), ("😀", .character("😀")), ("\r", .enter), ("\n", .enter),
      ("\t", .tab), ("\u{8}", .backspace), ("\u{7F}", .backspace), ("\u{C}", .controlL),
      ("\u{15}", .controlU),
      ("\u{1B}", .escape),
    ] as [(String, Key)])
  func `a single key is what it says`(bytes: String, key: Key) {
    #expect(decode(bytes) == keys(key))
  }

  @Test(
    arguments: [
      ("[A", .up), ("[B", .down), ("[C", .right), ("[D", .left), ("OA", .up), ("OB", .down),
      ("OC", .right), ("OD", .left), ("[1;5A", .up), ("[H", .home), ("OH", .home), ("[1~", .home),
      ("[7~", .home), ("[F", .end), ("OF", .end), ("[4~", .end), ("[8~", .end), ("[3~", .delete),
      ("[5~", .pageUp), ("[6~", .pageDown), ("[6;2~", .pageDown), ("[Z", .backTab), ("OM", .enter),
      ("Op", .character("0")), ("Oy", .character("9")), ("Ok", .character("+")),
      ("Om", .character("-")),
    ] as [(String, Key)])
  func `an escape sequence is one key in every dialect`(sequence: String, key: Key) {
    #expect(decode("\u{1B}" + sequence) == keys(key))
    #expect(decode("x\u{1B}\(sequence)y") == keys(.character("x"), key, .character("y")))
  }

  @Test(
    arguments: [
      ("11;rgb:1e1e/1e1e/2e2e", .dark), ("11;rgb:ffff/ffff/ffff", .light), ("11;rgb:0/0/0", .dark),
      ("11;rgb:fd/f6/e3", .light), ("11;rgba:2e2e/3434/4040/ffff", .dark),
      ("11;rgb:00/2B/36", .dark), ("11;rgb:eee/eee/eec", .light),
    ] as [(String, Ground)])
  func `what the terminal says of its background is no key`(answer: String, ground: Ground) {
    for end in ["\u{7}", "\u{1B}\\"] {
      #expect(
        decode("a\u{1B}]\(answer)\(end)b")
          == keys(.character("a")) + [.ground(ground)] + keys(.character("b")))
    }
  }

  @Test(arguments: [
    "]11;rgb:", "]11;rgb:ff/ff", "]11;rgb:fffff/0/0", "]11;rgb:-1/0/0", "]11;rgb:ff/ff/f ",
    "]10;rgb:ff/ff/ff", "]11;#ffffff", "P11;rgb:ff/ff/ff", "]11;rgb:ff/ff/ff/ff/ff",
    "]11;rgb:ff/ff/ff" + String(repeating: "f", count: 100),
  ])
  func `another string says nothing of it, and is no key either`(string: String) {
    #expect(decode("\u{1B}\(string)\u{1B}\\b") == keys(.character("b")))
  }

  @Test func `a sequence may come byte by byte`() {
    var decoder = InputDecoder()
    #expect(decoder.deadline == nil)
    #expect(decoder.decode([0x1B], at: 100).isEmpty)
    #expect(decoder.deadline == 160)
    #expect(decoder.decode([0x5B], at: 130).isEmpty)
    #expect(decoder.deadline == 2130)
    #expect(decoder.decode([0x41], at: 140) == keys(.up))
    #expect(decoder.deadline == nil)
  }

  @Test(arguments: ["q", "é", "▸", "\r", "\u{7F}", " ", "R", "\t"])
  func `Alt with a key is not that key`(key: String) {
    #expect(decode("\u{1B}" + key).isEmpty)
    #expect(decode("\u{1B}\(key)x") == keys(.character("x")))
  }

  @Test func `Escape twice is Escape twice, and Alt with an arrow the arrow`() {
    #expect(decode("\u{1B}\u{1B}") == keys(.escape, .escape))
    #expect(decode("\u{1B}\u{1B}\u{1B}") == keys(.escape, .escape, .escape))
    #expect(decode("\u{1B}\u{1B}[A") == keys(.up))
    #expect(decode("\u{1B}\u{1B}OB") == keys(.down))
    #expect(decode("\u{1B}\u{1B}q") == keys(.escape))
  }

  @Test(arguments: [
    "\u{1B}[999z", "\u{1B}[1;2;3;4;5;6;7u", "\u{1B}[?1;2c", "\u{1B}[;;~", "\u{1B}[I", "\u{1B}[[A",
    "\u{1B}[<0;1", "\u{1B}[<0;0;0M", "\u{1B}[<:;1;1M", "\u{1B}[<0;99999999999999999999;1M",
    "\u{1B}[201~", "\u{1B}O", "\u{1B}[", "\u{1B}[M\u{1}", "\u{1B}]12;rgb:0/0/0\u{7}",
    "\u{1B}]0;q\u{1B}\\", "\u{1B}Pq\u{1B}\\", "\u{1B}[1\u{18}", "\u{1B}[\u{7F}", "\u{0}\u{1}\u{1C}",
    "\u{85}", "\u{1B}[" + String(repeating: "1;", count: 500) + "A",
  ])
  func `what is unknown, broken or cut off has no effect`(bytes: String) {
    #expect(decode(bytes).isEmpty)
  }

  @Test(
    arguments: [
      [0xFF], [0x80], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
      [0xF8], [0xE2, 0x96], [0xC3],
    ] as [[UInt8]])
  func `invalid UTF-8 has no effect and harms nothing that follows`(bytes: [UInt8]) {
    #expect(decode(bytes).isEmpty)
    #expect(decode(bytes + [0x71]) == keys(.character("q")))
  }

  @Test func `the eight-bit form of a sequence is heard too`() {
    #expect(decode([0x9B, 0x41]) == keys(.up))
    #expect(decode([0x8F, 0x41]) == keys(.up))
  }

  @Test(arguments: ["\u{3}", "\u{1B}\u{3}", "\u{1B}[1\u{3}", "\u{1B}]0;\u{3}"])
  func `Ctrl-C is heard even inside a sequence`(bytes: String) {
    #expect(decode(bytes) == [.event(.interrupted)])
  }

  @Test func `Ctrl-Z suspends`() {
    #expect(decode("\u{1B}\u{1A}") == [.suspend])
    #expect(decode("\u{1A}") == [.suspend])
  }

  @Test func `clicks and the wheel tell where, from zero`() {
    let place = Point(column: 4, row: 2)
    #expect(decode("\u{1B}[<0;5;3M") == [.event(.click(place))])
    #expect(decode("\u{1B}[<16;5;3M") == [.event(.click(place))])
    #expect(decode("\u{1B}[<64;5;3M") == [.event(.wheel(up: true, place))])
    #expect(decode("\u{1B}[<65;5;3M") == [.event(.wheel(up: false, place))])
    #expect(decode("\u{1B}[M\u{20}\u{25}\u{23}") == [.event(.click(place))])
    #expect(decode("\u{1B}[M\u{60}\u{25}\u{23}") == [.event(.wheel(up: true, place))])
  }

  @Test(arguments: ["\u{1B}[<0;5;3m", "\u{1B}[<2;5;3M", "\u{1B}[<32;5;3M", "\u{1B}[<66;5;3M"])
  func `releases, other buttons and movements are not clicks`(bytes: String) {
    #expect(decode(bytes).isEmpty)
  }

  @Test func `pasted text is one event, and no key in it is a command`() {
    #expect(
      decode("\u{1B}[200~q\r\nv[1,2]\t\u{1B}[A\u{3}é\u{1B}[201~x")
        == [.event(.pasted("q  v[1,2] é")), .event(.key(.character("x")))])
  }

  @Test func `a paste that never ends is ended by silence`() {
    #expect(decode("\u{1B}[200~abc") == [.event(.pasted("abc"))])
  }

  @Test func `a paste beyond any field is cut and its end still found`() {
    let long = String(repeating: "7", count: 70_000)
    #expect(
      decode("\u{1B}[200~\(long)\u{1B}[201~x")
        == [.event(.pasted(String(long.prefix(65_536)))), .event(.key(.character("x")))])
  }

  @Test(arguments: 0..<50)
  func `random bytes are events that do no harm`(seed: UInt64) throws {
    var generator = SplitMix(state: seed)
    let likely = Array("\u{1B}[]OPM<;~0123456789AZ\u{7}\u{3}\u{C3}".utf8)
    for _ in 0..<200 {
      let bytes = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
        Bool.random(using: &generator)
          ? UInt8.random(in: .min ... .max, using: &generator)
          : likely[Int.random(in: likely.indices, using: &generator)]
      }
      try holdInputPromises(bytes)
    }
  }

  @Test(arguments: 0..<20)
  func `how bytes are cut into reads makes no difference`(seed: UInt64) {
    var generator = SplitMix(state: seed)
    let text = "a\u{1B}[Aé\u{1B}[<0;5;3M\u{1B}[200~xq\u{1B}[201~\u{1B}OB▸\u{1B}[3~\u{1A}"
    let bytes = Array(text.utf8)
    var decoder = InputDecoder()
    var inputs: [Input] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Int.random(in: 1...5, using: &generator)
      inputs += decoder.decode(rest.prefix(count), at: 0)
      rest = rest.dropFirst(count)
    }
    #expect(inputs == decode(bytes))
  }
}

/// Random numbers that are the same in each run (Steele, Lea and Flood, 2014).
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
