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
    let monochrome = role.look(.monochrome, on: .dark)
    #expect(monochrome.foreground == nil && monochrome.background == nil)
    // Red and magenta: of eight, the two that can be read on white and on black.
    let eight = role.look(.eight, on: .light)
    #expect([nil, 1, 5].contains(eight.foreground) && eight.background == nil)
  }

  /// The backgrounds of xterm, Nord, Dracula, Gruvbox, Solarized, Tango and One, of each kind, and
  /// the harder and softer ones of Gruvbox.
  private let backgrounds: [Ground: [Int]] = [
    .dark: [
      0x000000, 0x2E3440, 0x282A36, 0x282828, 0x1D2021, 0x32302F, 0x002B36, 0x2E3436, 0x282C34,
    ],
    .light: [
      0xFFFFFF, 0xECEFF4, 0xE5E9F0, 0xFFFBEB, 0xFBF1C7, 0xF9F5D7, 0xF2E5BC, 0xFDF6E3, 0xEEEEEC,
      0xFAFAFA,
    ],
  ]

  @Test(arguments: Role.allCases, Ground.allCases)
  func `every colour can be read on the backgrounds of its kind`(
    role: Role, ground: Ground
  ) throws {
    let look = role.look(.full, on: ground)
    guard let foreground = look.foreground else {
      #expect(look.background == nil)
      return
    }
    let text = try #require(redGreenBlue(ofColour: foreground))
    let isFaint = [.faint, .unknown, .unread].contains(role)
    let papers = try look.background.map { [try #require(redGreenBlue(ofColour: $0))] }
    for paper in try papers ?? #require(backgrounds[ground]) {
      #expect(contrast(text, paper) >= (isFaint ? 3 : 4.5))
    }
  }

  @Test(arguments: ColourDepth.allCases, Ground.allCases)
  func `what must be told apart looks different in every depth`(
    depth: ColourDepth, ground: Ground
  ) {
    let pairs: [(Role, Role)] = [
      (.plain, .window), (.window, .current), (.plain, .current), (.good, .bad), (.plain, .bad),
      (.unknown, .result), (.plain, .changed), (.current, .winner), (.prose, .heading),
    ]
    for (one, other) in pairs {
      #expect(one.look(depth, on: ground) != other.look(depth, on: ground))
    }
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
