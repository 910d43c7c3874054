import ConvolutionEngine

/// A piece of a text, as an equation in it is read.
struct StatedToken: Equatable {
  enum Kind: Equatable {
    /// A number, a cell or what stands in braces.
    case operand
    /// A cell that the text names itself: `v[1,0,0]`.
    case address
    case sign
    case open, close
    /// `²`, `¹⁰`, `^2`.
    case power
    case relation(StatedText.Relation)
    case word
    case punctuation
    /// What no equation here is made of: `→`, `√x`, `2P`, a quotation.
    case foreign
  }

  let kind: Kind
  /// As it is written.
  let text: String
  /// As an expression is.
  let expression: String
  /// Whether a space stands before it.
  let isSpaced: Bool

  var isOfExpression: Bool {
    switch kind {
    case .operand, .address, .sign, .open, .close, .power: true
    case .relation, .word, .punctuation, .foreign: false
    }
  }

  /// Whether it can begin an expression though it joins numbers elsewhere.
  var isSign: Bool { kind == .open || kind == .sign && ["-", "−"].contains(text) }
  var endsOperand: Bool { [.operand, .address, .close, .power].contains(kind) }
  var startsOperand: Bool { [.operand, .address, .open].contains(kind) }
}

extension StatedToken {
  static func tokens(of text: String) -> [StatedToken] {
    var scanner = StatedScanner(text)
    var tokens: [StatedToken] = []
    while let token = scanner.next() { tokens.append(token) }
    // `3 x 4`: between two numbers it is a sign, elsewhere a name.
    for index in tokens.indices.dropFirst().dropLast() where tokens[index].text == "x" {
      guard tokens[index - 1].endsOperand, tokens[index + 1].startsOperand else { continue }
      tokens[index] = StatedToken(kind: .sign, text: "x", expression: "*", isSpaced: true)
    }
    return tokens
  }
}

/// Takes a text apart.
private struct StatedScanner {
  private let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  private func peek(_ distance: Int = 0) -> Unicode.Scalar? {
    index + distance < scalars.count ? scalars[index + distance] : nil
  }

  mutating func next() -> StatedToken? {
    let start = index
    while let scalar = peek(), scalar == " " || scalar == "\n" { index += 1 }
    let isSpaced = index > start || start == 0
    guard let scalar = peek() else { return nil }
    let begin = index
    let (kind, expression) = take(scalar)
    let text = String(scalars: scalars[begin..<index])
    return StatedToken(
      kind: kind, text: text, expression: expression ?? text, isSpaced: isSpaced)
  }

  /// Takes one token; its expression where that is not its text.
  private mutating func take(_ scalar: Unicode.Scalar) -> (StatedToken.Kind, String?) {
    if scalar.isDigit { return number() }
    if scalar.isLetter { return word() }
    if scalar == "{" { return brace() }
    if scalar == "“" { return quotation() }
    if scalar.superscript != nil {
      while peek()?.superscript != nil { index += 1 }
      return (.power, nil)
    }
    index += 1
    switch scalar {
    case "√": return root()
    case "^":
      guard !takeDigits().isEmpty else { return (.foreign, nil) }
      return (.power, nil)
    case "+", "-", "−", "·", "×", "*", "/", "÷":
      // `**`, `+=`, `->` are a program's.
      if let follower = peek(), ["*", "=", ">"].contains(follower) { return foreign() }
      return (.sign, scalar == "÷" ? "/" : nil)
    case "(": return (.open, nil)
    case ")": return (.close, nil)
    case "⌊": return (.open, "floor(")
    case "⌈": return (.open, "ceil(")
    case "⌋", "⌉": return (.close, ")")
    case "½": return (.operand, "(1/2)")
    case "¼": return (.operand, "(1/4)")
    case "¾": return (.operand, "(3/4)")
    case "=", "≈", "<", ">", "≤", "≥", "≠":
      if let follower = peek(), ["=", ">", "<"].contains(follower) { return foreign() }
      guard let relation = StatedText.Relation(rawValue: String(scalar)) else {
        return (.foreign, nil)
      }
      return (.relation(relation), nil)
    case ".", ",", ";", ":", "!", "?", "…", "'", "\"", "’", "‘", "”", "%", "—":
      return (.punctuation, nil)
    default: return (.foreign, nil)
    }
  }

  private mutating func foreign() -> (StatedToken.Kind, String?) {
    while let scalar = peek(), ["*", "=", ">", "<"].contains(scalar) { index += 1 }
    return (.foreign, nil)
  }

  /// `3`, `0.25`, `14,455,392`; `2P`, `3D` and `1.2.3` are none.
  private mutating func number() -> (StatedToken.Kind, String?) {
    var digits = takeDigits()
    let isShort = digits.count <= 3
    while isShort, peek() == ",", (1...3).allSatisfy(isDigit), !isDigit(4) {
      index += 1
      digits += takeDigits()
    }
    if peek() == ".", isDigit(1) {
      index += 1
      digits += "." + takeDigits()
      if peek() == ".", isDigit(1) { return skipWord() }
    }
    // `4x4` is a product, as sizes are written.
    if peek() == "x", isDigit(1) {
      index += 1
      let (kind, rest) = number()
      return kind == .operand ? (.operand, rest.map { "\(digits) * \($0)" }) : (kind, nil)
    }
    if let scalar = peek(), scalar.isLetter || scalar == "_" || scalar == "°" { return skipWord() }
    if peek() == "%" {
      index += 1
      return (.operand, "(\(digits)/100)")
    }
    return (.operand, digits)
  }

  /// `√9`, `√(9 + 16)`; `√x` states nothing.
  private mutating func root() -> (StatedToken.Kind, String?) {
    if peek() == "(" {
      index += 1
      return (.open, "sqrt(")
    }
    guard let scalar = peek(), scalar.isDigit || scalar == "{" else { return (.foreign, nil) }
    let start = index
    let (kind, inside) = scalar == "{" ? brace() : number()
    return (kind, "sqrt(\(inside ?? String(scalars: scalars[start..<index])))")
  }

  private func isDigit(_ distance: Int) -> Bool { peek(distance)?.isDigit == true }

  private mutating func takeDigits() -> String {
    let start = index
    while isDigit(0) { index += 1 }
    return String(scalars: scalars[start..<index])
  }

  private mutating func skipWord() -> (StatedToken.Kind, String?) {
    while let scalar = peek(),
      scalar.isLetter || scalar.isDigit || scalar == "_" || scalar == "." && isDigit(1)
    { index += 1 }
    return (.foreign, nil)
  }

  /// A word, or a cell: `v[1,0,0]`, of which `@2` and `@[0,1,2]` are slices and products.
  private mutating func word() -> (StatedToken.Kind, String?) {
    let start = index
    while let scalar = peek(),
      scalar.isLetter || scalar.isDigit || scalar == "_"
        || scalar == "." && peek(1)?.isLetter == true
    { index += 1 }
    if peek() == "(" {
      // `f(…)` is no word of a sentence.
      guard ["floor", "ceil", "sqrt"].contains(String(scalars: scalars[start..<index])) else {
        return (.foreign, nil)
      }
      index += 1
      return (.open, nil)
    }
    guard peek() == "[" else { return (.word, nil) }
    let end = scalars[index...].firstIndex(of: "]")
    guard let end, end - index < 40 else { return (.foreign, nil) }
    let inside = scalars[(index + 1)..<end]
    index = end + 1
    guard inside.allSatisfy({ $0.isDigit || $0 == "," || $0 == " " || $0 == ":" }) else {
      return (.foreign, nil)
    }
    if peek() == "@" {
      index += 1
      if peek() == "[", let end = scalars[index...].firstIndex(of: "]") {
        index = end + 1
      } else {
        while let scalar = peek(), scalar.isDigit { index += 1 }
      }
    }
    return (.address, nil)
  }

  private mutating func brace() -> (StatedToken.Kind, String?) {
    index += 1
    if peek() == "{" {
      index += 1
      return (.foreign, nil)
    }
    let end = scalars[index...].firstIndex(of: "}") ?? scalars.count
    let inside = scalars[index..<end].drop { $0 == "=" }
    index = min(end + 1, scalars.count)
    return (.operand, "(\(String(scalars: inside)))")
  }

  /// What somebody else says, whatever it is.
  private mutating func quotation() -> (StatedToken.Kind, String?) {
    index = scalars[index...].firstIndex(of: "”").map { $0 + 1 } ?? scalars.count
    return (.foreign, nil)
  }
}

extension Unicode.Scalar {
  fileprivate var isLetter: Bool {
    value < 0x80
      ? ("a"..."z").contains(self) || ("A"..."Z").contains(self) : properties.isAlphabetic
  }

}
