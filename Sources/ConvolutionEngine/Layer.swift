/// Where a layer's input comes from.
package enum Source: Sendable, Hashable {
  case input
  /// The layer of this index, from 0.
  case layer(Int)
}

/// What a cell of a layer is made of, as far as it matters for showing it.
package enum LayerForm: Sendable, Hashable {
  /// A window's products with a filter.
  case filters
  /// The products of the whole input with weights.
  case dotProducts
  /// The numbers of a window, without weights.
  case pool
  /// One cell of each input, or all depths of a place.
  case cellwise
}

/// One layer of a network with everything that follows from its place in it.
package struct Layer: Sendable, Equatable {
  /// From 0.
  package let index: Int
  package let name: String
  package let specification: LayerSpecification
  package let sources: [Source]
  package let inputs: [Shape]
  /// The sizes that follow from its settings and inputs.
  package let plan: LayerPlan
  /// nil for a layer with nothing to learn.
  package internal(set) var parameters: Parameters?
  /// nil for all but a batch normalization.
  package internal(set) var normalization: Normalization?

  package var operation: Operation { specification.operation }

  package var output: Shape { plan.output }

  /// How its windows lie; nil for a layer without windows.
  package var windows: Windows? { plan.windows }

  /// The first, and for most layers only, input.
  package var input: Shape { inputs[0] }

  /// The shape of its working, which kinds share.
  package var form: LayerForm {
    switch (plan.filters != nil, windows != nil) {
    case (true, true): .filters
    case (true, false): .dotProducts
    case (false, true): .pool
    case (false, false): .cellwise
    }
  }

  /// How many groups the depths are split into: 1 except for a grouped or depthwise
  /// convolution.
  package var groups: Int { plan.groups }

  /// The order of a flatten.
  package var flatOrder: FlatOrder { plan.flatOrder }

  /// Products that make one output cell, padded places counted; 0 where nothing is multiplied.
  package var productsPerCell: Int { plan.filters?.shape.count ?? 0 }

  /// Places that one output cell looks at, padded places counted.
  package var placesPerCell: Int { plan.placesPerCell }

  /// How many numbers of its own the layer has.
  package var parameterCount: Int { parameters?.count ?? normalization?.count ?? 0 }

  /// How many of them training changes by gradient: all but a normalization's μ and σ².
  package var trainableCount: Int { parameters?.count ?? normalization?.trainableCount ?? 0 }

  /// Multiplications with a weight in the whole layer, padding counted, biases not.
  package var multiplyAdds: Int { productsPerCell * output.count }

  /// The first input depth that a map's filter reads.
  package func firstDepth(ofMap map: Int) -> Int {
    guard let filters = plan.filters else { return map }
    return map / (filters.count / groups) * filters.shape.depth
  }
}

extension Layer {
  /// Infers a layer's sizes from its inputs; its numbers are seeded.
  init(
    index: Int, name: String, specification: LayerSpecification, sources: [Source],
    inputs: [Shape], seed: UInt64, scheme: WeightScheme
  ) throws(ShapeError) {
    let joins = specification.operation.joinsInputs
    guard joins ? inputs.count >= 2 : inputs.count == 1 else {
      throw .inputs(
        found: inputs.count,
        expected: joins ? "two or more inputs, named by from=a+b" : "one input")
    }
    self.index = index
    self.name = name
    self.specification = specification
    self.sources = sources
    self.inputs = inputs
    plan = try specification.operation.rule.plan(over: inputs)
    parameters = try plan.filters.map { filters throws(ShapeError) in
      try Parameters(seed: seed, scheme: scheme, layer: index + 1, filters: filters)
    }
    normalization = plan.normalization.map { settings in
      Normalization(seed: seed, layer: index + 1, depth: inputs[0].depth, settings: settings)
    }
  }
}

extension Parameters {
  /// Seeded ones, for sizes of which the product may not be possible.
  fileprivate init(
    seed: UInt64, scheme: WeightScheme, layer: Int, filters: LayerPlan.Filters
  ) throws(ShapeError) {
    let (count, overflows) = filters.shape.count.multipliedReportingOverflow(by: filters.count)
    guard !overflows, count <= Shape.largestCount else {
      throw .tooManyNumbers("\(filters.count) filters of \(filters.shape)")
    }
    try self.init(
      seed: seed, scheme: scheme, layer: layer, filter: filters.shape, filters: filters.count,
      hasBias: filters.hasBias)
  }
}
