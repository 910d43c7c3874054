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
    var pieces: [Piece] = []
    var plain = String.UnicodeScalarView()
    var rest = Array(text.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      if scalar == "{" || scalar == "}", rest.first == scalar {
        plain.append(scalar)
        rest.removeFirst()
      } else if scalar == "{" {
        guard let end = rest.firstIndex(where: { $0 == "}" || $0 == "{" }), rest[end] == "}" else {
          throw .unclosed(String(scalars: rest.prefix { $0 != "{" }.prefix(40)))
        }
        let isGrouped = rest.first != "="
        let source = String(scalars: isGrouped ? rest[..<end] : rest[..<end].dropFirst())
        pieces += [.text(String(plain)), .expression(source, isGrouped: isGrouped)]
        plain.removeAll()
        rest = rest[(end + 1)...]
      } else if scalar == "}" {
        throw .unopened(after: String(plain))
      } else {
        plain.append(scalar)
      }
    }
    self.pieces = pieces + [.text(String(plain))]
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
