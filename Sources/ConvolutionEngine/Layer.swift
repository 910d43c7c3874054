/// Where a layer's input comes from.
package enum Source: Sendable, Equatable {
  case input
  /// The layer of this index, from 0.
  case layer(Int)
}

/// One layer of a network with everything that follows from its place in it.
package struct Layer: Sendable, Equatable {
  /// From 0.
  package let index: Int
  package let name: String
  package let specification: LayerSpecification
  package let sources: [Source]
  package let inputs: [Shape]
  package let output: Shape
  /// How its windows lie; nil for a layer without windows.
  package let windows: Windows?
  /// nil for a layer with nothing to learn.
  package internal(set) var parameters: Parameters?
  /// nil for all but a batch normalization.
  package internal(set) var normalization: Normalization?

  package var operation: Operation { specification.operation }

  /// The first, and for most layers only, input.
  package var input: Shape { inputs[0] }

  /// How many groups the depths are split into: 1 except for a grouped or depthwise
  /// convolution.
  package var groups: Int {
    guard case .convolution(let convolution) = operation else { return 1 }
    return convolution.multiplier == nil ? convolution.groups : input.depth
  }

  /// The order of a flatten.
  package var flatOrder: FlatOrder {
    if case .flatten(let order?) = operation { return order }
    return .dyx
  }

  /// Products that make one output cell, padded places counted; 0 where nothing is multiplied.
  package var productsPerCell: Int { parameters?.filter.count ?? 0 }

  /// Places that one output cell looks at, padded places counted.
  package var placesPerCell: Int {
    switch operation {
    case .addition: inputs.count
    case .softmax: input.depth
    case .responseNormalization(let settings): min(settings.size, input.depth)
    default: parameters?.filter.count ?? windows.map { $0.x.filter * $0.y.filter } ?? 1
    }
  }

  /// How many numbers of its own the layer has.
  package var parameterCount: Int { parameters?.count ?? normalization?.count ?? 0 }

  /// How many of them training changes by gradient: all but a normalization's μ and σ².
  package var trainableCount: Int { parameters?.count ?? normalization?.trainableCount ?? 0 }

  /// Multiplications with a weight in the whole layer, padding counted, biases not.
  package var multiplyAdds: Int { productsPerCell * output.count }

  /// The first input depth that a map's filter reads.
  package func firstDepth(ofMap map: Int) -> Int {
    guard let parameters else { return map }
    return map / (parameters.filters / groups) * parameters.filter.depth
  }
}

/// A layer's windows along both axes.
package struct Windows: Sendable, Equatable {
  package let x: WindowAxis
  package let y: WindowAxis

  package subscript(axis: Axis) -> WindowAxis { axis == .x ? x : y }

  package var isDilated: Bool { x.dilation != 1 || y.dilation != 1 }

  package var isPadded: Bool {
    [x, y].contains { $0.paddingBefore > 0 || $0.paddingAfter > 0 }
  }
}
