import ExactNumbers

extension ShapeError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .size(let what, let found):
      return "\(what) \(found) is not a size; it must be 1 or more."
    case .tooManyNumbers(let shape):
      return "\(shape) is too large: a side may be \(Shape.longestSide) and a tensor "
        + "\(Shape.largestCount) numbers at most."
    case .tooManySteps(let output):
      return "with its \(output) cells the network takes more than \(Network.mostSteps) steps; "
        + "use a smaller input, filter or output."
    case .setting(let key, let found, let expected):
      return "\(key) \(found) is not possible; \(key) must be \(expected)."
    case .filterTooLarge(let axis, let extent, let input, let padded):
      let with = padded == input ? "" : " with its padding (\(padded))"
      return "the filter spans \(extent) \(axis.places), more than the input's \(input)\(with); "
        + "use a filter or dilation that fits, or add padding."
    case .doesNotDivide(let axis, let formula):
      return "\(axis.size): \(formula.symbolic) = \(formula.substituted) is not a whole number "
        + "(remainder \(formula.remainder)); change a size, stride or padding, "
        + "or use rounding=floor."
    case .windowOfPadding(let axis, let position, let input):
      return "window \(position) along the \(axis.size) would see only padding "
        + "(the input has \(input) \(axis.places)); use less padding."
    case .groups(let groups, let what, let found):
      return "\(groups) groups do not divide \(what) \(found); "
        + "both the input's depth and the filters must be multiples of the groups."
    case .parameters(let what, let found, let expected):
      return "\(what): found \(found), expected \(expected)."
    case .weightsWithoutBias:
      return "its weights are given and its bias is not; write bias=no for none, or give the "
        + "bias too (bias=…)."
    case .biasWithoutWeights:
      return "its bias is given and its weights are not; give the weights too (weights=…), or "
        + "leave the bias out."
    case .needsFlatInput(let found):
      return "dense needs a flat input (1×1×N), found \(found); put flatten before it."
    case .inputs(let found, let expected):
      return "it takes \(expected), found \(found)."
    case .unlike(let first, let second, let why):
      return "inputs of \(first) and \(second): \(why)."
    }
  }
}

extension NetworkError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .layer(let name, _, let input, let problem):
      return "layer \(name) (input \(input)): \(problem)"
    case .duplicateName(let name):
      return "the name \(name) is used twice; names must differ, the input's too "
        + "(name=… sets one)."
    case .badName(let name):
      return "\(name.quoted) is not a layer name; use letters, digits, _ and ., "
        + "not starting with a dot."
    case .unknownSource(let layer, let source, let known):
      return "layer \(layer) takes \(source.quoted), which is none of the layers "
        + "before it: \(known.listed(atMost: 12) { $0 })."
    case .noLayers: return "there is no layer; name at least one, for example conv:3."
    }
  }
}

extension ArithmeticError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .beyond128Bits(let layer, let cell):
      return "\(layer)\(cell) needs more than 128 bits, so it cannot be shown exactly; "
        + "use smaller inputs or weights."
    case .workingBeyond128Bits(let layer, let cell):
      return "\(layer)\(cell) fits in 128 bits, but a product or partial sum of it does not, "
        + "so its working cannot be shown; use smaller inputs or weights."
    case .denominatorBeyond128Bits(let layer):
      return "the common denominator of \(layer) needs more than 128 bits; "
        + "use fewer averages or fractions."
    case .beyondFloat32(let layer, let cell):
      return "\(layer)\(cell) lies beyond the largest float32, \(Float.greatestFiniteMagnitude); "
        + "use smaller inputs or weights."
    case .tooLarge(let layer, let shape):
      return "\(layer) is \(shape), \(shape.count) numbers: too many to hold at once "
        + "(the limit is \(Tensor.largestCount)); use a smaller input."
    case .cancelled: return "the evaluation was cancelled."
    }
  }
}
