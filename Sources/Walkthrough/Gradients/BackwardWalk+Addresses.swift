import ConvolutionEngine

extension BackwardWalk {
  /// The place's address; at a start, the gradient's.
  package func address(of place: BackwardPlace) -> GradientAddress {
    let target = target(place)
    guard place.position > 0 else { return GradientAddress(target, .layer) }
    let index = place.position - 1
    switch place.grain {
    case .layer: return GradientAddress(target, .layer)
    case .map: return GradientAddress(target, .map(index))
    case .window: return GradientAddress(target, .cell(shape(target).cell(at: index)))
    case .slice, .product:
      let (cell, inner) = counts(target, place.grain).cell(at: index)
      let places = places(of: cell, in: target)
      guard !places.columns.isEmpty, !places.rows.isEmpty else {
        return GradientAddress(target, .cell(cell))
      }
      if place.grain == .slice {
        let isRow = places.maps.isEmpty
        return GradientAddress(
          target, .slice(cell, isRow ? places.rows[inner] : places.maps.lowerBound + inner))
      }
      let each = places.columns.count * places.rows.count
      let (map, rest) = inner.quotientAndRemainder(dividingBy: each)
      let (row, column) = rest.quotientAndRemainder(dividingBy: places.columns.count)
      return GradientAddress(
        target,
        .product(
          cell,
          place: Cell(
            places.columns[column], places.rows[row],
            places.maps.isEmpty ? ownMap(of: cell, in: target) : places.maps.lowerBound + map)))
    }
  }

  /// The cells of the layer behind whose gradients flow back to a number: their columns, rows and
  /// maps; no maps where it has one of its own.
  private func places(
    of cell: Cell, in target: GradientTarget
  ) -> (columns: [Int], rows: [Int], maps: Range<Int>) {
    guard let layer = reader(target) else { return ([], [], 0..<0) }
    if isOfMaps(target) {
      return (Array(0..<layer.output.width), Array(0..<layer.output.height), 0..<0)
    }
    guard let windows = layer.windows else { return ([0], [0], 0..<layer.output.depth) }
    switch target {
    case .source:
      return (
        windows.x.readers(of: cell.x).map(\.position),
        windows.y.readers(of: cell.y).map(\.position), layer.maps(reading: cell.depth)
      )
    case .weights, .bias:
      return (windows.x.uses(ofTap: cell.x), windows.y.uses(ofTap: cell.y), 0..<0)
    }
  }

  private func ownMap(of cell: Cell, in target: GradientTarget) -> Int {
    guard case .weights(let layer) = target else { return cell.depth }
    return network.layers[layer].filterPlace(of: cell).filter
  }

  /// Where an address leads: the step that computes it, at the grain it names.
  package func place(of address: GradientAddress) throws(AddressError) -> BackwardPlace {
    let target = address.target
    guard let stop = targets.firstIndex(of: target) else {
      throw .noSuchGrain(
        address: network.text(of: address), layer: "the way back from this loss",
        what: "such gradient")
    }
    let (grain, position): (Grain, Int?)
    switch address.part {
    case .layer: (grain, position) = (.layer, 1)
    case .map(let map):
      (grain, position) = (grains(target).contains(.map) ? .map : .window, map + 1)
    case .cell(let cell): (grain, position) = (.window, shape(target).index(cell) + 1)
    case .slice(let cell, let slice):
      (grain, position) = (.slice, self.position(ofSlice: slice, of: cell, in: target))
    case .product(let cell, let from):
      (grain, position) = (.product, self.position(ofProduct: from, of: cell, in: target))
    }
    guard grains(target).contains(grain), let position else {
      throw .noSuchGrain(
        address: network.text(of: address), layer: network.name(of: target),
        what: position == nil ? "such \(grain.name)" : "\(grain.name) steps")
    }
    return BackwardPlace(stop: stop, grain: grain, position: position)
  }

  private func position(ofSlice slice: Int, of cell: Cell, in target: GradientTarget) -> Int? {
    let places = places(of: cell, in: target)
    let inner =
      places.maps.isEmpty
      ? places.rows.firstIndex(of: slice)
      : places.maps.contains(slice) ? slice - places.maps.lowerBound : nil
    guard let inner, !places.columns.isEmpty else { return nil }
    return counts(target, .slice).start(of: cell) + inner + 1
  }

  private func position(ofProduct from: Cell, of cell: Cell, in target: GradientTarget) -> Int? {
    let places = places(of: cell, in: target)
    let own = places.maps.isEmpty ? ownMap(of: cell, in: target) : places.maps.lowerBound
    // What wraps lies outside, too.
    let map = from.depth &- own
    guard map >= 0, map < max(1, places.maps.count),
      let column = places.columns.firstIndex(of: from.x),
      let row = places.rows.firstIndex(of: from.y)
    else { return nil }
    let inner = (map * places.rows.count + row) * places.columns.count + column
    return counts(target, .product).start(of: cell) + inner + 1
  }

  /// The product of the walk forward that a product of the way back undoes: of `dX[4,5,0]@[2,1,0]`,
  /// `v[2,1,0]@[0,3,0]`; a cell where nothing is multiplied; nil where it is none.
  package func forward(of address: GradientAddress) -> Address? {
    guard case .product(let cell, let place) = address.part, let layer = reader(address.target)
    else { return nil }
    if isOfMaps(address.target) { return Address(layer: layer.name, part: .cell(place)) }
    let tap: Cell?
    switch address.target {
    case .source:
      tap = layer.windows.map { windows in
        Cell(
          windows.x.tap(on: cell.x, of: place.x), windows.y.tap(on: cell.y, of: place.y),
          cell.depth)
      }
    case .weights, .bias:
      let (filter, own) = layer.filterPlace(of: cell)
      tap = Cell(own.x, own.y, own.depth + layer.firstDepth(ofMap: filter))
    }
    return Address(
      layer: layer.name, part: .product(place, place: tap ?? Cell(0, 0, cell.depth)))
  }

  /// What flows back through a product of the walk forward: to the input's cell, unless that is
  /// padding, and to the weight.
  package func gradients(of address: Address) -> [GradientAddress] {
    guard case .product(let cell, let tap) = address.part,
      let layer = network.layer(named: address.layer), let filter = layer.parameters?.filter
    else { return [] }
    let inner = tap.depth - layer.firstDepth(ofMap: cell.depth)
    let weight = Cell(tap.x, tap.y, cell.depth * filter.depth + inner)
    var found = [
      GradientAddress(.weights(layer: layer.index), .product(weight, place: cell))
    ]
    let x = layer.windows.map { $0.x.place(position: cell.x, tap: tap.x) } ?? tap.x
    let y = layer.windows.map { $0.y.place(position: cell.y, tap: tap.y) } ?? tap.y
    if let x, let y {
      found.insert(
        GradientAddress(.source(layer.sources[0]), .product(Cell(x, y, tap.depth), place: cell)),
        at: 0)
    }
    return found.filter { targets.contains($0.target) }
  }
}

extension WindowAxis {
  /// The tap by which a window reads a place that it reads.
  fileprivate func tap(on place: Int, of position: Int) -> Int {
    (place - start(of: position)) / dilation
  }
}
