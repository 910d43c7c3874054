/// One number for each direction: `2` for both, or `3x5`, width × height.
package struct Pair: Sendable, Hashable {
  package var x: Int
  package var y: Int

  package init(_ x: Int, _ y: Int) {
    self.x = x
    self.y = y
  }

  package init(_ both: Int) { self.init(both, both) }

  package subscript(axis: Axis) -> Int { axis == .x ? x : y }
}

extension Pair: CustomStringConvertible {
  /// `2`, or `3x5` where the two differ.
  package var description: String { x == y ? "\(x)" : "\(x)x\(y)" }
}

/// Zeros around the input, in columns and rows.
package enum Padding: Sendable, Hashable {
  case sides(left: Int, right: Int, top: Int, bottom: Int)
  /// As TensorFlow does it: the output is the input divided by the stride, rounded up; what does
  /// not split evenly goes to the right and the bottom.
  case same

  package static let none = Padding.sides(left: 0, right: 0, top: 0, bottom: 0)

  package static func all(_ padding: Int) -> Padding {
    .sides(left: padding, right: padding, top: padding, bottom: padding)
  }
}

/// Columns and rows on each side of a map.
package struct Sides: Sendable, Hashable {
  package var left: Int
  package var right: Int
  package var top: Int
  package var bottom: Int

  package init(left: Int = 0, right: Int = 0, top: Int = 0, bottom: Int = 0) {
    self.left = left
    self.right = right
    self.top = top
    self.bottom = bottom
  }
}

/// The settings that place a window over its input, whatever is then done with it.
package struct WindowSettings: Sendable, Hashable {
  /// The filter's width and height.
  package var size: Pair
  package var stride: Pair
  package var padding: Padding
  package var dilation: Pair
  package var rounding: Rounding

  package init(
    size: Pair, stride: Pair = Pair(1), padding: Padding = .none, dilation: Pair = Pair(1),
    rounding: Rounding = .floor
  ) {
    self.size = size
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.rounding = rounding
  }

  /// Where the windows lie along one axis of an input of the given size.
  package func windows(_ axis: Axis, over input: Int) throws(ShapeError) -> WindowAxis {
    let (before, after) = try paddings(axis, over: input)
    return try WindowAxis(
      axis, input: input, filter: size[axis], stride: stride[axis], paddingBefore: before,
      paddingAfter: after, dilation: dilation[axis], rounding: rounding)
  }

  private func paddings(_ axis: Axis, over input: Int) throws(ShapeError) -> (Int, Int) {
    switch padding {
    case .sides(let left, let right, let top, let bottom):
      return axis == .x ? (left, right) : (top, bottom)
    case .same:
      // Settings out of range are named by the probe below before they are divided by.
      let limit = WindowAxis.largestSetting
      let safe = [size[axis], stride[axis], dilation[axis]].allSatisfy { (1...limit).contains($0) }
      guard safe else { return (0, 0) }
      let positions = (input + stride[axis] - 1) / stride[axis]
      let extent = dilation[axis] * (size[axis] - 1) + 1
      let total = max(0, (positions - 1) * stride[axis] + extent - input)
      return (total / 2, total - total / 2)
    }
  }
}

/// A layer's windows along both axes.
package struct Windows: Sendable, Equatable {
  package let x: WindowAxis
  package let y: WindowAxis

  package init(_ settings: WindowSettings, over input: Shape) throws(ShapeError) {
    x = try settings.windows(.x, over: input.width)
    y = try settings.windows(.y, over: input.height)
  }

  package subscript(axis: Axis) -> WindowAxis { axis == .x ? x : y }

  package var isDilated: Bool { x.dilation != 1 || y.dilation != 1 }

  package var isPadded: Bool {
    [x, y].contains { $0.paddingBefore > 0 || $0.paddingAfter > 0 }
  }

  /// A pool whose window holds no real place has nothing to choose from or to divide by.
  func refuseEmpty() throws(ShapeError) {
    for windows in [x, y] {
      for position in windows.edgePositions.joined()
      where windows.tapsInside(position: position).isEmpty {
        throw .windowOfPadding(axis: windows.axis, position: position, input: windows.input)
      }
    }
  }
}
