import Canvas
import Testing

/// The grounds of numbers.
@Suite struct TintTests {
  /// WCAG 2, relative luminance.
  private func luminance(_ colour: Int) throws -> Double {
    let rgb = try #require(redGreenBlue(ofColour: colour))
    let light = [rgb >> 16, rgb >> 8 & 255, rgb & 255].map { byte -> Double in
      let share = Double(byte) / 255
      return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055)
    }
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]
  }

  /// x^2.4 by Newton's way to the fifth root of x^12.
  private func power(_ base: Double) -> Double {
    let twelfth = (0..<12).reduce(1.0) { product, _ in product * base }
    var root = base
    for _ in 0..<100 { root = (4 * root + twelfth / (root * root * root * root)) / 5 }
    return root
  }

  private func look(_ tint: Tint, _ ground: Ground) throws -> (text: Int, ground: Int) {
    let look = tint.look(Role.result.look(.full, on: ground), on: ground)
    #expect(look.attributes == .bold)
    return (try #require(look.foreground), try #require(look.background))
  }

  @Test func `numbers on them are read on both grounds`() throws {
    for ground in Ground.allCases {
      for tint in Tint.all {
        let look = try look(tint, ground)
        let lights = [try luminance(look.text), try luminance(look.ground)].sorted()
        let contrast = (lights[1] + 0.05) / (lights[0] + 0.05)
        #expect(contrast >= 4.5, "\(tint) on \(ground): \(contrast)")
      }
    }
  }

  @Test func `go with the value from the terminal's ground, lit ones apart from the others`() throws
  {
    for ground in Ground.allCases {
      func lights(isLit: Bool) throws -> [Double] {
        try [0.25, 0.5, 0.75, 1].map {
          try luminance(look(#require(Tint($0, .grey, isLit: isLit)), ground).ground)
        }
      }
      let (quiet, lit) = (try lights(isLit: false), try lights(isLit: true))
      #expect(quiet + lit == (quiet + lit).sorted { ($0 < $1) == (ground == .dark) })
    }
    #expect(Tint(0, .grey) == nil && Tint(0.1, .grey) == nil && Tint(.nan, .diverging) == nil)
    #expect(Tint(0, .grey, isLit: true) != nil)
  }

  @Test(arguments: Light.allCases)
  func `of a colour picture's depth are in its light, from the terminal's ground`(light: Light)
    throws
  {
    for ground in Ground.allCases {
      var grounds: [Int] = []
      for isLit in [false, true] {
        for share in (isLit ? [0, 0.25, 0.5, 0.75, 1] : [0.25, 0.5, 0.75, 1]) {
          grounds.append(try look(#require(Tint(share, light, isLit: isLit)), ground).ground)
        }
      }
      let lights = try grounds.map(luminance)
      #expect(lights == lights.sorted { ($0 < $1) == (ground == .dark) })
      for colour in grounds {
        let rgb = try #require(redGreenBlue(ofColour: colour))
        let parts = [rgb >> 16, rgb >> 8 & 255, rgb & 255]
        #expect(parts[light.rawValue] == parts.max() && Set(parts).count > 1, "\(colour)")
      }
    }
    #expect(Tint(0, light) == nil && Tint(1, light) != Tint(1, .grey))
  }

  @Test func `are by sign and size, and only zero is in the middle`() throws {
    for isLit in [false, true] {
      let shares = [-7, -1, -0.5, -0.01, 0, 0.01, 0.5, 1, 7]
      let tints = try shares.map { try #require(Tint($0, .diverging, isLit: isLit)) }
      #expect(tints.map(\.index) == tints.map(\.index).sorted())
      #expect(Set(tints).count == 7)
    }
    #expect(Tint.all.map(\.index) == Array(Tint.all.indices))
  }

  @Test func `opposite ones are blue and orange, and as light`() throws {
    for ground in Ground.allCases {
      for share in [0.3, 0.6, 1] {
        let below = try look(#require(Tint(-share, .diverging)), ground).ground
        let above = try look(#require(Tint(share, .diverging)), ground).ground
        let (cold, warm) = (
          try #require(redGreenBlue(ofColour: below)), try #require(redGreenBlue(ofColour: above))
        )
        #expect(cold & 255 > cold >> 16 && warm & 255 < warm >> 16)
        // CIE L* 3 apart at most: by the cube root of the luminance.
        let (dark, light) = (try luminance(below), try luminance(above))
        #expect(abs(cubeRoot(dark) - cubeRoot(light)) * 116 < 3)
      }
    }
  }

  private func cubeRoot(_ number: Double) -> Double {
    var root = 1.0
    for _ in 0..<100 { root = (2 * root + number / (root * root)) / 3 }
    return root
  }

  @Test func `are there only where a terminal has the colours`() throws {
    var frame = Frame(Size(columns: 4, rows: 1))
    frame.put(" −3", 0, 0, .window)
    frame.tint(0..<3, 0, Tint(-1, .diverging))
    #expect(frame.ansiLines(.full, on: .dark) == ["\u{1B}[1;38;5;231;48;5;63m −3\u{1B}[m"])
    #expect(frame.ansiLines(.full, on: .light) == ["\u{1B}[1;38;5;16;48;5;75m −3\u{1B}[m"])
    #expect(frame.ansiLines(.monochrome, on: .dark) == [" \u{1B}[1m−3\u{1B}[m"])
    #expect(frame.lines == [" −3"])
  }
}
