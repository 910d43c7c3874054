import Canvas

extension Key {
  /// Keys as they are written in a script: `Space Space d`, or `12Space` with a count. A word
  /// that is no key's name is typed letter by letter.
  package static func keys(parsing script: String) -> [Key] {
    script.split(whereSeparator: \.isWhitespace).flatMap { word -> [Key] in
      let digits = word.prefix { ("0"..."9").contains($0) }
      if let key = named(String(word.dropFirst(digits.count))) {
        return digits.unicodeScalars.map { .character($0) } + [key]
      }
      return word.unicodeScalars.map { .character($0) }
    }
  }

  private static func named(_ name: String) -> Key? {
    switch name.lowercased() {
    case "space": .character(" ")
    case "enter", "return": .enter
    case "esc", "escape": .escape
    case "bksp", "backspace": .backspace
    case "del", "delete": .delete
    case "tab": .tab
    case "s-tab", "shift-tab", "backtab": .backTab
    case "up": .up
    case "down": .down
    case "left": .left
    case "right": .right
    case "home": .home
    case "end": .end
    case "pgup", "pageup": .pageUp
    case "pgdn", "pagedown": .pageDown
    case "ctrl-l": .controlL
    default: nil
    }
  }
}
