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
  /// That of all maps of the source; nil where the map has a scale of its own.
  let curve: ToneScale.Curve?
  /// How a colour picture is shown: all three depths as the colours that they are, one in its own
  /// light; nil: in tones that say no more than the numbers.
  let colours: Colours?
  /// Whether the map's own least and greatest number are told beside it.
  let hasRange: Bool

  enum Colours: Sendable, Hashable {
    case mixed
    case own
  }

  init(
    _ source: Source, depth: Int, room: Size, _ curve: ToneScale.Curve? = nil,
    _ colours: Colours? = nil, hasRange: Bool = true
  ) {
    self.source = source
    self.depth = depth
    self.room = room
    self.curve = curve
    self.colours = colours
    self.hasRange = hasRange
  }

  /// What is measured for it.
  var sheet: SheetWish? { curve.map { SheetWish(source: source, curve: $0) } }

  /// The same picture by other curves.
  var others: [PictureWish] {
    guard let curve else { return [] }
    return ToneScale.Curve.allCases.filter { $0 != curve }.map {
      PictureWish(source, depth: depth, room: room, $0, colours, hasRange: hasRange)
    }
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
    picture(PictureWish(source, depth: depth, room: room))
  }

  func picture(_ wish: PictureWish) -> MapPicture? {
    guard let kept = shown.pictures[wish] else { return nil }
    // Numbers that are the same storage compare at once.
    return kept.tensor == activations.tensor(of: wish.source) ? kept.picture : nil
  }

  /// How the input is shown where all of its depths are meant.
  var mixedColours: PictureWish.Colours? { shown.isInputInColour ? .mixed : nil }

  /// The pictures beside the walk's grids and under them.
  var picturesOfWalk: [PictureWish] {
    (sideOverview.map { [PictureWish($0.source, depth: $0.depth, room: $0.room)] } ?? [])
      + panelPictures
  }

  /// The tones of a scale from its low end, with what they mean at both ends; returns the column
  /// behind it.
  @discardableResult
  func drawScale(
    _ screen: inout Screen, _ scale: ToneScale, _ column: Int, _ row: Int, end: Int
  ) -> Int {
    let (first, last) = scale.ends
    let tones = scale.examples
    guard column + first.unicodeScalars.count + tones.count + last.unicodeScalars.count + 2 <= end
    else { return column }
    var column = screen.frame.put(first + " ", column, row, .faint)
    for tone in tones {
      screen.frame.put(tone, over: tone, column, row)
      column += 1
    }
    return screen.frame.put(" " + last, column, row, .faint)
  }
}
