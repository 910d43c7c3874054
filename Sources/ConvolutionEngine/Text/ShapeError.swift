/// Why sizes and settings do not go together. The wording is in `ShapeError+Description.swift`.
package enum ShapeError: Error, Equatable {
  /// A size below 1, or beyond what is allowed.
  case size(what: String, found: Int)
  case tooManyNumbers(String)
  /// With the layer of this output, the network looks at more places than can be counted.
  case tooManySteps(upTo: Shape)
  /// A setting outside its range: `stride 0`.
  case setting(key: String, found: String, expected: String)
  /// The filter, spread by its dilation, reaches beyond the padded input.
  case filterTooLarge(axis: Axis, extent: Int, input: Int, padded: Int)
  /// `rounding=strict` and a remainder.
  case doesNotDivide(axis: Axis, formula: PositionFormula)
  /// Some window would see nothing but padding.
  case windowOfPadding(axis: Axis, position: Int, input: Int)
  /// The input's depth, or the number of filters, is not a multiple of the groups.
  case groups(groups: Int, what: String, found: Int)
  /// Weights or a bias of another shape than the layer's.
  case parameters(what: String, found: String, expected: String)
  /// Only some of a layer's numbers are given, which invented ones must not complete.
  case weightsWithoutBias
  case biasWithoutWeights
  case needsFlatInput(found: Shape)
  case inputs(found: Int, expected: String)
  case unlike(Shape, Shape, why: String)
}

/// What is wrong with one layer of a network.
package enum NetworkError: Error, Equatable {
  case layer(name: String, number: Int, input: Shape, ShapeError)
  case duplicateName(String)
  case badName(String)
  case unknownSource(layer: String, source: String, known: [String])
  case noLayers
}

/// What cannot be computed exactly, or held.
package enum ArithmeticError: Error, Equatable {
  /// The cell's exact value needs more than 128 bits.
  case beyond128Bits(layer: String, cell: Cell)
  /// The cell's value fits, but a product or partial sum in it needs more than 128 bits.
  case workingBeyond128Bits(layer: String, cell: Cell)
  /// The layer's common denominator needs more than 128 bits.
  case denominatorBeyond128Bits(layer: String)
  /// The cell's exact value would round to an infinity.
  case beyondFloat32(layer: String, cell: Cell)
  case tooLarge(layer: String, shape: Shape)
  case cancelled
}
