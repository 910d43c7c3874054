import ConvolutionEngine

/// A place on the way back: a gradient, a grain and a position in it.
///
/// Position 0 is the start, where nothing of the gradient is computed; position *n* shows the result
/// of step *n*.
package struct BackwardPlace: Sendable, Hashable {
  /// Which of the walk's gradients.
  package var stop: Int
  package var grain: Grain
  package var position: Int

  package init(stop: Int, grain: Grain, position: Int) {
    self.stop = stop
    self.grain = grain
    self.position = position
  }
}

/// All steps of the way back from a loss, in order: the gradient at the loss first, then, layer by
/// layer from the last one, its weights', its biases' and that of what it reads, once all who read
/// that are done. A random-access sequence like `Walk`, of the same grains: a slice is one filter's
/// share, or one row of windows of a weight's sum; a window one number.
package struct BackwardWalk: Sendable, Equatable {
  package let network: Network
  package let loss: PlacedLoss
  /// The gradients in the order in which they are computed.
  package let targets: [GradientTarget]
  /// The layers that read each, and as which of their inputs.
  private let readers: [GradientTarget: [Int]]

  package init(_ network: Network, from loss: PlacedLoss) {
    self.network = network
    self.loss = loss
    var isReached = network.layers.map { Source.layer($0.index) == loss.source }
    var targets: [GradientTarget] = [.source(loss.source)]
    var found: [Source: [Int]] = [:]
    for layer in network.layers.reversed() where isReached[layer.index] {
      for source in layer.sources {
        found[source, default: []].append(layer.index)
        if case .layer(let index) = source { isReached[index] = true }
      }
    }
    for layer in network.layers.reversed() where isReached[layer.index] {
      targets += [.weights(layer: layer.index), .bias(layer: layer.index)]
        .filter { network.shape(of: $0) != nil }
      var sources: [Source] = []
      for source in layer.sources
      where found[source]?.min() == layer.index && !sources.contains(source) {
        sources.append(source)
      }
      targets += sources.map { .source($0) }
    }
    self.targets = targets
    var readers: [GradientTarget: [Int]] = [:]
    for target in targets {
      switch target {
      case .source(let source): readers[target] = source == loss.source ? [] : found[source] ?? []
      case .weights(let layer), .bias(let layer): readers[target] = [layer]
      }
    }
    self.readers = readers
  }

  package func target(_ place: BackwardPlace) -> GradientTarget { targets[place.stop] }

  package func shape(_ target: GradientTarget) -> Shape {
    network.shape(of: target) ?? network.input
  }

  /// The only layer that it flows back through, if there is one.
  func reader(_ target: GradientTarget) -> Layer? {
    guard let readers = readers[target], readers.count == 1 else { return nil }
    return network.layers[readers[0]]
  }

  /// Whether each number of it is the sum over a map of what flows back to that: a bias's, and a
  /// batch normalization's two.
  func isOfMaps(_ target: GradientTarget) -> Bool {
    switch target {
    case .source: false
    case .weights(let layer): network.layers[layer].normalization != nil
    case .bias: true
    }
  }

  /// The grains in which a gradient can be walked.
  package func grains(_ target: GradientTarget) -> [Grain] {
    guard let layer = reader(target) else { return [.window, .map, .layer] }
    if isOfMaps(target) {
      return layer.windows == nil && layer.output.plane == 1
        ? [.window, .layer] : [.product, .slice, .window, .layer]
    }
    switch target {
    case .source:
      return layer.form == .filters
        ? Grain.allCases
        : layer.form == .dotProducts ? [.product, .window, .layer] : [.window, .map, .layer]
    case .weights, .bias:
      return layer.form == .filters ? Grain.allCases : [.window, .map, .layer]
    }
  }

  /// The grain that stands for another one there: itself, else the nearest finer one that there is,
  /// else the finest.
  package func grain(for wanted: Grain, in target: GradientTarget) -> Grain {
    let grains = grains(target)
    return grains.last { $0 <= wanted } ?? grains[0]
  }

  /// Numbers of a map: a depth, or a filter's weights.
  private func cellsOfMap(_ target: GradientTarget) -> Int {
    let shape = shape(target)
    guard case .weights(let layer) = target else { return shape.plane }
    return network.layers[layer].parameters?.filter.count ?? shape.plane
  }

  /// How often columns and rows are read, and what a step is.
  func counts(_ target: GradientTarget, _ grain: Grain) -> StepCounts {
    let shape = shape(target)
    let plain = StepCounts(
      columns: Array(repeating: 1, count: shape.width),
      rows: Array(repeating: 1, count: shape.height), unit: .number)
    guard grain < .window, let layer = reader(target) else { return plain }
    if isOfMaps(target) {
      return StepCounts(
        columns: [layer.output.width], rows: [layer.output.height],
        unit: grain == .product ? .product(filters: 1) : .row)
    }
    guard let windows = layer.windows else {
      return StepCounts(
        columns: plain.columns, rows: plain.rows, unit: .product(filters: layer.output.count))
    }
    switch target {
    case .source:
      let filters = layer.output.depth / layer.groups
      return StepCounts(
        columns: (0..<shape.width).map { windows.x.readers(of: $0).count },
        rows: (0..<shape.height).map { windows.y.readers(of: $0).count },
        unit: grain == .product ? .product(filters: filters) : .filter(filters: filters))
    case .weights, .bias:
      return StepCounts(
        columns: (0..<shape.width).map { windows.x.uses(ofTap: $0).count },
        rows: (0..<shape.height).map { windows.y.uses(ofTap: $0).count },
        unit: grain == .product ? .product(filters: 1) : .row)
    }
  }

  /// How many steps a gradient has at a grain that it has.
  package func count(_ target: GradientTarget, _ grain: Grain) -> Int {
    let shape = shape(target)
    switch grain {
    case .layer: return 1
    case .map: return shape.count / cellsOfMap(target)
    case .window: return shape.count
    case .slice, .product: return counts(target, grain).stepsOfPlane * shape.depth
    }
  }

  /// How many steps the place's gradient has at its grain.
  package func count(_ place: BackwardPlace) -> Int { count(target(place), place.grain) }

  /// The start of a gradient, at the grain that stands for the wanted one there.
  package func start(_ stop: Int, _ grain: Grain) -> BackwardPlace {
    BackwardPlace(stop: stop, grain: self.grain(for: grain, in: targets[stop]), position: 0)
  }

  /// The last step of a gradient.
  package func end(_ stop: Int, _ grain: Grain) -> BackwardPlace {
    var place = start(stop, grain)
    place.position = count(place)
    return place
  }

  /// The place so many steps further, or back, across gradients; nil past the first or last.
  package func place(
    _ place: BackwardPlace, movedBy distance: Int, wanted: Grain
  ) -> BackwardPlace? {
    var place = place
    let (sum, overflows) = place.position.addingReportingOverflow(distance)
    guard !overflows else { return nil }
    place.position = sum
    while place.position > count(place) {
      guard place.stop + 1 < targets.count else { return nil }
      // As in `Walk`: the next one's start is a step of its own, except between whole layers.
      let beyond = place.position - count(place) - 1
      place = start(place.stop + 1, wanted)
      place.position = beyond + (place.grain == .layer ? 1 : 0)
    }
    while place.position < 0 || (place.grain == .layer && place.position == 0 && place.stop > 0) {
      guard place.stop > 0 else { return nil }
      let before = place.grain == .layer ? place.position : place.position + 1
      place = end(place.stop - 1, wanted)
      place.position += before
    }
    return place
  }

  /// The same place seen at another grain: coarser, the unit that holds the current step; finer, the
  /// first step inside the current unit, so that going finer and coarser again leads back.
  package func place(_ place: BackwardPlace, at wanted: Grain) -> BackwardPlace {
    let target = target(place)
    var moved = place
    moved.grain = grain(for: wanted, in: target)
    guard place.position > 0, moved.grain != place.grain else { return moved }
    let index = place.position - 1
    // The first number of the unit, and its first step there.
    let shape = shape(target)
    let cell: Int
    var inner: Int?
    switch place.grain {
    case .layer: cell = 0
    case .map: cell = index * cellsOfMap(target)
    case .window: cell = index
    case .slice, .product:
      let found = counts(target, place.grain).cell(at: index)
      (cell, inner) = (shape.index(found.cell), found.inner)
    }
    switch moved.grain {
    case .layer: moved.position = 1
    case .map: moved.position = cell / cellsOfMap(target) + 1
    case .window: moved.position = cell + 1
    case .slice, .product:
      let (from, to) = (counts(target, place.grain), counts(target, moved.grain))
      let number = shape.cell(at: cell)
      var step = to.start(of: number)
      if let inner {
        let (own, other) = (
          from.steps(x: number.x, y: number.y), to.steps(x: number.x, y: number.y)
        )
        step += own > other ? inner / (own / other) : inner * (other / own)
      }
      moved.position = step + 1
    }
    return moved
  }
}
