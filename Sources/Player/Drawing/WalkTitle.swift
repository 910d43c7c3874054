import Canvas
import ConvolutionEngine
import Walkthrough

/// The first row of the walk.
extension View {
  func drawTitle(_ screen: inout Screen) {
    let position = positionText
    let grainsWidth = Grain.allCases.reduce(0) { $0 + $1.name.count + 1 } + 1
    let right = size.columns - 1 - position.unicodeScalars.count
    let grainsStart = 22
    screen.put(subject.heading, 1, 0, .heading, before: grainsStart - 1)
    var column = grainsStart
    if grainsStart + grainsWidth < right {
      for grain in Grain.allCases {
        let isCurrent = grain == place.grain
        let text = isCurrent ? "[\(grain.name)]" : grain.name
        let role: Role = isCurrent ? .current : layer.grains.contains(grain) ? .plain : .faint
        let end = screen.frame.put(text, column, 0, role)
        if layer.grains.contains(grain) {
          screen.add(.useGrain(grain), columns: column..<end, row: 0)
        }
        column = end + 1
      }
    } else {
      column = screen.frame.put("[\(place.grain.name)]", column, 0, .current)
    }
    screen.put(
      position, max(column + 1, size.columns - position.unicodeScalars.count), 0,
      before: size.columns)
  }

  /// `v  513 of 3,200`
  private var positionText: String {
    if place.grain == .layer {
      return "\(place.layer + place.position) of \(network.layers.count)"
    }
    return "\(layer.name)  \(grouped(place.position)) of \(grouped(walk.count(place)))"
  }
}
