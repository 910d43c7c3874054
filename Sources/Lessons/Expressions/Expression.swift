import ConvolutionEngine
import ExactNumbers

/// Something that a lesson has the engine compute: `v[1,1,0] - bias(v,0)`.
///
/// Every part knows how many characters into the text it begins, so that a problem is told there.
indirect enum Expression: Sendable, Equatable {
  case number(Ratio)
  case negated(Expression, at: Int)
  case operation(Operator, Expression, Expression, at: Int)
  /// So often multiplied.
  case power(Expression, Int, at: Int)
  /// A layer, or the input; only functions take one.
  case name(String, at: Int)
  case cell(String, [Expression], at: Int)
  case call(String, [Expression], at: Int)
  /// In another scene: `pool:p[0,0,0]`.
  case scoped(String, Expression, at: Int)
  /// 1 where it holds, else 0: `v[0,0,0] > 3`.
  case comparison(Claim.Relation, Expression, Expression, at: Int)

  enum Operator: Sendable, Equatable {
    case plus, minus, times, over
  }

  /// Characters; no claim of a lesson needs more.
  static let longest = 400
  /// No number but 0 and 1 has a larger one.
  static let largestPower = 127
  /// Brackets inside brackets.
  static let deepest = 32
}

/// What an expression can call.
enum Function: String, CaseIterable {
  case floor, ceil, slice, bias, weight, params, frozen, trainable, products, width, height,
    depth, cells, count, readers, unread, abs, sqrt, max, min, peakx, peaky, winnerx, winnery

  /// How it is written.
  var usage: String {
    switch self {
    case .floor: "floor(7/2)"
    case .ceil: "ceil(7/2)"
    case .slice: "slice(v[1,1,0],2), the slice sum at input depth 2"
    case .bias: "bias(v,0), the bias of filter 0"
    case .weight: "weight(v,0,1,2,3), filter 0 at column 1, row 2, depth 3"
    case .params: "params(v), or params() for the whole network"
    case .frozen: "frozen(v), or frozen() for the whole network"
    case .trainable: "trainable(v), or trainable() for the whole network"
    case .products: "products(v), or products() for the whole network"
    case .width, .height, .depth, .cells: "\(rawValue)(v)"
    case .count: "count(v > 0), the cells of v of which that is true, or count(v,0 > 0), of map 0"
    case .abs: "abs(v[1,1,0])"
    case .sqrt: "sqrt(9), of a number that has an exact root"
    case .readers: "readers(X[4,4,0],v), the cells of one map of v that read X[4,4,0]"
    case .unread: "unread(v), the places of one input plane that v never reads"
    case .max, .min:
      "\(rawValue)(v,0), over map 0, or \(rawValue)(v[0,0,0],v[1,0,0]) of two numbers"
    case .peakx, .peaky: "\(rawValue)(v,0), over map 0"
    case .winnerx, .winnery: "\(rawValue)(p[0,1,0])"
    }
  }
}
