import ConvolutionEngine
import ExactNumbers

/// What a place of the way back shows: how far its gradient has come, and the number that it computes.
package struct BackwardStep: Sendable, Equatable {
  package let place: BackwardPlace
  package let target: GradientTarget
  package let address: GradientAddress
  /// The number that the step belongs to; nil at a start and for whole maps and layers.
  package let cell: Cell?
  /// How many numbers, in the walk's order, are known.
  package let cellsDone: Int
  /// How many of the cell's products are done; nil where all are.
  package let productsDone: Int?

  package init(_ place: BackwardPlace, in walk: BackwardWalk) {
    self.place = place
    target = walk.target(place)
    address = walk.address(of: place)
    let shape = walk.shape(target)
    guard place.position > 0 else {
      (cell, cellsDone, productsDone) = (nil, 0, nil)
      return
    }
    switch address.part {
    case .layer: (cell, cellsDone, productsDone) = (nil, shape.count, nil)
    case .map:
      let maps = walk.count(target, .map)
      (cell, cellsDone, productsDone) = (nil, place.position * (shape.count / maps), nil)
    case .cell(let found): (cell, cellsDone, productsDone) = (found, shape.index(found) + 1, nil)
    case .slice(let found, _), .product(let found, _):
      // The next step is of another number where this one is done.
      var next = place
      next.position += 1
      let isDone =
        next.position > walk.count(place) || walk.cell(of: next) != found
      var first = walk.place(place, at: .window)
      first = walk.place(first, at: .product)
      let end = walk.place(next, at: .product).position
      cell = found
      cellsDone = shape.index(found) + (isDone ? 1 : 0)
      productsDone = isDone ? nil : end - first.position
    }
  }

  /// Whether a number of this gradient has its value yet.
  package func isKnown(_ cell: Cell, in walk: BackwardWalk) -> Bool {
    walk.shape(target).index(cell) < cellsDone
  }
}

extension BackwardWalk {
  /// The number that a step belongs to.
  func cell(of place: BackwardPlace) -> Cell? {
    address(of: place).cell
  }

  /// The step's sentences.
  ///
  /// - Parameter account: how the step's number comes about; nil where it has none.
  package func sentences(_ place: BackwardPlace, account: GradientAccount?) -> [String] {
    let target = target(place)
    let name = network.text(of: GradientAddress(target, .layer))
    guard place.position > 0 else { return ["Nothing of \(name) is computed yet."] }
    let words = GradientWords(network, from: loss)
    guard let account else {
      if place.grain == .map {
        let map = network.text(of: address(of: place))
        return ["\(map) is done: \(counted(shape(target).count / count(target, .map), "number"))."]
      }
      return ["\(name) is done: \(counted(shape(target).count, "number"))."]
    }
    guard case .sum(let shares) = account.working else { return words.sentences(account) }
    let step = BackwardStep(place, in: self)
    switch address(of: place).part {
    case .product:
      let products = shares.flatMap(\.terms).map(\.product)
      let done = step.productsDone ?? products.count
      var sentences = ["Product \(done) of \(products.count)."]
      sentences.append(
        done == 1
          ? "Sum so far: \(products[0].text)."
          : "Sum so far: \(readableSum([.sum(products[..<(done - 1)]), products[done - 1]])) = "
            + "\(Number.sum(products[..<done]).text)")
      return sentences + (step.productsDone == nil ? words.sentences(account) : [])
    case .slice(_, let slice):
      guard
        let share = shares.first(where: { $0.part == .filter(slice) || $0.part == .row(slice) })
      else { return words.sentences(account) }
      let what = share.part == .filter(slice) ? "Filter \(slice)'s share" : "Row \(slice)"
      return [
        "\(what): \(counted(share.terms.count, "product")), their sum is \(share.sum.text)."
      ] + (step.productsDone == nil ? words.sentences(account) : [])
    case .layer, .map, .cell: return words.sentences(account)
    }
  }
}
