import ConvolutionEngine

/// What of the input, or of a layer, reaches one cell of a later layer.
package struct Reach: Sendable, Equatable {
  package let source: Source
  /// From the first to the last column and row that reach the cell; never on padding.
  package let columns: Range<Int>
  package let rows: Range<Int>
  package let depths: Range<Int>
  /// The same with the padding around it; equal to `columns` and `rows` where there is none.
  package let paddedColumns: Range<Int>
  package let paddedRows: Range<Int>

  /// Whether windows on the way reach beyond the edge.
  package var isClipped: Bool { columns != paddedColumns || rows != paddedRows }
}

extension Network {
  /// The way back from a cell to the network's input: what of each layer reaches it, the nearest
  /// layer first and the input last. Layers that do not reach it are left out.
  ///
  /// The cell `conv2[0,0,0]` of two 3×3 convolutions is reached by columns 0..<3 of `conv1` and
  /// 0..<5 of the input.
  ///
  /// - Complexity: O(layers · (columns + rows) · filter).
  package func reach(of cell: Cell, in layer: Int) -> [Reach] {
    var reached: [Touched?] = Array(repeating: nil, count: layers.count + 1)
    reached[layer + 1] = Touched(cell)
    for index in (0...layer).reversed() {
      guard let touched = reached[index + 1] else { continue }
      for (branch, source) in layers[index].sources.enumerated() {
        guard let before = layers[index].touched(touched, branch: branch) else { continue }
        let place = Network.slot(source)
        reached[place] = reached[place]?.union(before) ?? before
      }
    }
    return (0...layer).reversed().compactMap { slot in
      reached[slot]?.reach(slot == 0 ? .input : .layer(slot - 1))
    }
  }

  private static func slot(_ source: Source) -> Int {
    switch source {
    case .input: 0
    case .layer(let index): index + 1
    }
  }
}

/// The columns, rows and depths of one tensor that reach a cell.
private struct Touched {
  var x: Places
  var y: Places
  var depths: Range<Int>

  init(_ cell: Cell) {
    x = Places(cell.x)
    y = Places(cell.y)
    depths = cell.depth..<cell.depth + 1
  }

  init(x: Places, y: Places, depths: Range<Int>) {
    self.x = x
    self.y = y
    self.depths = depths
  }

  func union(_ other: Touched) -> Touched {
    Touched(
      x: x.union(other.x), y: y.union(other.y),
      depths: min(
        depths.lowerBound, other.depths.lowerBound)..<max(
          depths.upperBound, other.depths.upperBound))
  }

  func reach(_ source: Source) -> Reach? {
    guard let columns = x.hull, let rows = y.hull else { return nil }
    return Reach(
      source: source, columns: columns, rows: rows, depths: depths, paddedColumns: x.padded,
      paddedRows: y.padded)
  }
}

/// Places along one axis: exactly which, since windows can leave gaps, and the range with padding.
private struct Places {
  var real: Set<Int>
  var padded: Range<Int>

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

  var hull: Range<Int>? {
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

extension Layer {
  /// What of one of its inputs reaches those cells; nil for nothing.
  fileprivate func touched(_ cells: Touched, branch: Int) -> Touched? {
    let input = inputs[branch]
    if let windows {
      guard let x = cells.x.read(by: windows.x), let y = cells.y.read(by: windows.y) else {
        return nil
      }
      return Touched(x: x, y: y, depths: depthsRead(by: cells.depths))
    }
    switch operation {
    case .dense:
      return Touched(
        x: Places(all: input.width), y: Places(all: input.height), depths: 0..<input.depth)
    case .flatten: return cells.depths.unflattened(input, flatOrder)
    case .zeroPadding(let sides):
      guard let x = cells.x.moved(by: -sides.left, within: input.width),
        let y = cells.y.moved(by: -sides.top, within: input.height)
      else { return nil }
      return Touched(x: x, y: y, depths: cells.depths)
    case .concatenation: return concatenated(cells, branch: branch)
    case .softmax: return Touched(x: cells.x, y: cells.y, depths: 0..<input.depth)
    case .responseNormalization(let settings):
      let first = settings.maps(around: cells.depths.lowerBound, of: input.depth)
      let last = settings.maps(around: cells.depths.upperBound - 1, of: input.depth)
      return Touched(x: cells.x, y: cells.y, depths: first.lowerBound..<last.upperBound)
    default: return cells
    }
  }

  /// What came from one branch; nil where nothing did.
  private func concatenated(_ cells: Touched, branch: Int) -> Touched? {
    let before = inputs[..<branch].reduce(0) { $0 + $1.depth }
    let own = cells.depths.clamped(to: before..<before + inputs[branch].depth)
    guard !own.isEmpty else { return nil }
    return Touched(
      x: cells.x, y: cells.y, depths: own.lowerBound - before..<own.upperBound - before)
  }

  private func depthsRead(by maps: Range<Int>) -> Range<Int> {
    guard let filter = parameters?.filter else { return maps }
    return firstDepth(ofMap: maps.lowerBound)..<firstDepth(ofMap: maps.upperBound - 1)
      + filter.depth
  }
}

extension Range<Int> {
  /// The cells that a run of a flattened tensor came from.
  fileprivate func unflattened(_ shape: Shape, _ order: FlatOrder) -> Touched {
    let first = order.cell(at: lowerBound, in: shape)
    let last = order.cell(at: upperBound - 1, in: shape)
    // The slowest index runs from the first to the last; a faster one does where the slower ones
    // stand still, and runs over all of its places else.
    let columns: Range<Int>
    let rows: Range<Int>
    let depths: Range<Int>
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
    return Touched(
      x: Places(real: Set(columns), padded: columns), y: Places(real: Set(rows), padded: rows),
      depths: depths)
  }
}
