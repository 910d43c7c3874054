import ConvolutionEngine
import ExactNumbers
import Walkthrough

/// Grids of numbers that belong to a question.
extension Draft {
  /// The input, a grid a depth.
  var inputGrids: [[String]] {
    guard let input else { return [] }
    let shape = input.shape
    return (0..<shape.depth).map { depth in
      grid(shape.depth == 1 ? "X" : "X depth \(depth)", shape) { input[Cell($0, $1, depth)] }
    }
  }

  /// The first filter of the only layer, a grid a depth; none where it has no weights.
  var filterGrids: [[String]] {
    guard let parameters = layer.parameters else { return [] }
    let shape = parameters.filter
    return (0..<shape.depth).map { depth in
      grid(shape.depth == 1 ? "Ker" : "Ker depth \(depth)", shape) {
        parameters.weight(0, Cell($0, $1, depth))
      }
    }
  }

  /// Grids side by side.
  func beside(_ blocks: [[String]]) -> [String] {
    let rows = blocks.map(\.count).max() ?? 0
    return (0..<rows).map { row in
      var line = blocks.map { block in
        leading(block.indices.contains(row) ? block[row] : "", to: block[0].unicodeScalars.count)
      }.joined(separator: "   ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// Numbers under their columns, beside their rows; all lines are as long.
  private func grid(
    _ title: String, _ shape: Shape, _ number: (_ x: Int, _ y: Int) -> Number
  ) -> [String] {
    let (columns, rows) = (0..<shape.width, 0..<shape.height)
    let header = "   " + columns.map { padded("\($0)", to: 3) }.joined()
    let body = rows.map { y in
      padded("\(y)", to: 2) + " " + columns.map { padded(number($0, y).text, to: 3) }.joined()
    }
    return ([title, header] + body).map { leading($0, to: header.count) }
  }
}
