import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// One of the numbers that a cell is made of, with what it gives.
struct Contribution: Sendable, Equatable {
  /// Which of the layer's inputs, and the cell of it.
  let input: Int
  let cell: Cell
  let value: Number
  /// The weight that it meets, and where that stands in its filter; nil where it is taken as it is.
  let weight: Weight?
  /// The product; without a weight the number itself.
  let product: Number
  /// Its place among all terms of the cell, padding counted.
  let index: Int

  struct Weight: Sendable, Equatable {
    let tap: Cell
    let value: Number
  }
}

/// Which of the terms of a cell comes first; of a maximum it is always the highest.
enum TermOrder: String {
  /// The largest by magnitude.
  case bySize = " by size"
  case highestFirst = ", highest first"
  case lowestFirst = ", lowest first"
}

extension ShowsWalk {
  /// The order that shows first what most makes the current cell what it is: of a sum below zero, as far
  /// as it is known, the terms that pull it down.
  var pull: TermOrder {
    guard let account = try? account() else { return .highestFirst }
    switch account.working {
    case .maximum: return .highestFirst
    case .weightedSum(let sum) where !step.isComplete:
      return sum.sum(0..<step.productsDone).isNegative ? .lowestFirst : .highestFirst
    default: return account.total.isNegative ? .lowestFirst : .highestFirst
    }
  }

  /// What the current cell is made of, in an order; of a maximum always by the numbers themselves.
  /// Padding is left out, and at the grain of products what is not multiplied yet.
  ///
  /// - Parameter most: how many of them are wanted.
  func contributions(_ order: TermOrder, most: Int = .max) -> [Contribution] {
    guard let cell = step.cell, let inputs = activations.inputs(of: place.layer),
      let account = try? account()
    else { return [] }
    var products: [Number]?
    if case .weightedSum(let sum) = account.working { products = sum.products }
    var isMaximum = false
    if case .maximum = account.working { isMaximum = true }
    let known = products == nil ? Int.max : step.productsDone
    let terms = layer.terms(of: cell)
    let found = terms.indices.filter { $0 < known && terms[$0].cell != nil }
    func number(_ index: Int) -> Number {
      products?[index] ?? terms[index].cell.map { inputs[terms[index].input][$0] } ?? .zero
    }
    let sizes = found.map { index in
      let number = number(index).nearestDouble
      switch order {
      case .bySize: return isMaximum ? number : abs(number)
      case .highestFirst: return number
      case .lowestFirst: return -number
      }
    }
    let sorted = found.indices.sorted { first, second in
      sizes[first] == sizes[second] ? first < second : sizes[first] > sizes[second]
    }
    return sorted.prefix(most).compactMap { place in
      let index = found[place]
      guard let under = terms[index].cell else { return nil }
      return Contribution(
        input: terms[index].input, cell: under, value: inputs[terms[index].input][under],
        weight: products == nil ? nil : weight(ofTerm: index, map: cell.depth),
        product: number(index), index: index)
    }
  }

  private func weight(ofTerm index: Int, map: Int) -> Contribution.Weight? {
    layer.parameters.map { parameters in
      let tap = parameters.filter.cell(at: index)
      return Contribution.Weight(tap: tap, value: parameters.weight(map, tap))
    }
  }

  /// How a term is written: `pool1[1,2,3] · conv2_Ker5[0,1,3] = 15 · 3 = 45`.
  func text(of contribution: Contribution) -> String {
    let source = network.name(of: layer.sources[contribution.input])
    guard let weight = contribution.weight else {
      return "\(source)\(contribution.cell) \(contribution.value.relation) "
        + contribution.value.digits
    }
    let filter = names.filter(layer, step.map)
    let tap = layer.input.isFlat ? "[\(weight.tap.depth)]" : "\(weight.tap)"
    return "\(source)\(contribution.cell) · \(filter)\(tap) = "
      + "\(contribution.value.text) · \(factor(weight.value)) \(contribution.product.relation) "
      + contribution.product.digits
  }

  private func factor(_ number: Number) -> String {
    number.isNegative ? "(\(number.text))" : number.text
  }
}

/// The way that was followed from cell to cell.
struct Following: Sendable, Equatable {
  /// From a cell to one of its terms.
  struct Hop: Sendable, Equatable {
    let from: Place
    let to: Place
    let rank: Int
  }

  /// The way back, last the newest.
  private(set) var hops: [Hop] = []
  /// The cell whose terms or readers were looked at last, and which of them.
  private var last: (place: Place, isReader: Bool, rank: Int)?

  /// Longer ways are forgotten at their start.
  private static let longest = 1000

  /// The rank that comes next where the same is asked for at the same place again.
  func rank(at place: Place, isReader: Bool) -> Int {
    guard let last, last.place == place, last.isReader == isReader else { return 0 }
    return last.rank + 1
  }

  mutating func note(_ rank: Int, at place: Place, isReader: Bool) {
    last = (place, isReader, rank)
  }

  mutating func push(_ hop: Hop) {
    hops.append(hop)
    hops.removeFirst(max(0, hops.count - Following.longest))
  }

  /// The hop that led to a place, taken back.
  mutating func pop(to place: Place) -> Hop? {
    guard let hop = hops.last, hop.to == place else { return nil }
    hops.removeLast()
    return hop
  }

  static func == (first: Following, second: Following) -> Bool {
    first.hops == second.hops && first.last?.place == second.last?.place
      && first.last?.rank == second.last?.rank && first.last?.isReader == second.last?.isReader
  }
}

extension Player {
  /// To the cell that gives the current one most; again, from the same cell, to the next.
  ///
  /// - Parameter count: which, from 1.
  mutating func followTerm(_ count: Int?) -> [Effect] {
    guard step.cell != nil else {
      say("Stand on a cell first; \(key(.next)) goes forward.")
      return []
    }
    // A product of the picture's numbers is a place of the same layer.
    if count == nil, let hop = trail.following.hops.last, hop.to == place,
      hop.from.layer == place.layer
    {
      _ = trail.following.pop(to: place)
      shown.grain = hop.from.grain
      shown.place = hop.from
    }
    let order = pull
    let terms = contributions(order)
    let rank = count.map { $0 - 1 } ?? trail.following.rank(at: place, isReader: false)
    guard terms.indices.contains(rank) else {
      say(
        terms.isEmpty
          ? "\(walk.address(of: place)) is made of no number: all is padding."
          : "\(walk.address(of: place)) has \(counted(terms.count, "term")); those were all.")
      return []
    }
    return follow(terms[rank], rank: rank, of: terms.count, order)
  }

  mutating func follow(
    _ term: Contribution, rank: Int, of count: Int, _ order: TermOrder
  ) -> [Effect] {
    let from = place
    let rule = count > 1 ? order.rawValue : ""
    let which = "Term \(grouped(rank + 1)) of \(grouped(count))\(rule): \(text(of: term))."
    trail.following.note(rank, at: from, isReader: false)
    var effects: [Effect] = []
    switch layer.sources[term.input] {
    case .layer(let index): effects = visit(network.layers[index].name, term.cell)
    case .input:
      guard term.weight != nil, layer.grains.contains(.product), let cell = step.cell else {
        say("\(which) That is the picture.")
        return []
      }
      shown.grain = .product
      effects = jump(
        to: Place(
          layer: from.layer, grain: .product,
          position: layer.output.index(cell) * layer.productsPerCell + term.index + 1))
    }
    trail.following.push(Following.Hop(from: from, to: place, rank: rank))
    say(which)
    return effects
  }

  /// To a cell that reads the current one: back where it was come from, else to the reader that it
  /// meets with the largest weight; again, from the same cell, to the next.
  mutating func followReader(_ count: Int?) -> [Effect] {
    guard let cell = step.cell else {
      say("Stand on a cell first; \(key(.next)) goes forward.")
      return []
    }
    if count == nil, let hop = trail.following.pop(to: place) {
      shown.grain = hop.from.grain
      let effects = jump(to: hop.from)
      say("Back. Press \(key(.toTerm)) for the next term, \(key(.toReader)) to go on.")
      return effects
    }
    let readers = readers(of: cell)
    let rank = count.map { $0 - 1 } ?? trail.following.rank(at: place, isReader: true)
    guard readers.indices.contains(rank) else {
      say(
        readers.isEmpty
          ? "No layer reads \(layer.name)\(cell)."
          : "\(layer.name)\(cell) is read by \(counted(readers.count, "cell")); those were all.")
      return []
    }
    trail.following.note(rank, at: place, isReader: true)
    let read = "\(layer.name)\(cell)"
    let effects = visit(network.layers[readers[rank].layer].name, readers[rank].cell)
    say(
      "Reader \(grouped(rank + 1)) of \(grouped(readers.count)) of \(read). "
        + "\(twice(key(.jumpToMark))) comes back.")
    return effects
  }

  /// The cells of later layers that are made of a cell, those with the largest weight first.
  private func readers(of cell: Cell) -> [(layer: Int, cell: Cell)] {
    var found: [(layer: Int, cell: Cell, size: Double)] = []
    for reader in network.layers where reader.sources.contains(.layer(place.layer)) {
      for (branch, source) in reader.sources.enumerated() where source == .layer(place.layer) {
        reader.operation.rule.visitReaders(of: cell, ofInput: branch, in: reader) { reading in
          let weight = reading.weight.flatMap { reader.parameters?.weights[$0].nearestDouble } ?? 1
          found.append((reader.index, reading.output, abs(weight)))
        }
      }
    }
    return found.indices.sorted { first, second in
      found[first].size == found[second].size
        ? first < second : found[first].size > found[second].size
    }.map { (found[$0].layer, found[$0].cell) }
  }

  private mutating func visit(_ layer: String, _ cell: Cell) -> [Effect] {
    visit(Address(layer: layer, part: .cell(cell)))
  }
}
