import ConvolutionEngine
import ExactNumbers
import Lessons
import Walkthrough

/// Numbers of a cell, with what they are made of written out.
extension Draft {
  /// A convolution small enough for paper.
  struct Small {
    var input: Shape
    var windows: WindowSettings
    var filters = 1
    var seed: UInt64

    init?(_ draws: inout Draws, depths: [Int]) {
      let size = draws.pick([2, 2, 3])
      let stride = draws.pick([1, 1, 2])
      guard let input = shape(draws.number(4...6), draws.number(4...5), draws.pick(depths)) else {
        return nil
      }
      self.input = input
      windows = WindowSettings(size: Pair(size), stride: Pair(stride))
      seed = UInt64(draws.number(1...999))
    }

    func draft(_ change: (inout WindowSettings) -> Void = { _ in }) -> Draft? {
      var windows = windows
      change(&windows)
      return Draft(
        input, [.convolution(Convolution(windows: windows, filters: filters))], seed: seed)
    }
  }

  /// Any cell but the first, whose window needs no looking for.
  private static func chosenCell(_ draws: inout Draws, of layer: Layer) -> Cell? {
    let place = draws.number(0...layer.output.plane - 1)
    return place == 0 ? nil : layer.output.cell(at: place)
  }

  static func cell(_ draws: inout Draws) -> Draft? {
    guard let small = Small(&draws, depths: [1, 2, 2]), var draft = small.draft() else {
      return nil
    }
    guard let cell = chosenCell(&draws, of: draft.layer), let account = draft.account(of: cell),
      case .weightedSum(let sum) = account.working,
      let bias = sum.bias, !bias.isZero
    else { return nil }
    let name = "\(draft.layer.name)\(cell)"
    draft.ask = "The filter Ker goes over X with \(small.windows.text). What is \(name)?"
    draft.answer = [account.total]
    draft.figure = draft.grids(bias: bias)
    draft.slipsOfBias(sum, bias)
    draft.slipsOfPlace(cell, straightened: small.draft { $0.stride = Pair(1) })
    if let flipped = draft.flipped, let other = flipped.account(of: cell) {
      draft.slip(numbers: [other.total], "The filter is laid on as it stands, it is not turned.")
    }
    draft.hints = [
      draft.firstHint(cell),
      "\(draft.windowText(cell)) Multiply in pairs, add up, then the bias.",
      "The slice \(sum.filter.depth == 1 ? "sum is" : "sums are") "
        + (0..<sum.filter.depth).map { sum.sum(sum.slice($0)).text }.joined(separator: " and ")
        + "; the bias is \(bias.text).",
    ]
    draft.why = "\(name) = \(account.equation)."
    draft.look(at: cell)
    return draft
  }

  private mutating func slipsOfBias(_ sum: WeightedSum, _ bias: Number) {
    slip(
      numbers: [Number.sum(sum.products)], "You left out the bias, \(bias.text). It is added once.")
    guard sum.filter.depth > 1 else { return }
    slip(
      numbers: [Number.sum(sum.products + [bias, bias])],
      "The bias is added once for each cell, not once for each depth.")
    slip(
      numbers: [Number.sum([sum.sum(sum.slice(0)), bias])],
      "That is depth 0 alone; the slice sums of all depths are added.")
  }

  static func sliceSum(_ draws: inout Draws) -> Draft? {
    guard let small = Small(&draws, depths: [2]), var draft = small.draft() else {
      return nil
    }
    let depth = draws.number(0...small.input.depth - 1)
    guard let cell = chosenCell(&draws, of: draft.layer), let account = draft.account(of: cell),
      case .weightedSum(let sum) = account.working,
      let bias = sum.bias, !bias.isZero
    else { return nil }
    let slice = sum.slice(depth)
    let name = "\(draft.layer.name)\(cell)@\(depth)"
    draft.ask =
      "The filter Ker goes over X with \(small.windows.text). What is the slice sum of "
      + "\(draft.layer.name)\(cell) at depth \(depth)?"
    draft.answer = [sum.sum(slice)]
    draft.figure = draft.grids(bias: bias)
    for other in 0..<sum.filter.depth where other != depth {
      draft.slip(numbers: [sum.sum(sum.slice(other))], "That is the slice sum of depth \(other).")
    }
    draft.slip(
      numbers: [account.total], "That is the whole cell: all slice sums and the bias.")
    draft.slip(
      numbers: [Number.sum([sum.sum(slice), bias])],
      "The bias belongs to the cell, not to one of its slice sums.")
    draft.slipsOfPlace(cell, straightened: small.draft { $0.stride = Pair(1) }, depth: depth)
    let rows = (0..<sum.filter.height).map { sum.sum(sum.row($0, ofSlice: depth)) }
    draft.hints = [
      "Only depth \(depth) of X and of Ker: multiply in pairs and add up. No bias.",
      draft.windowText(cell),
      "The row sums are \(rows.map(\.text).joined(separator: ", ")).",
    ]
    draft.why = "\(name) = \(readableSum(rows)) = \(sum.sum(slice).text)."
    draft.look(.slice(cell, depth: depth))
    return draft
  }

  static func pooled(_ draws: inout Draws, isMean: Bool) -> Draft? {
    guard let input = shape(draws.number(4...7), draws.number(4...6), 1) else { return nil }
    let size = draws.pick([2, 2, 3])
    let windows = WindowSettings(size: Pair(size), stride: Pair(draws.pick([1, 2, 2, size])))
    let seed = UInt64(draws.number(1...999))
    let operation = { (windows: WindowSettings) -> Operation in
      isMean ? .averagePool(AveragePool(windows: windows)) : .maxPool(MaxPool(windows: windows))
    }
    guard var draft = Draft(input, [operation(windows)], seed: seed) else { return nil }
    guard let cell = chosenCell(&draws, of: draft.layer), let account = draft.account(of: cell),
      let values = account.pooledValues,
      let largest = values.max(), let least = values.min()
    else { return nil }
    let name = "\(draft.layer.name)\(cell)"
    draft.ask =
      "\(isMean ? "Average" : "Max") pooling of \(windows.sizeText) with \(windows.text) goes over "
      + "X. What is \(name)?"
    draft.answer = [account.total]
    draft.figure = draft.grids(bias: nil)
    let does = isMean ? "an average pool takes the mean" : "a max pool keeps the largest"
    draft.slip(numbers: [Number.sum(values)], "That is the sum; \(does).")
    draft.slip(numbers: [least], "That is the smallest; \(does).")
    if isMean { draft.slip(numbers: [largest], "That is the largest; \(does).") }
    var straightened = windows
    straightened.stride = Pair(1)
    draft.slipsOfPlace(
      cell, straightened: Draft(input, [operation(straightened)], seed: seed))
    draft.hints = [
      draft.firstHint(cell), draft.windowText(cell),
      "Its numbers are \(values.map(\.text).joined(separator: ", ")).",
    ]
    draft.why = "\(name) = \(account.equation)."
    draft.look(at: cell)
    return draft
  }
}

extension CellAccount {
  /// The numbers under a pool's window.
  fileprivate var pooledValues: [Number]? {
    switch working {
    case .maximum(let candidates): candidates.values
    case .average(let average): average.values
    case .weightedSum, .mapped, .moved, .joined, .padding, .added, .normalized, .responded,
      .squashed, .shared:
      nil
    }
  }
}

extension Draft {
  /// How the engine computes a cell of the only layer; nil where it is outside.
  func account(of cell: Cell) -> CellAccount? {
    guard layer.output.contains(cell), let input else { return nil }
    return try? layer.account(of: cell, inputs: [input])
  }

  /// What is asked for of a cell: all of it, or its slice sum.
  private func value(of cell: Cell, depth: Int?) -> Number? {
    guard let account = account(of: cell) else { return nil }
    guard let depth else { return account.total }
    guard case .weightedSum(let sum) = account.working else { return nil }
    return sum.sum(sum.slice(depth))
  }

  /// Another place was meant: column and row changed, or the stride left out.
  fileprivate mutating func slipsOfPlace(
    _ cell: Cell, straightened: Draft?, depth: Int? = nil
  ) {
    let turned = Cell(cell.y, cell.x, cell.depth)
    if cell.x != cell.y, let value = value(of: turned, depth: depth) {
      slip(numbers: [value], "That is \(layer.name)\(turned); the column comes first.")
    }
    guard let windows = layer.windows, windows.x.stride > 1, cell.x + cell.y > 0,
      let value = straightened?.value(of: cell, depth: depth)
    else { return }
    slip(
      numbers: [value],
      "That is the window at column \(cell.x), row \(cell.y); with stride \(windows.x.stride) it is "
        + "at column \(windows.x.start(of: cell.x)), row \(windows.y.start(of: cell.y)).")
  }

  /// The same with every filter turned by half a turn.
  fileprivate var flipped: Draft? {
    guard let parameters = layer.parameters, let bias = parameters.bias else { return nil }
    let shape = parameters.filter
    let weights = (0..<parameters.weights.count).map { index in
      let cell = shape.cell(at: index % shape.count)
      let turned = Cell(shape.width - 1 - cell.x, shape.height - 1 - cell.y, cell.depth)
      return parameters.weights.numerator(index / shape.count * shape.count + shape.index(turned))
    }
    let given = GivenParameters(
      weights: .stored(Integers(weights), denominator: 1), bias: bias)
    return (try? network.taking([layer.name: given])).map { Draft(network: $0, of: self) }
  }

  private init(network: Network, of other: Draft) {
    self.network = network
    words = other.words
    place = other.place
    keys = other.keys
  }

  fileprivate func firstHint(_ cell: Cell) -> String {
    let stride = layer.windows.map { ($0.x.stride, $0.y.stride) } ?? (1, 1)
    return "Which window is it? It begins at column \(cell.x) · \(stride.0) and row "
      + "\(cell.y) · \(stride.1)."
  }

  fileprivate func windowText(_ cell: Cell) -> String {
    "The window: columns \(places(.x, cell.x)), rows \(places(.y, cell.y))."
  }

  /// `2 to 4`
  private func places(_ axis: Axis, _ position: Int) -> String {
    guard let window = layer.windows?[axis] else { return "" }
    let first = window.start(of: position)
    return "\(first) to \(first + window.extent - 1)"
  }

  /// The input and the filter, depth by depth, side by side.
  fileprivate func grids(bias: Number?) -> [String] {
    beside(inputGrids + filterGrids) + (bias.map { ["bias \($0.text)"] } ?? [])
  }
}
