import ConvolutionEngine
import ExactNumbers
import Walkthrough

/// A line of PyTorch or Keras, as it stands in a program.
extension Draft {
  /// The line that makes the only layer, without the name that it is given.
  private func line(_ notation: Notation) -> String? {
    let line = LayerCode(layer, in: network, notation).lines[0]
    guard let start = line.places(of: " = ").first, !line.hasPrefix("#") else { return nil }
    return String(line[start.upperBound...])
  }

  private static func chosenInput(_ draws: inout Draws) -> Shape? {
    let width = draws.number(8...40)
    return shape(width, draws.pick([width, draws.number(8...40)]), draws.pick([1, 3, 3, 4, 8]))
  }

  private static func chosenConvolution(_ draws: inout Draws) -> Convolution {
    Convolution(
      windows: windows(&draws, pools: false), filters: draws.pick([2, 4, 5, 6, 10, 12, 16, 32]))
  }

  static func pytorchConvolution(_ draws: inout Draws) -> Draft? {
    let convolution = chosenConvolution(&draws)
    guard let input = chosenInput(&draws),
      var draft = Draft(input, [.convolution(convolution)]), let line = draft.line(.pytorch)
    else { return nil }
    let (output, filters) = (draft.layer.output, convolution.filters)
    draft.askForShape(line, "PyTorch", ["channels", "height", "width"], [.depth, .y, .x])
    draft.slip(
      [output.height, output.width, output.depth], "PyTorch puts the channels first, Keras last.")
    draft.slipOfTurning(convolution.windows, library: "PyTorch") { [filters, $1, $0] }
    draft.slip(
      [input.depth, output.height, output.width],
      "nn.Conv2d has the channels that come in first, and then those that go out.")
    draft.mistakes(convolution.windows, .x) { [filters, $1, $0] }
    draft.explainCode("The output has as many channels as filters: \(filters).")
    return draft
  }

  static func pytorchPool(_ draws: inout Draws) -> Draft? {
    let size = draws.pick([2, 2, 3, 3, 4])
    let settings = WindowSettings(
      size: Pair(size, draws.pick([size, size, 2, 3])),
      stride: Pair(draws.pick([size, size, 1, 2, 3])),
      rounding: draws.pick([.floor, .floor, .ceil]))
    guard let input = chosenInput(&draws), input.depth > 1,
      var draft = Draft(input, [.maxPool(MaxPool(windows: settings))]),
      let line = draft.line(.pytorch), let windows = draft.layer.windows,
      windows.x.formula.dropped == 0, windows.y.formula.dropped == 0
    else { return nil }
    let output = draft.layer.output
    draft.askForShape(line, "PyTorch", ["channels", "height", "width"], [.depth, .y, .x])
    draft.slip(
      [output.height, output.width, output.depth], "PyTorch puts the channels first, Keras last.")
    draft.slipOfTurning(settings, library: "PyTorch") { [output.depth, $1, $0] }
    draft.slip(
      [1, output.height, output.width], "Pooling works in each channel alone: all stay.")
    draft.mistakes(settings, .x) { [output.depth, $1, $0] }
    draft.explainCode("The channels stay. The stride is the window's size unless it is given.")
    return draft
  }

  static func kerasConvolution(_ draws: inout Draws) -> Draft? {
    var convolution = chosenConvolution(&draws)
    convolution.windows.padding = draws.pick([.none, .same, .same])
    convolution.windows.dilation = Pair(1)
    guard let input = chosenInput(&draws),
      var draft = Draft(input, [.convolution(convolution)]), let line = draft.line(.keras)
    else { return nil }
    let (output, filters, windows) = (
      draft.layer.output, convolution.filters, convolution.windows
    )
    draft.askForShape(line, "Keras", ["height", "width", "channels"], [.y, .x, .depth])
    draft.slip(
      [output.depth, output.height, output.width], "Keras puts the channels last, PyTorch first.")
    if windows.padding == .same {
      draft.slipsOfSame(input, windows, filters)
    } else {
      draft.mistakes(windows, .x) { [$1, $0, filters] }
      draft.slipOfTurning(windows, library: "Keras") { [$1, $0, filters] }
      var same = windows
      same.padding = .same
      if windows.size != Pair(1) {
        draft.slip(
          (try? Windows(same, over: input)).map { [$0.y.positions, $0.x.positions, filters] },
          "Nothing is padded unless the line says padding='same'.")
      }
    }
    draft.explainCode("The output has as many channels as filters: \(filters).")
    return draft
  }

  private mutating func slipsOfSame(_ input: Shape, _ windows: WindowSettings, _ filters: Int) {
    var valid = windows
    valid.padding = .none
    slip(
      (try? Windows(valid, over: input)).map { [$0.y.positions, $0.x.positions, filters] },
      "That is without padding; padding='same' adds as much as it takes.")
    if windows.stride.x > 1 {
      slip(
        [input.height, input.width, filters],
        "'same' keeps the size at stride 1; with strides it is divided by them, rounded up.")
    }
    let floored = [input.height / windows.stride.y, input.width / windows.stride.x, filters]
    if floored != [layer.output.height, layer.output.width, filters] {
      slip(floored, "Under padding='same' the quotient is rounded up.")
    }
    if input.width != input.height {
      slip([layer.output.width, layer.output.height, filters], "The height comes first.")
    }
  }

  static func pytorchParameters(_ draws: inout Draws) -> Draft? {
    var convolution = chosenConvolution(&draws)
    convolution.hasBias = draws.pick([true, true, false])
    guard let input = chosenInput(&draws), input.depth > 1,
      var draft = Draft(input, [.convolution(convolution)]), let line = draft.line(.pytorch)
    else { return nil }
    func count(_ change: (inout Convolution) -> Void, over other: Shape? = nil) -> [Int]? {
      var other = (convolution, other ?? input)
      change(&other.0)
      return Draft(other.1, [.convolution(other.0)]).map { [$0.layer.parameterCount] }
    }
    draft.ask = "How many numbers does this line of PyTorch learn?  \(line)"
    draft.slip(
      count { $0.hasBias.toggle() },
      convolution.hasBias
        ? "You left out the biases: nn.Conv2d has them unless it says bias=False."
        : "bias=False: there are none.")
    draft.slip(
      count({ _ in }, over: shape(input.width, input.height, 1)),
      "Each filter has weights for all \(input.depth) channels that come in.")
    draft.slip(
      count { $0.filters = 1 }, "That is one filter; there are \(convolution.filters).")
    draft.hints = [
      "nn.Conv2d(channels in, channels out, filter): each channel out has a filter of its own.",
      "One filter has \(convolution.windows.sizeText)×\(input.depth) weights; there are "
        + "\(convolution.filters)" + (convolution.hasBias ? ", each with a bias." : "."),
    ]
    draft.explainCount()
    return draft
  }
}

extension Draft {
  /// One of the three sizes of a tensor.
  private enum Side {
    case x, y, depth

    func length(of shape: Shape) -> Int {
      switch self {
      case .x: shape.width
      case .y: shape.height
      case .depth: shape.depth
      }
    }
  }

  /// `x has the shape (3, 14, 9): channels, height, width. What is the shape of y = …(x)?`
  private mutating func askForShape(
    _ line: String, _ library: String, _ names: [String], _ sides: [Side]
  ) {
    let shape = sides.map { "\($0.length(of: network.input))" }.joined(separator: ", ")
    let order = names.joined(separator: ", ")
    ask =
      "In \(library) x has the shape (\(shape)): \(order), the batch left out. What shape has y "
      + "after this line, in the same order?  y = \(line)(x)"
    answers(sides.map { $0.length(of: layer.output) })
  }

  /// Sizes in brackets were read as width, height.
  private mutating func slipOfTurning(
    _ settings: WindowSettings, library: String, _ sizes: (_ x: Int, _ y: Int) -> [Int]
  ) {
    let input = network.input
    if settings.size.x != settings.size.y {
      var turned = settings
      turned.size = Pair(settings.size.y, settings.size.x)
      slip(
        (try? Windows(turned, over: input)).map { sizes($0.x.positions, $0.y.positions) },
        "\(library) counts rows first: a filter of (\(settings.size.y), \(settings.size.x)) is "
          + "\(settings.size.y) high.")
    }
    if input.width != input.height {
      slip(sizes(layer.output.height, layer.output.width), "The height comes before the width.")
    }
  }

  private mutating func explainCode(_ depth: String) {
    guard let windows = layer.windows else { return }
    hints = [
      depth,
      "Height: \(windows.y.formula.substituted), rounded \(windows.y.rounding.direction).",
    ]
    why =
      "Height: \(windows.y.formula.text). Width: \(windows.x.formula.text). \(depth)"
    lookAtLastWindow(along: .x, keys: "v")
  }
}
