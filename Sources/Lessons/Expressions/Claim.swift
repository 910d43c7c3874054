import ConvolutionEngine
import ExactNumbers

/// An equation that a lesson claims: `params(v) = 2*(5*5*4) + 2 = 202`; also with `<` or `>`.
struct Claim {
  enum Relation: Unicode.Scalar, Sendable {
    case equal = "="
    case less = "<"
    case greater = ">"

    func holds(_ left: Number, _ right: Number) -> Bool {
      switch self {
      case .equal: left == right
      case .less: left < right
      case .greater: left > right
      }
    }
  }

  /// What stands between the relations, one more than these.
  let sides: [ArraySlice<Unicode.Scalar>]
  let relations: [Relation]

  /// - Returns: nil for a text that relates nothing.
  init?(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var (sides, relations): ([ArraySlice<Unicode.Scalar>], [Relation]) = ([], [])
    var (start, brackets) = (0, 0)
    for (index, scalar) in scalars.enumerated() {
      // Inside brackets it belongs to what is counted: `count(v > 0) = 3`.
      if scalar == "(" { brackets += 1 } else if scalar == ")" { brackets -= 1 }
      guard brackets <= 0, let relation = Relation(rawValue: scalar) else { continue }
      sides.append(scalars[start..<index])
      relations.append(relation)
      start = index + 1
    }
    guard !relations.isEmpty else { return nil }
    self.sides = sides + [scalars[start...]]
    self.relations = relations
  }
}
