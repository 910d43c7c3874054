/// What a gradient is taken by: each number of it says what the loss grows by where one number of
/// this grows by one.
package enum GradientTarget: Sendable, Hashable {
  /// The input, or a layer's output: `dX[x,y,d]`, `dv[x,y,k]`.
  case source(Source)
  /// A layer's weights: `dKer0[i,j,d]`; a batch normalization's γ: `dbn_gamma[k]`.
  case weights(layer: Int)
  /// Its biases: `db0`; a batch normalization's β: `dbn_beta[k]`.
  case bias(layer: Int)
}

/// What makes a gradient another where a number grows.
package enum Turn: Sendable {
  /// Another number becomes a window's largest.
  case maximum
  /// A number comes to where the slope is another.
  case bend
}

extension Network {
  /// The shape of a gradient, which is that of what it is taken by.
  ///
  /// A layer's weights are one tensor in their own order: with filters of depth `n`, map `k · n + d`
  /// of it is depth `d` of filter `k`. Biases are a flat one, and so are γ and β.
  ///
  /// - Returns: nil for weights or biases that a layer has not.
  package func shape(of target: GradientTarget) -> Shape? {
    switch target {
    case .source(let source): shape(of: source)
    case .weights(let index):
      if let normalization = layers[index].normalization {
        normalization.settings.hasScale ? try? Shape(1, 1, normalization.depth) : nil
      } else {
        layers[index].parameters.flatMap { parameters in
          let filter = parameters.filter
          return try? Shape(filter.width, filter.height, filter.depth * parameters.filters)
        }
      }
    case .bias(let index):
      if let normalization = layers[index].normalization {
        normalization.settings.hasCentre ? try? Shape(1, 1, normalization.depth) : nil
      } else {
        layers[index].parameters?.bias.flatMap { try? Shape(1, 1, $0.count) }
      }
    }
  }

  /// What a gradient is called: `dX`, `dv`, `dv.weight`, `dv.bias`.
  package func name(of target: GradientTarget) -> String {
    switch target {
    case .source(let source): "d\(name(of: source))"
    case .weights(let index): "d\(layers[index].name).weight"
    case .bias(let index): "d\(layers[index].name).bias"
    }
  }
}

/// A layer that reads what a gradient is taken by, and what flows back into it.
package struct GradientReader: Sendable {
  package let layer: Layer
  /// Which of its inputs it is; 0 for its weights and biases.
  package let branch: Int
  package let inputs: [Tensor]
  /// Its output, from which a maximum's place and an exponential's slope are read.
  package let output: Tensor
  /// The gradient at its output.
  package let upstream: Tensor

  package init(
    _ layer: Layer, branch: Int, inputs: [Tensor], output: Tensor, upstream: Tensor
  ) {
    precondition(upstream.shape == layer.output, "a gradient at the layer's output")
    self.layer = layer
    self.branch = branch
    self.inputs = inputs
    self.output = output
    self.upstream = upstream
  }
}
