import ConvolutionEngine
import ExactNumbers

extension CellAccount {
  /// The cell's sum with every sign written, so that each term matches what is shown:
  /// `3 + 0 + 2 + −1 + 2 = 6`; a slice sum a depth, then the bias. `≈` before a rounded result.
  package var equation: String {
    guard let terms else { return total.text }
    let value = precise ?? total
    // One slice sum without a bias is the number itself: 6 = 6 says nothing.
    if case .weightedSum = working, terms.count == 1, terms[0] == value.digits { return terms[0] }
    return "\(terms.joined(separator: " + ")) \(value.relation) \(value.digits)"
  }

  /// What the value is made of; nil where it is a number that was there before.
  private var terms: [String]? {
    switch working {
    case .moved, .joined, .padding: nil
    case .weightedSum(let sum):
      (0..<sum.filter.depth).map { sum.sum(sum.slice($0)).text }
        + (sum.bias.map { [$0.text] } ?? [])
    case .maximum(let candidates):
      ["max(\(candidates.values.map(\.text).joined(separator: ", ")))"]
    case .average(let average):
      ["(\(average.values.map(\.text).joined(separator: " + ")))/\(average.divisor)"]
    case .mapped(let input, let operation): [operation.words.expression(of: input)]
    case .added(let numbers): numbers.map(\.text)
    case .normalized(let input, let map): [map.expression(input)]
    case .responded(let response): [response.expression]
    case .squashed(let input, _): [sigmoidExpression(input)]
    case .shared(let share): [share.expression(cell.depth)]
    }
  }
}

/// Numbers as they are read in a sentence: `3 + 0 + 2 − 1`.
package func readableSum(_ numbers: [Number]) -> String {
  guard let first = numbers.first else { return "0" }
  return numbers.dropFirst().reduce(first.text) { text, number in
    number.isNegative
      ? "\(text) − \(number.magnitudeText)"
      : "\(text) + \(number.text)"
  }
}
