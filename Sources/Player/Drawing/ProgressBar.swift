import Canvas
import ConvolutionEngine

/// How far it is with what is evaluated outside.
extension View {
  /// In place of a layer whose inputs are not evaluated.
  func drawAwaited(_ screen: inout Screen) {
    guard let evaluating = status.evaluating else {
      screen.put(
        "What \(layer.name) takes is not computed; \(key(.next)) computes it.", 1, 2, .message,
        before: size.columns)
      return
    }
    drawProgress(&screen, for: evaluating, row: 2)
  }

  /// `Computing for conv2  [#####···············]  25%  Esc cancels`
  func drawProgress(_ screen: inout Screen, for evaluating: Evaluating, row: Int) {
    let fraction = evaluating.fraction
    switch evaluating.goal {
    case .inputs(let layer):
      drawProgress(&screen, for: network.layers[layer].name, fraction, row: row)
    case .layer(let layer):
      drawProgress(&screen, "Computing", of: network.layers[layer].name, fraction, row: row)
    case .others where fraction != nil:
      drawProgress(&screen, "Computing", of: "all layers", fraction, row: row)
    case .others: break
    }
  }

  /// - Parameter fraction: 0 to 1; nil until it is known.
  func drawProgress(_ screen: inout Screen, for name: String, _ fraction: Double?, row: Int) {
    drawProgress(&screen, "Computing for", of: name, fraction, row: row)
  }

  private func drawProgress(
    _ screen: inout Screen, _ doing: String, of name: String, _ fraction: Double?, row: Int
  ) {
    let name = cut(name, to: 20)
    guard let fraction else {
      screen.put("\(doing) \(name) …", 1, row, .message, before: size.columns)
      return
    }
    let width = 20
    let share = min(max(fraction, 0), 1)
    let done = Int(share * Double(width))
    let bar = String(repeating: "#", count: done) + String(repeating: "·", count: width - done)
    screen.put(
      "\(doing) \(name)  [\(bar)]  \(Int(share * 100))%  \(key(.leave)) cancels", 1,
      row,
      .message, before: size.columns)
  }
}
