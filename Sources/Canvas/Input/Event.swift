/// A key as the person pressed it.
package enum Key: Hashable, Sendable {
  case character(Unicode.Scalar)
  case enter, escape, backspace, delete, tab, backTab
  case up, down, left, right
  case home, end, pageUp, pageDown
  /// Draws anew; empties a line that is being typed.
  case controlL, controlU
}

/// What reaches the program from outside.
package enum Event: Hashable, Sendable {
  case key(Key)
  /// Text that was pasted, without its control characters: for a field to type in, never commands.
  case pasted(String)
  /// The left button was pressed, or the wheel turned, over a place.
  case click(Point)
  case wheel(up: Bool, Point)
  case resized(Size)
  /// The terminal draws glyphs beyond ASCII two columns wide, so that only ASCII keeps columns.
  case foundWideGlyphs
  /// A time step that the program asked for has passed.
  case tick
  /// Ctrl-C, a signal, or the end of input: leave now.
  case interrupted
}
