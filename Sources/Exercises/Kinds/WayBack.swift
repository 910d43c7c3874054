import ConvolutionEngine
import ExactNumbers
import Lessons
import Walkthrough

/// What flows back from the sum of a layer's numbers: to a cell of its input, to a weight, to a bias,
/// through a maximum.
extension Draft {
  private static let loss = "The loss is the sum of all numbers of the output."

  /// How the engine computes a number of what flows back, where 1 comes to each number of the only
  /// layer's output.
  private func gradient(of target: GradientTarget, at cell: Cell) -> GradientAccount? {
    guard network.shape(of: target)?.contains(cell) == true, let input,
      let output = try? layer.evaluateCellByCell([input]),
      let upstream = try? Loss.sum.gradient(over: output, named: layer.name)
    else { return nil }
    let reader = GradientReader(
      layer, branch: 0, inputs: [input], output: output, upstream: upstream)
    return try? GradientArithmetic(target, in: network, readers: [reader]).account(of: cell)
  }

  private func name(_ target: GradientTarget, _ cell: Cell) -> String {
    network.cellName(cell, of: target)
  }

  mutating func look(back target: GradientTarget, at cell: Cell) {
    place = .gradient(GradientAddress(target, .cell(cell)))
  }

  /// The answer is an account's number, which is explained by its products and shown there.
  private mutating func answers(_ account: GradientAccount) {
    answer = [account.total]
    why =
      "\(name(account.target, account.cell)) = \(readableSum(account.terms.map(\.product))) = "
      + "\(account.total.text)."
    look(back: account.target, at: account.cell)
  }

  /// What was met, window by window: `Ker[1,0,0], Ker[0,0,0]`, or cells of X.
  private func met(_ account: GradientAccount) -> String {
    account.terms.compactMap { term in
      switch term.factor {
      case .weight(let index): layer.parameters.map { "Ker\($0.filter.cell(at: index))" }
      case .input(let cell): "X\(cell)"
      case .standardized, .one, .share, .winner, .slope, .irrational: nil
      }
    }.joined(separator: ", ")
  }

  /// The same place with column and row changed, and the stride left out.
  private mutating func slipsOfPlace(
    _ target: GradientTarget, _ cell: Cell, straightened: Draft?
  ) {
    let turned = Cell(cell.y, cell.x, cell.depth)
    if cell.x != cell.y, let other = gradient(of: target, at: turned) {
      slip(numbers: [other.total], "That is \(name(target, turned)); the column comes first.")
    }
    guard let stride = layer.windows?.x.stride, stride > 1,
      let other = straightened?.gradient(of: target, at: cell)
    else { return }
    slip(
      numbers: [other.total], "So it is at stride 1; here the windows move by \(stride) places.")
  }

  static func inputGradient(_ draws: inout Draws) -> Draft? {
    guard let small = Small(&draws, depths: [1]), var draft = small.draft(),
      let filter = draft.layer.parameters?.filter
    else { return nil }
    let target = GradientTarget.source(.input)
    let cell = small.input.cell(at: draws.number(0...small.input.count - 1))
    guard let account = draft.gradient(of: target, at: cell), account.termCount > 1 else {
      return nil
    }
    let name = draft.name(target, cell)
    draft.ask =
      "The filter Ker goes over X, \(small.input), with \(small.windows.text). \(loss) What is "
      + "\(name), what flows back to X\(cell)?"
    draft.answers(account)
    draft.figure = draft.beside(draft.filterGrids)
    draft.slip(
      [account.termCount],
      "So many windows read it. Each sends back its own 1 times the weight that it met, not 1.")
    let all = (0..<filter.count).compactMap {
      draft.layer.parameters?.weight(0, filter.cell(at: $0))
    }
    if account.termCount < all.count {
      draft.slip(
        numbers: [Number.sum(all)],
        "That is the whole filter; X\(cell) is met by \(account.termCount) of its weights.")
    }
    draft.slipsOfPlace(target, cell, straightened: small.draft { $0.stride = Pair(1) })
    draft.hints = [
      "Which windows read X\(cell)? Each sends back 1 times the weight that lies on it there.",
      "It is met by \(draft.met(account)).",
    ]
    return draft
  }

  static func weightGradient(_ draws: inout Draws) -> Draft? {
    guard let small = Small(&draws, depths: [1]), var draft = small.draft(),
      let filter = draft.layer.parameters?.filter
    else { return nil }
    let target = GradientTarget.weights(layer: 0)
    let cell = filter.cell(at: draws.number(0...filter.count - 1))
    guard let account = draft.gradient(of: target, at: cell), (2...9).contains(account.termCount)
    else { return nil }
    let name = draft.name(target, cell)
    draft.ask =
      "A filter of \(small.windows.sizeText) goes over X with \(small.windows.text). \(loss) What "
      + "is \(name), what flows back to its weight Ker\(cell)?"
    draft.answers(account)
    draft.figure = draft.beside(draft.inputGrids)
    draft.slip(
      numbers: [Number.sum(draft.firstWindow)],
      "That is all that one window reads; a weight meets one number in each window.")
    draft.slip(
      [account.termCount],
      "So many windows there are. Each sends back its own 1 times the number that the weight met.")
    draft.slipsOfPlace(target, cell, straightened: small.draft { $0.stride = Pair(1) })
    draft.hints = [
      "Move the filter over X: which number does this weight meet in each window?",
      "It meets \(draft.met(account)).",
    ]
    return draft
  }

  /// What the first window reads.
  private var firstWindow: [Number] {
    guard case .weightedSum(let sum)? = account(of: Cell(0, 0, 0))?.working else { return [] }
    return sum.inputs.compactMap(\.self)
  }

  static func biasGradient(_ draws: inout Draws) -> Draft? {
    let settings = WindowSettings(
      size: Pair(draws.number(2...5)), stride: Pair(draws.pick([1, 2, 2, 3])),
      padding: .all(draws.pick([0, 0, 1])))
    let filters = draws.pick([2, 3, 4, 8])
    guard let input = shape(draws.number(5...12), draws.number(5...12), draws.pick([1, 3])),
      var draft = Draft(input, [operation(settings, filters: filters, pools: false)])
    else { return nil }
    let target = GradientTarget.bias(layer: 0)
    let cell = Cell(0, 0, 0)
    let output = draft.layer.output
    let name = draft.name(target, cell)
    draft.ask =
      scene(settings, filters, input, pools: false)
      + " \(loss) What is \(name), what flows back to the bias of the first filter?"
    draft.answers([output.plane])
    draft.slip([1], "The bias is added in each of its map's cells; each sends back its 1.")
    draft.slip([output.count], "Those are the cells of all maps; each filter has its own bias.")
    if settings.stride.x > 1 {
      var straightened = settings
      straightened.stride = Pair(1)
      let other = Draft(input, [operation(straightened, filters: filters, pools: false)])
      draft.slip(
        other.map { [$0.layer.output.plane] },
        "So many cells the map has at stride 1; here the windows move by \(settings.stride.x).")
    }
    draft.slip(
      [settings.size.x * settings.size.y * input.depth],
      "So many weights the filter has; count the cells to which the bias is added.")
    draft.hints = [
      "To how many cells is this bias added? Each of them sends back 1.",
      "Its map is \(output.width) wide and \(output.height) high.",
    ]
    draft.why = "\(name) = \(output.width) · \(output.height) · 1 = \(output.plane)."
    draft.look(back: target, at: cell)
    return draft
  }

  static func winnerGradient(_ draws: inout Draws) -> Draft? {
    guard let input = shape(draws.number(4...6), draws.number(4...5), 1) else { return nil }
    let size = draws.pick([2, 3, 3])
    let windows = WindowSettings(
      size: Pair(size), stride: Pair(draws.number(1...size - 1)))
    let isNothing = draws.number(0...3) == 0
    guard
      var draft = Draft(
        input, [.maxPool(MaxPool(windows: windows))], seed: UInt64(draws.number(1...999)))
    else { return nil }
    let target = GradientTarget.source(.input)
    let cell = input.cell(at: draws.number(0...input.count - 1))
    guard let account = draft.gradient(of: target, at: cell), account.termCount > 1,
      account.total.isZero == isNothing,
      let value = draft.input?[cell]
    else { return nil }
    let name = draft.name(target, cell)
    draft.ask =
      "Max pooling of \(windows.sizeText) with \(windows.text) goes over X. \(loss) What is "
      + "\(name), what flows back to X\(cell)?"
    draft.answers(account)
    draft.figure = draft.beside(draft.inputGrids)
    draft.slipsOfWinning(account, value)
    draft.slipsOfPlace(target, cell, straightened: nil)
    let places = account.terms.map { "\(draft.layer.name)\($0.place)" }
    draft.hints = [
      "A window sends its 1 to its largest number alone, on a tie to the first one.",
      "X\(cell) is in the windows of \(places.joined(separator: ", ")). Of which is it the largest?",
    ]
    return draft
  }

  private mutating func slipsOfWinning(_ account: GradientAccount, _ value: Number) {
    let readers = Number(Int128(account.termCount))
    slip(
      numbers: [readers],
      "So many windows read it; only those of which it is the largest send something back.")
    if account.total.isZero {
      slip([1], "It is the largest of no window, so nothing flows back to it.")
    } else if account.total > Number(1) {
      slip([1], "It is the largest of more than one window: what they send back adds up.")
    }
    if ![account.total, readers, Number(1)].contains(value) {
      slip(numbers: [value], "That is the number itself; what flows back is each window's 1.")
    }
  }
}

extension GradientAccount {
  /// All its products.
  fileprivate var terms: [GradientTerm] { shares(ofFirst: termCount).flatMap(\.terms) }
}
