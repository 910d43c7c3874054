import ConvolutionEngine
import ExactNumbers

extension PictureError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notBuilt(let kind):
      return
        "this is a \(kind.rawValue) picture, which this build does not read; convert it to PPM, "
        + "or build with --traits PNGAndJPEG (it needs libpng and libjpeg)."
    case .broken(let kind, let text):
      return "this \(kind.rawValue) picture is damaged\(text.isEmpty ? "" : " (\(text))"); "
        + saveAgain
    case .unknownKind:
      return "this is no picture of a known kind, expected PBM, PGM, PPM or PAM (P1 to P7); "
        + "convert it, for example with ImageMagick."
    case .notNumber(let field, let found):
      return "the picture's \(field.rawValue) is \(found.excerpt), expected a whole number; "
        + saveAgain
    case .beyond(let field, let found):
      return "the picture's \(field.rawValue) is \(found), expected 1 to \(field.largest); "
        + saveAgain
    case .missing(let field):
      return "the picture's header has no \(field.rawValue); \(saveAgain)"
    case .headerLine(let line):
      return "the picture's header has the line \(line.excerpt), expected WIDTH, HEIGHT, DEPTH, "
        + "MAXVAL, TUPLTYPE or ENDHDR; \(saveAgain)"
    case .lineEnds:
      return "the picture's header ends in CR LF, so that its first sample is a line feed or none; "
        + "end the header's lines in LF alone."
    case .maximum(let found):
      return "the picture's maximum sample is \(found), expected 1 to 65535; \(saveAgain)"
    case .size(let width, let height, let channels):
      return
        "a picture of \(width)×\(height) pixels with \(channels) channel\(channels == 1 ? "" : "s") is not possible; "
        + "a side may be 1 to \(Picture.longestSide), all of it "
        + "\(Tensor.largestCount) samples at most."
    case .truncated(let expected, let found):
      return "the picture needs \(expected) samples, found \(found); "
        + "the file was cut short, \(saveAgain)"
    case .notSample(let x, let y, let found):
      return "the sample at column \(x), row \(y) is \(found.excerpt), expected a whole number; "
        + saveAgain
    case .sampleBeyondMaximum(let x, let y, let found, let maximum):
      return "the sample at column \(x), row \(y) is \(found), more than the picture's maximum "
        + "of \(maximum); \(saveAgain)"
    }
  }

  private var saveAgain: String { "save the picture again." }
}

extension PictureError.Field {
  fileprivate var largest: Int {
    switch self {
    case .width, .height: Picture.longestSide
    case .depth: Tensor.largestCount
    case .maximum: 65535
    }
  }
}
