import ConvolutionEngine
import TensorFiles

/// A picture as an input: whole numbers from 0 to its maximum, grey one depth, colour three.
struct PictureInput {
  let tensor: Tensor
  /// What of the picture is not in it.
  let notes: [String]

  /// Reads a picture; where a size is wanted, scales it until it covers that and cuts off evenly
  /// what sticks out.
  init(_ path: String, size: Shape?) throws(CommandFailure) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileContents.read(path, wanted: Picture.wanted)
    } catch {
      throw .file(error)
    }
    var picture: Picture
    var notes: [String] = []
    do throws(PictureError) {
      picture = try Picture(bytes: bytes)
      if picture.hasOpacity {
        notes.append("\(path): the opacity channel is left out.")
        picture = try picture.withoutOpacity()
      }
      if let size, size.depth == picture.shape.depth {
        picture = try picture.resized(width: size.width, height: size.height)
      }
    } catch {
      throw .picture(path: path, error)
    }
    guard size == nil || size == picture.shape else {
      throw .pictureDepth(path: path, found: picture.shape.depth, wanted: size?.depth ?? 0)
    }
    tensor = picture.tensor
    self.notes = notes
  }
}
