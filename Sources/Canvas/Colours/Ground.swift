/// Whether a terminal's own background is dark or light: which colours can be read on it.
package enum Ground: String, CaseIterable, Sendable {
  case dark, light

  /// Red, green and blue from 0 to 1, as sRGB has them.
  ///
  /// Where text of the middle lightness, 0.18 of white's light, can be read as well on black as on
  /// white, the two meet (WCAG 2.1, relative luminance).
  init(red: Double, green: Double, blue: Double) {
    // The square is near enough to the transfer function to tell dark from light.
    let luminance = 0.2126 * red * red + 0.7152 * green * green + 0.0722 * blue * blue
    self = luminance < 0.18 ? .dark : .light
  }
}
