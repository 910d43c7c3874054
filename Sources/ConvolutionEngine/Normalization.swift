import ExactNumbers

/// The numbers of a batch normalization: γ, β, μ and σ² of each map.
///
/// Seeded ones stay exact: σ² + ε is the square of a whole number from 1 to 3, and γ that number,
/// so that the normalization neither lets the values grow nor makes fractions, however many of
/// them follow each other. Without γ the root is 1.
package struct Normalization: Sendable, Equatable {
  package let depth: Int
  package let settings: BatchNormalization
  private let numbers: Numbers

  private enum Numbers: Sendable, Equatable {
    case seeded(root: SeededSequence, beta: SeededSequence, mean: SeededSequence)
    /// γ of all maps where there is one, then β where there is one, then μ, then σ²; and each
    /// map's scale and shift, nil unless all are fractions.
    case given(Coefficients, lines: [Line]?)
  }

  /// `y = scale · x + shift`: what the four numbers come to where the root is a fraction.
  package struct Line: Sendable, Equatable {
    package let scale: Ratio
    package let shift: Ratio
  }

  /// One map's numbers.
  package struct Map: Sendable, Hashable {
    package let gamma: Number
    package let beta: Number
    package let mean: Number
    package let variance: Number
    package let epsilon: Ratio
    /// √(σ² + ε), where that is a fraction.
    package let root: Ratio?
  }

  /// From −3 to 3 the β and μ, from 1 to 3 the roots; see `SeededSequence`.
  init(seed: UInt64, layer: Int, depth: Int, settings: BatchNormalization) {
    self.depth = depth
    self.settings = settings
    func sequence(_ row: Int, from low: Int) -> SeededSequence {
      SeededSequence(seed: seed, layer: layer, low: low, high: 3, offset: row * depth)
    }
    numbers = .seeded(
      root: sequence(0, from: 1), beta: sequence(1, from: -3), mean: sequence(2, from: -3))
  }

  /// - Throws: `ShapeError.parameters` when the count does not fit or a variance is negative.
  package init(
    _ given: Coefficients, depth: Int, settings: BatchNormalization
  ) throws(ShapeError) {
    self.depth = depth
    self.settings = settings
    guard given.count == settings.rows * depth else {
      throw .parameters(
        what: "the weights", found: "\(given.count) numbers",
        expected:
          "\(settings.rows) for each of \(depth) map\(depth == 1 ? "" : "s"): \(settings.rows * depth)"
      )
    }
    let first = (settings.rows - 1) * depth
    for map in 0..<depth where given[first + map].isNegative {
      throw .parameters(
        what: "the variance of map \(map)", found: given[first + map].text,
        expected: "0 or more")
    }
    let maps = Normalization(depth: depth, settings: settings, numbers: .given(given, lines: nil))
    let lines = (0..<depth).map { maps[$0].line }
    let exact = lines.compactMap(\.self)
    numbers = .given(given, lines: exact.count == lines.count ? exact : nil)
  }

  private init(depth: Int, settings: BatchNormalization, numbers: Numbers) {
    self.depth = depth
    self.settings = settings
    self.numbers = numbers
  }

  package subscript(map: Int) -> Map {
    let epsilon = settings.epsilon
    switch numbers {
    case .seeded(let roots, let betas, let means):
      let root = Ratio(settings.hasScale ? Int128(roots[map]) : 1)
      // ε is below 1, so what is left of the square is above 0.
      let variance = Ratio(
        root.numerator * root.numerator * epsilon.denominator - epsilon.numerator,
        over: epsilon.denominator)
      return Map(
        gamma: .ratio(root), beta: Number(settings.hasCentre ? Int128(betas[map]) : 0),
        mean: Number(Int128(means[map])), variance: .ratio(variance), epsilon: epsilon, root: root)
    case .given(let given, _):
      func number(_ row: Int) -> Number { given[row * depth + map] }
      let first = settings.learnedRows
      let variance = number(first + 1)
      return Map(
        gamma: settings.hasScale ? number(0) : Number(1),
        beta: settings.hasCentre ? number(first - 1) : .zero, mean: number(first),
        variance: variance, epsilon: epsilon,
        root: variance.ratio?.adding(epsilon)?.exactRoot)
    }
  }

  /// One map's scale and shift; nil where they are no fractions of 128 bits.
  package func line(_ map: Int) -> Line? {
    if case .given(_, let lines) = numbers { return lines?[map] }
    return self[map].line
  }

  package var isExact: Bool {
    if case .given(_, let lines) = numbers { return lines != nil }
    return true
  }

  /// All numbers as a file may give them: γ of all maps where there is one, then β, μ and σ².
  package var coefficients: Coefficients {
    if case .given(let given, _) = numbers { return given }
    // Seeded ones are whole but for the variances, which stand over ε's denominator.
    let denominator = settings.epsilon.denominator
    var rows: [KeyPath<Map, Number>] = settings.hasScale ? [\.gamma] : []
    rows += (settings.hasCentre ? [\.beta] : []) + [\.mean, \.variance]
    let all = rows.flatMap { row in
      (0..<depth).map { map in
        let ratio = self[map][keyPath: row].ratio?.reduced ?? .zero
        return ratio.numerator * (denominator / ratio.denominator)
      }
    }
    return .stored(Integers(all), denominator: denominator)
  }

  /// Where γ, or β, of a map stands among `coefficients`; nil where there is none.
  package func index(ofGamma map: Int) -> Int? { settings.hasScale ? map : nil }
  package func index(ofBeta map: Int) -> Int? {
    settings.hasCentre ? (settings.learnedRows - 1) * depth + map : nil
  }

  /// What all scales, and all shifts, stand over; nil beyond 128 bits.
  var denominators: (scale: Int128, shift: Int128)? {
    guard case .given(_, let lines?) = numbers else { return (1, 1) }
    var common: (scale: Int128, shift: Int128) = (1, 1)
    for line in lines {
      guard let scale = leastCommonMultiple(common.scale, line.scale.denominator),
        let shift = leastCommonMultiple(common.shift, line.shift.denominator)
      else { return nil }
      common = (scale, shift)
    }
    return common
  }

  /// How many numbers there are: those that are learned, μ and σ².
  package var count: Int { settings.rows * depth }

  /// How many of them are learned by gradient; μ and σ² are kept along the way.
  package var trainableCount: Int { settings.learnedRows * depth }

  /// The count as the sum that makes it: `4·64 = 256`.
  package var countText: String { "\(settings.rows)·\(depth) = \(count)" }
}

extension Normalization.Map {
  /// The scale and shift; nil where they are no fractions of 128 bits.
  var line: Normalization.Line? {
    guard let gamma = gamma.ratio, let beta = beta.ratio, let mean = mean.ratio, let root,
      let scale = gamma.divided(by: root), let moved = mean.multiplied(by: scale)?.negated,
      let shift = beta.adding(moved)
    else { return nil }
    return Normalization.Line(scale: scale, shift: shift)
  }

  /// What it does before γ and β: `(x − μ)/√(σ² + ε)`.
  var withoutLearned: Normalization.Map {
    Normalization.Map(
      gamma: Number(1), beta: .zero, mean: mean, variance: variance, epsilon: epsilon, root: root)
  }
}
