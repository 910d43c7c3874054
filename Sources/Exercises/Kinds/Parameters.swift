import ConvolutionEngine
import ExactNumbers
import Walkthrough

/// Parameters and multiply-adds.
extension Draft {
  /// A convolution as the exercises on its costs have it.
  private struct Filters {
    var windows: WindowSettings
    var count: Int
    var hasBias: Bool
    var input: Shape

    func layer(over input: Shape? = nil, count: Int? = nil, hasBias: Bool? = nil) -> Layer? {
      let convolution = Convolution(
        windows: windows, filters: count ?? self.count, hasBias: hasBias ?? self.hasBias)
      return Draft(input ?? self.input, [.convolution(convolution)])?.layer
    }

    var text: String {
      "\(count) filters of \(windows.sizeText), \(hasBias ? "each with a bias," : "without biases,")"
    }
  }

  private static func filters(_ draws: inout Draws) -> Filters? {
    let side = draws.pick([5, 8, 12, 14, 16, 20, 28, 32])
    guard
      let input = shape(side, draws.pick([side, side, 6, 10, 24]), draws.pick([2, 3, 3, 4, 6, 8]))
    else { return nil }
    let size = draws.pick([2, 3, 3, 4, 5, 5])
    return Filters(
      windows: WindowSettings(
        size: Pair(size, draws.pick([size, size, size, 1, 2, 3])),
        stride: Pair(draws.pick([1, 1, 2])),
        padding: .all(draws.pick([0, 0, 1]))),
      count: draws.pick([2, 4, 5, 6, 8, 10, 12, 16]), hasBias: draws.pick([true, true, false]),
      input: input)
  }

  static func filterParameters(_ draws: inout Draws) -> Draft? {
    guard let filters = filters(&draws),
      var draft = Draft(filters.input, [.convolution(convolution(filters))])
    else { return nil }
    draft.ask =
      "A layer has \(filters.text) over an input of \(filters.input). How many parameters has it?"
    draft.slipsOfFilters(filters)
    draft.hints = [
      "A filter has a weight for each place of its window, in each depth of the input.",
      "Weights of one filter: \(filters.windows.sizeText)×\(filters.input.depth). Then all filters"
        + (filters.hasBias ? ", and a bias for each." : "."),
    ]
    draft.explainCount()
    return draft
  }

  /// The parameters of the last layer are asked for.
  mutating func explainCount() {
    answers([layer.parameterCount])
    why = "\(layer.groupedCountText)."
    look(at: Cell(0, 0, 0), keys: "s")
  }

  private static func convolution(_ filters: Filters) -> Convolution {
    Convolution(windows: filters.windows, filters: filters.count, hasBias: filters.hasBias)
  }

  private mutating func slipsOfFilters(_ filters: Filters) {
    let (layer, input) = (layer, filters.input)
    slip(
      filters.layer(hasBias: !filters.hasBias).map { [$0.parameterCount] },
      filters.hasBias
        ? "You left out the biases: one for each filter." : "These filters have no biases.")
    if filters.hasBias {
      slip(
        filters.layer(hasBias: false).map { [$0.parameterCount + 1] },
        "Each filter has a bias of its own: \(filters.count), not 1.")
    }
    slip(
      shape(input.width, input.height, 1).flatMap { filters.layer(over: $0) }
        .map { [$0.parameterCount] },
      "A filter goes through all \(input.depth) depths of the input.")
    slip(
      filters.layer(count: 1).map { [$0.parameterCount] },
      "That is one filter; there are \(filters.count).")
    slip(
      [layer.parameterCount * layer.output.plane],
      "Every place is met by the same weights; they are counted once.")
    let dense = Draft(
      input,
      [.flatten(Flatten()), .dense(Dense(outputs: filters.count, hasBias: filters.hasBias))])
    slip(
      dense.map { [$0.layer.parameterCount] },
      "That is a dense layer; a filter's size does not depend on how large the input is.")
  }

  static func depthwiseParameters(_ draws: inout Draws) -> Draft? {
    guard let filters = filters(&draws) else { return nil }
    let (depth, size) = (filters.input.depth, filters.windows.sizeText)
    func depthwise(_ input: Shape, hasBias: Bool) -> Draft? {
      let rule = DepthwiseConvolution(windows: filters.windows, hasBias: hasBias)
      return Draft(input, [.depthwiseConvolution(rule)])
    }
    guard var draft = depthwise(filters.input, hasBias: filters.hasBias) else { return nil }
    draft.ask =
      "A depthwise convolution of \(size), \(filters.hasBias ? "with biases," : "without biases,") "
      + "goes over an input of \(filters.input), with one filter for each depth. How many parameters "
      + "has it?"
    draft.slip(
      filters.layer(count: depth).map { [$0.parameterCount] },
      "A filter of a depthwise convolution sees one depth alone, not all \(depth).")
    draft.slip(
      depthwise(filters.input, hasBias: !filters.hasBias).map { [$0.layer.parameterCount] },
      filters.hasBias
        ? "You left out the biases: one for each filter." : "These filters have no biases.")
    draft.slip(
      shape(filters.input.width, filters.input.height, 1)
        .flatMap { depthwise($0, hasBias: filters.hasBias) }.map { [$0.layer.parameterCount] },
      "That is one filter; each of the \(depth) depths has its own.")
    draft.hints = [
      "There are as many filters as depths, each one depth thick.",
      "\(depth) filters of \(size)" + (filters.hasBias ? ", and a bias for each." : "."),
    ]
    draft.explainCount()
    return draft
  }

  static func denseParameters(_ draws: inout Draws) -> Draft? {
    let units = draws.pick([2, 3, 5, 10, 10, 16, 32])
    guard
      let input = shape(draws.number(2...8), draws.number(2...8), draws.pick([2, 3, 4, 8, 16])),
      var draft = dense(input, units)
    else { return nil }
    draft.ask =
      "Maps of \(input) are flattened and go into a dense layer of \(units) units with biases. "
      + "How many parameters has it?"
    let weights = dense(input, units, hasBias: false)?.layer.parameterCount
    draft.slip(weights.map { [$0] }, "You left out the biases: one for each unit.")
    draft.slip(weights.map { [$0 + 1] }, "Each unit has a bias of its own: \(units), not 1.")
    draft.slip(
      shape(input.width, input.height, 1).flatMap { dense($0, units) }
        .map { [$0.layer.parameterCount] },
      "The flattened row holds all \(input.depth) depths.")
    draft.slip(
      shape(1, 1, input.depth).flatMap { dense($0, units) }.map { [$0.layer.parameterCount] },
      "The flattened row holds every place of the maps, not only a number a map.")
    draft.slip([input.count], "So many numbers go in; each unit has a weight for each of them.")
    draft.hints = [
      "How long is the flattened row?",
      "Each unit has a weight for each of the \(input.count) numbers, and a bias.",
    ]
    draft.explainCount()
    return draft
  }

  private static func dense(_ input: Shape, _ units: Int, hasBias: Bool = true) -> Draft? {
    Draft(input, [.flatten(Flatten()), .dense(Dense(outputs: units, hasBias: hasBias))])
  }

  /// A small network: filters, a pool, a dense layer.
  private struct Chain {
    var filter: Int
    var filters: Int
    var units: Int
    var input: Shape

    func draft(pools: Bool = true, hasBias: Bool = true) -> Draft? {
      let convolution = Convolution(
        windows: WindowSettings(size: Pair(filter)), filters: filters, hasBias: hasBias)
      let pool = MaxPool(windows: WindowSettings(size: Pair(2), stride: Pair(2)))
      return Draft(
        input,
        [.convolution(convolution)] + (pools ? [.maxPool(pool)] : [])
          + [.flatten(Flatten()), .dense(Dense(outputs: units, hasBias: hasBias))])
    }
  }

  static func chainParameters(_ draws: inout Draws) -> Draft? {
    let side = draws.number(8...20)
    guard let input = shape(side, side, draws.pick([1, 1, 3])) else { return nil }
    let chain = Chain(
      filter: draws.pick([3, 3, 5]), filters: draws.pick([2, 3, 4, 6, 8]),
      units: draws.pick([2, 3, 5, 10]), input: input)
    guard var draft = chain.draft(), let unpooled = chain.draft(pools: false),
      let bare = chain.draft(hasBias: false)
    else { return nil }
    let (layers, all) = (draft.network.layers, draft.network.parameterCount)
    draft.ask =
      "An input of \(input) goes through \(chain.filters) filters of "
      + "\(chain.filter)×\(chain.filter) with stride 1 and no padding, max pooling of 2×2 with stride "
      + "2, a flatten, and a dense layer of \(chain.units) units; filters and units have biases. How "
      + "many parameters has all of it?"
    draft.slip([unpooled.network.parameterCount], "The pool halves width and height first.")
    draft.slip([bare.network.parameterCount], "You left out the biases.")
    draft.slip([draft.layer.parameterCount], "That is the dense layer; the filters count too.")
    draft.slip([layers[0].parameterCount], "Those are the filters; the dense layer counts too.")
    draft.hints = [
      "Two layers learn: the filters and the dense layer. The pool has nothing to learn.",
      "The dense layer takes \(layers[1].output), flattened to \(layers[1].output.count) numbers.",
    ]
    draft.explainCount()
    draft.answers([all])
    draft.why =
      "\(layers[0].groupedCountText), and \(draft.layer.groupedCountText); "
      + "\(grouped(layers[0].parameterCount)) + \(grouped(draft.layer.parameterCount)) = "
      + "\(grouped(all))."
    draft.look(.layer, keys: "t")
    return draft
  }

  static func filterProducts(_ draws: inout Draws) -> Draft? {
    guard let filters = filters(&draws),
      var draft = Draft(filters.input, [.convolution(convolution(filters))])
    else { return nil }
    draft.ask =
      "\(filters.text) go over an input of \(filters.input) with "
      + "\(filters.windows.text). How many multiply-adds is that, products with padding counted?"
    draft.slipsOfProducts(draft.layer, filters.input)
    draft.slip(
      shape(filters.input.width, filters.input.height, 1).flatMap { filters.layer(over: $0) }
        .map { [$0.multiplyAdds] },
      "Every cell sums over all \(filters.input.depth) depths.")
    draft.slip(
      filters.layer(count: 1).map { [$0.multiplyAdds] },
      "That is one map; there are \(filters.count).")
    draft.explainProducts()
    return draft
  }

  static func depthwiseProducts(_ draws: inout Draws) -> Draft? {
    guard let filters = filters(&draws) else { return nil }
    let depthwise = DepthwiseConvolution(windows: filters.windows, hasBias: filters.hasBias)
    guard var draft = Draft(filters.input, [.depthwiseConvolution(depthwise)]) else { return nil }
    let depth = filters.input.depth
    draft.ask =
      "A depthwise convolution of \(filters.windows.sizeText), with one filter for each depth, goes "
      + "over an input of \(filters.input) with \(filters.windows.text). How many multiply-adds is "
      + "that, products with padding counted?"
    draft.slipsOfProducts(draft.layer, filters.input)
    draft.slip(
      filters.layer(count: depth).map { [$0.multiplyAdds] },
      "A filter of a depthwise convolution sees one depth alone, not all \(depth).")
    draft.slip(
      filters.layer(over: shape(filters.input.width, filters.input.height, 1), count: 1)
        .map { [$0.multiplyAdds] },
      "That is one map; there are \(depth).")
    draft.explainProducts()
    return draft
  }

  private mutating func slipsOfProducts(_ layer: Layer, _ input: Shape) {
    answers([layer.multiplyAdds])
    slip(
      [layer.parameterCount],
      "So many parameters it has; each weight is multiplied at every place.")
    slip([layer.productsPerCell], "That is one cell; there are \(grouped(layer.output.count)).")
    if input.plane != layer.output.plane {
      slip(
        [layer.productsPerCell * input.plane * layer.output.depth],
        "There are as many windows as the output has places, \(layer.output.plane), not as the "
          + "input has.")
    }
    if layer.parameters?.bias != nil {
      slip(
        [layer.multiplyAdds + layer.output.count], "Adding a bias is no multiplication.")
    }
  }

  private mutating func explainProducts() {
    hints = [
      "How many cells has the output, and how many products make one of them?",
      "The output is \(layer.output): \(counted(layer.output.count, "cell")).",
      "One cell takes \(counted(layer.productsPerCell, "product")).",
    ]
    why =
      "\(counted(layer.output.count, "cell")) · \(grouped(layer.productsPerCell)) = "
      + "\(grouped(layer.multiplyAdds))."
    look(at: Cell(0, 0, 0), keys: "s")
  }
}
