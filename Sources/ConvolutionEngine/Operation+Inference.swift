/// What the layers without windows make of their inputs' shapes.
extension Operation {
  /// - Throws: `ShapeError.inputs` for too many or too few.
  func checkInputs(_ inputs: [Shape]) throws(ShapeError) {
    guard joinsInputs ? inputs.count >= 2 : inputs.count == 1 else {
      throw .inputs(
        found: inputs.count,
        expected: joinsInputs ? "two or more inputs, named by from=a+b" : "one input")
    }
  }

  /// The output of a layer that keeps its input's shape, or pads or joins.
  func output(from inputs: [Shape]) throws(ShapeError) -> Shape {
    let input = inputs[0]
    switch self {
    case .zeroPadding(let sides): return try sides.around(input)
    case .addition:
      for other in inputs where other != input {
        throw .unlike(input, other, why: "add needs inputs of one size")
      }
    case .concatenation:
      for other in inputs where (other.width, other.height) != (input.width, input.height) {
        throw .unlike(input, other, why: "concat needs inputs of one width and height")
      }
      var depth = 0
      for input in inputs {
        depth += input.depth
        guard depth <= Shape.largestCount else {
          throw .tooManyNumbers("\(inputs.count) inputs one behind the other")
        }
      }
      return try Shape(input.width, input.height, depth)
    case .responseNormalization(let settings): try settings.check()
    default: break
    }
    return input
  }

  /// The numbers of a batch normalization; nil for every other layer.
  func normalization(
    over input: Shape, seed: UInt64, layer: Int
  ) throws(ShapeError) -> Normalization? {
    guard case .batchNormalization(let settings) = self else { return nil }
    guard settings.epsilon > .zero, settings.epsilon < Ratio(1) else {
      throw .setting(
        key: "epsilon", found: settings.epsilon.settingText, expected: "above 0 and below 1")
    }
    return Normalization(seed: seed, layer: layer, depth: input.depth, settings: settings)
  }
}

extension Sides {
  /// Paddings beyond this are refused, so that no size overflows.
  fileprivate static let largest = 1 << 24

  fileprivate func around(_ input: Shape) throws(ShapeError) -> Shape {
    for (key, side) in [("left", left), ("right", right), ("top", top), ("bottom", bottom)]
    where !(0...Sides.largest).contains(side) {
      throw .setting(key: key, found: "\(side)", expected: "from 0 to \(Sides.largest)")
    }
    return try Shape(input.width + left + right, input.height + top + bottom, input.depth)
  }
}

extension ResponseNormalizationSettings {
  fileprivate func check() throws(ShapeError) {
    guard size >= 1 else { throw .setting(key: "size", found: "\(size)", expected: "1 or more") }
    guard alpha >= .zero else {
      throw .setting(key: "alpha", found: alpha.settingText, expected: "0 or more")
    }
    guard offset > .zero else {
      throw .setting(key: "k", found: offset.settingText, expected: "above 0")
    }
    let quarters = beta.multiplied(by: Ratio(4))
    guard let quarters, quarters.isWhole, quarters > .zero, !(quarters > Ratio(16)) else {
      throw .setting(
        key: "beta", found: beta.settingText, expected: "a multiple of 0.25 from 0.25 to 4")
    }
  }
}
