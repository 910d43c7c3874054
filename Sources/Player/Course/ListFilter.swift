import Canvas

/// What is typed after `/` to narrow a list.
struct ListFilter: Sendable, Equatable {
  /// nil: nothing is filtered.
  private(set) var text: String?
  private(set) var isTyping = false

  private static let longest = 40

  mutating func begin() {
    text = ""
    isTyping = true
  }

  mutating func clear() {
    text = nil
    isTyping = false
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
    case .backspace, .delete:
      if text?.isEmpty == false { text?.removeLast() } else { isTyping = false }
    case .controlU: text = ""
    case .character(let scalar):
      if scalar.value >= 32, (text?.count ?? 0) < ListFilter.longest {
        text?.unicodeScalars.append(scalar)
      }
    default: break
    }
    return 0
  }

  /// Whether a line of the list is shown: one of its texts has what is typed, in capitals or not.
  func shows(_ texts: [String]) -> Bool {
    guard let wanted = text?.lowercased(), !wanted.isEmpty else { return true }
    return texts.contains { $0.lowercased().contains(wanted) }
  }
}
