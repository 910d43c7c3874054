import Canvas

extension Key {
  /// How a key is named on screen.
  package func name(ascii: Bool) -> String {
    switch self {
    case .character(" "): "Space"
    case .character(let scalar): String(Character(scalar))
    case .enter: "Enter"
    case .escape: "Esc"
    case .backspace: "Bksp"
    case .delete: "Del"
    case .tab: "Tab"
    case .backTab: "S-Tab"
    case .up: ascii ? "Up" : "↑"
    case .down: ascii ? "Down" : "↓"
    case .left: ascii ? "Left" : "←"
    case .right: ascii ? "Right" : "→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .controlL: "Ctrl-L"
    case .controlU: "Ctrl-U"
    }
  }
}

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

  /// The key of a name, in any case; nil for any other word.
  static func named(_ name: String) -> Key? {
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
    case "ctrl-u": .controlU
    default: nil
    }
  }
}
