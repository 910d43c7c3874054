import Canvas

/// An overlay that is a line to type in, above the footer's row: all text is text, Enter hands it
/// in and Escape leaves.
protocol LineContent: OverlayContent {
  var field: TextField { get set }
  /// What stands before the line.
  var label: String { get }
  /// What can be typed.
  func explanation(_ view: View) -> String
  /// Takes what was typed.
  func submit(_ text: String, on player: inout Player) -> Reaction
}

extension LineContent {
  /// The characters that an address, a change or a search may have.
  static var longest: Int { 60 }

  var coversScreen: Bool { false }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    type(key, on: &player)
  }

  mutating func type(_ key: Key, on player: inout Player) -> Reaction {
    switch key {
    case .escape: return .close
    case .enter: return submit(field.text, on: &player)
    case .backspace where field.text.isEmpty, .delete where field.text.isEmpty: return .close
    default:
      field.type(key)
      return .stay
    }
  }

  mutating func edit(_ change: (inout TextField) -> Void, in view: View) -> Bool {
    change(&field)
    return true
  }

  func draw(on screen: inout Screen, _ view: View) {
    let message = view.status.message
    screen.put(
      message?.text ?? explanation(view), 1, view.size.rows - 2, message == nil ? .message : .bad,
      before: view.size.columns)
  }

  func footer(_ view: View) -> Footer {
    .line(label: label, text: field.text, keys: "Enter go  Esc leave")
  }
}
