import ConvolutionEngine
import Walkthrough

/// Where the current cell comes from.
extension ShowsWalk {
  /// The input, and the cell of it, that the current cell comes from in a layer without windows.
  var originShown: (input: Int, cell: Cell?) {
    let wanted = step.cell ?? (place.grain == .map ? Cell(0, 0, step.map) : nil)
    // Kinds that mix what stands around a cell change the one that stands at its own place.
    if layer.form == .cellwise, layer.windows == nil, layer.output == layer.input, let wanted {
      return (0, wanted)
    }
    guard layer.windows == nil, let wanted, let origin = layer.origin(of: wanted) else {
      return (0, nil)
    }
    return origin
  }

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
}
