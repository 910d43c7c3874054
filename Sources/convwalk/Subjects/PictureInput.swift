import ConvolutionEngine
import ExactNumbers
import TensorFiles

/// A picture as an input: whole numbers from 0 to its maximum, grey one depth, colour three.
struct PictureInput {
  let tensor: Tensor
  /// What of the picture is not in it.
  let notes: [String]

  /// Reads a picture; where a size is wanted, scales it until it covers that and cuts off evenly
  /// what sticks out.
  init(_ path: String, size: Shape?) throws(CommandFailure) {
    let bytes = try rethrowing(
      try FileContents.read(path, wanted: Picture.wanted), as: CommandFailure.file)
    var notes: [String] = []
    let picture = try rethrowing(as: { CommandFailure.picture(path: path, $0) }) {
      () throws(PictureError) in
      var picture = try Picture(bytes: bytes)
      if picture.hasOpacity {
        notes.append("\(path): the opacity channel is left out.")
        picture = try picture.withoutOpacity()
      }
      guard let size, size.depth == picture.shape.depth else { return picture }
      return try picture.resized(width: size.width, height: size.height)
    }
    guard size == nil || size == picture.shape else {
      throw .pictureDepth(path: path, found: picture.shape.depth, wanted: size?.depth ?? 0)
    }
    tensor = picture.tensor
    self.notes = notes
  }
}
