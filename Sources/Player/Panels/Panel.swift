import Canvas
import Walkthrough

/// Something that a screen has to show besides, where there is room for it.
package struct Panel {
  package enum Name: Sendable, Equatable {
    case maps, terms, inputs, network, sizes, code
    case change
  }

  let name: Name
  /// What it may take, the largest first; the same in every step of a layer, so that nothing moves.
  let sizes: [Size]
  let draw: (inout Screen, Point, Size) -> Void

  /// Blanks around it: at both sides, above and below.
  private static let margin = Size(columns: 4, rows: 2)

  /// A panel as it stands on a screen.
  package struct Placed: Sendable, Equatable {
    package let name: Name
    /// The least that it takes, with the blanks around it.
    package let leastRoom: Size
    /// Where it stands, its upper left corner and what it takes; nil where it found no room.
    package let place: Place?
  }

  package struct Place: Sendable, Equatable {
    package let corner: Point
    package let size: Size

    package var columns: Range<Int> { corner.column..<corner.column + size.columns }
    package var rows: Range<Int> { corner.row..<corner.row + size.rows }
  }

  /// What a size takes with the blanks around it.
  fileprivate static func room(_ size: Size) -> Size {
    Size(columns: size.columns + margin.columns, rows: size.rows + margin.rows)
  }

  /// Lines under a title; longer ones are cut inside.
  init(_ name: Name, _ title: String, _ lines: [(text: String, role: Role)]) {
    let widest = ([title] + lines.map(\.text)).map(\.unicodeScalars.count).max() ?? 0
    self.init(
      name: name, sizes: [Size(columns: min(widest, Panel.widestText), rows: lines.count + 1)]
    ) { screen, corner, size in
      let all = [(text: title, role: Role.heading)] + lines
      for (row, line) in all.enumerated() {
        screen.frame.put(
          cutInside(line.text, to: size.columns), corner.column, corner.row + row, line.role)
      }
    }
  }

  init(name: Name, sizes: [Size], draw: @escaping (inout Screen, Point, Size) -> Void) {
    (self.name, self.sizes, self.draw) = (name, sizes, draw)
  }

  private static let widestText = 64
}

extension Screen {
  /// Draws as many panels as find room, the first ones first, each as large as it can be there.
  ///
  /// - Parameter rows: where they may stand.
  mutating func fill(with panels: [Panel], rows: Range<Int>) {
    guard !panels.isEmpty else { return }
    var spare = SpareRoom(self, rows: rows)
    for panel in panels {
      guard let least = panel.sizes.last else { continue }
      var place: Panel.Place?
      for size in panel.sizes {
        guard let found = spare.corner(of: Panel.room(size)) else { continue }
        // At the screen's edge it begins where all lines do.
        let corner = Point(
          column: found.column + (found.column == 0 ? 1 : 3), row: found.row + 1)
        let taken = Panel.Place(corner: corner, size: size)
        panel.draw(&self, corner, size)
        spare.take(columns: taken.columns, rows: taken.rows)
        place = taken
        break
      }
      self.panels.append(
        Panel.Placed(name: panel.name, leastRoom: Panel.room(least), place: place))
    }
  }
}
