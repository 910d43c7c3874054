import ConvolutionEngine
import ExactNumbers

/// A tensor as text: each depth as a grid, a row being one y; numbers exact, with the ASCII minus.
package struct TensorText: Sendable {
  private let name: String
  private let tensor: Tensor

  package init(_ tensor: Tensor, named name: String) {
    self.tensor = tensor
    self.name = name
  }

  /// Hands over one line at a time, so that nothing of the text is kept.
  package func forEachLine<Failure>(
    _ body: (String) throws(Failure) -> Void
  ) throws(Failure) {
    let shape = tensor.shape
    try body("\(name) \(shape)")
    let width = columnWidth
    guard !shape.isFlat else {
      let indexWidth = String(shape.depth - 1).count
      for depth in 0..<shape.depth {
        let index = padded("\(depth)", to: indexWidth)
        try body("  [\(index)]  \(padded(text(Cell(0, 0, depth)), to: width))")
      }
      return
    }
    for depth in 0..<shape.depth {
      try body("\(name)[:,:,\(depth)]")
      for y in 0..<shape.height {
        let cells = (0..<shape.width).map { padded(text(Cell($0, y, depth)), to: width) }
        try body("  " + cells.joined(separator: " "))
      }
    }
  }

  private func text(_ cell: Cell) -> String { tensor[cell].asciiText }

  /// Of the whole tensor, so that all grids line up.
  private var columnWidth: Int { tensor.widestText() }
}

extension Tensor {
  /// The width of the widest number's text; looks no further once it has found `limit`.
  package func widestText(atMost limit: Int = .max) -> Int {
    if let numerators, denominator == 1 {
      let bounds = numerators.bounds
      return min(limit, max(String(bounds.lowerBound).count, String(bounds.upperBound).count))
    }
    var widest = 1
    for index in 0..<shape.count where widest < limit {
      widest = max(widest, self[index].text.unicodeScalars.count)
    }
    return min(widest, limit)
  }
}
