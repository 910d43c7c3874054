import Canvas
import ConvolutionEngine
import Walkthrough

/// Some maps of a tensor side by side, as small pictures on one scale.
struct MapSheet {
  let source: Source
  let shape: Shape
  let colours: PictureWish.Colours?
  /// A map that is shown, whatever room there is.
  let current: Int
  /// The room of one picture.
  private let room: Size
  /// A picture with its number above it and the columns for marks beside it.
  private let pitch: Size

  /// How many stand side by side and one under another, the most first.
  let arrangements: [Size]

  /// Nil where a picture would say nothing.
  ///
  /// - Parameter screen: larger ones have larger pictures.
  init?(
    _ source: Source, _ shape: Shape, colours: PictureWish.Colours?, around current: Int,
    on screen: Size
  ) {
    guard !shape.isFlat, max(shape.width, shape.height) > 2 else { return nil }
    (self.source, self.shape, self.colours, self.current) = (source, shape, colours, current)
    let rows = min(max(MapSheet.leastRows, screen.rows / 5), MapSheet.mostRows)
    // A cell of a small map need not be larger than a number.
    room = Size(columns: min(2 * rows, 4 * shape.width), rows: min(rows, 2 * shape.height))
    let picture = PictureLayout(of: shape, room: room).size
    pitch = Size(columns: max(picture.columns, 5) + 2, rows: picture.rows + 1)
    let most = [Size(columns: 8, rows: 2), Size(columns: 6, rows: 2), Size(columns: 4, rows: 2)]
    let fewer = [8, 6, 4, 2, 1].map { Size(columns: $0, rows: 1) }
    var found: [Size] = []
    for wanted in most + fewer {
      let across = min(wanted.columns, shape.depth)
      let down = min(wanted.rows, (shape.depth + across - 1) / across)
      let arrangement = Size(columns: across, rows: down)
      if !found.contains(arrangement) { found.append(arrangement) }
    }
    arrangements = found
  }

  private static let leastRows = 8
  private static let mostRows = 14
  /// The title and the scale.
  private static let headRows = 2
  private static let leastColumns = 42

  func size(_ arrangement: Size) -> Size {
    Size(
      columns: max(arrangement.columns * pitch.columns, MapSheet.leastColumns),
      rows: MapSheet.headRows + arrangement.rows * pitch.rows)
  }

  /// The maps that are shown, around the current one.
  func depths(_ arrangement: Size) -> Range<Int> {
    let count = min(shape.depth, arrangement.columns * arrangement.rows)
    let first = min(max(0, current - count / 2), shape.depth - count)
    return first..<first + count
  }

  func wish(_ depth: Int) -> PictureWish {
    PictureWish(source, depth: depth, room: room, .linear, colours, hasRange: false)
  }

  /// Where a map's number stands, from the panel's corner.
  func corner(_ number: Int, _ arrangement: Size) -> Point {
    Point(
      column: number % arrangement.columns * pitch.columns,
      row: MapSheet.headRows + number / arrangement.columns * pitch.rows)
  }
}

extension View {
  /// Maps as pictures, with a place of some of them in brackets.
  ///
  /// - Parameter isMade: whether a number of a map is there yet.
  func panel(
    _ name: Panel.Name, _ sheet: MapSheet, mark: NumberGrid.Region?, in marked: [Int],
    isMade: @escaping (Cell) -> Bool
  ) -> Panel {
    Panel(name: name, sizes: sheet.arrangements.map(sheet.size)) { screen, corner, size in
      guard let arrangement = sheet.arrangements.first(where: { sheet.size($0) == size }) else {
        return
      }
      let depths = sheet.depths(arrangement)
      drawTitle(&screen, of: sheet, depths, corner, end: corner.column + size.columns)
      for (number, depth) in depths.enumerated() {
        let offset = sheet.corner(number, arrangement)
        let (column, row) = (corner.column + offset.column, corner.row + offset.row)
        let isCurrent = depth == sheet.current
        screen.frame.put(
          isCurrent ? "[\(depth)]" : " \(depth)", column, row, isCurrent ? .current : .faint)
        guard let picture = picture(sheet.wish(depth)) else { continue }
        picture.draw(on: &screen, column + 1, row + 1) { isMade(Cell($0.x, $0.y, depth)) }
        guard let mark, marked.contains(depth) else { continue }
        picture.mark(
          columns: mark.columns, rows: mark.rows, on: &screen, column + 1, row + 1)
      }
    }
  }

  /// `X: 2 of 4 maps on one scale`, and under it the scale.
  private func drawTitle(
    _ screen: inout Screen, of sheet: MapSheet, _ depths: Range<Int>, _ corner: Point, end: Int
  ) {
    let (count, all) = (depths.count, counted(sheet.shape.depth, "map"))
    let some = count < sheet.shape.depth ? "\(count) of \(all)" : all
    screen.put(
      "\(network.name(of: sheet.source)): \(some) on one scale", corner.column, corner.row,
      .heading,
      before: end)
    guard let scale = sheet.wish(depths.lowerBound).sheet.flatMap({ shown.sheets[$0]?.scale })
    else { return }
    drawScale(&screen, scale, corner.column, corner.row + 1, end: end)
  }
}
