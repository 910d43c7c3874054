import ExactNumbers

/// What a kind of layer is: its settings, its sizes, and what one cell is made of.
///
/// A kind is a value of a type of its own, `Kinds/X.swift`; how it speaks stands in the
/// walkthrough's `Kinds/X+Words.swift`. What kinds share by their shape, such as the arithmetic of a
/// sum, is written once, for the combination that they name.
package protocol LayerRule: Sendable, Hashable {
  /// As it is written: `conv`.
  static var name: String { get }
  /// What can be set, in the order in which it is written.
  static var settings: [Setting<Self>] { get }
  /// Whether it takes more than one input.
  static var joinsInputs: Bool { get }
  /// Whether it has weights, which a file may give.
  static var hasWeights: Bool { get }

  /// Whether each of its filters has a bias.
  var hasBias: Bool { get }
  /// What its numbers are, in the order in which PyTorch and Keras list them and the engine takes
  /// them.
  var roles: [ArrayRole] { get }
  /// Whether a cell takes as long as hundreds of products, as one does that needs exponentials.
  static var isSlow: Bool { get }

  /// Whether its numbers may be no fractions.
  static var mayBeIrrational: Bool { get }

  /// How windows are placed; nil without windows, and setting it changes nothing then.
  var placedWindows: WindowSettings? { get set }
  /// Itself as one of all kinds.
  var operation: Operation { get }

  /// The kind before its settings are read.
  init()

  /// Those of its settings in whose defaults libraries differ, as far as that matters here.
  func contested(in layer: Layer, by defaults: SettingDefaults) -> [WrittenSetting]
  /// The sizes that follow from those of its inputs.
  func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan
  /// How the terms of a cell come together, over these inputs.
  func combination(in layer: Layer, over inputs: [Tensor]) -> Combination
  /// The one rule: hands over what a cell is made of, in the walk's order.
  func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void)

  /// Whether it lays its numbers in an order that it leaves to the network.
  var leavesOrder: Bool { get }
  /// Itself, with the network's order for one that it leaves; the walk's own is not written out.
  func flattening(_ order: FlatOrder) -> Operation

  /// How it makes shares of scores, if it does.
  var squashing: Squashing? { get }
  /// The inverse of `visit`: hands over, in the walk's order, the cells of its output that a cell
  /// of one of its inputs takes part in.
  func visitReaders(
    of cell: Cell, ofInput branch: Int, in layer: Layer, _ body: (Reading) -> Void)
  /// What a cell of its output grows by where a cell of an input does.
  func derivative(in layer: Layer, over inputs: [Tensor]) -> Derivative
  /// What may happen as a number grows, so that what flows back becomes another; nil for nothing.
  var turn: Turn? { get }

  /// What of one of its inputs a region of its output looks at; nil for nothing.
  func region(readBy region: Region, ofInput branch: Int, in layer: Layer) -> Region?
  /// The part of the network's input that it looks at, from the part that its own input does.
  func span(
    _ axis: Axis, over span: ReceptiveField.Span, in layer: Layer, ofInput branch: Int
  ) -> ReceptiveField.Span
}

/// One of the things that a cell is made of: a cell of an input, perhaps times a weight.
package struct Term: Sendable, Hashable {
  /// Which of the layer's inputs.
  package var input = 0
  /// nil: padding, a 0 that stands in no tensor.
  package var cell: Cell?
  /// The index of the weight that multiplies it; nil: it is taken as it is.
  package var weight: Int?
}

/// A cell of the output in which a cell of an input takes part.
package struct Reading: Sendable, Hashable {
  package var output: Cell
  /// The index of the weight that the input's cell meets there; nil without weights.
  package var weight: Int?
}

/// How the terms of a cell come together. The arithmetic of each stands once, in `Arithmetic/`.
package enum Combination: Sendable {
  /// Every input times its weight, added up, and the bias.
  case weightedSum
  /// All added up.
  case sum
  /// All added up, divided by how many places count.
  case average
  case maximum
  /// The one term as it is; 0 where there is none.
  case copy
  /// A number made of the one term, by a function whose values are fractions.
  case pointwise(any PointwiseRule)
  /// What a root or an exponential makes, which is no fraction.
  case irrational(any IrrationalRule)
}

/// What a cell of an output grows by where a cell of an input, or a number to learn, grows by one.
package enum Derivative: Sendable {
  /// The weight that the input's cell meets.
  case weight
  /// The input's cell that the weight meets.
  case input
  /// The same of γ, which meets it standardized.
  case standardized(Standardization)
  /// As much.
  case one
  /// One over the places that count.
  case share
  /// As much, for the first of the largest in the walk's order; nothing for all others.
  case winner
  /// What a function of one number grows by there, a fraction.
  case slope(any SlopedRule)
  /// What is no fraction.
  case irrational(any IrrationalRule)
}

/// A kind of which each number grows by a fraction of what the one number does that it is made of.
package protocol SlopedRule: LayerRule {
  /// - Parameter number: the input's.
  func slope(at number: Number, map: Int, in layer: Layer) -> Ratio
  /// What all slopes of a layer can stand over; nil beyond 128 bits.
  func slopeDenominator(in layer: Layer) -> Int128?
}

/// A kind that makes each number of one number, and a fraction of a fraction.
package protocol PointwiseRule: SlopedRule {
  /// What all numbers of the output stand over; nil beyond 128 bits.
  ///
  /// - Parameter denominator: what those of the input do.
  func denominator(over denominator: Int128, in layer: Layer) -> Int128?
  /// The numerator that it makes of a numerator; nil beyond 128 bits.
  ///
  /// - Parameters:
  ///   - input: what the number stands over.
  ///   - denominator: what the result stands over, from `denominator(over:in:)`.
  func numerator(
    _ number: Int128, over input: Int128, to denominator: Int128, map: Int, in layer: Layer
  ) -> Int128?
  /// The exact value that it makes of a float32.
  func value(_ number: Float) -> ExactValue
  /// Whether that may be no float32, so that it is rounded.
  var roundsFloats: Bool { get }
  func working(of number: Number, map: Int, in layer: Layer) -> CellAccount.Working
}

/// A kind whose numbers are no fractions: each is the nearest float32, rounded once.
package protocol IrrationalRule: LayerRule {
  /// A cell in float64 and how far off it may be; nil where nothing quick decides.
  func estimate(_ cell: Cell, in layer: Layer, over input: Tensor) -> Double.Estimate?
  /// A cell to within 2^−280.
  func precise(_ cell: Cell, in layer: Layer, over input: Tensor) -> FixedPoint
  /// All cells at once, where that shares work; nil where it does not.
  func all(in layer: Layer, over input: Tensor) -> [Float]?
  func working(_ cell: Cell, in layer: Layer, over input: Tensor) -> CellAccount.Working

  /// What a cell of the output grows by where one of the input does, to within 2^−280.
  ///
  /// - Parameter output: what the layer makes of the input, rounded as it is: the slopes of an
  ///   exponential are taken from it.
  func slope(
    of cell: Cell, by place: Cell, in layer: Layer, over input: Tensor, output: Tensor
  ) -> FixedPoint
  /// The same in float64, and how far off it may be.
  func estimatedSlope(
    of cell: Cell, by place: Cell, in layer: Layer, over input: Tensor, output: Tensor
  ) -> Double.Estimate
}

/// A kind that moves windows over its input.
package protocol WindowedRule: LayerRule {
  var windows: WindowSettings { get set }
}

/// The sizes of a layer, from its rule and its inputs.
package struct LayerPlan: Sendable, Equatable {
  package var output: Shape
  /// How its windows lie; nil without windows.
  package var windows: Windows?
  /// nil where nothing is multiplied.
  package var filters: Filters?
  package var groups = 1
  /// nil for all but a batch normalization.
  package var normalization: BatchNormalization?
  /// Places that one cell looks at, padded ones counted.
  package var placesPerCell = 1
  /// Whether padded places count among the divisor of an average; nil where nobody has the choice.
  package var countsPadding: Bool?
  /// The order in which a flatten lays its numbers.
  package var flatOrder = FlatOrder.dyx

  package struct Filters: Sendable, Equatable {
    /// One filter's width × height × depth.
    package let shape: Shape
    package let count: Int
    package let hasBias: Bool
  }
}

/// What most kinds are like.
extension LayerRule {
  package static var settings: [Setting<Self>] { [] }
  package static var joinsInputs: Bool { false }
  package static var hasWeights: Bool { false }
  package static var isSlow: Bool { false }
  package static var mayBeIrrational: Bool { false }
  package var hasBias: Bool { false }
  package var roles: [ArrayRole] { (Self.hasWeights ? [.weight] : []) + (hasBias ? [.bias] : []) }
  package var leavesOrder: Bool { false }
  package var squashing: Squashing? { nil }

  package func flattening(_ order: FlatOrder) -> Operation { operation }

  package var placedWindows: WindowSettings? {
    get { nil }
    set {}
  }

  package func contested(in layer: Layer, by defaults: SettingDefaults) -> [WrittenSetting] { [] }

  package func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan {
    LayerPlan(output: inputs[0])
  }

  package func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void) {
    body(Term(cell: cell))
  }

  package func visitReaders(
    of cell: Cell, ofInput branch: Int, in layer: Layer, _ body: (Reading) -> Void
  ) {
    body(Reading(output: cell))
  }

  package var turn: Turn? { nil }

  package func derivative(in layer: Layer, over inputs: [Tensor]) -> Derivative {
    switch combination(in: layer, over: inputs) {
    case .weightedSum: .weight
    case .sum, .copy: .one
    case .average: .share
    case .maximum: .winner
    case .pointwise(let rule): .slope(rule)
    case .irrational(let rule): .irrational(rule)
    }
  }

  package func region(
    readBy region: Region, ofInput branch: Int, in layer: Layer
  ) -> Region? {
    region.read(by: layer)
  }

  package func span(
    _ axis: Axis, over span: ReceptiveField.Span, in layer: Layer, ofInput branch: Int
  ) -> ReceptiveField.Span {
    guard let windows = layer.windows?[axis] else { return span }
    return span.widened(by: windows.extent - 1).moved(back: windows.paddingBefore)
      .spaced(by: windows.stride)
  }
}

extension WindowedRule {
  package var placedWindows: WindowSettings? {
    get { windows }
    set { if let newValue { windows = newValue } }
  }
}

extension PointwiseRule {
  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination {
    .pointwise(self)
  }

  package func denominator(over denominator: Int128, in layer: Layer) -> Int128? { denominator }

  package var roundsFloats: Bool { false }

  package func slopeDenominator(in layer: Layer) -> Int128? { 1 }

  package func working(of number: Number, map: Int, in layer: Layer) -> CellAccount.Working {
    .mapped(number, by: operation)
  }
}

extension IrrationalRule {
  package static var mayBeIrrational: Bool { true }

  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination {
    .irrational(self)
  }

  package func estimate(
    _ cell: Cell, in layer: Layer, over input: Tensor
  ) -> Double.Estimate? { nil }

  package func all(in layer: Layer, over input: Tensor) -> [Float]? { nil }
}
