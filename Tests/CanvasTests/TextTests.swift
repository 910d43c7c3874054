import Canvas
import ExactNumbers
import Testing

@Suite struct `A character on a screen` {
  /// Those that are not looked up are those that would be found.
  @Test func `is itself where it takes one column, and a mark else`() {
    for value in 0x80...0xFFFF as ClosedRange<UInt32> {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let expected = value >= 0xA0 && scalar.isOneColumn ? scalar : "?"
      #expect(visibleScalar(scalar) == expected, "\(String(value, radix: 16))")
    }
  }

  @Test func `is kept with its picture and its ground`() throws {
    let colours = [
      Tone(red: 1, green: 1, blue: 1), Tone(red: 0, green: 0, blue: 0),
      Tone(red: 0.5, green: 0, blue: 1),
    ]
    for tones in [Tone.all(.grey), Tone.all(.diverging), colours] {
      for (upper, lower) in tones.flatMap({ tone in tones.map { (tone, $0) } }) {
        var frame = Frame(Size(columns: 1, rows: 1))
        frame.put(upper, over: lower, 0, 0)
        let cell = frame[Point(column: 0, row: 0)]
        #expect(cell.tones?.upper == upper && cell.tones?.lower == lower && cell.tint == nil)
      }
    }
    for tint in Tint.all {
      var frame = Frame(Size(columns: 1, rows: 1))
      frame.tint(0..<1, 0, tint)
      #expect(frame[Point(column: 0, row: 0)].tint == tint)
      #expect(frame[Point(column: 0, row: 0)].tones == nil)
    }
  }
}
