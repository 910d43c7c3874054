import Canvas
import Testing

@Suite struct ToneTests {
  private func character(_ upper: Double, _ lower: Double, _ scale: Tone.Scale) -> String {
    var frame = Frame(Size(columns: 1, rows: 1))
    frame.put(Tone(upper, scale), over: Tone(lower, scale), 0, 0)
    return String(Character(frame[Point(column: 0, row: 0)].scalar))
  }

  @Test func `without colours brighter is denser, one character for both points`() {
    let shades = stride(from: 0.0, through: 1, by: 0.125).map { character($0, $0, .grey) }
    #expect(shades == [" ", ",", ":", "-", "+", "+", "#", "%", "@"])
    #expect(character(0, 1, .grey) == "=")
  }

  @Test func `below zero and above it have other characters`() {
    let shades = [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1].map {
      character($0, $0, .diverging)
    }
    #expect(shades == ["=", "~", "-", "`", " ", ",", "+", "*", "#"])
  }

  @Test func `the ends of a scale hold whatever lies beyond`() {
    for scale in [Tone.Scale.grey, .diverging] {
      let all = Tone.all(scale)
      #expect(Tone(7, scale) == all.last)
      #expect(Tone(-7, scale) == all.first)
      #expect(Set(all).count == all.count)
    }
    #expect(Tone(.nan, .diverging) == Tone(0, .diverging))
  }

  @Test func `zero is the middle of the diverging scale`() {
    let all = Tone.all(.diverging)
    #expect(Tone(0, .diverging) == all[all.count / 2])
  }

  @Test func `the colours of the diverging scale fall from blue and rise to orange`() throws {
    let colours = try Tone.all(.diverging).map { try #require(redGreenBlue(ofColour: $0.colour)) }
    // What tells the two halves apart for everyone is blue against red.
    for colour in colours.prefix(8) { #expect(colour & 0xFF > colour >> 16) }
    for colour in colours.suffix(8) { #expect(colour >> 16 > colour & 0xFF) }
    let greys = Tone.all(.grey).map(\.colour)
    #expect(greys == Array(232...255))
  }

  @Test func `a picture outside the frame is clipped, and one inside is not blank`() {
    var frame = Frame(Size(columns: 2, rows: 1))
    frame.put(Tone(0, .grey), over: Tone(0, .grey), 0, 0)
    #expect(!frame.isBlank(Point(column: 0, row: 0)))
    #expect(frame.clipped == 0)
    frame.put(Tone(0, .grey), over: Tone(0, .grey), 2, 0)
    #expect(frame.clipped == 1)
  }
}
