import ConvolutionEngine

/// How large the weights of a layer are, digit by digit of them.
struct WeightSizes: Equatable {
  let digits: Digits
  /// For each digit, the largest over all filters of Σ|digit|.
  var sums: [Int]
  /// For each digit, the largest magnitude.
  var largest: [Int]

  /// At least the largest over all filters of Σ|w|; nil beyond 128 bits.
  var sum: Int128? {
    var sum: Int128 = 0
    for (index, digitSum) in sums.enumerated() {
      let (scaled, overflows) = Int128(digitSum).multipliedReportingOverflow(
        by: 1 << (digits.bits * index))
      let (total, overflowsToo) = sum.addingReportingOverflow(scaled)
      guard digits.bits * index < 126, !overflows, !overflowsToo else { return nil }
      sum = total
    }
    return sum
  }
}

/// How a layer's sums of products are computed so that no bit is lost: one pass over the products
/// for each pair of a digit of the input and a digit of the weights.
///
/// An input of magnitudes up to 255 and filters with Σ|w| up to 5,000 need one pass: no part of
/// any sum can leave 32 bits, since 255·5,000 < 2³¹.
struct SumPlan: Equatable {
  struct Pass: Equatable {
    let inputDigit: Int
    let weightDigit: Int
    /// Which of the 64-bit sums the pass adds to, and by how many bits to the left.
    let sum: Int
    let shift: Int
  }

  let inputDigits: Digits
  let passes: [Pass]
  /// How many products one 32-bit sum can take; then it goes to its 64-bit sum.
  let block: Int
  /// The 64-bit sums' places: the whole is Σ sumₙ·2^placeₙ.
  let places: [Int]

  /// - Parameters:
  ///   - inputs: every number of the input lies within it.
  ///   - products: how many make one sum.
  init(inputs: ClosedRange<Int128>, weights: WeightSizes, products: Int) {
    let (digits, block, _) = SumPlan.inputDigits(inputs, weights: weights, products: products)
    inputDigits = digits
    self.block = block
    (passes, places) = SumPlan.passes(digits, weights: weights)
  }

  /// Whether each 32-bit sum is a whole already.
  var isDirect: Bool { passes.count == 1 && block == .max }

  private static let largestSum = Int(Int32.max)

  /// The digits to cut weights into that may be as wide as the inputs: those that cost least with the
  /// best that go with them.
  static func weightDigits(
    _ weights: ClosedRange<Int128>, inputs: ClosedRange<Int128>, products: Int
  ) -> Digits {
    let found = (2...16).map { bits -> (digits: Digits, cost: Double) in
      let digits = Digits(bits: bits, for: weights)
      let (most, overflows) = digits.largest.multipliedReportingOverflow(by: products)
      let sizes = WeightSizes(
        digits: digits, sums: [overflows ? .max : most], largest: [digits.largest])
      let cost = inputDigits(inputs, weights: sizes, products: products).cost
      return (digits, cost * Double(digits.count))
    }
    return found.min { $0.cost < $1.cost }?.digits ?? Digits(ofWeights: weights)
  }

  /// The digits, and the products a 32-bit sum can take, that cost least; and what they do, in passes.
  private static func inputDigits(
    _ inputs: ClosedRange<Int128>, weights: WeightSizes, products: Int
  ) -> (digits: Digits, block: Int, cost: Double) {
    let sum = weights.sums.max() ?? 0
    let weight = max(weights.largest.max() ?? 0, 1)
    var best: (digits: Digits, block: Int, cost: Double)?
    for bits in (2...16).reversed() {
      let digits = Digits(bits: bits, for: inputs)
      let block =
        digits.largest.product(upTo: largestSum, with: sum) != nil
        ? Int.max : largestSum / (max(digits.largest, 1) * weight) & ~1
      guard block >= 2 else { continue }
      // Emptying the 32-bit sums costs about as much as this many products of each.
      let emptying = block == .max ? 0 : 48 / Double(min(block, products))
      let cost = Double(digits.count) * (1 + emptying)
      if cost < best?.cost ?? .infinity { best = (digits, block, cost) }
      if cost == 1 { break }
    }
    guard let best else {
      preconditionFailure("2 bits times 16 bits leaves room for many products")
    }
    return best
  }

  /// Every pair of digits, those of near places together in one 64-bit sum while it has room.
  private static func passes(
    _ digits: Digits, weights: WeightSizes
  ) -> (passes: [Pass], places: [Int]) {
    var passes: [Pass] = []
    var places: [Int] = []
    var room = Int128(0)
    let pairs = (0..<digits.count).flatMap { input in
      (0..<weights.digits.count).map { weight in (input, weight) }
    }
    func place(_ pair: (Int, Int)) -> Int {
      digits.bits * pair.0 + weights.digits.bits * pair.1
    }
    for pair in pairs.sorted(by: { place($0) < place($1) }) {
      let most = Int128(digits.largest) * Int128(weights.sums[pair.1])
      let last = places.last ?? 0
      let shift = place(pair) - last
      if places.isEmpty || shift > 62 || most << shift > room {
        places.append(place(pair))
        room = Int128(Int64.max) - most
        passes.append(
          Pass(inputDigit: pair.0, weightDigit: pair.1, sum: places.count - 1, shift: 0))
      } else {
        room -= most << shift
        passes.append(
          Pass(inputDigit: pair.0, weightDigit: pair.1, sum: places.count - 1, shift: shift))
      }
    }
    return (passes, places)
  }
}

extension Int {
  /// The product with another magnitude; nil beyond a limit.
  fileprivate func product(upTo limit: Int, with other: Int) -> Int? {
    let (product, overflows) = multipliedReportingOverflow(by: other)
    return overflows || product > limit ? nil : product
  }
}
