import ConvolutionEngine
import ExactNumbers

/// Reads an expression: sums of products of numbers, cells and functions.
///
/// ```
/// whole   = sum [ ( "=" | "<" | ">" ) sum ]
/// sum     = product { ("+" | "-") product }
/// product = factor { ("*" | "/") factor }
/// factor  = "-" factor | base { raised digit }
/// base    = number | "(" sum ")" | [ scene ":" ] ( cell | call ) | name
/// cell    = name "[" sum "," sum "," sum "]"
/// call    = name "(" [ whole { "," whole } ] ")"
/// ```
///
/// The signs of print, `− · ×`, stand for `- * *`.
struct ExpressionParser {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var nesting = 0
  /// Inside brackets a comma separates; outside it may group digits.
  private var brackets = 0

  static func parse(_ text: some Collection<Unicode.Scalar>) throws(ExpressionError) -> Expression {
    guard text.count <= Expression.longest else {
      throw ExpressionError(.written(.tooLong(limit: Expression.longest)), at: 0)
    }
    var parser = ExpressionParser(scalars: Array(text))
    parser.skipSpaces()
    guard parser.next != nil else { throw ExpressionError(.written(.empty), at: 0) }
    let expression = try parser.whole()
    guard parser.next == nil else { throw parser.unexpected("+, -, * or /") }
    return expression
  }

  /// Reads the parts of a text, such as what stands between its semicolons; a problem is told by its
  /// offset in the whole.
  static func parse(
    parts: [ArraySlice<Unicode.Scalar>]
  ) throws(ExpressionError) -> [Expression] {
    var expressions: [Expression] = []
    for part in parts {
      expressions.append(
        try rethrowing(as: { ExpressionError($0.cause, at: $0.offset + part.startIndex) }) {
          () throws(ExpressionError) in try parse(part)
        })
    }
    return expressions
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }
}

extension ExpressionParser {
  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private mutating func skipSpaces() {
    while let scalar = next, scalar == " " || scalar == "\n" { index += 1 }
  }

  /// Takes one of some characters, and the spaces after it.
  private mutating func take(_ wanted: Unicode.Scalar...) -> Bool {
    guard let scalar = next, wanted.contains(scalar) else { return false }
    index += 1
    skipSpaces()
    return true
  }

  private func unexpected(_ expected: String) -> ExpressionError {
    ExpressionError(.written(.unexpected(next.map { String($0) }, expected: expected)), at: index)
  }

  private mutating func deeper(
    _ body: (inout ExpressionParser) throws(ExpressionError) -> Expression
  ) throws(ExpressionError) -> Expression {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Expression.deepest else {
      throw ExpressionError(.written(.tooDeep(limit: Expression.deepest)), at: index)
    }
    return try body(&self)
  }

  private mutating func whole() throws(ExpressionError) -> Expression {
    let left = try sum()
    let start = index
    guard let relation = next.flatMap(Claim.Relation.init) else { return left }
    index += 1
    skipSpaces()
    return .comparison(relation, left, try sum(), at: start)
  }

  private mutating func sum() throws(ExpressionError) -> Expression {
    var left = try product()
    while true {
      let start = index
      if take("+") {
        left = .operation(.plus, left, try product(), at: start)
      } else if take("-", "−") {
        left = .operation(.minus, left, try product(), at: start)
      } else {
        return left
      }
    }
  }

  private mutating func product() throws(ExpressionError) -> Expression {
    var left = try factor()
    while true {
      let start = index
      if take("*", "·", "×") {
        left = .operation(.times, left, try factor(), at: start)
      } else if take("/") {
        left = .operation(.over, left, try factor(), at: start)
      } else {
        return left
      }
    }
  }

  private mutating func factor() throws(ExpressionError) -> Expression {
    let start = index
    if take("-", "−") {
      let operand = try deeper { parser throws(ExpressionError) in try parser.factor() }
      return .negated(operand, at: start)
    }
    let base = try base()
    let raised = index
    var exponent: Int?
    let isTyped = take("^")
    while let digit = isTyped ? next?.digitValue : next?.superscript {
      exponent = (exponent ?? 0) * 10 + digit
      index += 1
      guard let exponent, exponent <= Expression.largestPower else {
        throw ExpressionError(.written(.power(limit: Expression.largestPower)), at: raised)
      }
    }
    if isTyped, exponent == nil { throw unexpected("a whole exponent") }
    skipSpaces()
    return exponent.map { .power(base, $0, at: raised) } ?? base
  }

  private mutating func base() throws(ExpressionError) -> Expression {
    let start = index
    if take("(") {
      brackets += 1
      let inside = try deeper { parser throws(ExpressionError) in try parser.sum() }
      guard take(")") else { throw unexpected(")") }
      brackets -= 1
      return inside
    }
    if let scalar = next, scalar.isDigit { return try number() }
    guard let name = name() else { throw unexpected("a number, a cell or a function") }
    if take(":") {
      let inside = try deeper { parser throws(ExpressionError) in try parser.factor() }
      return .scoped(name, inside, at: start)
    }
    if take("[") { return .cell(name, try list(upTo: "]"), at: start) }
    if take("(") { return .call(name, try list(upTo: ")"), at: start) }
    return .name(name, at: start)
  }

  private mutating func list(upTo end: Unicode.Scalar) throws(ExpressionError) -> [Expression] {
    brackets += 1
    defer { brackets -= 1 }
    var items: [Expression] = []
    if take(end) { return items }
    repeat {
      items.append(try deeper { parser throws(ExpressionError) in try parser.whole() })
    } while take(",")
    guard take(end) else { throw unexpected("a comma or \(end)") }
    return items
  }

  /// Letters, digits, `_` and `.`, as layers are named.
  private mutating func name() -> String? {
    let rest = scalars[index...].prefix {
      $0.isDigit || $0 == "_" || $0 == "." || ("a"..."z").contains($0) || ("A"..."Z").contains($0)
    }
    let name = String(scalars: rest)
    guard Network.isName(name) else { return nil }
    index = rest.endIndex
    skipSpaces()
    return name
  }

  /// `3`, `0.25`, and outside brackets `14,455,392`.
  private mutating func number() throws(ExpressionError) -> Expression {
    let start = index
    var digits = scalars[index...].prefix { $0.isDigit || $0 == "." }
    index = digits.endIndex
    while brackets == 0, next == ",", let group = groupOfThree(after: index) {
      digits += group
      index = group.endIndex
    }
    do throws(NumberText.Problem) {
      let value = try NumberText.ratio(digits)
      skipSpaces()
      return .number(value)
    } catch {
      let text = String(scalars: digits)
      guard case .tooLarge = error else {
        throw ExpressionError(.written(.unexpected(text, expected: "a number")), at: start)
      }
      throw ExpressionError(.written(.numberTooLarge(text)), at: start)
    }
  }

  private func groupOfThree(after comma: Int) -> ArraySlice<Unicode.Scalar>? {
    let group = scalars[(comma + 1)...].prefix { $0.isDigit }
    return group.count == 3 ? group : nil
  }
}
