import Canvas
import Glibc
import Testing

@Suite struct PaletteTests {
  @Test func `the depth follows from how many colours there are`() {
    let depths: [(Int, ColourDepth)] = [
      (-1, .monochrome), (0, .monochrome), (2, .monochrome), (8, .eight), (16, .eight),
      (88, .eight), (256, .full), (0x100_0000, .full),
    ]
    for (count, depth) in depths { #expect(ColourDepth(count: count) == depth) }
  }

  @Test(arguments: Role.allCases)
  func `no colour is used where there are none or few`(role: Role) {
    let monochrome = role.look(.monochrome)
    #expect(monochrome.foreground == nil && monochrome.background == nil)
    // Red and magenta: of eight, the two that can be read on white and on black.
    let eight = role.look(.eight)
    #expect([nil, 1, 5].contains(eight.foreground) && eight.background == nil)
  }

  @Test(arguments: Role.allCases)
  func `every colour can be read on a light and on a dark background`(role: Role) throws {
    let look = role.look(.full)
    guard let foreground = look.foreground else {
      #expect(look.background == nil)
      return
    }
    let text = try #require(redGreenBlue(ofColour: foreground))
    if let background = look.background {
      let ground = try #require(redGreenBlue(ofColour: background))
      #expect(contrast(text, ground) >= 4.5)
    } else {
      #expect(contrast(text, 0xFFFFFF) >= 4)
      #expect(contrast(text, 0x000000) >= 4)
    }
  }

  @Test(arguments: ColourDepth.allCases)
  func `what must be told apart looks different in every depth`(depth: ColourDepth) {
    let pairs: [(Role, Role)] = [
      (.plain, .window), (.window, .current), (.plain, .current), (.good, .bad), (.plain, .bad),
      (.unknown, .result), (.plain, .changed), (.current, .winner), (.prose, .heading),
    ]
    for (one, other) in pairs { #expect(one.look(depth) != other.look(depth)) }
  }

  @Test func `colour numbers have xterm's red, green and blue`() {
    #expect(redGreenBlue(ofColour: 15) == nil)
    #expect(redGreenBlue(ofColour: 16) == 0x000000)
    #expect(redGreenBlue(ofColour: 27) == 0x005FFF)
    #expect(redGreenBlue(ofColour: 130) == 0xAF5F00)
    #expect(redGreenBlue(ofColour: 231) == 0xFFFFFF)
    #expect(redGreenBlue(ofColour: 243) == 0x767676)
    #expect(redGreenBlue(ofColour: 256) == nil)
  }

  /// The contrast ratio of WCAG 2.1, from 1 to 21.
  private func contrast(_ one: Int, _ other: Int) -> Double {
    let (lighter, darker) = (
      max(luminance(one), luminance(other)), min(luminance(one), luminance(other))
    )
    return (lighter + 0.05) / (darker + 0.05)
  }

  private func luminance(_ colour: Int) -> Double {
    let (red, green, blue) = (colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF)
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// The sRGB transfer function.
  private func linear(_ level: Int) -> Double {
    let share = Double(level) / 255
    return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
  }
}
