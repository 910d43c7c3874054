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
  /// Whether a cell takes as long as hundreds of products, as one does that needs exponentials.
  static var isSlow: Bool { get }

  /// Itself as one of all kinds.
  var operation: Operation { get }

  /// The kind before its settings are read.
  init()

  /// Those of its settings in whose defaults libraries differ, as far as that matters here.
  func contested(in layer: Layer) -> [WrittenSetting]
  /// The sizes that follow from those of its inputs.
  func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan
  /// How the terms of a cell come together, over these inputs.
  func combination(in layer: Layer, over inputs: [Tensor]) -> Combination
  /// The one rule: hands over what a cell is made of, in the walk's order.
  func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void)

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

/// A kind that makes each number of one number, and a fraction of a fraction.
package protocol PointwiseRule: LayerRule {
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
  /// Whether an average counts padded places among its divisor.
  package var countsPadding = false

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
  package var hasBias: Bool { false }

  package func contested(in layer: Layer) -> [WrittenSetting] { [] }

  package func plan(over inputs: [Shape]) throws(ShapeError) -> LayerPlan {
    LayerPlan(output: inputs[0])
  }

  package func visit(_ cell: Cell, in layer: Layer, _ body: (Term) -> Void) {
    body(Term(cell: cell))
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

extension PointwiseRule {
  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination {
    .pointwise(self)
  }

  package func denominator(over denominator: Int128, in layer: Layer) -> Int128? { denominator }

  package var roundsFloats: Bool { false }

  package func working(of number: Number, map: Int, in layer: Layer) -> CellAccount.Working {
    .mapped(number, by: operation)
  }
}

extension IrrationalRule {
  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination {
    .irrational(self)
  }

  package func estimate(
    _ cell: Cell, in layer: Layer, over input: Tensor
  ) -> Double.Estimate? { nil }

  package func all(in layer: Layer, over input: Tensor) -> [Float]? { nil }
}
