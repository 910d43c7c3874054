import ConvolutionEngine
import ExactNumbers

/// An answer as a lesson writes it, read once: `v[1,0,0]`, or `width(v) ; height(v)`.
struct WrittenAnswer {
  let parts: [Expression]

  init(parsing text: String) throws(ExpressionError) {
    parts = try ExpressionParser.parse(
      parts: Array(text.unicodeScalars).split(omittingEmptySubsequences: false) { $0 == ";" })
  }

  /// Whether it holds or does not, and so is yes or no.
  var isComparison: Bool {
    if parts.count == 1, case .comparison = parts[0] { true } else { false }
  }

  /// Whether it is computed from numbers alone.
  var isArithmetic: Bool { parts.allSatisfy(\.isArithmetic) }

  /// Whether what it asks for is counted, and so whole.
  var isCount: Bool { parts.contains(where: \.counts) }
}

extension Expression {
  fileprivate var isArithmetic: Bool {
    switch self {
    case .number: true
    case .negated(let inside, _), .power(let inside, _, _): inside.isArithmetic
    case .operation(_, let left, let right, _): left.isArithmetic && right.isArithmetic
    case .call(let name, let arguments, _):
      [Function.floor.rawValue, Function.ceil.rawValue].contains(name)
        && arguments.allSatisfy(\.isArithmetic)
    case .name, .cell, .scoped, .comparison: false
    }
  }

  fileprivate var counts: Bool {
    switch self {
    case .negated(let inside, _), .power(let inside, _, _), .scoped(_, let inside, _):
      inside.counts
    case .operation(_, let left, let right, _): left.counts || right.counts
    case .call(let name, _, _): Function(rawValue: name)?.counts ?? false
    case .number, .name, .cell, .comparison: false
    }
  }
}

extension Function {
  /// Whether its values are whole whatever the numbers are.
  fileprivate var counts: Bool {
    switch self {
    case .floor, .ceil, .params, .frozen, .trainable, .products, .width, .height, .depth, .cells,
      .count, .readers, .unread:
      true
    case .slice, .bias, .weight, .abs, .sqrt, .max, .min, .peakx, .peaky, .winnerx, .winnery: false
    }
  }
}
