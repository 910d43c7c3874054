import ConvolutionEngine

extension Picture {
  /// The picture in another size: scaled until it covers that, and what sticks out is cut off
  /// evenly on both sides.
  ///
  /// Each new pixel is the average of the area that it covers, pixels covered in part weighing
  /// by that part; exact in integers and rounded once, halves up. 4×2 to 1×1 takes the 2×2 pixels
  /// in the middle and averages them.
  ///
  /// - Throws: `PictureError.size` for a size that cannot be.
  /// - Complexity: O(samples of both sizes).
  package func resized(width: Int, height: Int) throws(PictureError) -> Picture {
    let size = try Picture.shape(width: width, height: height, channels: shape.depth)
    // The scale is the larger of width/shape.width and height/shape.height.
    let isWidthTight = width * shape.height >= height * shape.width
    let scale = isWidthTight ? (new: width, old: shape.width) : (new: height, old: shape.height)
    let columns = (0..<width).map { Span($0, of: width, over: shape.width, scale) }
    let rows = (0..<height).map { Span($0, of: height, over: shape.height, scale) }
    var resized: [UInt16] = []
    resized.reserveCapacity(size.count)
    for row in rows {
      for column in columns {
        for channel in 0..<shape.depth { resized.append(average(column, row, channel)) }
      }
    }
    return Picture(size, maximum: maximum, samples: resized)
  }

  private func average(_ columns: Span, _ rows: Span, _ channel: Int) -> UInt16 {
    var sum = 0
    for y in rows.places {
      var rowSum = 0
      let start = y * shape.width
      for x in columns.places {
        rowSum += columns.weight(of: x) * Int(samples[(start + x) * shape.depth + channel])
      }
      sum += rows.weight(of: y) * rowSum
    }
    let area = columns.length * rows.length
    return UInt16((2 * sum + area) / (2 * area))
  }
}

/// What one new pixel covers of the old ones along one axis, in units of which an old pixel
/// has 2·new and a new one 2·old, for a scale of new/old.
private struct Span {
  let start: Int
  let length: Int
  private let pixel: Int

  init(_ index: Int, of count: Int, over old: Int, _ scale: (new: Int, old: Int)) {
    pixel = 2 * scale.new
    length = 2 * scale.old
    // Half of what sticks out, (old·pixel − count·length)/2, is cut off before the first.
    start = old * scale.new - count * scale.old + index * length
  }

  /// The old pixels that it touches.
  var places: Range<Int> { start / pixel..<(start + length + pixel - 1) / pixel }

  /// How much of an old pixel it covers.
  func weight(of place: Int) -> Int {
    min(start + length, (place + 1) * pixel) - max(start, place * pixel)
  }
}
