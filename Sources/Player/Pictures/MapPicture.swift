import Canvas
import ConvolutionEngine
import ExactNumbers

/// One depth of a tensor as a picture that fits a part of the screen.
///
/// A map larger than the room is averaged over boxes of `box`×`box` numbers, a smaller one drawn
/// `zoom` times as large. A column of the screen is one point wide and two points high.
struct MapPicture: Sendable, Equatable {
  /// The numbers' own extent.
  let width: Int
  let height: Int
  let box: Int
  let zoom: Int
  /// The least and the greatest number of the map, not of the averages.
  let low: Number
  let high: Number
  let scale: Tone.Scale
  /// One a box, row by row; nil behind the last number of a flat tensor.
  private let tones: [Tone?]
  private let boxesAcross: Int
  private let boxesDown: Int

  /// - Parameters:
  ///   - depth: which map; a flat tensor is shown whole, its numbers in rows.
  ///   - room: the columns and rows of the screen that it may take, above 0.
  init(_ tensor: Tensor, depth: Int, room: Size) {
    let shape = tensor.shape
    let isFlat = shape.isFlat
    let count = isFlat ? shape.depth : shape.plane
    let width = isFlat ? min(shape.depth, max(1, room.columns)) : shape.width
    let height = (count + width - 1) / width
    let points = 2 * max(1, room.rows)
    let box = max(1, Self.quotient(width, max(1, room.columns)), Self.quotient(height, points))
    (self.width, self.height, self.box) = (width, height, box)
    boxesAcross = Self.quotient(width, box)
    boxesDown = Self.quotient(height, box)
    zoom = max(1, min(room.columns / boxesAcross, points / boxesDown))
    let start = isFlat ? 0 : shape.plane * depth
    (low, high) = tensor.bounds(start..<start + count)
    scale = low.isNegative ? .diverging : .grey
    let averages = tensor.averages(
      start..<start + count, width: width, box: box, across: boxesAcross, down: boxesDown)
    let (least, most) = (low.nearestDouble, high.nearestDouble)
    let reach = max(abs(least), abs(most))
    tones = averages.map { [scale] average in
      average.map { average in
        switch scale {
        case .diverging: Tone(reach == 0 ? 0 : average / reach, scale)
        case .grey: Tone(most > least ? (average - least) / (most - least) : 0.5, scale)
        }
      }
    }
  }

  /// Rounded up.
  private static func quotient(_ count: Int, _ size: Int) -> Int { (count + size - 1) / size }

  /// The columns and rows of the screen that it takes.
  var size: Size { Size(columns: boxesAcross * zoom, rows: (boxesDown * zoom + 1) / 2) }

  /// What one point stands for, in words; empty where it is one number.
  var boxText: String { box == 1 ? "" : "a point averages \(box)×\(box)" }

  /// `0 to 9`, exact or with `≈`.
  var rangeText: String {
    low == high ? "all \(low.text)" : "\(low.text) to \(high.text)"
  }

  /// Draws it; points of which `isKnown` says no are `·`.
  func draw(
    on screen: inout Screen, _ column: Int, _ row: Int, isKnown: (_ lastCell: Cell) -> Bool
  ) {
    for line in 0..<size.rows {
      let (first, second) = (2 * line / zoom, min((2 * line + 1) / zoom, boxesDown - 1))
      for place in 0..<size.columns {
        let across = place / zoom
        guard let upper = tones[first * boxesAcross + across] else { continue }
        guard isKnown(lastCell(across, second)) else {
          screen.frame.put("·", column + place, row + line, .unknown)
          continue
        }
        let lower = tones[second * boxesAcross + across] ?? upper
        screen.frame.put(upper, over: lower, column + place, row + line)
      }
    }
  }

  /// The last number, in the walk's order, of a box.
  private func lastCell(_ across: Int, _ down: Int) -> Cell {
    Cell(min((across + 1) * box, width) - 1, min((down + 1) * box, height) - 1, 0)
  }

  /// Brackets around a part of the map, one at each end of every row; the column before the
  /// picture and the one after it must be free.
  func mark(
    columns: Range<Int>, rows: Range<Int>, on screen: inout Screen, _ column: Int, _ row: Int
  ) {
    let columns = columns.clamped(to: 0..<width)
    let rows = rows.clamped(to: 0..<height)
    guard !columns.isEmpty, !rows.isEmpty else { return }
    let left = columns.lowerBound / box * zoom
    let right = Self.quotient(columns.upperBound, box) * zoom
    let top = rows.lowerBound / box * zoom / 2
    let bottom = Self.quotient(Self.quotient(rows.upperBound, box) * zoom, 2)
    for line in top..<bottom {
      screen.frame.put("[", column + left - 1, row + line, .current)
      screen.frame.put("]", column + right, row + line, .current)
    }
  }
}

extension Tensor {
  fileprivate func bounds(_ places: Range<Int>) -> (low: Number, high: Number) {
    func least<T: Comparable>(_ numbers: [T], _ number: (T) -> Number) -> (Number, Number) {
      var (low, high) = (numbers[places.lowerBound], numbers[places.lowerBound])
      for place in places {
        low = min(low, numbers[place])
        high = max(high, numbers[place])
      }
      return (number(low), number(high))
    }
    switch storage {
    case .exact(.int8(let numbers), let over):
      return least(numbers) { Number(Int128($0), over: over) }
    case .exact(.int16(let numbers), let over):
      return least(numbers) { Number(Int128($0), over: over) }
    case .exact(.int32(let numbers), let over):
      return least(numbers) { Number(Int128($0), over: over) }
    case .exact(.int64(let numbers), let over):
      return least(numbers) { Number(Int128($0), over: over) }
    case .exact(.int128(let numbers), let over): return least(numbers) { Number($0, over: over) }
    case .float32(let numbers, let isRounded):
      return least(numbers) { isRounded ? .rounded($0) : .float32($0) }
    }
  }

  /// The average of each box of numbers, near enough for a shade; nil for a box without numbers.
  fileprivate func averages(
    _ places: Range<Int>, width: Int, box: Int, across: Int, down: Int
  ) -> [Double?] {
    let over = Double(denominator)
    func of<T>(_ numbers: [T], _ double: (T) -> Double) -> [Double?] {
      var sums = [Double](repeating: 0, count: across * down)
      var counts = [Int](repeating: 0, count: across * down)
      for (line, start) in stride(from: places.lowerBound, to: places.upperBound, by: width)
        .enumerated()
      {
        let end = min(start + width, places.upperBound)
        var target = line / box * across
        for first in stride(from: start, to: end, by: box) {
          let last = min(first + box, end)
          for place in first..<last { sums[target] += double(numbers[place]) }
          counts[target] += last - first
          target += 1
        }
      }
      return zip(sums, counts).map { $1 == 0 ? nil : $0 / over / Double($1) }
    }
    switch storage {
    case .exact(.int8(let numbers), _): return of(numbers, Double.init)
    case .exact(.int16(let numbers), _): return of(numbers, Double.init)
    case .exact(.int32(let numbers), _): return of(numbers, Double.init)
    case .exact(.int64(let numbers), _): return of(numbers, Double.init)
    case .exact(.int128(let numbers), _): return of(numbers, Double.init)
    case .float32(let numbers, _): return of(numbers, Double.init)
    }
  }
}
