import ConvolutionEngine
import Walkthrough

/// Why an expression has no value. The wording is in `ExpressionError+Description.swift`.
package struct ExpressionError: Error, Sendable, Equatable {
  package let cause: Cause
  /// How many characters into the expression.
  package let offset: Int

  init(_ cause: Cause, at offset: Int) {
    self.cause = cause
    self.offset = offset
  }

  package enum Cause: Sendable, Equatable {
    case written(Written)
    case named(Named)
    case dividesByZero
    case overflow
    /// A float32, with which nothing is computed.
    case notExact(String)
    /// A number that is no square of a ratio.
    case noExactRoot(String)
    case tooMuchWork
    case arithmetic(ArithmeticError)
  }

  /// How it is written.
  package enum Written: Sendable, Equatable {
    case empty
    case tooLong(limit: Int)
    case tooDeep(limit: Int)
    /// nil: the end.
    case unexpected(String?, expected: String)
    case numberTooLarge(String)
    case power(limit: Int)
    case notOneValue(found: Int)
  }

  /// What it names.
  package enum Named: Sendable, Equatable {
    case unknownFunction(String, known: [String])
    case arguments(of: String, usage: String)
    case unknownLayer(String, known: [String])
    case unknownScene(String, known: [String])
    case nameIsNoNumber(String)
    case indices(String, found: Int)
    case outside(what: String, size: String)
    case notWhole(String)
    case noWeights(String)
    case noBias(String)
    case notAMaxPool(String)
    case doesNotRead(String, source: String, reads: [String])
    /// Of what flows back.
    case address(AddressError)
    case notReached(String, loss: String)
    /// A loss of which only the gradient is given.
    case noLoss
  }
}
