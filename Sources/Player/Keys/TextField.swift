import Canvas

/// A line of text while it is typed: keys and what is pasted go into every field in the same way.
struct TextField: Sendable, Equatable {
  private(set) var text: String
  /// The most characters.
  let limit: Int
  /// What the text stands there for, until it is changed; nil: it was typed.
  private var offer: Offer?

  enum Offer: Sendable, Equatable {
    /// To be completed: it gives way to what begins with a letter.
    case beginning
    /// To be taken as it is: it gives way to whatever is typed.
    case whole
  }

  init(limit: Int, _ text: String = "", offer: Offer? = nil) {
    self.limit = limit
    self.text = text
    self.offer = offer
  }

  /// Whether a key means something in a field: what is typed, and what takes it away.
  static func takes(_ key: Key) -> Bool {
    switch key {
    case .backspace, .delete, .controlU: true
    case .character(let scalar): scalar.value >= 32
    default: false
    }
  }

  /// A key that changes the text; any other has no effect.
  mutating func type(_ key: Key) {
    switch key {
    case .backspace, .delete:
      if !text.isEmpty { text.removeLast() }
      offer = nil
    case .controlU: self = TextField(limit: limit)
    case .character(let scalar) where TextField.takes(key): _ = append(String(Character(scalar)))
    default: break
    }
  }

  /// Text that was pasted, without the spaces around it. All of it or nothing: an address or an
  /// answer that is cut is another one.
  ///
  /// - Returns: false if it does not fit.
  mutating func paste(_ pasted: String) -> Bool {
    let isSpace = { (scalar: Unicode.Scalar) in scalar == " " }
    let scalars = pasted.unicodeScalars.drop(while: isSpace).reversed().drop(while: isSpace)
    return append(String(String.UnicodeScalarView(scalars.reversed())))
  }

  mutating func clear() { self = TextField(limit: limit) }

  private mutating func append(_ more: String) -> Bool {
    let isLetter = more.unicodeScalars.first?.properties.isAlphabetic == true
    let givesWay = offer == .whole || offer == .beginning && isLetter
    let longer = givesWay ? more : text + more
    guard longer.unicodeScalars.count <= limit else { return false }
    self = TextField(limit: limit, longer)
    return true
  }
}
