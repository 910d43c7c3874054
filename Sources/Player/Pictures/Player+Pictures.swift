import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// Where a picture comes from and how much room it has: what it is kept under.
struct PictureKey: Hashable, Sendable {
  /// The layer, from 0; −1 for the network's input.
  let layer: Int
  let depth: Int
  let columns: Int
  let rows: Int
}

/// A picture that was made, and what of.
struct KeptPicture: Sendable, Equatable {
  let tensor: Tensor
  let picture: MapPicture
}

extension Player {
  /// The picture of one depth; nil where its numbers are not computed.
  func picture(_ source: Source, depth: Int, room: Size) -> MapPicture? {
    guard let tensor = activations.tensor(of: source), room.columns > 0, room.rows > 0 else {
      return nil
    }
    let key = key(source, depth: depth, room: room)
    // Numbers that are the same storage compare at once.
    if let kept = pictures[key], kept.tensor == tensor { return kept.picture }
    return MapPicture(tensor, depth: depth, room: room)
  }

  private func key(_ source: Source, depth: Int, room: Size) -> PictureKey {
    let layer = if case .layer(let index) = source { index } else { -1 }
    return PictureKey(layer: layer, depth: depth, columns: room.columns, rows: room.rows)
  }

  /// Keeps the pictures that the screen shows, so that the next key press does not average a
  /// whole map again.
  mutating func rememberPictures() {
    var kept: [PictureKey: KeptPicture] = [:]
    for (source, depth, room) in shownPictures {
      guard let tensor = activations.tensor(of: source),
        let picture = picture(source, depth: depth, room: room)
      else { continue }
      kept[key(source, depth: depth, room: room)] = KeptPicture(tensor: tensor, picture: picture)
    }
    pictures = kept
  }

  private typealias Shown = (source: Source, depth: Int, room: Size)

  private var shownPictures: [Shown] {
    guard size.columns >= Player.smallest.columns, size.rows >= Player.smallest.rows else {
      return []
    }
    let source = layer.sources[0]
    switch overlay {
    case .overview:
      return [
        (source, overviewDepth, overviewRoom), (.layer(place.layer), step.map, overviewRoom),
      ]
    case .path: return [(.input, pathDepth, pathRoom)]
    case nil where isListShown: return []
    // Behind a line that is typed the walk is drawn too.
    default: return sideOverview.map { [($0.source, $0.depth, $0.room)] } ?? []
    }
  }

  /// The depth of the first input that the overview shows.
  var overviewDepth: Int { originOfFlat?.depth ?? min(shownDepth, layer.input.depth - 1) }

  /// Where a flattened cell came from.
  private var originOfFlat: Cell? {
    guard layer.form == .cellwise, layer.output.isFlat, !layer.input.isFlat, let cell = step.cell
    else { return nil }
    return layer.origin(of: cell)?.cell
  }

  /// The places of the first input under the current window; nil at a start or for all of it.
  var windowOnInput: (columns: Range<Int>, rows: Range<Int>)? {
    guard let cell = step.cell else { return nil }
    if let windows = layer.windows {
      func span(_ axis: WindowAxis, _ position: Int) -> Range<Int> {
        axis.start(of: position)..<axis.start(of: position) + axis.extent
      }
      return (span(windows.x, cell.x), span(windows.y, cell.y))
    }
    if let origin = originOfFlat {
      return (origin.x..<origin.x + 1, origin.y..<origin.y + 1)
    }
    guard layer.output == layer.input, !layer.input.isFlat else { return nil }
    return (cell.x..<cell.x + 1, cell.y..<cell.y + 1)
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
