import ConvolutionEngine
import ExactNumbers
import Walkthrough

/// Sizes of convolutions and pools.
extension Draft {
  /// Draws how windows lie.
  static func windows(_ draws: inout Draws, pools: Bool) -> WindowSettings {
    let size = draws.pick(pools ? [2, 2, 3, 3, 4] : [2, 3, 3, 3, 4, 5, 5, 7])
    let isSquare = draws.number(0...3) > 0
    let other = isSquare ? size : draws.pick(pools ? [2, 3, 4] : [1, 2, 3, 4, 5, 7])
    let stride = draws.pick(pools ? [1, 2, 2, 3, 3] : [1, 1, 2, 2, 3, 4])
    let most = pools ? min(size, other) / 2 : 3
    let padding = draws.pick([0, draws.number(0...most)])
    let dilation = pools || stride > 1 ? 1 : draws.pick([1, 1, 2, 3])
    return WindowSettings(
      size: Pair(size, other), stride: Pair(stride), padding: .all(padding),
      dilation: Pair(dilation), rounding: pools ? draws.pick([.floor, .ceil]) : .floor)
  }

  /// What the exercises on sizes begin with: a layer of windows over an input.
  private static func layer(
    _ draws: inout Draws, pools: Bool
  ) -> (draft: Draft, settings: WindowSettings, scene: String)? {
    let settings = windows(&draws, pools: pools)
    let width = draws.number(6...pick(&draws, pools))
    let height = draws.pick([width, draws.number(6...40)])
    guard let input = shape(width, height, draws.pick([1, 2, 3, 3, 4, 6, 8])) else { return nil }
    let filters = draws.pick([1, 2, 4, 5, 6, 8, 10, 12, 16])
    guard let draft = Draft(input, [operation(settings, filters: filters, pools: pools)]),
      let windows = draft.layer.windows,
      // Where rounding up drops a window again, rounding down would be right by chance.
      windows.x.formula.dropped == 0, windows.y.formula.dropped == 0
    else { return nil }
    return (draft, settings, scene(settings, filters, input, pools: pools))
  }

  private static func pick(_ draws: inout Draws, _ pools: Bool) -> Int {
    draws.pick(pools ? [14, 32, 64] : [12, 32, 64, 128])
  }

  static func operation(_ settings: WindowSettings, filters: Int, pools: Bool) -> Operation {
    pools
      ? .maxPool(MaxPool(windows: settings))
      : .convolution(Convolution(windows: settings, filters: filters))
  }

  /// `6 filters of 5×5 with stride 2 and padding 1 go over a 14×9×2 input.`
  static func scene(
    _ settings: WindowSettings, _ filters: Int, _ input: Shape, pools: Bool
  ) -> String {
    let with = "\(settings.sizeText) with \(settings.text)"
    guard pools else {
      return filters == 1
        ? "1 filter of \(with) goes over an input of \(input)."
        : "\(filters) filters of \(with) go over an input of \(input)."
    }
    return "Max pooling of \(with), rounding \(settings.rounding == .ceil ? "up" : "down"), "
      + "goes over an input of \(input)."
  }

  /// How wide, or how high, an output is.
  static func length(_ draws: inout Draws, pools: Bool) -> Draft? {
    guard case (var draft, let settings, let scene)? = layer(&draws, pools: pools),
      let windows = draft.layer.windows
    else { return nil }
    let axis = draws.pick([Axis.x, .x, .y])
    let (other, input) = (axis == .x ? Axis.y : .x, draft.network.input)
    draft.ask = "\(scene) What is the \(axis.size) of the output?"
    draft.answers([windows[axis].positions])
    let isSquare = input.width == input.height && settings.size.x == settings.size.y
    if !isSquare { draft.slip([windows[other].positions], "That is the \(other.size).") }
    draft.mistakes(settings, axis) { x, y in [axis == .x ? x : y] }
    draft.explain(windows[axis].formula)
    draft.lookAtLastWindow(along: axis)
    return draft
  }

  /// All three sizes of an output.
  static func size(_ draws: inout Draws, pools: Bool) -> Draft? {
    guard case (var draft, let settings, let scene)? = layer(&draws, pools: pools),
      let windows = draft.layer.windows
    else { return nil }
    let (layer, input) = (draft.layer, draft.network.input)
    let (width, height, depth) = (layer.output.width, layer.output.height, layer.output.depth)
    draft.ask = "\(scene) What size is the output, width × height × depth?"
    draft.answers(layer.sizes)
    let isSquare = input.width == input.height && settings.size.x == settings.size.y
    if !isSquare { draft.slip([height, width, depth], "Width comes first, then height.") }
    if pools, depth > 1 {
      draft.slip([width, height, 1], "Pooling works in each depth alone: all \(depth) stay.")
    } else if !pools {
      draft.slip(
        [width, height, input.depth],
        "The output's depth is the number of filters, \(depth); a filter takes all of the input's "
          + "\(input.depth).")
    }
    draft.mistakes(settings, .x) { x, y in [x, y, depth] }
    draft.explain(windows.x.formula)
    draft.why =
      "Width: \(windows.x.formula.text). Height: \(windows.y.formula.text). "
      + (pools ? "The depth stays \(depth)." : "The depth is the number of filters, \(depth).")
    draft.hints.insert(
      pools
        ? "A pool changes width and height, each by the same formula."
        : "Width and height have the same formula; the depth is counted otherwise.", at: 0)
    draft.lookAtLastWindow(along: .x)
    return draft
  }

  /// The mistakes that are made where windows are counted.
  ///
  /// - Parameters:
  ///   - axis: along which they are explained.
  ///   - sizes: what is asked for, of the numbers of windows along x and y.
  mutating func mistakes(
    _ settings: WindowSettings, _ axis: Axis, _ sizes: (_ x: Int, _ y: Int) -> [Int]
  ) {
    func mistaken(_ change: (inout WindowSettings) -> Void) -> [Int]? {
      var wrong = settings
      change(&wrong)
      let windows = try? Windows(wrong, over: network.input)
      return windows.map { sizes($0.x.positions, $0.y.positions) }
    }
    guard let windows = layer.windows else { return }
    let moves = sizes(windows.x.positions - 1, windows.y.positions - 1)
    let padding = settings.paddingOfSides
    let unpadded = padding == 0 ? nil : mistaken { $0.padding = .none }
    if unpadded == moves {
      slip(moves, "That leaves out the + 1 for the first window, or the padding of \(padding).")
    } else {
      slip(moves, "You counted the moves; the place where the window begins counts too: + 1.")
      slip(unpadded, "That is without the padding: \(padding) on each side.")
    }
    if padding > 1 {
      slip(
        mistaken {
          $0.padding = .sides(left: padding, right: 0, top: padding, bottom: 0)
        }, "Padding stands on both sides, so 2·\(padding) is added.")
    }
    if settings.stride.x > 1 { slip(mistaken { $0.stride = Pair(1) }, "That is with stride 1.") }
    if settings.dilation.x > 1 {
      slip(
        mistaken { $0.dilation = Pair(1) },
        "With dilation \(settings.dilation.x) a filter of \(windows[axis].filter) spans "
          + "\(windows[axis].extent) \(axis.places).")
    }
    slipOfRounding(windows, axis, sizes)
  }

  /// Rounding down for up, or up for down, where a division leaves a rest.
  private mutating func slipOfRounding(
    _ windows: Windows, _ axis: Axis, _ sizes: (_ x: Int, _ y: Int) -> [Int]
  ) {
    let formulas = [windows.x, windows.y].map(\.formula)
    let (right, wrong) = (formulas.map(\.window.positions), formulas.map(\.roundedOtherwise))
    let value = sizes(wrong[0], wrong[1])
    guard value != sizes(right[0], right[1]) else { return }
    let formula =
      windows[axis].formula.divides ? formulas[axis == .x ? 1 : 0] : windows[axis].formula
    slip(
      value,
      "\(formula.numerator)/\(formula.window.stride) + 1 = \(formula.unrounded.text) is rounded "
        + (formula.window.rounding == .ceil
          ? "up here: one more window hangs over the edge."
          : "down: there is no room for another window."))
  }

  /// Hints and the worked answer, from the formula for the number of windows.
  mutating func explain(_ formula: PositionFormula) {
    let rounding = "rounded \(formula.window.rounding.direction)"
    hints = [
      "How many places does the window have to move on, in steps of the stride?",
      "\(formula.symbolic), \(rounding).", "\(formula.substituted), \(rounding).",
    ]
    why = "\(formula.text)."
  }

  mutating func lookAtLastWindow(along axis: Axis, keys: String? = nil) {
    guard let windows = layer.windows else { return }
    look(
      at: axis == .x
        ? Cell(windows.x.positions - 1, 0, 0) : Cell(0, windows.y.positions - 1, 0),
      keys: keys)
  }
}

extension PositionFormula {
  /// Rounded up where it is down, and down where it is up.
  fileprivate var roundedOtherwise: Int {
    numerator / window.stride + 1 + (divides || window.rounding == .ceil ? 0 : 1)
  }
}

extension Rounding {
  var direction: String { self == .ceil ? "up" : "down" }
}
