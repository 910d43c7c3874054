/// The ground of a number's cell by its value, on terminals of 256 colours. What is looked at
/// through a window is lit: its grounds are those of the other end of the lightness.
///
/// A tint says nothing that the number and its brackets do not say too.
package struct Tint: Hashable, Sendable {
  private let code: UInt8

  /// Steps of the grey scale above its low end, and of the diverging one on each side of zero.
  private static let greys = 4
  private static let reach = 3

  /// - Parameters:
  ///   - share: 0 to 1 on the grey scale, −1 to 1 on the diverging one; what lies beyond is as its
  ///     end. Only zero is in the middle.
  ///   - isLit: whether a window lies over it.
  /// - Returns: nil for the low end of the grey scale where it is not lit: the terminal's own ground.
  package init?(_ share: Double, _ scale: Tone.Scale, isLit: Bool = false) {
    guard share.isFinite else { return nil }
    switch scale {
    case .grey:
      let level = Int((min(max(share, 0), 1) * Double(Tint.greys)).rounded())
      guard isLit || level > 0 else { return nil }
      code = UInt8(isLit ? Tint.greys + level : level - 1)
    case .diverging:
      let level = Int((min(max(share, -1), 1) * Double(Tint.reach)).rounded(.awayFromZero))
      let half = 2 * Tint.reach + 1
      code = UInt8(2 * Tint.greys + 1 + (isLit ? half : 0) + Tint.reach + level)
    }
  }

  /// A number of one depth of a colour picture, in the light that it is.
  ///
  /// - Parameter share: 0 to 1; what lies beyond is as its end.
  package init?(_ share: Double, _ light: Light, isLit: Bool = false) {
    guard let grey = Tint(share, .grey, isLit: isLit) else { return nil }
    let levels = 2 * Tint.greys + 1
    code = grey.code + UInt8(levels + 2 * (2 * Tint.reach + 1) + light.rawValue * levels)
  }

  /// - Parameter index: its place among all tints.
  init(index: Int) { code = UInt8(index) }

  package static let all = dark.indices.map { Tint(index: $0) }

  /// Its place among all tints, from 0.
  package var index: Int { Int(code) }

  /// How its text looks in a role: the role's attributes, on the tint's own colours.
  package func look(_ look: Look, on ground: Ground) -> Look {
    let colours = (ground == .dark ? Tint.dark : Tint.light)[index]
    return Look(colours.text, on: colours.ground, look.attributes)
  }

  private typealias Colours = (ground: Int, text: Int)

  private static let black = 16
  private static let white = 231

  private static func greys(_ grounds: [Int], _ text: Int) -> [Colours] {
    grounds.map { ($0, text) }
  }

  /// From blue, below zero, to orange, above it. Opposite ones are within 3 of each other's
  /// lightness (CIE L*), and at least 20 apart (CIEDE2000) for everyone, as those of pictures.
  private static let darkSigns: [Colours] =
    greys([63, 26, 19], white) + [(235, 250)] + greys([52, 94, 130], white)
  private static let lightSigns: [Colours] =
    greys([75, 147, 189], black) + [(255, 240)] + greys([223, 179, 209], black)

  /// Red, green and blue, each as the greys are.
  private static let darkLights: [Colours] =
    greys([52, 88, 124, 160], white) + greys([167, 174, 210, 217, 224], black)
    + greys([22, 28], white) + greys([34, 40, 77, 114, 120, 157, 194], black)
    + greys([17, 18, 19, 20], white) + greys([68, 69, 75, 111, 153], black)
  private static let lightLights: [Colours] =
    greys([224, 217, 181, 210, 203, 167, 196], black) + greys([160, 124], white)
    + greys([194, 157, 120, 114, 77, 40, 34], black) + greys([28, 22], white)
    + greys([189, 153, 147, 111, 75, 69], black) + greys([63, 21, 19], white)

  /// The farther from the terminal's own ground, the greater.
  private static let dark: [Colours] =
    greys([236, 238, 240, 242], white) + greys([246, 248, 250, 252, 254], black) + darkSigns
    + lightSigns + darkLights
  private static let light: [Colours] =
    greys([255, 254, 252, 251], black) + greys([249, 247, 246, 245, 243], black) + lightSigns
    + darkSigns + lightLights
}
