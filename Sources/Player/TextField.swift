import Canvas

/// A line of text while it is typed: keys and what is pasted go into every field in the same way.
struct TextField: Sendable, Equatable {
  private(set) var text: String
  /// The most characters.
  let limit: Int
  /// Whether the text stands there to be completed: it gives way to what begins with a letter.
  private var isOffer: Bool

  init(limit: Int, _ text: String = "", isOffer: Bool = false) {
    self.limit = limit
    self.text = text
    self.isOffer = isOffer
  }

  /// A key that changes the text; any other has no effect.
  mutating func type(_ key: Key) {
    switch key {
    case .backspace, .delete:
      if !text.isEmpty { text.removeLast() }
      isOffer = false
    case .controlU: self = TextField(limit: limit)
    case .character(let scalar): if scalar.value >= 32 { _ = append(String(Character(scalar))) }
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
    let givesWay = isOffer && more.unicodeScalars.first?.properties.isAlphabetic == true
    let longer = givesWay ? more : text + more
    guard longer.unicodeScalars.count <= limit else { return false }
    self = TextField(limit: limit, longer)
    return true
  }
}

extension Player {
  /// Changes the field that is open, if one is, whatever it belongs to; returns whether one was.
  private mutating func editOpenField(_ edit: (inout TextField) -> Void) -> Bool {
    switch overlay {
    case .goTo(var field):
      edit(&field)
      overlay = .goTo(field)
    case .change(var field):
      edit(&field)
      overlay = .change(field)
    case .search(var field):
      edit(&field)
      overlay = .search(field)
    case .table(var table) where table.filter.isTyping:
      edit(&table.filter.field)
      table.move(0, in: network)
      overlay = .table(table)
    case nil: return editOpenFieldOfScreen(edit)
    default: return false
    }
    return true
  }

  /// The same for a field that is a part of the screen and does not lie over it.
  private mutating func editOpenFieldOfScreen(_ edit: (inout TextField) -> Void) -> Bool {
    if isListShown, var list {
      guard list.filter.isTyping, !list.isResetting else { return false }
      edit(&list.filter.field)
      list.settle()
      self.list = list
    } else if var asking = prediction {
      guard !asking.isAnswered else { return false }
      edit(&asking.field)
      prediction = asking
    } else if var course, !course.isWandering,
      case .asking(var asking) = course.phase, !asking.isAnswered
    {
      edit(&asking.field)
      course.phase = .asking(asking)
      self.course = course
    } else {
      return false
    }
    return true
  }

  /// Pasted text goes into an open field and nowhere else: it must not press keys.
  mutating func paste(_ text: String) {
    message = nil
    var limit: Int?
    let isOpen = editOpenField { field in
      if !field.paste(text) { limit = field.limit }
    }
    if let limit {
      fail("What was pasted is too long: there is room for \(limit) characters. Nothing was added.")
    } else if !isOpen {
      say("What was pasted is not used here: no field is open.")
    }
  }
}
