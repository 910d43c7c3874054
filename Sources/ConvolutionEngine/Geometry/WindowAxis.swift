/// The two directions in which a window slides.
package enum Axis: Sendable, Hashable, CaseIterable {
  case x, y

  /// What the input's extent along it is called.
  package var size: String { self == .x ? "width" : "height" }
  /// What it counts: columns along x, rows along y.
  package var places: String { self == .x ? "columns" : "rows" }
  package var place: String { self == .x ? "column" : "row" }
}

/// What to do when the last window does not end exactly at the padded input's edge.
package enum Rounding: String, Sendable, Hashable, CaseIterable {
  /// No room for another window: the rest is never read (PyTorch; Keras `valid`).
  case floor
  /// Refused (CS231n).
  case strict
  /// One more window, partly outside; pools only (PyTorch's `ceil_mode`).
  case ceil
}

/// How windows lie along one axis of the input: everything that sizes depend on.
///
/// Input 11, filter 5, stride 2: windows start at 0, 2, 4, 6; there are (11 − 5)/2 + 1 = 4.
package struct WindowAxis: Sendable, Hashable {
  package let axis: Axis
  package let input: Int
  package let filter: Int
  package let stride: Int
  package let paddingBefore: Int
  package let paddingAfter: Int
  package let dilation: Int
  package let rounding: Rounding
  /// How many windows there are: the output's size along this axis.
  package let positions: Int

  /// - Throws: `ShapeError` when the input or a setting is out of range, the filter does not fit,
  ///   or `strict` rounding meets a remainder.
  package init(
    _ axis: Axis, input: Int, filter: Int, stride: Int = 1, paddingBefore: Int = 0,
    paddingAfter: Int = 0, dilation: Int = 1, rounding: Rounding = .floor
  ) throws(ShapeError) {
    try WindowAxis.check(
      axis, input: input,
      settings: [("filter size", filter), ("stride", stride), ("dilation", dilation)],
      paddings: [paddingBefore, paddingAfter])
    self.axis = axis
    self.input = input
    self.filter = filter
    self.stride = stride
    self.paddingBefore = paddingBefore
    self.paddingAfter = paddingAfter
    self.dilation = dilation
    self.rounding = rounding
    let extent = dilation * (filter - 1) + 1
    let padded = input + paddingBefore + paddingAfter
    guard extent <= padded else {
      throw .filterTooLarge(axis: axis, extent: extent, input: input, padded: padded)
    }
    let room = padded - extent
    let steps: Int
    switch rounding {
    case .floor, .strict: steps = room / stride
    case .ceil:
      // A window that would start in the padding after the input is dropped, as PyTorch does.
      steps = min((room + stride - 1) / stride, (input + paddingBefore - 1) / stride)
    }
    positions = steps + 1
    if rounding == .strict, room % stride != 0 {
      throw .doesNotDivide(axis: axis, formula: formula)
    }
  }

  private static func check(
    _ axis: Axis, input: Int, settings: [(key: String, value: Int)], paddings: [Int]
  ) throws(ShapeError) {
    guard (1...Shape.longestSide).contains(input) else {
      throw input < 1
        ? .size(what: axis.size, found: input) : .tooManyNumbers("\(axis.size) \(input)")
    }
    for (key, value) in settings {
      guard (1...WindowAxis.largestSetting).contains(value) else {
        throw .setting(
          key: key, found: "\(value)", expected: "from 1 to \(WindowAxis.largestSetting)")
      }
    }
    for value in paddings {
      guard (0...WindowAxis.largestSetting).contains(value) else {
        throw .setting(
          key: "padding", found: "\(value)", expected: "from 0 to \(WindowAxis.largestSetting)")
      }
    }
  }

  /// Settings beyond this are refused, so that no size computed from them can overflow.
  package static let largestSetting = 1 << 24

  /// How many places of the input a window spans: D·(F − 1) + 1.
  package var extent: Int { dilation * (filter - 1) + 1 }

  /// The first place of a window; negative inside the padding before the input.
  package func start(of position: Int) -> Int { position * stride - paddingBefore }

  /// The input's place under one tap of a window, nil where that is padding.
  package func place(position: Int, tap: Int) -> Int? {
    let place = start(of: position) + tap * dilation
    return (0..<input).contains(place) ? place : nil
  }

  /// Which taps of a window lie on the input: a contiguous run.
  package func tapsInside(position: Int) -> Range<Int> {
    let first = start(of: position)
    let low = first >= 0 ? 0 : (-first + dilation - 1) / dilation
    let high = input > first ? (input - 1 - first) / dilation + 1 : 0
    let end = min(filter, high)
    return min(low, end)..<end
  }

  /// How many taps of a window an average counts when padding counts: a window that `ceil`
  /// lets hang over the padded edge is cut there, as PyTorch does.
  package func tapsWithPadding(position: Int) -> Int {
    let room = input + paddingAfter - start(of: position)
    return min(filter, (room + dilation - 1) / dilation)
  }

  /// The windows that read one place of the input, and by which tap: who uses this column.
  package func readers(of place: Int) -> [(position: Int, tap: Int)] {
    (0..<filter).reversed().compactMap { tap in
      let offset = place + paddingBefore - tap * dilation
      guard offset >= 0, offset % stride == 0, offset / stride < positions else { return nil }
      return (offset / stride, tap)
    }
  }

  /// The places of the input that no window reads, in order.
  ///
  /// - Complexity: O(input + padding), whatever the filter.
  package var unread: [Int] {
    // The least tap by which some window could read each place, were filters endless.
    var leastTaps: [Int] = []
    leastTaps.reserveCapacity(paddingBefore + input)
    for offset in 0..<paddingBefore + input {
      if offset % stride == 0, offset / stride < positions {
        leastTaps.append(0)
      } else {
        leastTaps.append(offset < dilation ? filter : leastTaps[offset - dilation] + 1)
      }
    }
    return (0..<input).filter { leastTaps[paddingBefore + $0] >= filter }
  }

  /// The windows that lie wholly on the input; those before and after reach beyond it.
  package var wholePositions: Range<Int> {
    let first = min((paddingBefore + stride - 1) / stride, positions)
    let room = input + paddingBefore - extent
    let end = room < 0 ? 0 : min(room / stride + 1, positions)
    return first..<max(first, end)
  }

  /// The windows that reach beyond the input: a run at each end.
  package var edgePositions: [Range<Int>] {
    [0..<wholePositions.lowerBound, wholePositions.upperBound..<positions]
  }

  /// How many taps an average counts, each number once: a filter of 3 padded by 1 has 2 and 3.
  ///
  /// - Complexity: O(filter) where every window sees some of the input.
  package func tapCounts(withPadding: Bool) -> Set<Int> {
    // With padding, only the last window can reach beyond what counts.
    if withPadding { return Set([0, positions - 1].map { tapsWithPadding(position: $0) }) }
    let edges = edgePositions.joined().map { tapsInside(position: $0).count }
    return Set(wholePositions.isEmpty ? edges : edges + [filter])
  }

  package var formula: PositionFormula { PositionFormula(self) }
}
