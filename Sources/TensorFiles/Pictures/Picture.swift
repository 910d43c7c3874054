import ConvolutionEngine
import ExactNumbers

/// A picture's samples as they stand in its file: whole numbers from 0 to `maximum`.
package struct Picture: Sendable, Equatable {
  /// The width and height in pixels; the depth is the number of channels.
  package let shape: Shape
  /// The sample of full brightness: 255 in most pictures, 65535 at most.
  package let maximum: Int
  /// Row by row, pixel by pixel, channel by channel.
  package let samples: [UInt16]

  /// Pictures with a longer side are refused, so that resizing cannot overflow.
  package static let longestSide = 1 << 20

  init(_ shape: Shape, maximum: Int, samples: [UInt16]) {
    precondition(samples.count == shape.count, "one sample for each pixel and channel")
    self.shape = shape
    self.maximum = maximum
    self.samples = samples
  }

  /// The samples as integers: one depth for each channel, an opacity channel included.
  package var tensor: Tensor {
    var odometer = Odometer([
      .init(extent: shape.width, stride: shape.depth),
      .init(extent: shape.height, stride: shape.width * shape.depth),
      .init(extent: shape.depth, stride: 1),
    ])
    let brightest = Int128(samples.max() ?? 0)
    let integers = Integers(count: shape.count, from: 0, to: brightest) { _ in
      Int128(samples[odometer.next()])
    }
    return Tensor(shape, integers)
  }

  /// A shape for a picture, within what can be held.
  static func shape(width: Int, height: Int, channels: Int) throws(PictureError) -> Shape {
    guard max(width, height) <= longestSide, let shape = try? Shape(width, height, channels),
      shape.count <= Tensor.largestCount
    else { throw .size(width: width, height: height, channels: channels) }
    return shape
  }
}
