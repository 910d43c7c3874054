/// Why a picture is not taken. The wording is in `PictureError+Description.swift`.
package enum PictureError: Error, Sendable, Equatable {
  package enum Field: String, Sendable {
    case width, height, depth
    case maximum = "maximum sample"
  }

  package enum Kind: String, Sendable {
    case png = "PNG"
    case jpeg = "JPEG"
  }

  /// A kind that this build does not read.
  case notBuilt(Kind)
  /// What the library for that kind says of the file; may be empty.
  case broken(Kind, String)
  /// Not of a kind that is read.
  case unknownKind
  case notNumber(Field, found: String)
  /// A number of the header that is more than anything here may be.
  case beyond(Field, found: String)
  case missing(Field)
  /// A header line of a PAM file that the format does not have.
  case headerLine(String)
  case maximum(Int)
  /// The header ends in a carriage return and a line feed, of which the format takes one for a
  /// sample.
  case lineEnds
  case size(width: Int, height: Int, channels: Int)
  /// The file ends before its pixels do; counted in samples.
  case truncated(expected: Int, found: Int)
  case notSample(x: Int, y: Int, found: String)
  case sampleBeyondMaximum(x: Int, y: Int, found: String, maximum: Int)
}
