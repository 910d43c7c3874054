/// Counts through a block of numbers axis by axis, and gives for each its place in a file.
///
/// Extents [2, 3] with strides [3, 1] give 0, 3, 1, 4, 2, 5: the transpose of a 2×3 array.
struct Odometer {
  /// One axis of the block, and how far apart its neighbours stand.
  struct Axis: Equatable {
    var extent: Int
    var stride: Int
  }

  private let axes: [Axis]
  private var counts: [Int]
  private var place = 0

  /// - Parameter axes: the fastest first; no extent is 0.
  init(_ axes: [Axis]) {
    self.axes = axes
    counts = axes.map { _ in 0 }
  }

  /// The place of the number that comes next; after the last, it starts over.
  mutating func next() -> Int {
    let current = place
    for axis in axes.indices {
      counts[axis] += 1
      place += axes[axis].stride
      if counts[axis] < axes[axis].extent { break }
      place -= axes[axis].stride * axes[axis].extent
      counts[axis] = 0
    }
    return current
  }
}
