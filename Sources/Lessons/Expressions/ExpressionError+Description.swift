import ConvolutionEngine
import ExactNumbers
import Walkthrough

extension ExpressionError.Cause: CustomStringConvertible {
  /// What was found, what is expected and how to mend it, without a full stop.
  package var description: String {
    switch self {
    case .written(let cause): return "\(cause)"
    case .named(let cause): return "\(cause)"
    case .dividesByZero: return "it divides by 0; change the divisor"
    case .overflow: return "it needs more than 128 bits; use smaller numbers"
    case .notExact(let what):
      return "\(what) is a float32, with which nothing exact is computed; show it by itself"
    case .noExactRoot(let number):
      return "\(number) has no exact root; use a square, such as 9 or 1/4"
    case .tooMuchWork:
      return "the lesson's expressions need more products than a lesson may; "
        + "use a smaller network or fewer cells of late layers"
    case .arithmetic(let problem): return "\(problem)".withoutFullStop
    }
  }
}

extension ExpressionError.Written: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "there is nothing to compute; write an expression such as v[1,1,0] or params(v)"
    case .tooLong(let limit): "it has more than \(limit) characters; split it"
    case .tooDeep(let limit): "its brackets are nested deeper than \(limit); simplify it"
    case .unexpected(nil, let expected): "it ends where \(expected) is expected; complete it"
    case .unexpected(let found?, let expected):
      "found \(found.excerpt) where \(expected) is expected"
    case .numberTooLarge(let number): "\(number.excerpt) needs more than 128 bits"
    case .power(let limit): "an exponent is at most \(limit); use a smaller one"
    case .notOneValue(let found): "it has \(found) values; one is expected here, without ;"
    }
  }
}

extension ExpressionError.Named: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownFunction(let name, let known):
      "there is no \(name.excerpt); the functions are \(known.joined(separator: ", "))"
    case .arguments(let name, let usage): "\(name) is written \(usage)"
    case .unknownLayer(let name, let known):
      "there is no layer \(name.excerpt); there are \(known.listed(atMost: 12) { $0 })"
    case .unknownScene(let name, let known):
      "there is no scene \(name.excerpt); there are \(known.listed(atMost: 12) { $0 })"
    case .nameIsNoNumber(let name):
      "\(name.excerpt) is not a number; name a cell, such as \(name)[0,0,0], "
        + "or ask for width(\(name))"
    case .indices(let name, let found):
      "\(name)[…] has \(found) number\(found == 1 ? "" : "s"); a cell has three: x, y and map"
    case .outside(let what, let size): "\(what) lies outside: \(size)"
    case .notWhole(let text):
      "\(text) is not a whole number of a usual size, which is expected here"
    case .noWeights(let layer):
      "\(layer) has no weights; name a convolution or a dense layer"
    case .noBias(let layer): "\(layer) has no bias"
    case .notAMaxPool(let layer): "\(layer) has no winners; name a cell of a max pool"
    case .doesNotRead(let layer, let source, let reads):
      "\(layer) does not read \(source); it reads \(reads.joined(separator: " and "))"
    case .address(let error): "\(error)".withoutFullStop
    case .notReached(let name, let loss):
      "nothing flows back to \(name), of which the loss at \(loss) is not made"
    case .noLoss: "only what flows back is given, and no loss; give a kind of loss instead"
    }
  }
}

extension String {
  fileprivate var withoutFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
