import ConvolutionEngine
import ExactNumbers
import Walkthrough

/// A text in which `{…}` stands for what the engine computes: `v is {width(v)} wide.`
///
/// `{{` and `}}` stand for the braces themselves; `{=…}` leaves a large number ungrouped.
struct Template: Equatable {
  enum Piece: Equatable {
    case text(String)
    case expression(String, isGrouped: Bool)
  }

  enum Problem: Error {
    /// What follows a `{` that nothing closes.
    case unclosed(String)
    /// - Parameter after: the text before a `}` that closes nothing.
    case unopened(after: String)
  }

  let pieces: [Piece]

  init(_ text: String) throws(Problem) {
    let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
    var pieces: [Piece] = []
    var plain = ""
    var rest = text[...]
    while let brace = rest.utf8.firstIndex(where: { $0 == open || $0 == close }) {
      plain.append(contentsOf: rest[..<brace])
      let isOpen = rest.utf8[brace] == open
      rest = rest[rest.utf8.index(after: brace)...]
      if rest.utf8.first == (isOpen ? open : close) {
        plain += isOpen ? "{" : "}"
        rest = rest[rest.utf8.index(after: rest.startIndex)...]
        continue
      }
      guard isOpen else { throw .unopened(after: plain) }
      guard let end = rest.utf8.firstIndex(where: { $0 == open || $0 == close }),
        rest.utf8[end] == close
      else { throw .unclosed(String(rest.prefix { $0 != "{" }.unicodeScalars.prefix(40))) }
      let isGrouped = rest.utf8.first != UInt8(ascii: "=")
      let start = isGrouped ? rest.startIndex : rest.utf8.index(after: rest.startIndex)
      pieces += [.text(plain), .expression(String(rest[start..<end]), isGrouped: isGrouped)]
      plain = ""
      rest = rest[rest.utf8.index(after: end)...]
    }
    self.pieces = pieces + [.text(plain + rest)]
  }

  /// Whether a piece is joined to what stands before it by a sign, so that one of its own needs
  /// brackets: `4 + (−2)`.
  func hasSign(before index: Int) -> Bool {
    guard index > 0, case .text(let text) = pieces[index - 1] else { return false }
    let signs: Set<Character> = ["+", "−", "·", "×", "*", "/", "÷"]
    return text.last { $0 != " " }.map(signs.contains) ?? false
  }

  /// A number as texts have it: five digits and more in groups, `14,455,392`.
  static func text(_ number: Number, isGrouped: Bool = true) -> String {
    let text = number.text
    guard isGrouped else { return text }
    let sign = text.unicodeScalars.prefix { !$0.isDigit }
    let digits = text.unicodeScalars.dropFirst(sign.count).prefix { $0.isDigit }
    guard digits.count >= 5, let whole = UInt128(String(digits)) else { return text }
    let end = text.unicodeScalars.dropFirst(sign.count + digits.count)
    return String(sign) + grouped(whole) + String(end)
  }
}
