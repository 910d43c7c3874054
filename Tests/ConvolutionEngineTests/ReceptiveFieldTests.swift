import ExactNumbers
import ConvolutionEngine
import FastEvaluation
import Testing

/// What the layers see of the input, against what really changes when one input number does.
struct ReceptiveFieldTests {
  /// Of each layer's places the input cells that change them: every weight is 1, so no two effects
  /// cancel.
  private func seen(_ network: Network) throws -> [[Cell: [Cell]]] {
    let shape = network.input
    var seen = network.layers.map { _ in [Cell: [Cell]]() }
    for index in 0..<shape.count {
      var numbers = Array(repeating: 0, count: shape.count)
      numbers[index] = 1
      var activations = Activations(network, input: Tensor(shape, small: numbers))
      for layer in network.layers {
        let output = try activations.evaluate(layer.index)
        for place in 0..<layer.output.count where !output[place].isZero {
          let cell = layer.output.cell(at: place)
          seen[layer.index][Cell(cell.x, cell.y, 0), default: []].append(shape.cell(at: index))
        }
      }
    }
    return seen
  }

  private func ones(_ input: Shape, _ layers: [String]) throws -> Network {
    let plain = try Network(input, layers)
    var given: [String: GivenParameters] = [:]
    for layer in plain.layers {
      guard let parameters = layer.parameters else { continue }
      given[layer.name] = GivenParameters(
        weights: Coefficients(Array(repeating: 1, count: parameters.weights.count)),
        bias: parameters.bias.map { Coefficients(Array(repeating: 0, count: $0.count)) })
    }
    return try Network(
      input: input, layers: layers.map { try LayerSpecification(parsing: $0) }
    ).mixing(given)
  }

  @Test(arguments: [
    ["conv:3", "conv:3"], ["conv:3x2,stride=2x1,padding=1", "maxpool:2", "conv:1x3,padding=1"],
    ["zeropad,left=2,top=1", "conv:3"], ["conv:2", "conv:3,dilation=2"],
    ["avgpool:3,stride=2,padding=1", "relu"],
    ["conv:3,padding=1,name=a", "conv:5,padding=2,name=b,from=X", "add,from=a+b", "conv:2"],
    ["conv:1,name=a", "conv:3,padding=same,name=b,from=X", "concat,from=a+b", "maxpool:2"],
  ])
  func `is what really changes a cell`(layers: [String]) throws {
    let network = try ones(Shape(9, 8, 1), layers)
    let seen = try seen(network)
    for (layer, field) in zip(network.layers, network.receptiveFields) {
      for (cell, cells) in seen[layer.index] {
        // The padding around the input is part of a field, and no cell of the input.
        let columns = span(field.x, at: cell.x).clamped(to: 0..<9)
        let rows = span(field.y, at: cell.y).clamped(to: 0..<8)
        #expect(cells.map(\.x).min() == columns.lowerBound, "\(layer.name)\(cell)")
        #expect(cells.map(\.x).max() == columns.upperBound - 1, "\(layer.name)\(cell)")
        #expect(cells.map(\.y).min() == rows.lowerBound, "\(layer.name)\(cell)")
        #expect(cells.map(\.y).max() == rows.upperBound - 1, "\(layer.name)\(cell)")
      }
      #expect(seen[layer.index].count > 5)
    }
  }

  private func span(_ span: ReceptiveField.Span, at position: Int) -> Range<Int> {
    let start = span.offset + position * span.stride
    return start..<start + span.size
  }

  @Test func `a dense layer sees everything`() throws {
    let network = try Network(Shape(6, 4, 1), ["conv:3,padding=1,stride=2", "flatten", "dense:2"])
    let field = network.receptiveFields[2]
    // Three windows of 3 that begin 2 apart, from −1 on, and two.
    #expect(field.x.size == 3 + 2 * 2 && field.x.offset == -1)
    #expect(field.y.size == 3 + 1 * 2 && field.y.offset == -1)
  }

  @Test func `fields beyond any integer stay what they are`() throws {
    let network = try Network(
      Shape(1, 1, 1),
      Array(repeating: "conv:1,stride=16777216,padding=16777216", count: 1)
        + Array(repeating: "conv:3,stride=16777216,padding=16777216", count: 3))
    #expect(network.receptiveFields[3].x.stride == .max)
    #expect(network.receptiveFields[3].x.offset == .min)
    // From before any integer to the input's own first place.
    let joined = try Network(
      Shape(3, 3, 1),
      Array(repeating: "conv:3,stride=16777216,padding=16777216", count: 3)
        + ["concat,from=X+conv3"])
    let field = joined.receptiveFields[3].y
    #expect(field.offset == .min)
    #expect(field.size == .max)
    #expect(field.stride == .max)
  }
}
