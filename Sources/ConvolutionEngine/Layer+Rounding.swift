/// The layers whose numbers no fraction is, so that each is rounded once to the nearest float32:
/// a normalization by a root, sigmoid and softmax.
extension Layer {
  /// Whether the output is what a root or an exponential makes, not a fraction.
  func isIrrational(over inputs: [Tensor]) -> Bool {
    switch operation {
    case .sigmoid, .softmax, .responseNormalization: true
    case .batchNormalization: !isExact(over: inputs)
    default: false
    }
  }

  /// One cell of these layers, rounded once; nil beyond float32.
  func irrational(of cell: Cell, _ input: Tensor) -> Float? {
    let quick: Double.Estimate? =
      switch operation {
      case .responseNormalization(let settings):
        Response.estimate(input[cell], among: neighbours(of: cell, in: input), settings)
      case .batchNormalization:
        normalization?[cell.depth].doubles.estimate(input[cell].nearestDouble)
      default: nil
      }
    return quick?.float ?? precise(of: cell, input).nearestFloat
  }

  /// The same to within 2^−280, not rounded.
  func precise(of cell: Cell, _ input: Tensor) -> FixedPoint {
    switch operation {
    case .sigmoid: return Sigmoid(input[cell]).value
    case .softmax: return Softmax(numbers(of: input, at: cell)).shares[cell.depth]
    case .responseNormalization(let settings):
      return Response.value(input[cell], among: neighbours(of: cell, in: input), settings)
    default:
      guard let normalization else { preconditionFailure("a normalization has its numbers") }
      return normalization[cell.depth].value(input[cell])
    }
  }

  /// The numbers of all depths at a cell's place.
  func numbers(of tensor: Tensor, at cell: Cell) -> [Number] {
    (0..<tensor.shape.depth).map { tensor[Cell(cell.x, cell.y, $0)] }
  }

  /// The cells whose squares a response normalization sums; empty for every other layer.
  func neighbours(of cell: Cell) -> [Cell] {
    guard case .responseNormalization(let settings) = operation else { return [] }
    return settings.maps(around: cell.depth, of: input.depth).map { Cell(cell.x, cell.y, $0) }
  }

  private func neighbours(of cell: Cell, in tensor: Tensor) -> [Number] {
    neighbours(of: cell).map { tensor[$0] }
  }

  /// Each place's exponentials are made once for all its depths.
  func softmax(over input: Tensor) -> [Float] {
    var floats = [Float](repeating: 0, count: output.count)
    for place in 0..<output.plane {
      let shares = Softmax(numbers(of: input, at: output.cell(at: place))).shares
      for (depth, share) in shares.enumerated() {
        floats[place + depth * output.plane] = share.nearestFloat ?? 1
      }
    }
    return floats
  }
}

/// `1/(1 + e^−x)` and the exponential in it.
struct Sigmoid {
  /// e^−|x|: of a negative number the sigmoid is e^x/(1 + e^x) too, in which nothing grows.
  let exponential: FixedPoint
  let value: FixedPoint

  init(_ number: Number) {
    let x = BigRational(number)
    exponential = .exponential(ofMinus: number.isNegative ? BigRational(Ratio(0)) - x : x)
    value = (number.isNegative ? exponential : .one) / (.one + exponential)
  }
}

/// Each e^(x − largest), and its share of their sum.
struct Softmax {
  let largest: Number
  let exponentials: [FixedPoint]
  let sum: FixedPoint

  init(_ numbers: [Number]) {
    let largest = numbers.max() ?? .zero
    self.largest = largest
    exponentials = numbers.map {
      .exponential(ofMinus: BigRational(largest) - BigRational($0))
    }
    sum = exponentials.reduce(FixedPoint(Magnitude(0)), +)
  }

  var shares: [FixedPoint] { exponentials.map { $0 / sum } }
}

extension Response {
  /// `x / (k + α · Σ x²)^β`
  ///
  /// - Parameter neighbours: the numbers of the maps that count, x among them.
  static func value(
    _ number: Number, among neighbours: [Number], _ settings: ResponseNormalizationSettings
  ) -> FixedPoint {
    let base =
      BigRational(settings.offset) + BigRational(settings.alpha) * squares(neighbours)
    let x = BigRational(number)
    let magnitude = FixedPoint.fourthRoot(x.power(4) / base.power(settings.quarters)).magnitude
    return FixedPoint(magnitude, isNegative: x.isNegative)
  }

  static func squares(_ numbers: [Number]) -> BigRational {
    numbers.reduce(BigRational(Ratio(0))) { $0 + BigRational($1) * BigRational($1) }
  }

  static func estimate(
    _ number: Number, among neighbours: [Number], _ settings: ResponseNormalizationSettings
  ) -> Double.Estimate {
    let squares = neighbours.reduce(0.0) { $0 + $1.nearestDouble * $1.nearestDouble }
    return estimate(number.nearestDouble, squares, of: neighbours.count, settings)
  }

  /// - Parameters:
  ///   - number: the nearest to the exact one, as those of which the squares are.
  ///   - squares: the sum of so many squares.
  static func estimate(
    _ number: Double, _ squares: Double, of count: Int, _ settings: ResponseNormalizationSettings
  ) -> Double.Estimate {
    // Nothing else is nearest to 0 in a tensor: its numbers are not as small as that.
    if number == 0 { return .zero }
    let base = settings.offset.nearestDouble + settings.alpha.nearestDouble * squares
    let root = base.squareRoot().squareRoot()
    var divisor = 1.0
    for _ in 0..<settings.quarters { divisor *= root }
    // All that is added is positive, so every operation is right to 2^−53 of its result.
    let value = number / divisor
    let operations = Double(count + 4 * settings.quarters + 16)
    return Double.Estimate(value: value, error: abs(value) * operations * 0x1p-52)
  }
}

extension Normalization.Map {
  /// `γ · (x − μ)/√(σ² + ε) + β`
  func value(_ number: Number) -> FixedPoint {
    let product = BigRational(gamma) * (BigRational(number) - BigRational(mean))
    let square = product * product / (BigRational(variance) + BigRational(epsilon))
    let scaled = FixedPoint(FixedPoint.root(square).magnitude, isNegative: product.isNegative)
    return scaled + FixedPoint(BigRational(beta))
  }

  /// Its numbers, each right to a few times 2^−53 of itself.
  var doubles: Doubles {
    let root = (variance.nearestDouble + epsilon.nearestDouble).squareRoot()
    return Doubles(
      factor: gamma.nearestDouble / root, mean: mean.nearestDouble, beta: beta.nearestDouble)
  }

  struct Doubles {
    let factor: Double
    let mean: Double
    let beta: Double

    /// - Parameter x: the nearest to the exact number.
    func estimate(_ x: Double) -> Double.Estimate {
      // Each of the few operations is right to 2^−53 of its result.
      let size = abs(factor) * (abs(x) + abs(mean)) + abs(beta)
      return Double.Estimate(value: factor * (x - mean) + beta, error: size * 0x1p-48)
    }
  }
}

extension Double {
  /// A value known to within an error.
  struct Estimate {
    let value: Double
    let error: Double

    static let zero = Estimate(value: 0, error: 0)

    /// The value rounded; nil where the error could change it, or the zero's sign.
    var float: Float? {
      let (low, high) = (Float(value - error), Float(value + error))
      return low.bitPattern == high.bitPattern && low.isFinite ? low : nil
    }
  }
}

extension ResponseNormalizationSettings {
  /// β as a count of quarters.
  var quarters: Int { Int((beta.numerator * 4) / beta.denominator) }
}
