import ConvolutionEngine
import ExactNumbers
import Walkthrough

/// The padding, the stride or the filter that gives a size: only where no other gives it too.
extension Draft {
  static func padding(_ draws: inout Draws) -> Draft? {
    guard let wanted = Wanted(&draws, padding: [1, 1, 2, 2, 3], strides: [1, 1, 2]),
      var draft = wanted.draft
    else { return nil }
    let (padding, settings) = (wanted.settings.paddingOfSides, wanted.settings)
    draft.ask =
      "\(wanted.filters) filters of \(settings.sizeText) with stride \(settings.stride.x) go over an "
      + "input of \(wanted.input). Which padding, the same on every side, makes the output "
      + "\(draft.layer.output.width) wide and high?"
    draft.answers([padding])
    func width(_ padding: Int) -> Int? { wanted.width { $0.padding = .all(padding) } }
    guard isOnly(padding, in: 0...16, width) else { return nil }
    draft.slip([2 * padding], "That is the padding of both sides together.")
    for other in [padding - 1, padding + 1] where other != 2 * padding {
      draft.slip(width(other).map { _ in [other] }, wanted.gives("padding \(other)", width(other)))
    }
    draft.explainFinding(wanted.settings, symbol: "P")
    return draft
  }

  static func stride(_ draws: inout Draws) -> Draft? {
    guard let wanted = Wanted(&draws, padding: [0, 0, 1, 2], strides: [2, 2, 3, 4]),
      var draft = wanted.draft
    else { return nil }
    let (stride, settings) = (wanted.settings.stride.x, wanted.settings)
    draft.ask =
      "\(wanted.filters) filters of \(settings.sizeText) with "
      + "\(settings.paddingOfSides == 0 ? "no padding" : "padding \(settings.paddingOfSides)") go "
      + "over an input of \(wanted.input). Which stride makes the output "
      + "\(draft.layer.output.width) wide and high?"
    draft.answers([stride])
    func width(_ stride: Int) -> Int? { wanted.width { $0.stride = Pair(stride) } }
    guard isOnly(stride, in: 1...64, width) else { return nil }
    for other in [stride - 1, stride + 1] {
      draft.slip([other], wanted.gives("stride \(other)", width(other)))
    }
    draft.explainFinding(wanted.settings, symbol: "S")
    return draft
  }

  static func filter(_ draws: inout Draws) -> Draft? {
    guard let wanted = Wanted(&draws, padding: [0, 0, 1, 2], strides: [1, 1, 2]),
      var draft = wanted.draft
    else { return nil }
    let (size, settings) = (wanted.settings.size.x, wanted.settings)
    draft.ask =
      "\(wanted.filters) square filters with \(settings.text) go over an input of \(wanted.input). "
      + "How many columns wide must a filter be, so that the output is "
      + "\(draft.layer.output.width) wide and high?"
    draft.answers([size])
    func width(_ size: Int) -> Int? { wanted.width { $0.size = Pair(size) } }
    guard isOnly(size, in: 1...64, width) else { return nil }
    for other in [size - 1, size + 1] {
      draft.slip(
        width(other).map { _ in [other] },
        wanted.gives("a filter of \(other)×\(other)", width(other)))
    }
    draft.explainFinding(wanted.settings, symbol: "F")
    return draft
  }

  /// Whether no other value of a setting gives the same width.
  private static func isOnly(
    _ value: Int, in range: ClosedRange<Int>, _ width: (Int) -> Int?
  ) -> Bool {
    range.allSatisfy { $0 == value || width($0) != width(value) }
  }

  private mutating func explainFinding(_ settings: WindowSettings, symbol: String) {
    guard let formula = layer.windows?.x.formula else { return }
    let width = layer.output.width
    hints = [
      "\(formula.symbolic) = \(width), rounded down. All but \(symbol) is known.",
      "The window moves \(width - 1) times.",
    ]
    why = "\(formula.text)."
    lookAtLastWindow(along: .x, keys: "s")
  }
}

/// A square layer of which one setting is asked for.
private struct Wanted {
  let input: Shape
  let settings: WindowSettings
  let filters: Int

  init?(_ draws: inout Draws, padding: [Int], strides: [Int]) {
    let side = draws.number(8...64)
    guard let input = shape(side, side, draws.pick([1, 3, 4, 8])) else { return nil }
    self.input = input
    settings = WindowSettings(
      size: Pair(draws.pick([2, 3, 3, 4, 5, 5, 7])), stride: Pair(draws.pick(strides)),
      padding: .all(draws.pick(padding)))
    filters = draws.pick([2, 4, 6, 8, 16])
  }

  /// How wide the output is with a setting changed; nil where that does not fit.
  func width(_ change: (inout WindowSettings) -> Void) -> Int? {
    var other = settings
    change(&other)
    return (try? Windows(other, over: input))?.x.positions
  }

  var draft: Draft? {
    Draft(input, [.convolution(Convolution(windows: settings, filters: filters))])
  }

  /// What another value of the setting would give.
  func gives(_ setting: String, _ width: Int?) -> String {
    "With \(setting) the output is \(width.map { "\($0) wide" } ?? "none: it does not fit")."
  }
}
