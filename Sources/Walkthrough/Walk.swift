import ConvolutionEngine

/// A place in the walk: a layer, a grain and a position in the layer at that grain.
///
/// Position 0 is the start, where nothing of the layer is computed; position *n* shows the
/// result of step *n*.
package struct Place: Sendable, Hashable {
  package var layer: Int
  package var grain: Grain
  package var position: Int

  package init(layer: Int, grain: Grain, position: Int) {
    self.layer = layer
    self.grain = grain
    self.position = position
  }
}

/// All steps of a network in order: a random-access sequence, in which step *n* of a layer of a
/// hundred million products costs what step 0 costs.
package struct Walk: Sendable, Equatable {
  package let network: Network

  package init(_ network: Network) {
    self.network = network
  }

  package func layer(_ place: Place) -> Layer { network.layers[place.layer] }

  /// How many steps the place's layer has at its grain.
  package func count(_ place: Place) -> Int { layer(place).stepCount(place.grain) }

  /// The start of the whole walk.
  package func start(_ grain: Grain) -> Place { start(ofLayer: 0, grain) }

  /// The start of a layer, at the grain that stands for the wanted one there.
  package func start(ofLayer index: Int, _ grain: Grain) -> Place {
    Place(layer: index, grain: network.layers[index].grain(for: grain), position: 0)
  }

  /// The last step of a layer.
  package func end(ofLayer index: Int, _ grain: Grain) -> Place {
    var place = start(ofLayer: index, grain)
    place.position = count(place)
    return place
  }

  /// The place so many steps further, or back, across layers; nil past the first or last.
  ///
  /// - Parameter wanted: the grain that the person chose, which a layer may not have.
  /// - Complexity: O(layers), whatever the distance.
  package func place(_ place: Place, movedBy distance: Int, wanted: Grain) -> Place? {
    var place = place
    let (sum, overflows) = place.position.addingReportingOverflow(distance)
    guard !overflows else { return nil }
    place.position = sum
    while place.position > count(place) {
      guard place.layer + 1 < network.layers.count else { return nil }
      // The step from a layer's last result to the next layer's start is a step of its own,
      // except between whole layers, where it would show nothing new.
      let beyond = place.position - count(place) - 1
      let next = start(ofLayer: place.layer + 1, wanted)
      place = next
      place.position = beyond + (next.grain == .layer ? 1 : 0)
    }
    while place.position < 0 || (place.grain == .layer && place.position == 0 && place.layer > 0) {
      guard place.layer > 0 else { return nil }
      let before = place.grain == .layer ? place.position : place.position + 1
      place = end(ofLayer: place.layer - 1, wanted)
      place.position += before
    }
    return place
  }

  /// The same place seen at another grain.
  ///
  /// Coarser: the unit that holds the current step. Finer: the first step inside the current
  /// unit, so that going finer and coarser again leads back.
  package func place(_ place: Place, at wanted: Grain) -> Place {
    let layer = layer(place)
    let grain = layer.grain(for: wanted)
    let (from, to) = (layer.stepCount(place.grain), layer.stepCount(grain))
    var moved = place
    moved.grain = grain
    guard place.position > 0 else { return moved }
    if grain > place.grain {
      moved.position = (place.position - 1) / (from / to) + 1
    } else if grain < place.grain {
      moved.position = (place.position - 1) * (to / from) + 1
    }
    return moved
  }

  /// The place's address; at a start, the layer's.
  package func address(of place: Place) -> Address {
    let layer = layer(place)
    guard place.position > 0 else { return Address(layer: layer.name, part: .layer) }
    let index = place.position - 1
    switch place.grain {
    case .layer: return Address(layer: layer.name, part: .layer)
    case .map: return Address(layer: layer.name, part: .map(index))
    case .window: return Address(layer: layer.name, part: .cell(layer.output.cell(at: index)))
    case .slice:
      let depths = layer.parameters?.filter.depth ?? 1
      let cell = layer.output.cell(at: index / depths)
      return Address(
        layer: layer.name,
        part: .slice(cell, depth: layer.firstDepth(ofMap: cell.depth) + index % depths))
    case .product:
      let cell = layer.output.cell(at: index / layer.productsPerCell)
      return Address(
        layer: layer.name,
        part: .product(cell, place: layer.tap(index % layer.productsPerCell, of: cell)))
    }
  }

  /// Where an address leads: the step that computes it, at the grain it names.
  package func place(of address: Address) throws(AddressError) -> Place {
    guard let layer = network.layer(named: address.layer) else {
      throw .unknownLayer(address.layer, known: network.layers.map(\.name))
    }
    func place(_ grain: Grain, _ position: Int) throws(AddressError) -> Place {
      guard layer.grains.contains(grain) else {
        throw .noSuchGrain(address: "\(address)", layer: layer.name, what: "\(grain.name) steps")
      }
      return Place(layer: layer.index, grain: grain, position: position)
    }
    func check(_ cell: Cell, in shape: Shape, _ what: String) throws(AddressError) {
      guard shape.contains(cell) else {
        throw .outside(address: "\(address)", what: what, size: "\(shape)")
      }
    }
    switch address.part {
    case .layer: return Place(layer: layer.index, grain: .layer, position: 1)
    case .map(let map):
      try check(Cell(0, 0, map), in: layer.output, "\(layer.name) is")
      return layer.grains.contains(.map) ? try place(.map, map + 1) : try place(.window, map + 1)
    case .cell(let cell):
      try check(cell, in: layer.output, "\(layer.name) is")
      return try place(.window, layer.output.index(cell) + 1)
    case .slice(let cell, let depth):
      try check(cell, in: layer.output, "\(layer.name) is")
      // What wraps lies outside of any filter, too.
      let inside = Cell(0, 0, depth &- layer.firstDepth(ofMap: cell.depth))
      guard let filter = layer.parameters?.filter else { return try place(.slice, 1) }
      try check(inside, in: filter, "the filter is")
      return try place(.slice, layer.output.index(cell) * filter.depth + inside.depth + 1)
    case .product(let cell, let tap):
      try check(cell, in: layer.output, "\(layer.name) is")
      let inside = Cell(tap.x, tap.y, tap.depth &- layer.firstDepth(ofMap: cell.depth))
      guard let filter = layer.parameters?.filter else { return try place(.product, 1) }
      try check(inside, in: filter, "the filter is")
      return try place(
        .product, layer.output.index(cell) * filter.count + filter.index(inside) + 1)
    }
  }
}

extension Layer {
  /// The place inside the window of one product of a cell, with the input's depth.
  package func tap(_ index: Int, of cell: Cell) -> Cell {
    guard let filter = parameters?.filter else { return Cell(0, 0, 0) }
    var place = filter.cell(at: index)
    place.depth += firstDepth(ofMap: cell.depth)
    return place
  }
}
