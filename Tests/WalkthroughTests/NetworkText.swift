import ConvolutionEngine

/// A network from the words of the command line.
func network(_ input: Shape, _ layers: String...) throws -> Network {
  try Network(input: input, layers: layers.map { try LayerSpecification(parsing: $0) })
}
