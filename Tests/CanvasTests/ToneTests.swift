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

  private func perceived(
    _ tone: Tone, _ ground: Ground, _ sight: PerceivedColour.Sight = .all
  ) throws -> PerceivedColour {
    PerceivedColour(
      try #require(redGreenBlue(ofColour: tone.colour(on: ground))), seenWith: sight)
  }

  @Test(arguments: Ground.allCases)
  func `the farther from zero, the farther from the ground, on either side`(ground: Ground) throws {
    let all = Tone.all(.diverging)
    let lightness = try all.map { try perceived($0, ground).lightness }
    let zero = all.count / 2
    #expect(ground == .dark ? lightness[zero] < 15 : lightness[zero] > 90)
    for side in [lightness[...zero].reversed(), Array(lightness[zero...])] {
      for (weaker, stronger) in zip(side, side.dropFirst()) {
        #expect(ground == .dark ? stronger > weaker + 4 : stronger < weaker - 4)
      }
    }
    for (below, above) in zip(lightness[..<zero].reversed(), lightness[(zero + 1)...]) {
      #expect(abs(below - above) <= 3)
    }
  }

  @Test(arguments: Ground.allCases, PerceivedColour.Sight.allCases)
  func `opposite tones are told apart by everyone`(ground: Ground, sight: PerceivedColour.Sight)
    throws
  {
    let all = Tone.all(.diverging)
    for (below, above) in zip(all.prefix(all.count / 2), all.reversed()) {
      let cold = try perceived(below, ground, sight)
      #expect(cold.difference(from: try perceived(above, ground, sight)) >= 20)
    }
  }

  @Test func `differences of colours are those of their definition`() {
    // From the table of test data of Sharma, Wu and Dalal.
    let pairs = [
      ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
      ((50, 2.5, 0), (73, 25, -18), 27.1492), ((50, 0, 0), (50, -1, 2), 2.3669),
      ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ]
    for (one, other, difference) in pairs {
      let found = PerceivedColour(lightness: one.0, a: one.1, b: one.2)
        .difference(from: PerceivedColour(lightness: other.0, a: other.1, b: other.2))
      #expect(abs(found - difference) < 0.0001)
    }
  }

  @Test func `below zero is blue, above it orange, and greys are the grey ramp`() throws {
    for ground in Ground.allCases {
      let colours = try Tone.all(.diverging).map {
        try #require(redGreenBlue(ofColour: $0.colour(on: ground)))
      }
      // What tells the two halves apart for everyone is blue against red.
      for colour in colours.prefix(6) { #expect(colour & 0xFF > colour >> 16) }
      for colour in colours.suffix(6) { #expect(colour >> 16 > colour & 0xFF) }
      #expect(Tone.all(.grey).map { $0.colour(on: ground) } == Array(232...255))
    }
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

/// The colours of a picture itself.
@Suite struct `A colour of a picture` {
  @Test(arguments: [
    (0.0, 0.0, 0.0, 0x000000), (1, 1, 1, 0xFFFFFF), (1, 0, 0, 0xFF0000), (0, 0.5, 0, 0x008700),
    (0.2, 0.4, 0.6, 0x5F5F87), (7, -3, .nan, 0xFF0000),
  ])
  func `is the nearest of the colour cube`(red: Double, green: Double, blue: Double, rgb: Int) {
    #expect(
      redGreenBlue(ofColour: Tone(red: red, green: green, blue: blue).colour(on: .dark)) == rgb)
  }

  @Test func `is as dense as it is bright where there are no colours`() {
    func character(_ tone: Tone) -> Unicode.Scalar {
      var frame = Frame(Size(columns: 1, rows: 1))
      frame.put(tone, over: tone, 0, 0)
      return frame[Point(column: 0, row: 0)].scalar
    }
    #expect(character(Tone(red: 0, green: 0, blue: 0)) == character(Tone(0, .grey)))
    #expect(character(Tone(red: 1, green: 1, blue: 1)) == character(Tone(1, .grey)))
    // Green light is far brighter than blue.
    #expect(character(Tone(red: 0, green: 1, blue: 0)) == character(Tone(0.7152, .grey)))
    #expect(character(Tone(red: 0, green: 0, blue: 1)) == character(Tone(0.0722, .grey)))
  }

  @Test func `has a place of its own among all tones`() {
    let levels = [0, 0.38, 0.53, 0.69, 0.85, 1]
    var places = Set((Tone.all(.grey) + Tone.all(.diverging)).map(\.index))
    for red in levels {
      for green in levels {
        for blue in levels { places.insert(Tone(red: red, green: green, blue: blue).index) }
      }
    }
    #expect(places == Set(0..<Tone.count))
  }
}
