import ConvolutionEngine
import TestSupport

@testable import TensorFiles

/// Holds the reader of pictures to what it promises of any bytes: samples up to the maximum, of
/// netpbm no more than the file has bytes, or bits where each is a sample, and a picture that can be
/// resized.
func holdPicturePromises(_ bytes: [UInt8]) throws {
  guard let picture = try taken({ try Picture(bytes: bytes) }) else { return }
  let count = picture.samples.count
  let most = bytes.count * (bytes.starts(with: "P4".utf8) ? 8 : 1)
  try hold(count <= most || !Picture.isNetpbm(bytes), "no more samples than bytes or bits")
  try hold(count == picture.shape.count, "as many samples as the shape has")
  try hold(picture.samples.allSatisfy { $0 <= picture.maximum }, "no sample beyond the maximum")
  let depth = picture.shape.depth
  let small = try taken { try picture.resized(width: 2, height: 1) }
  try hold(small?.samples.count == 2 * depth, "it can be resized")
  let opaque = try taken { try picture.withoutOpacity() }
  try hold(opaque?.shape.depth == (depth % 2 == 0 && depth <= 4 ? depth - 1 : depth), "opacity")
}
