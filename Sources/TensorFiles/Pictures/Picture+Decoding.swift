import CPictures
import ConvolutionEngine
import Glibc

extension Picture {
  /// Reads a picture of any kind that is known: PBM, PGM, PPM, PAM, and in a build with the package
  /// trait `PNGAndJPEG` PNG and JPEG too.
  ///
  /// - Throws: `PictureError`.
  package init(bytes: [UInt8]) throws(PictureError) {
    if bytes.starts(with: Picture.signatureOfPNG) {
      try self.init(.png, bytes, picture_decode_png)
    } else if bytes.starts(with: Picture.signatureOfJPEG) {
      try self.init(.jpeg, bytes, picture_decode_jpeg)
    } else {
      try self.init(netpbm: bytes)
    }
  }

  /// Whether the bytes begin as a picture of a known kind does, in whatever build.
  package static func isRecognized(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: signatureOfPNG) || bytes.starts(with: signatureOfJPEG) || isNetpbm(bytes)
  }

  /// How much of a file that begins so is wanted; of what is no picture, or of a kind that this build
  /// does not read, only what was seen.
  package static func wanted(_ beginning: [UInt8]) -> FileContents.Wanted {
    guard beginning.count >= 8 else { return .atLeast(8) }
    if isNetpbm(beginning) { return wanted(ofNetpbm: beginning) }
    return isRecognized(beginning) && isReadable(beginning) ? .whole : .upTo(beginning.count)
  }

  /// Whether this build reads pictures of this kind.
  private static func isReadable(_ beginning: [UInt8]) -> Bool {
    do {
      _ = try Picture(bytes: beginning)
      return true
    } catch {
      if case .notBuilt = error { return false }
      return true
    }
  }

  private static let signatureOfPNG: [UInt8] = [0x89, 0x50, 0x4E, 0x47]
  private static let signatureOfJPEG: [UInt8] = [0xFF, 0xD8, 0xFF]

  private typealias Decoder = (
    UnsafePointer<UInt8>?, Int, Int, UnsafeMutablePointer<decoded_picture>?
  ) -> picture_status

  private init(
    _ kind: PictureError.Kind, _ bytes: [UInt8], _ decode: Decoder
  ) throws(PictureError) {
    var decoded = decoded_picture()
    let status = bytes.withUnsafeBufferPointer {
      decode($0.baseAddress, $0.count, Tensor.largestCount, &decoded)
    }
    defer { free(decoded.samples) }
    let (width, height) = (Int(decoded.width), Int(decoded.height))
    let channels = Int(decoded.channels)
    switch status {
    case PICTURE_OK: break
    case PICTURE_NOT_BUILT: throw .notBuilt(kind)
    case PICTURE_TOO_LARGE: throw .size(width: width, height: height, channels: channels)
    default:
      let text = withUnsafeBytes(of: decoded.message) { message in
        String(decoding: message.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw .broken(kind, text)
    }
    let shape = try Picture.shape(width: width, height: height, channels: channels)
    let samples = Array(UnsafeBufferPointer(start: decoded.samples, count: shape.count))
    self.init(shape, maximum: Int(decoded.maximum), samples: samples)
  }

  /// Whether the last channel is opacity: grey or colour have one or three without it.
  package var hasOpacity: Bool { shape.depth == 2 || shape.depth == 4 }

  /// The picture without its opacity channel.
  package func withoutOpacity() throws(PictureError) -> Picture {
    guard hasOpacity else { return self }
    let channels = shape.depth - 1
    let kept = try Picture.shape(width: shape.width, height: shape.height, channels: channels)
    let samples = samples.enumerated().filter { $0.offset % shape.depth < channels }
    return Picture(kept, maximum: maximum, samples: samples.map(\.element))
  }
}
