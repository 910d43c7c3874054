import Canvas
import ConvolutionEngine
import ExactNumbers

/// One depth of a tensor as a picture that fits a part of the screen.
///
/// A map larger than the room is averaged over boxes of `box`×`box` numbers, a smaller one drawn
/// `zoom` times as large. A column of the screen is one point wide and two points high.
struct MapPicture: Sendable, Equatable {
  let layout: PictureLayout
  /// The least and the greatest number of the map, not of the averages; nil where nobody asked.
  private let range: NumberRange?
  let scale: ToneScale
  /// What each box averages to, row by row, for other scales; nil behind the last number of a flat tensor,
  /// and none where colours are mixed.
  private let averages: [Double?]
  /// One a box.
  private let tones: [Tone?]

  /// - Parameters:
  ///   - depth: which map; a flat tensor is shown whole, its numbers in rows.
  ///   - room: the columns and rows of the screen that it may take, above 0.
  ///   - scale: what its tones stand for; its own least and greatest number unless it is given.
  ///   - hasRange: whether these are found where a scale is given.
  init(
    _ tensor: Tensor, depth: Int, room: Size, scale: ToneScale? = nil, hasRange: Bool = true
  ) {
    let shape = tensor.shape
    layout = PictureLayout(of: shape, room: room)
    let start = shape.isFlat ? 0 : shape.plane * depth
    let places = start..<start + (shape.isFlat ? shape.depth : shape.plane)
    let own: ToneScale
    if let scale, !hasRange {
      (own, range) = (scale, nil)
    } else {
      let extremes = tensor.result(of: Extremes(places: places))
      range = NumberRange(low: extremes.low, high: extremes.high)
      own = scale ?? ToneScale(from: extremes.low, to: extremes.high)
    }
    self.scale = own
    averages = tensor.result(
      of: BoxAverages(
        places: places, width: layout.width, box: layout.box, across: layout.across,
        down: layout.down))
    tones = averages.map { $0.map(own.tone) }
  }

  /// The same map on another scale.
  init(_ picture: MapPicture, on scale: ToneScale) {
    (layout, range, averages) = (picture.layout, picture.range, picture.averages)
    self.scale = scale
    tones = averages.map { $0.map(scale.tone) }
  }

  /// All three depths of a colour picture as the colours that they mix to.
  init(mixing tensor: Tensor, room: Size) {
    let shape = tensor.shape
    let layout = PictureLayout(of: shape, room: room)
    self.layout = layout
    let extremes = tensor.result(of: Extremes(places: 0..<shape.count))
    let high = extremes.high
    range = NumberRange(low: extremes.low, high: high)
    scale = ToneScale(from: .zero, to: high)
    averages = []
    let lights = (0..<3).map { depth in
      tensor.result(
        of: BoxAverages(
          places: depth * shape.plane..<(depth + 1) * shape.plane, width: layout.width,
          box: layout.box, across: layout.across, down: layout.down))
    }
    let most = max(high.nearestDouble, .leastNonzeroMagnitude)
    tones = lights[0].indices.map { place in
      guard let red = lights[0][place], let green = lights[1][place], let blue = lights[2][place]
      else { return nil }
      return Tone(red: red / most, green: green / most, blue: blue / most)
    }
  }

  /// The picture that is wished for.
  ///
  /// - Parameter known: the same on another scale, where it was made.
  init(_ wish: PictureWish, of tensor: Tensor, _ sheet: Sheet?, knowing known: MapPicture? = nil) {
    if wish.colours == .mixed {
      self.init(mixing: tensor, room: wish.room)
      return
    }
    var scale = sheet?.scale
    if wish.colours == .own {
      scale = (scale ?? ToneScale(tensor, .linear)).lit(Light(rawValue: wish.depth))
    }
    if let known, let scale {
      self.init(known, on: scale)
    } else {
      self.init(
        tensor, depth: wish.depth, room: wish.room, scale: scale, hasRange: wish.hasRange)
    }
  }

  var size: Size { layout.size }
  var box: Int { layout.box }

  /// What one point stands for, in words; empty where it is one number.
  var boxText: String { box == 1 ? "" : "a point averages \(box)×\(box)" }

  /// `0 to 9`, exact or with `≈`; where that finds no room, each rounded so that both do; empty where
  /// nobody asked for it.
  func rangeText(fitting width: Int) -> String {
    guard let range else { return "" }
    let (low, high) = (range.low, range.high)
    let text = low == high ? "all \(low.text)" : "\(low.text) to \(high.text)"
    guard text.unicodeScalars.count > width else { return text }
    return low == high
      ? "all \(low.text(fitting: width - 4))"
      : "\(low.text(fitting: (width - 4) / 2)) to \(high.text(fitting: (width - 4) / 2))"
  }

  /// Draws it.
  ///
  /// - Parameters:
  ///   - hidden: a number that is asked for, in place of whose point stands `?`.
  ///   - isMade: whether a number is there yet, in whose place `·` stands else; its depth is 0.
  func draw(
    on screen: inout Screen, _ column: Int, _ row: Int, hiding hidden: Cell? = nil,
    isMade: (Cell) -> Bool = { _ in true }
  ) {
    let (zoom, across, down) = (layout.zoom, layout.across, layout.down)
    for line in 0..<size.rows {
      let (first, second) = (2 * line / zoom, min((2 * line + 1) / zoom, down - 1))
      for place in 0..<size.columns {
        let box = place / zoom
        guard let upper = tones[first * across + box] else { continue }
        guard isMade(layout.cell(at: Point(column: place, row: line))) else {
          screen.frame.put("·", column + place, row + line, .unknown)
          continue
        }
        if let hidden, layout.shows(hidden, at: Point(column: place, row: line)) {
          screen.frame.put("?", column + place, row + line, .current)
          continue
        }
        let lower = tones[second * across + box] ?? upper
        screen.frame.put(upper, over: lower, column + place, row + line)
      }
    }
  }

  /// Brackets around a part of the map, one at each end of every row; the column before the
  /// picture and the one after it must be free.
  func mark(
    columns: Range<Int>, rows: Range<Int>, on screen: inout Screen, _ column: Int, _ row: Int
  ) {
    let columns = columns.clamped(to: 0..<layout.width)
    let rows = rows.clamped(to: 0..<layout.height)
    guard !columns.isEmpty, !rows.isEmpty else { return }
    let (box, zoom) = (layout.box, layout.zoom)
    let left = columns.lowerBound / box * zoom
    let right = quotient(columns.upperBound, box) * zoom
    let top = rows.lowerBound / box * zoom / 2
    let bottom = quotient(quotient(rows.upperBound, box) * zoom, 2)
    for line in top..<bottom {
      screen.frame.put("[", column + left - 1, row + line, .current)
      screen.frame.put("]", column + right, row + line, .current)
    }
  }
}

private struct NumberRange: Equatable {
  let low: Number
  let high: Number
}

/// How a map lies in a picture.
struct PictureLayout: Sendable, Equatable {
  /// The numbers' own extent.
  let width: Int
  let height: Int
  let box: Int
  let zoom: Int
  /// Boxes along both sides.
  let across: Int
  let down: Int

  /// - Parameter room: the columns and rows of the screen that the picture may take.
  init(of shape: Shape, room: Size) {
    let (columns, points) = (max(1, room.columns), 2 * max(1, room.rows))
    width = shape.isFlat ? min(shape.depth, columns) : shape.width
    height = shape.isFlat ? quotient(shape.depth, width) : shape.height
    box = max(1, quotient(width, columns), quotient(height, points))
    across = quotient(width, box)
    down = quotient(height, box)
    zoom = max(1, min(columns / across, points / down))
  }

  /// The columns and rows of the screen that it takes.
  var size: Size { Size(columns: across * zoom, rows: (down * zoom + 1) / 2) }

  /// Whether a place of the screen, from the picture's corner, shows a number.
  func shows(_ cell: Cell, at point: Point) -> Bool {
    let points = [2 * point.row, 2 * point.row + 1].map { $0 / zoom }
    return point.column / zoom == cell.x / box && points.contains(cell.y / box)
  }

  /// The number in the middle of what a place of the screen, from the picture's corner, shows.
  func cell(at point: Point) -> Cell {
    let half = (box - 1) / 2
    return Cell(
      min(point.column / zoom * box + half, width - 1),
      min(2 * point.row / zoom * box + half, height - 1), 0)
  }
}

/// Rounded up.
private func quotient(_ count: Int, _ size: Int) -> Int { (count + size - 1) / size }
