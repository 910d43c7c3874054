import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// A picture that a screen draws.
struct PictureWish: Sendable, Hashable {
  let source: Source
  let depth: Int
  let room: Size

  init(_ source: Source, depth: Int, room: Size) {
    self.source = source
    self.depth = depth
    self.room = room
  }
}

/// A picture that was made, and what of.
struct KeptPicture: Sendable, Equatable {
  let tensor: Tensor
  let picture: MapPicture
}

extension View {
  /// The picture of one depth; nil until its numbers are computed and it is made.
  func picture(_ source: Source, depth: Int, room: Size) -> MapPicture? {
    guard let kept = shown.pictures[PictureWish(source, depth: depth, room: room)] else {
      return nil
    }
    // Numbers that are the same storage compare at once.
    return kept.tensor == activations.tensor(of: source) ? kept.picture : nil
  }

  /// The picture beside the walk's grids, if there is one.
  var picturesOfWalk: [PictureWish] {
    sideOverview.map { [PictureWish($0.source, depth: $0.depth, room: $0.room)] } ?? []
  }

  /// The tones of a scale from its low end, with what they mean at both ends.
  func drawScale(_ screen: inout Screen, _ picture: MapPicture, _ column: Int, _ row: Int, end: Int)
  {
    let reach = picture.high < picture.low.negatedMagnitude ? picture.low : picture.high
    let magnitude = reach.magnitudeText
    let isDiverging = picture.scale == .diverging
    let first = isDiverging ? "−\(magnitude)" : picture.low.text
    let tones = Tone.all(picture.scale)
    let last = isDiverging ? magnitude : picture.high.text
    guard column + first.unicodeScalars.count + tones.count + last.unicodeScalars.count + 2 <= end
    else { return }
    var column = screen.frame.put(first + " ", column, row, .faint)
    for tone in tones {
      screen.frame.put(tone, over: tone, column, row)
      column += 1
    }
    screen.frame.put(" " + last, column, row, .faint)
  }
}

extension Number {
  /// What its opposite is compared with: for −37 that is 37.
  fileprivate var negatedMagnitude: Number {
    guard isNegative else { return self }
    switch self {
    case .ratio(let ratio): return Number(-ratio.numerator, over: ratio.denominator)
    case .float32(let value), .rounded(let value): return .float32(-value)
    case .unrounded: return .float32(Float(-nearestDouble))
    }
  }
}
