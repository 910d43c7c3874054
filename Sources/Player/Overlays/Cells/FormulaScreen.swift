import Canvas
import ConvolutionEngine
import Walkthrough

/// How large a layer is, by the formula.
struct FormulaScreen: OverlayContent {
  static let help = "sizes, with the formula"

  var overlay: Overlay { .formula(self) }

  func draw(on screen: inout Screen, _ view: View) { view.drawFormula(&screen) }
}

extension View {
  /// The layer's sizes: the formula with its numbers for both directions.
  fileprivate func drawFormula(_ screen: inout Screen) {
    screen.frame.put("How large is \(layer.name)?", 1, 0, .heading)
    var lines: [(String, Role)] = []
    if let windows = layer.windows {
      for axis in Axis.allCases {
        let formula = windows[axis].formula
        lines.append(("\(axis.size)", .heading))
        lines.append(("    \(formula.symbolic)", .plain))
        lines.append(("  = \(formula.substituted)", .plain))
        lines.append(("  = \(formula.result)", .current))
        if !formula.divides { lines.append(("    \(remainderText(formula))", .prose)) }
        lines.append(("", .plain))
      }
      lines.append(("unread    \(unreadText(windows))", .plain))
      lines.append((symbols(windows), .faint))
    } else {
      lines.append(("\(layer.input) in, \(layer.output) out.", .plain))
    }
    lines.append(("", .plain))
    let reason = layer.parameters == nil ? "the input's depth" : "the number of filters"
    lines.append(("depth       \(layer.output.depth): \(reason)", .plain))
    lines.append(("parameters  \(layer.groupedCountText)", .plain))
    lines.append(
      (
        "products    \(counted(layer.output.count, "cell")) · \(grouped(layer.productsPerCell)) "
          + "= \(grouped(layer.multiplyAdds))", .plain
      ))
    for (index, line) in lines.prefix(size.rows - 4).enumerated() {
      screen.put(line.0, 1, 2 + index, line.1, before: size.columns)
    }
  }

  /// What becomes of the columns or rows that the stride leaves over.
  private func remainderText(_ formula: PositionFormula) -> String {
    let window = formula.window
    let leaves = "The stride leaves \(formula.remainder) over: "
    guard window.rounding == .ceil else { return leaves + "no room for another window." }
    guard formula.dropped == 0 else {
      return leaves + "one more window would begin past the input, and is left out."
    }
    let last = window.start(of: window.positions - 1) + window.extent
    let over = last - window.input - window.paddingAfter
    return leaves + "one more window, which hangs over the edge by \(over)."
  }

  private func symbols(_ windows: Windows) -> String {
    windows.x.formula.isSimple
      ? "W width, H height, F filter, P padding, S stride"
      : "W width, H height, F filter, P₁ P₂ padding before and after, S stride, D dilation"
  }
}
