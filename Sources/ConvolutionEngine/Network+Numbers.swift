/// Numbers for a layer from a file or a lesson: all that it has, or none.
package struct GivenParameters: Sendable, Equatable {
  /// A convolution's or a dense layer's.
  package var weights: Coefficients?
  package var bias: Coefficients?
  /// A batch normalization's γ, β, μ and σ², as far as it has them, each for all maps.
  package var normalization: Coefficients?

  package init(
    weights: Coefficients? = nil, bias: Coefficients? = nil, normalization: Coefficients? = nil
  ) {
    self.weights = weights
    self.bias = bias
    self.normalization = normalization
  }
}

extension Network {
  /// The network with layers' own numbers in place of seeded ones.
  ///
  /// - Parameter parameters: by the layers' names; a layer without any keeps what it has.
  /// - Throws: `NetworkError`, naming the layer whose numbers do not fit it, or of which only some
  ///   are given: those are never completed by seeded ones.
  package func taking(
    _ parameters: [String: GivenParameters]
  ) throws(NetworkError) -> Network {
    var layers = layers
    for (index, layer) in layers.enumerated() {
      guard let given = parameters[layer.name] else { continue }
      do throws(ShapeError) {
        layers[index] = try layer.taking(given)
      } catch {
        throw .layer(name: layer.name, number: index + 1, input: layer.input, error)
      }
    }
    return with(layers)
  }

  /// The network with another's numbers wherever as many of them fit; layers go by their order.
  package func keepingNumbers(of other: Network) -> Network {
    with(
      layers.enumerated().map { index, layer in
        index < other.layers.count ? layer.keepingNumbers(of: other.layers[index]) : layer
      })
  }
}

extension Layer {
  fileprivate func taking(_ given: GivenParameters) throws(ShapeError) -> Layer {
    var layer = self
    if let normalization {
      precondition(given.weights == nil && given.bias == nil, "a normalization has no filters")
      guard let numbers = given.normalization else { return self }
      layer.normalization = try Normalization(
        numbers, depth: normalization.depth, settings: normalization.settings)
    } else if let parameters {
      guard let weights = given.weights else {
        if given.bias == nil { return self }
        throw .biasWithoutWeights
      }
      guard parameters.bias == nil || given.bias != nil else { throw .weightsWithoutBias }
      guard parameters.bias != nil || given.bias == nil else {
        throw .parameters(
          what: "the bias", found: "\(given.bias?.count ?? 0) numbers", expected: "none")
      }
      layer.parameters = try Parameters(
        filter: parameters.filter, filters: parameters.filters, weights: weights, bias: given.bias)
    }
    return layer
  }

  fileprivate func keepingNumbers(of other: Layer) -> Layer {
    var layer = self
    if let own = parameters, let old = other.parameters {
      let weights = old.weights.count == own.weights.count ? old.weights : own.weights
      let bias = old.bias?.count == own.bias?.count ? old.bias : own.bias
      layer.parameters =
        (try? Parameters(filter: own.filter, filters: own.filters, weights: weights, bias: bias))
        ?? own
    }
    if let own = normalization, let old = other.normalization, own.depth == old.depth,
      own.settings == old.settings
    {
      layer.normalization = old
    }
    return layer
  }
}
