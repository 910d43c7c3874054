import ConvolutionEngine
import ExactNumbers

/// An equation that a lesson claims: `params(v) = 2*(5*5*4) + 2 = 202`; also with `<` or `>`.
struct Claim {
  enum Relation: Unicode.Scalar {
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
    relations = scalars.compactMap { Relation(rawValue: $0) }
    sides = scalars.split(omittingEmptySubsequences: false) { Relation(rawValue: $0) != nil }
    if relations.isEmpty { return nil }
  }
}
