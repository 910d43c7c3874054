import ConvolutionEngine

/// How much one step computes, smallest first.
package enum Grain: Int, Sendable, Hashable, CaseIterable, Comparable {
  /// One input number times one weight.
  case product
  /// One depth of one window.
  case slice
  /// One output cell.
  case window
  /// One depth slice of the output.
  case map
  case layer

  package var name: String {
    switch self {
    case .product: "product"
    case .slice: "slice"
    case .window: "window"
    case .map: "map"
    case .layer: "layer"
    }
  }

  package static func < (first: Grain, second: Grain) -> Bool { first.rawValue < second.rawValue }
}

extension Layer {
  /// The grains in which this layer can be walked. Only filters multiply; each output of a
  /// dense layer is a map of one cell, and each of its slices one product.
  package var grains: [Grain] {
    operation.words.grains
  }

  /// The grain that stands for another one in this layer: itself, else the nearest finer one
  /// that it has, else its finest.
  package func grain(for wanted: Grain) -> Grain {
    grains.last { $0 <= wanted } ?? grains[0]
  }

  /// How many steps the layer has at a grain that it has.
  package func stepCount(_ grain: Grain) -> Int {
    switch grain {
    case .product: output.count * productsPerCell
    case .slice: output.count * (parameters?.filter.depth ?? 1)
    case .window: output.count
    case .map: output.depth
    case .layer: 1
    }
  }
}
