/// The size of a tensor: width × height × depth, in that order everywhere.
///
/// An RGB picture of CIFAR-10 is `32×32×3`. A flat vector of N numbers is `1×1×N`.
package struct Shape: Hashable, Sendable {
  package let width: Int
  package let height: Int
  package let depth: Int

  /// Tensors beyond this many numbers are refused; products of two such counts still fit `Int128`.
  package static let largestCount = 1 << 40
  /// A width or height beyond this is refused.
  package static let longestSide = 1 << 24

  /// - Throws: `ShapeError.size` for a side below 1, `.tooManyNumbers` beyond `largestCount`.
  package init(_ width: Int, _ height: Int, _ depth: Int) throws(ShapeError) {
    for (side, value) in [("width", width), ("height", height), ("depth", depth)] where value < 1 {
      throw .size(what: side, found: value)
    }
    guard width <= Shape.longestSide, height <= Shape.longestSide else {
      throw .tooManyNumbers("\(width)×\(height)×\(depth)")
    }
    let (plane, planeOverflows) = width.multipliedReportingOverflow(by: height)
    let (count, countOverflows) = plane.multipliedReportingOverflow(by: depth)
    guard !planeOverflows, !countOverflows, count <= Shape.largestCount else {
      throw .tooManyNumbers("\(width)×\(height)×\(depth)")
    }
    self.width = width
    self.height = height
    self.depth = depth
  }

  /// 1×1×1
  static let one = Shape()

  private init() {
    width = 1
    height = 1
    depth = 1
  }

  /// How many numbers a tensor of this shape holds.
  package var count: Int { width * height * depth }

  /// One depth slice's count of numbers: width × height.
  package var plane: Int { width * height }

  package var isFlat: Bool { width == 1 && height == 1 }

  package func length(_ axis: Axis) -> Int { axis == .x ? width : height }

  /// Where a cell stands in the walk's order: x fastest, then y, then depth (PyTorch's order).
  package func index(_ cell: Cell) -> Int {
    cell.x + width * (cell.y + height * cell.depth)
  }

  /// The cell at a place of the walk's order; the inverse of `index(_:)`.
  package func cell(at index: Int) -> Cell {
    Cell(index % width, index / width % height, index / plane)
  }

  package func contains(_ cell: Cell) -> Bool {
    (0..<width).contains(cell.x) && (0..<height).contains(cell.y)
      && (0..<depth).contains(cell.depth)
  }
}

extension Shape: CustomStringConvertible {
  package var description: String { "\(width)×\(height)×\(depth)" }
}

/// One number's place in a tensor, written `[x,y,depth]`: x along the width, y down, both from 0.
package struct Cell: Hashable, Sendable {
  package var x: Int
  package var y: Int
  package var depth: Int

  package init(_ x: Int, _ y: Int, _ depth: Int) {
    self.x = x
    self.y = y
    self.depth = depth
  }
}

extension Cell: CustomStringConvertible {
  package var description: String { "[\(x),\(y),\(depth)]" }
}
