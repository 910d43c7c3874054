import ConvolutionEngine
import Testing

/// The settings of one axis, as the small domain runs through them.
struct Geometry: Sendable, CustomTestStringConvertible {
  var input: Int
  var filter: Int
  var stride: Int
  var before: Int
  var after: Int
  var dilation: Int
  var rounding: Rounding

  var testDescription: String {
    "\(input) filter \(filter) stride \(stride) padding \(before)+\(after) dilation \(dilation) "
      + rounding.rawValue
  }

  /// Every geometry of the small domain: 2,430 of them.
  static let all: [Geometry] = Rounding.allCases.flatMap { all(rounding: $0) }

  static func all(rounding: Rounding) -> [Geometry] {
    var all: [Geometry] = []
    for input in 1...5 {
      for filter in 1...3 {
        for stride in 1...3 {
          for before in 0...2 {
            for after in 0...2 {
              for dilation in 1...2 {
                all.append(
                  Geometry(
                    input: input, filter: filter, stride: stride, before: before, after: after,
                    dilation: dilation, rounding: rounding))
              }
            }
          }
        }
      }
    }
    return all
  }

  func axis(_ axis: Axis = .x) throws(ShapeError) -> WindowAxis {
    try WindowAxis(
      axis, input: input, filter: filter, stride: stride, paddingBefore: before,
      paddingAfter: after, dilation: dilation, rounding: rounding)
  }
}

extension WindowSettings {
  /// One geometry along the width and another along the height.
  init(_ x: Geometry, _ y: Geometry) {
    self.init(
      size: Pair(x.filter, y.filter), stride: Pair(x.stride, y.stride),
      padding: .sides(left: x.before, right: x.after, top: y.before, bottom: y.after),
      dilation: Pair(x.dilation, y.dilation), rounding: x.rounding)
  }
}
