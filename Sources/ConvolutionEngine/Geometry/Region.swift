/// Some columns, rows and depths of one tensor.
package struct Region: Sendable {
  package var x: Places
  package var y: Places
  package var depths: Range<Int>

  package init(_ cell: Cell) {
    x = Places(cell.x)
    y = Places(cell.y)
    depths = cell.depth..<cell.depth + 1
  }

  package init(all shape: Shape) {
    x = Places(all: shape.width)
    y = Places(all: shape.height)
    depths = 0..<shape.depth
  }

  /// The cells that a run of a flattened tensor came from.
  init(of run: Range<Int>, in shape: Shape, order: FlatOrder) {
    let first = order.cell(at: run.lowerBound, in: shape)
    let last = order.cell(at: run.upperBound - 1, in: shape)
    // The slowest index runs from the first to the last; a faster one does where the slower ones
    // stand still, and runs over all of its places else.
    let columns: Range<Int>
    let rows: Range<Int>
    switch order {
    case .dyx:
      let isOnePlane = first.depth == last.depth
      depths = first.depth..<last.depth + 1
      rows = isOnePlane ? first.y..<last.y + 1 : 0..<shape.height
      columns = isOnePlane && first.y == last.y ? first.x..<last.x + 1 : 0..<shape.width
    case .yxd:
      let isOneRow = first.y == last.y
      rows = first.y..<last.y + 1
      columns = isOneRow ? first.x..<last.x + 1 : 0..<shape.width
      depths = isOneRow && first.x == last.x ? first.depth..<last.depth + 1 : 0..<shape.depth
    }
    x = Places(real: Set(columns), padded: columns)
    y = Places(real: Set(rows), padded: rows)
  }

  private init(x: Places, y: Places, depths: Range<Int>) {
    self.x = x
    self.y = y
    self.depths = depths
  }

  package func union(_ other: Region) -> Region {
    Region(
      x: x.union(other.x), y: y.union(other.y),
      depths: min(
        depths.lowerBound, other.depths.lowerBound)..<max(
          depths.upperBound, other.depths.upperBound))
  }

  /// The same columns and rows of other depths.
  func over(depths: Range<Int>) -> Region { Region(x: x, y: y, depths: depths) }

  /// The same region counted from elsewhere; nil where nothing of it lies on the shape.
  func moved(x columns: Int, y rows: Int, within shape: Shape) -> Region? {
    guard let x = x.moved(by: columns, within: shape.width),
      let y = y.moved(by: rows, within: shape.height)
    else { return nil }
    return Region(x: x, y: y, depths: depths)
  }

  /// What a layer's windows look at for these cells of its output, and its filters in depth; itself
  /// without windows.
  func read(by layer: Layer) -> Region? {
    guard let windows = layer.windows else { return self }
    guard let x = x.read(by: windows.x), let y = y.read(by: windows.y) else { return nil }
    guard let filters = layer.plan.filters else { return Region(x: x, y: y, depths: depths) }
    let first = layer.firstDepth(ofMap: depths.lowerBound)
    let last = layer.firstDepth(ofMap: depths.upperBound - 1)
    return Region(x: x, y: y, depths: first..<last + filters.shape.depth)
  }
}

/// Places along one axis: exactly which, since windows can leave gaps, and the range with padding.
package struct Places: Sendable {
  package var real: Set<Int>
  package var padded: Range<Int>

  init(_ place: Int) {
    real = [place]
    padded = place..<place + 1
  }

  init(real: Set<Int>, padded: Range<Int>) {
    self.real = real
    self.padded = padded
  }

  init(all count: Int) {
    real = Set(0..<count)
    padded = 0..<count
  }

  /// From the first to the last; nil where there is none.
  package var hull: Range<Int>? {
    guard let low = real.min(), let high = real.max() else { return nil }
    return low..<high + 1
  }

  func union(_ other: Places) -> Places {
    Places(
      real: real.union(other.real),
      padded: min(
        padded.lowerBound, other.padded.lowerBound)..<max(
          padded.upperBound, other.padded.upperBound))
  }

  /// The same places counted from elsewhere; nil where none is left.
  func moved(by distance: Int, within count: Int) -> Places? {
    let places = Set(real.map { $0 + distance }).filter { (0..<count).contains($0) }
    guard !places.isEmpty else { return nil }
    return Places(
      real: places, padded: padded.lowerBound + distance..<padded.upperBound + distance)
  }

  /// The places that windows at these positions read.
  func read(by windows: WindowAxis) -> Places? {
    guard let positions = hull else { return nil }
    var places: Set<Int> = []
    for position in real {
      for tap in windows.tapsInside(position: position) {
        places.insert(windows.start(of: position) + tap * windows.dilation)
      }
    }
    guard !places.isEmpty else { return nil }
    let end = windows.start(of: positions.upperBound - 1) + windows.extent
    return Places(real: places, padded: windows.start(of: positions.lowerBound)..<end)
  }
}
