/// What a piece of the screen *is*; a palette decides how that looks. Meaning never rests on it:
/// every role that carries a state also has a glyph.
package enum Role: UInt8, CaseIterable, Sendable {
  case plain
  /// Names, headings and labels.
  case heading
  /// Row and column numbers, separators: there when looked for.
  case faint
  /// Cells of the input under the current window.
  case window
  /// The one thing that is looked at: the current product, cell, setting.
  case current
  /// A result that has been computed.
  case result
  /// Not computed yet, or asked for.
  case unknown
  /// A padded zero.
  case padding
  /// A column or row that no window reads.
  case unread
  /// A candidate that won.
  case winner
  /// Something that is right, or fits.
  case good
  /// Something that is wrong, or does not fit.
  case bad
  /// The line of code.
  case code
  /// Sentences.
  case prose
  /// A key's name in the footer.
  case key
  /// A message to the person.
  case message
  /// A number that changed by the person's last live change.
  case changed
  /// Letters of a figure that stand for something red, green, blue or yellow.
  case red, green, blue, yellow
}
