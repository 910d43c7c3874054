import Canvas

/// What is typed after `/` to narrow a list.
struct ListFilter: Sendable, Equatable {
  var field = TextField(limit: 40)
  private(set) var isTyping = false
  private var isOn = false

  /// nil: nothing is filtered.
  var text: String? { isOn ? field.text : nil }

  mutating func begin() {
    field.clear()
    (isOn, isTyping) = (true, true)
  }

  mutating func clear() {
    (isOn, isTyping) = (false, false)
  }

  /// A key while it is typed.
  ///
  /// - Returns: how far the key moves in the list.
  mutating func type(_ key: Key) -> Int {
    switch key {
    case .escape: clear()
    case .enter: isTyping = false
    case .up: return -1
    case .down: return 1
    case .backspace where field.text.isEmpty, .delete where field.text.isEmpty: isTyping = false
    default: field.type(key)
    }
    return 0
  }

  /// Whether a line of the list is shown: one of its texts has what is typed, in capitals or not.
  func shows(_ texts: [String]) -> Bool {
    guard let wanted = text?.lowercased(), !wanted.isEmpty else { return true }
    return texts.contains { $0.lowercased().contains(wanted) }
  }
}

extension ListFilter {
  /// The footer while it is typed.
  var footer: Footer { .line(label: "Filter: ", text: text ?? "", keys: "Enter keep  Esc all") }
}
