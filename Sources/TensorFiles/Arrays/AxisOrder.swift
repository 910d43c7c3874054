import ConvolutionEngine

/// In which order an array in a file has its axes.
///
/// | order | tensor | filters | dense weights | used by |
/// |---|---|---|---|---|
/// | `xyd` | x, y, depth | filter, x, y, depth | out, in | the source material |
/// | `yxd` | y, x, depth | y, x, depth, filter | in, out | pictures, Keras |
/// | `dyx` | depth, y, x | filter, depth, y, x | out, in | PyTorch |
package enum AxisOrder: String, Sendable, CaseIterable {
  case xyd, yxd, dyx

  /// The defaults of the library whose order it is.
  package var defaults: SettingDefaults {
    switch self {
    case .xyd: .own
    case .yxd: .keras
    case .dyx: .pytorch
    }
  }

  /// What an axis of a file runs along.
  enum Role: String {
    case x, y, depth, filter
  }

  /// A tensor's axes, slowest first.
  var tensor: [Role] {
    switch self {
    case .xyd: [.x, .y, .depth]
    case .yxd: [.y, .x, .depth]
    case .dyx: [.depth, .y, .x]
    }
  }

  /// A filter bank's axes, slowest first.
  var filters: [Role] {
    self == .yxd ? tensor + [.filter] : [.filter] + tensor
  }

  /// Every way to write a filter bank: in full, without the axis of the filters where there is
  /// one filter, without depth where that is 1.
  ///
  /// Ways that fit the same array give the same numbers: axes left out have one place.
  func filters(ofDepth depth: Int, count: Int) -> [[Role]] {
    var ways = [filters]
    if count == 1 { ways.append(filters.filter { $0 != .filter }) }
    if depth == 1 { ways += ways.map { way in way.filter { $0 != .depth } } }
    return ways
  }
}

/// Sizes of all four roles.
struct RoleSizes {
  var shape: Shape
  var filters = 1

  subscript(role: AxisOrder.Role) -> Int {
    switch role {
    case .x: shape.width
    case .y: shape.height
    case .depth: shape.depth
    case .filter: filters
    }
  }
}

extension NumpyFile {
  /// The engine's order of counting over this file's axes: x fastest, then y, depth and filter.
  ///
  /// - Parameter roles: what each axis of the file runs along.
  func engineOrder(_ roles: [AxisOrder.Role]) -> [Odometer.Axis] {
    let strides = strides
    return [AxisOrder.Role.x, .y, .depth, .filter].compactMap { role in
      roles.firstIndex(of: role).map { .init(extent: shape[$0], stride: strides[$0]) }
    }
  }
}
