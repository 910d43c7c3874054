import ExactNumbers

extension Loss {
  /// What the loss grows by where each score does.
  ///
  /// - Parameters:
  ///   - name: of the gradient, for an error.
  /// - Throws: `ArithmeticError` where one does not fit 128 bits or float32.
  package func gradient(
    over scores: Tensor, named name: String
  ) throws(ArithmeticError) -> Tensor {
    let shape = scores.shape
    switch self {
    case .sum: return Tensor(shape, (0..<shape.count).map { _ in 1 })
    case .given(let gradient): return gradient
    case .hinge(let target):
      let near = tooNear(over: scores, target)
      var gradient = [Int128](repeating: 0, count: shape.count)
      for label in near { gradient[label] = 1 }
      gradient[target] = -Int128(near.count)
      return Tensor(shape, gradient)
    case .squared(let target) where scores.isExact && target.isExact:
      return try exactDifference(scores, target, name)
    case .squared, .crossEntropy, .binaryCrossEntropy:
      var floats: [Float] = []
      floats.reserveCapacity(shape.count)
      for index in 0..<shape.count {
        let cell = shape.cell(at: index)
        guard let float = value(at: cell, over: scores).nearest else {
          throw .beyondFloat32(layer: name, cell: cell)
        }
        floats.append(float)
      }
      return .float32(shape, floats)
    }
  }

  private func exactDifference(
    _ scores: Tensor, _ target: Tensor, _ name: String
  ) throws(ArithmeticError) -> Tensor {
    guard let common = leastCommonMultiple(scores.denominator, target.denominator) else {
      throw .denominatorBeyond128Bits(layer: name)
    }
    let (first, second) = (scores.exactNumerators, target.exactNumerators)
    var numerators: [Int128] = []
    for index in 0..<scores.shape.count {
      var sum = WideSum()
      sum.add(first[index], times: common / scores.denominator)
      sum.add(second[index], times: -(common / target.denominator))
      guard let total = sum.total else {
        throw .beyond128Bits(layer: name, cell: scores.shape.cell(at: index))
      }
      numerators.append(total)
    }
    return Tensor(scores.shape, numerators, over: common)
  }

  /// The classes that come nearer to the target's score than 1.
  private func tooNear(over scores: Tensor, _ target: Int) -> [Int] {
    (0..<scores.shape.count).filter { label in
      label != target && margin(of: label, over: scores, target) > .zero
    }
  }

  private func margin(of label: Int, over scores: Tensor, _ target: Int) -> Number {
    .difference(scores[label], scores[target], plus: 1)
  }

  /// What the gradient at a cell is before it is rounded.
  private enum Value {
    case exact(Number)
    case precise(FixedPoint)

    var nearest: Float? {
      switch self {
      case .exact(let number): number.nearestFloat
      case .precise(let value): value.nearestFloat
      }
    }
  }

  private func value(at cell: Cell, over scores: Tensor) -> Value {
    switch self {
    case .sum: return .exact(Number(1))
    case .given(let gradient): return .exact(gradient[cell])
    case .squared(let target): return .exact(.difference(scores[cell], target[cell]))
    case .hinge(let target):
      let near = tooNear(over: scores, target)
      if cell.depth == target { return .exact(Number(-Int128(near.count))) }
      return .exact(Number(near.contains(cell.depth) ? 1 : 0))
    case .crossEntropy(let target):
      let (share, whole) = share(at: cell, over: scores, target)
      let wanted = FixedPoint(BigRational(target[cell]))
      return .precise(share * FixedPoint(BigRational(whole)) - wanted)
    case .binaryCrossEntropy(let target):
      return .precise(Sigmoid.share(of: scores[cell]) - FixedPoint(BigRational(target[cell])))
    }
  }

  /// The softmax at a cell, and what all wanted shares of its place add up to.
  private func share(
    at cell: Cell, over scores: Tensor, _ target: Tensor
  ) -> (FixedPoint, Number) {
    let depths = 0..<scores.shape.depth
    let shares = Softmax.shares(of: depths.map { scores[Cell(cell.x, cell.y, $0)] })
    let whole = Number.sum(depths.map { target[Cell(cell.x, cell.y, $0)] })
    return (shares[cell.depth], whole)
  }

  /// How the gradient at a cell comes about.
  package func account(
    of cell: Cell, at source: Source, over scores: Tensor, named name: String
  ) throws(ArithmeticError) -> GradientAccount {
    let term: LossTerm
    switch self {
    case .sum: term = .one
    case .given(let gradient): term = .given(gradient[cell])
    case .squared(let target): term = .difference(score: scores[cell], target: target[cell])
    case .hinge(let target):
      term =
        cell.depth == target
        ? .tooNear(tooNear(over: scores, target))
        : .margin(margin(of: cell.depth, over: scores, target))
    case .crossEntropy(let target):
      let (share, whole) = share(at: cell, over: scores, target)
      term = .share(share.number, target: target[cell], of: whole)
    case .binaryCrossEntropy(let target):
      term = .lone(Sigmoid.share(of: scores[cell]).number, target: target[cell])
    }
    let value = value(at: cell, over: scores)
    var (total, unrounded) = (Number.zero, Number.zero)
    var precise: Number?
    switch value {
    case .precise(let point):
      guard let float = point.nearestFloat else { throw .beyondFloat32(layer: name, cell: cell) }
      (total, unrounded, precise) = (.rounded(float), .rounded(float), point.number)
    case .exact(let number):
      (total, unrounded) = (number, number)
      if case .unrounded = number {
        guard let float = number.nearestFloat else {
          throw .beyondFloat32(layer: name, cell: cell)
        }
        total = .rounded(float)
      }
    }
    return GradientAccount(
      target: .source(source), cell: cell, working: .loss(term), total: total,
      unrounded: unrounded, precise: precise)
  }
}

extension Loss {
  /// The loss itself; nil for a gradient that is given, of which nobody knows the loss, and beyond
  /// 128 bits.
  package func value(over scores: Tensor) -> Number? {
    let count = scores.shape.count
    switch self {
    case .given: return nil
    case .sum: return Loss.sum((0..<count).map { scores[$0] }, isRounded: scores.isRounded)
    case .hinge(let target):
      let margins = tooNear(over: scores, target).map { margin(of: $0, over: scores, target) }
      return Loss.sum(margins, isRounded: scores.isRounded)
    case .squared(let target):
      let squares = (0..<count).map { index -> Number? in
        let difference = Number.difference(scores[index], target[index])
        guard let ratio = difference.ratio else {
          let value = BigRational(difference)
          return FixedPoint(value * value * BigRational(Ratio(1, over: 2))).number
        }
        return ratio.multiplied(by: ratio)?.multiplied(by: Ratio(1, over: 2)).map(Number.ratio)
      }
      let found = squares.compactMap(\.self)
      return found.count == count ? Loss.sum(found, isRounded: scores.isRounded) : nil
    case .crossEntropy(let target):
      return (0..<scores.shape.plane).reduce(FixedPoint(Magnitude(0))) { sum, place in
        let indices = (0..<scores.shape.depth).map { place + $0 * scores.shape.plane }
        let logarithms = Softmax.logarithms(of: indices.map { scores[$0] })
        return zip(indices, logarithms).reduce(sum) {
          $0 - FixedPoint(BigRational(target[$1.0])) * $1.1
        }
      }.number
    case .binaryCrossEntropy(let target):
      return (0..<count).reduce(FixedPoint(Magnitude(0))) { sum, index in
        sum + Sigmoid.crossEntropy(scores[index], target: target[index])
      }.number
    }
  }

  /// Exact where all are fractions that fit; else to within 2^−280, which float32 numbers and their
  /// squares are exactly.
  ///
  /// - Parameter isRounded: whether what they are made of was rounded, so that the sum is too.
  private static func sum(_ numbers: [Number], isRounded: Bool) -> Number? {
    guard numbers.allSatisfy({ $0.ratio != nil }) else {
      let sum = numbers.reduce(FixedPoint(Magnitude(0))) { $0 + FixedPoint(BigRational($1)) }.number
      return isRounded ? sum.roundedToFloat32 : sum
    }
    let sum = numbers.compactMap(\.ratio).reduce(Optional(Ratio.zero)) { $0?.adding($1) }
    return sum.map(Number.ratio)
  }
}
