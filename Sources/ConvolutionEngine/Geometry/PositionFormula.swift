import ExactNumbers

/// The formula for the number of windows along one axis, as a value: its symbols, its numbers,
/// its remainder and its result.
///
/// The general form is (W + P₁ + P₂ − D·(F − 1) − 1)/S + 1 (PyTorch's `Conv2d`); where both sides
/// are padded alike and nothing is dilated it says the same as CS231n's (W − F + 2P)/S + 1, and
/// is shown so.
package struct PositionFormula: Sendable, Hashable {
  package let window: WindowAxis

  package init(_ window: WindowAxis) {
    self.window = window
  }

  /// Whether (W − F + 2P)/S + 1 says the same.
  package var isSimple: Bool {
    window.dilation == 1 && window.paddingBefore == window.paddingAfter
  }

  private var letter: String { window.axis == .x ? "W" : "H" }

  /// `(W − F + 2P)/S + 1`, or the general form; `H` for rows.
  package var symbolic: String {
    isSimple ? "(\(letter) − F + 2P)/S + 1" : "(\(letter) + P₁ + P₂ − D·(F − 1) − 1)/S + 1"
  }

  /// The same with its numbers: `(11 − 5 + 2·0)/2 + 1`.
  package var substituted: String {
    let w = window
    return isSimple
      ? "(\(w.input) − \(w.filter) + 2·\(w.paddingBefore))/\(w.stride) + 1"
      : "(\(w.input) + \(w.paddingBefore) + \(w.paddingAfter) − "
        + "\(w.dilation)·(\(w.filter) − 1) − 1)/\(w.stride) + 1"
  }

  /// The same without a padding of 0: `(4 − 2)/2 + 1`.
  package var brief: String {
    let w = window
    guard isSimple, w.paddingBefore == 0 else { return substituted }
    return "(\(w.input) − \(w.filter))/\(w.stride) + 1"
  }

  /// How far the window can move: the numerator, never negative for a filter that fits.
  package var numerator: Int {
    let w = window
    return w.input + w.paddingBefore + w.paddingAfter - w.dilation * (w.filter - 1) - 1
  }

  /// What the stride leaves over.
  package var remainder: Int { numerator % window.stride }

  package var divides: Bool { remainder == 0 }

  /// What the formula gives before rounding: 4, or 4.5.
  package var unrounded: Number {
    Number(Int128(numerator) + Int128(window.stride), over: Int128(window.stride))
  }

  /// How many windows `ceil` rounding drops, because they would start past the input.
  package var dropped: Int {
    guard window.rounding == .ceil else { return 0 }
    return numerator / window.stride + (divides ? 1 : 2) - window.positions
  }

  /// The last steps: `6/2 + 1 = 4`, or `7/2 + 1 = 4.5, floor 4`, or
  /// `2/3 + 1 = 5/3, ceil 2, less 1 past the input = 1`.
  package var result: String { "\(numerator)/\(window.stride) + 1 = \(outcome)" }

  /// What the formula comes to: `4`, or `4.5, floor 4`, or
  /// `5/3, ceil 2, less 1 past the input = 1`.
  package var outcome: String {
    var outcome = unrounded.text
    if !divides { outcome += ", \(window.rounding.rawValue) \(window.positions + dropped)" }
    if dropped > 0 { outcome += ", less \(dropped) past the input = \(window.positions)" }
    return outcome
  }

  /// The whole: `(11 − 5 + 2·0)/2 + 1 = 6/2 + 1 = 4`.
  package var text: String { "\(substituted) = \(result)" }
}
