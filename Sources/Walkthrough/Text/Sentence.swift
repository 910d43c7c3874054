import ConvolutionEngine
import ExactNumbers

/// What a step says: a few short sentences about the one thing that it did.
package struct Narration: Sendable, Equatable {
  /// What happened.
  package var sentences: [String]
  /// What the next step will do; empty at the end of the walk.
  package var next: String
}

extension Walk {
  /// The step's sentences.
  ///
  /// - Parameter account: how the step's cell is computed; nil where it has none.
  package func narration(_ place: Place, account: CellAccount?) -> Narration {
    let step = Step(place, in: self)
    return Narration(
      sentences: sentences(step, account: account), next: next(after: place))
  }

  private func sentences(_ step: Step, account: CellAccount?) -> [String] {
    let layer = step.layer
    guard step.place.position > 0 else {
      return ["Nothing of \(layer.name) is computed yet.", purpose(of: layer)]
    }
    if let account { return cellSentences(step, account) }
    if step.place.grain == .map {
      let windows = layer.output.plane
      let products = windows * layer.productsPerCell
      return products == 0
        ? ["Map \(step.map) of \(layer.name) is done: \(counted(layer.output.plane, "cell"))."]
        : [
          "\(CodeNames(network).filter(layer, step.map)) over "
            + (windows == 1 ? "the only window: " : "all \(grouped(windows)) windows: ")
            + "\(grouped(windows)) · \(grouped(layer.productsPerCell)) = \(counted(products, "product")), one map.",
          "\(counted(layer.output.depth, "filter")), \(counted(layer.output.depth, "map")).",
        ]
    }
    return ["\(layer.name) is done: \(layer.output).", purpose(of: layer)]
  }

  private func cellSentences(_ step: Step, _ account: CellAccount) -> [String] {
    switch account.working {
    case .weightedSum(let sum): return weightedSentences(step, account, sum)
    case .maximum(let candidates): return [winnerSentence(candidates, of: step.layer)]
    case .average(let average):
      let padded = average.divisor - average.cells.count
      let padding = padded > 0 ? ", \(padded) of them padding" : ""
      return ["The sum is \(average.sum.text), divided by \(average.divisor) places\(padding)."]
        + roundingSentences(account)
    case .mapped(let input, let operation):
      return [operation.words.sentence(on: input)] + roundingSentences(account)
    case .added(let numbers):
      let sources = step.layer.sources.map { network.name(of: $0) }.joined(separator: " and ")
      return [
        "The cell's place in \(sources): "
          + "\(readableSum(numbers)) \(account.total.relation) \(account.total.digits)."
      ] + roundingSentences(account)
    case .joined(let input, let cell, _):
      let source = network.name(of: step.layer.sources[input])
      return ["Map \(account.cell.depth) is map \(cell.depth) of \(source). No number changes."]
    case .padding: return ["This place is padding: a 0 that the layer puts around its input."]
    case .normalized(_, let map):
      return ["Less the mean \(map.mean.text), divided by \(map.rootEquation)."]
        + roundingSentences(account)
    case .responded(let response):
      let count = response.cells.count
      return [count == 1 ? "1 map counts." : "\(count) maps around it count."]
        + roundingSentences(account)
    case .squashed(let input, let exponential):
      return ["e^−\(input.magnitudeText) \(exponential.relation) \(exponential.digits)."]
        + roundingSentences(account)
    case .shared(let share): return [sentence(share, account.cell)] + roundingSentences(account)
    case .moved(let cell, _):
      return [
        step.layer.operation.words.sentence(
          moving: cell, to: account.cell, in: step.layer, network)
      ]
    }
  }

  private func sentence(_ share: Share, _ cell: Cell) -> String {
    let exponential = share.exponentials[cell.depth]
    return "e^(\(share.values[cell.depth].text) − \(share.largest.text)) "
      + "\(exponential.relation) \(exponential.digits), of the sum \(share.sum.text)."
  }

  private func winnerSentence(_ candidates: Candidates, of layer: Layer) -> String {
    let source = network.name(of: layer.sources[0])
    let winners = candidates.winners.map { "\(source)\(candidates.cells[$0])" }
    if winners.count == 1 { return "The winner is \(winners[0]). No tie." }
    return "A tie: \(winners.joined(separator: " and ")) are equal; the maximum is the same."
  }

  private func weightedSentences(
    _ step: Step, _ account: CellAccount, _ sum: WeightedSum
  ) -> [String] {
    let names = CodeNames(network)
    let filter = names.filter(step.layer, account.cell.depth)
    if step.place.grain == .product {
      let index = step.productsDone - 1
      let before = sum.sum(0..<index)
      let now = sum.sum(0..<step.productsDone)
      var sentences = [
        "Product \(step.productsDone) of \(step.layer.productsPerCell) in this "
          + (step.layer.windows == nil ? "dot product." : "window.")
      ]
      sentences.append(
        index == 0
          ? "Sum so far: \(now.text)."
          : "Sum so far: \(readableSum([before, sum.products[index]])) = \(now.text)")
      if step.isComplete { sentences += completion(account, sum) }
      return sentences
    }
    if step.place.grain == .slice, let slice = step.slice {
      let depth = sum.firstDepth + slice
      var sentences = [
        "Depth \(depth) of the window times depth \(slice) of \(filter): "
          + "its slice sum is \(sum.sum(sum.slice(slice)).text)."
      ]
      if sum.weights[sum.slice(slice)].allSatisfy(\.isZero) {
        sentences.append("All its weights are 0, so \(filter) ignores depth \(depth).")
      }
      if step.isComplete { sentences += completion(account, sum) }
      return sentences
    }
    return completion(account, sum)
  }

  /// `4 slice sums and 1 bias make ONE number: 3 + 0 + 2 − 1 + 2 = 6.`
  private func completion(_ account: CellAccount, _ sum: WeightedSum) -> [String] {
    [sumSentence(account, sum)] + roundingSentences(account)
  }

  /// What float32 did to the exact value; nothing where the cell is exact.
  private func roundingSentences(_ account: CellAccount) -> [String] {
    if account.precise != nil {
      return ["Kept as the nearest float32, \(account.total.text)."]
    }
    guard let rounding = account.rounding else { return [] }
    return [
      rounding.isZero
        ? "That is a float32, so rounding changed nothing."
        : "The exact value, \(account.unrounded.text), was rounded once, to the nearest float32."
    ]
  }

  private func sumSentence(_ account: CellAccount, _ sum: WeightedSum) -> String {
    let depths = sum.filter.depth
    let isDot = sum.filter.isFlat
    let parts =
      isDot
      ? counted(sum.products.count, "product") : counted(depths, "slice sum")
    let with = sum.bias == nil ? "" : " and 1 bias"
    let isOne = sum.bias == nil && (isDot ? sum.products.count : depths) == 1
    if isOne { return "\(parts) is the number: \(account.total.digits)." }
    let opening = "\(parts)\(with) make ONE number: "
    let total = "\(account.total.relation) \(account.total.digits)."
    var summands = (0..<depths).map { sum.sum(sum.slice($0)) }
    if isDot || depths > 6 {
      summands = [sum.sum(0..<sum.products.count)]
      // A sum of one summand would say nothing.
      if sum.bias == nil, sum.products.count <= 6 { summands = Array(sum.products) }
      if sum.bias == nil, sum.products.count > 6 {
        return opening + (account.total.relation == "=" ? "\(account.total.digits)." : total)
      }
    }
    return opening + readableSum(summands + (sum.bias.map { [$0] } ?? [])) + " " + total
  }

  /// One sentence on what a kind of layer is for.
  package func purpose(of layer: Layer) -> String {
    layer.operation.words.purpose(of: layer, in: network)
  }

  private func next(after place: Place) -> String {
    guard let next = self.place(place, movedBy: 1, wanted: place.grain) else {
      return "This is the last step."
    }
    guard next.layer == place.layer else {
      return "Next: \(layer(next).name), \(layer(next).kindTitle)."
    }
    let layer = layer(place)
    let names = CodeNames(network)
    switch address(of: next).part {
    case .product(let cell, let tap):
      return "Next: \(productText(layer, cell, tap, names: names))"
    case .slice(_, let depth):
      let last = Step(next, in: self).isComplete && layer.parameters?.bias != nil
      return last ? "Next: depth \(depth), then the bias, once." : "Next: depth \(depth)."
    case .cell(let cell): return "Next: \(layer.name)\(cell)."
    case .map(let map):
      return layer.parameters == nil
        ? "Next: map \(map)." : "Next: \(names.filter(layer, map)) makes map \(map)."
    case .layer: return "Next: \(layer.name), \(layer.kindTitle)."
    }
  }

  /// `X[4,4,0] · Ker0[2,2,0]`; a padded place is written `0`.
  package func productText(_ layer: Layer, _ cell: Cell, _ tap: Cell, names: CodeNames) -> String {
    let filterDepth = tap.depth - layer.firstDepth(ofMap: cell.depth)
    let filter = names.filter(layer, cell.depth)
    let weight =
      layer.windows == nil
      ? "\(filter)[\(filterDepth)]" : "\(filter)\(Cell(tap.x, tap.y, filterDepth))"
    let x = layer.windows.map { $0.x.place(position: cell.x, tap: tap.x) } ?? tap.x
    let y = layer.windows.map { $0.y.place(position: cell.y, tap: tap.y) } ?? tap.y
    guard let x, let y else { return "0 (padding) · \(weight)" }
    return "\(names.array(layer.sources[0]))\(Cell(x, y, tap.depth)) · \(weight)"
  }
}
