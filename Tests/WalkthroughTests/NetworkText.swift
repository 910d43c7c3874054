import ConvolutionEngine
import ExactNumbers

/// A network from the words of the command line.
func network(_ input: Shape, _ layers: String...) throws -> Network {
  try Network(input: input, layers: layers.map { try LayerSpecification(parsing: $0) })
}

/// One layer, named `v`, with its numbers over a denominator.
func network(
  _ input: Shape, _ layer: String, weights: [Int128], over denominator: Int128 = 1,
  bias: [Int128]? = nil
) throws -> Network {
  let numbers = Coefficients.stored(Integers(weights), denominator: denominator)
  let given =
    layer.hasPrefix("batchnorm")
    ? GivenParameters(normalization: numbers)
    : GivenParameters(
      weights: numbers, bias: bias.map { .stored(Integers($0), denominator: denominator) })
  return try Network(
    input: input, layers: [LayerSpecification(parsing: layer + ",name=v")]
  ).taking(["v": given])
}
