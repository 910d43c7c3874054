import ConvolutionEngine
import ExactNumbers

extension ExpressionEvaluator {
  mutating func call(
    _ function: Function, _ arguments: [Expression], in scene: String, at offset: Int
  ) throws(ExpressionError) -> Number {
    var arguments = Arguments(function, arguments, scene: scene, at: offset)
    switch function {
    case .floor: return Number(try arguments.ratio(&self).floor)
    case .ceil: return Number(try arguments.ratio(&self).ceiling)
    case .abs: return try magnitude(arguments.ratio(&self), at: offset)
    case .sqrt: return try root(arguments.ratio(&self), at: offset)
    case .slice: return try slice(&arguments)
    case .bias: return try bias(&arguments)
    case .weight: return try weight(&arguments)
    case .params:
      return try total(&arguments) { $0.parameterCount }
    case .frozen:
      let frozen = scenes[scene]?.frozenLayers ?? 0
      return try total(&arguments) { $0.parameterCount - $0.trainableCount(frozen: frozen) }
    case .trainable:
      let frozen = scenes[scene]?.frozenLayers ?? 0
      return try total(&arguments) { $0.trainableCount(frozen: frozen) }
    case .products: return try total(&arguments) { $0.multiplyAdds }
    case .width: return Number(Int128(try arguments.map(self).shape.width))
    case .height: return Number(Int128(try arguments.map(self).shape.height))
    case .depth: return Number(Int128(try arguments.map(self).shape.depth))
    case .cells: return Number(Int128(try arguments.map(self).shape.count))
    case .count: return try count(&arguments)
    case .readers: return try readers(&arguments)
    case .unread: return try unread(&arguments)
    case .max: return try extremeOrOneOf(&arguments) { $0 > $1 }
    case .min: return try extremeOrOneOf(&arguments) { $0 < $1 }
    case .peakx: return Number(Int128(try extreme(&arguments) { $0 > $1 }.cell.x))
    case .peaky: return Number(Int128(try extreme(&arguments) { $0 > $1 }.cell.y))
    case .winnerx: return Number(Int128(try winner(&arguments).x))
    case .winnery: return Number(Int128(try winner(&arguments).y))
    }
  }

  private func magnitude(_ ratio: Ratio, at offset: Int) throws(ExpressionError) -> Number {
    guard let value = ratio < .zero ? ratio.negated : ratio else {
      throw ExpressionError(.overflow, at: offset)
    }
    return .ratio(value)
  }

  private func root(_ ratio: Ratio, at offset: Int) throws(ExpressionError) -> Number {
    guard let root = ratio.exactRoot else {
      throw ExpressionError(.noExactRoot(Template.text(.ratio(ratio))), at: offset)
    }
    return .ratio(root)
  }

  /// A layer's slice sum at an input depth.
  private mutating func slice(_ arguments: inout Arguments) throws(ExpressionError) -> Number {
    let place = try arguments.cell(&self)
    let depth = try arguments.whole(&self)
    try arguments.end()
    guard case .layer(let layer) = place.map else { throw arguments.wrong }
    let account = try account(
      of: place.cell, in: layer, scene: arguments.scene, at: arguments.offset)
    guard case .weightedSum(let sum) = account.working else {
      throw ExpressionError(.named(.noWeights(layer.name)), at: arguments.offset)
    }
    guard (0..<sum.filter.depth).contains(depth - sum.firstDepth) else {
      throw ExpressionError(
        .named(.outside(what: "depth \(depth)", size: "the filter is \(sum.filter)")),
        at: arguments.offset)
    }
    return sum.sum(sum.slice(depth - sum.firstDepth))
  }

  private mutating func bias(_ arguments: inout Arguments) throws(ExpressionError) -> Number {
    let layer = try arguments.layer(self)
    let filter = try arguments.whole(&self)
    try arguments.end()
    let parameters = try parameters(of: layer, arguments)
    guard let bias = parameters.bias else {
      throw ExpressionError(.named(.noBias(layer.name)), at: arguments.offset)
    }
    try checkFilter(filter, of: layer, parameters, arguments)
    return bias[filter]
  }

  private mutating func weight(_ arguments: inout Arguments) throws(ExpressionError) -> Number {
    let layer = try arguments.layer(self)
    let filter = try arguments.whole(&self)
    let (i, j) = (try arguments.whole(&self), try arguments.whole(&self))
    let place = Cell(i, j, try arguments.whole(&self))
    try arguments.end()
    let parameters = try parameters(of: layer, arguments)
    try checkFilter(filter, of: layer, parameters, arguments)
    guard parameters.filter.contains(place) else {
      throw ExpressionError(
        .named(.outside(what: "\(place)", size: "the filter is \(parameters.filter)")),
        at: arguments.offset)
    }
    return parameters.weight(filter, place)
  }

  private func parameters(
    of layer: Layer, _ arguments: Arguments
  ) throws(ExpressionError) -> Parameters {
    guard let parameters = layer.parameters else {
      throw ExpressionError(.named(.noWeights(layer.name)), at: arguments.offset)
    }
    return parameters
  }

  private func checkFilter(
    _ filter: Int, of layer: Layer, _ parameters: Parameters, _ arguments: Arguments
  ) throws(ExpressionError) {
    guard (0..<parameters.filters).contains(filter) else {
      throw ExpressionError(
        .named(.outside(what: "filter \(filter)", size: "\(layer.name) has \(parameters.filters)")),
        at: arguments.offset)
    }
  }

  /// A count of one layer, or of all.
  private mutating func total(
    _ arguments: inout Arguments, _ count: (Layer) -> Int
  ) throws(ExpressionError) -> Number {
    if !arguments.isEmpty { return Number(Int128(count(try arguments.onlyLayer(self)))) }
    let key = "\(arguments.scene):\(arguments.name)"
    if let total = totals[key] { return Number(total) }
    let network = try network(arguments.scene, at: arguments.offset)
    try spend(network.layers.count, at: arguments.offset)
    let total = network.layers.reduce(Int128(0)) { $0 + Int128(count($1)) }
    totals[key] = total
    return Number(total)
  }

  /// How many cells of one map read a cell of what the layer takes.
  private mutating func readers(_ arguments: inout Arguments) throws(ExpressionError) -> Number {
    let source = try arguments.cell(&self)
    let layer = try arguments.layer(self)
    try arguments.end()
    let network = try network(arguments.scene, at: arguments.offset)
    let reads = layer.sources.map { network.name(of: $0) }
    let name =
      switch source.map {
      case .input: network.inputName
      case .layer(let layer): layer.name
      }
    guard reads.contains(name) else {
      throw ExpressionError(
        .named(.doesNotRead(layer.name, source: name, reads: reads)), at: arguments.offset)
    }
    guard let windows = layer.windows else { return Number(1) }
    try spend(windows.x.filter + windows.y.filter, at: arguments.offset)
    let columns = windows.x.readers(of: source.cell.x).count
    return Number(Int128(columns) * Int128(windows.y.readers(of: source.cell.y).count))
  }

  /// How many places of one input plane no window reads.
  private mutating func unread(_ arguments: inout Arguments) throws(ExpressionError) -> Number {
    let layer = try arguments.onlyLayer(self)
    guard let windows = layer.windows else { return .zero }
    let sides = [windows.x, windows.y]
    try spend(
      sides.reduce(0) { $0 + $1.input + $1.paddingBefore }, at: arguments.offset)
    let read = sides.reduce(Int128(1)) { $0 * Int128($1.input - $1.unread.count) }
    return Number(Int128(layer.input.plane) - read)
  }

  /// What two numbers compared cost, in products.
  private static let costOfComparison = 16

  /// The best number of a map, or of several that are given.
  private mutating func extremeOrOneOf(
    _ arguments: inout Arguments, _ isBetter: (Number, Number) -> Bool
  ) throws(ExpressionError) -> Number {
    if arguments.beginsWithName { return try extreme(&arguments, isBetter).value }
    var best = try arguments.number(&self)
    repeat {
      let next = try arguments.number(&self)
      if isBetter(next, best) { best = next }
    } while !arguments.isEmpty
    return best
  }

  /// Of how many cells of a layer, or of one of its maps, a comparison holds.
  private mutating func count(_ arguments: inout Arguments) throws(ExpressionError) -> Number {
    let (map, depth, relation, right) = try arguments.counted(&self)
    let shape = map.shape
    guard depth.map({ (0..<shape.depth).contains($0) }) ?? true else {
      throw ExpressionError(
        .named(.outside(what: "map \(depth ?? 0)", size: "there are \(shape.depth)")),
        at: arguments.offset)
    }
    let places = depth.map { $0 * shape.plane..<($0 + 1) * shape.plane } ?? 0..<shape.count
    try spend(places.count * ExpressionEvaluator.costOfComparison, at: arguments.offset)
    let tensor = try tensor(of: map, in: arguments.scene, at: arguments.offset)
    return Number(Int128(places.count { relation.holds(tensor[$0], right) }))
  }

  /// The first cell of a map that no other comes before.
  private mutating func extreme(
    _ arguments: inout Arguments, _ isBetter: (Number, Number) -> Bool
  ) throws(ExpressionError) -> (cell: Cell, value: Number) {
    let map = try arguments.map(self, isLast: false)
    let depth = try arguments.whole(&self)
    try arguments.end()
    let shape = map.shape
    guard (0..<shape.depth).contains(depth) else {
      throw ExpressionError(
        .named(.outside(what: "map \(depth)", size: "there are \(shape.depth)")),
        at: arguments.offset)
    }
    try spend(shape.plane * ExpressionEvaluator.costOfComparison, at: arguments.offset)
    let tensor = try tensor(of: map, in: arguments.scene, at: arguments.offset)
    var best = (cell: Cell(0, 0, depth), value: tensor[Cell(0, 0, depth)])
    for index in depth * shape.plane..<(depth + 1) * shape.plane
    where isBetter(tensor[index], best.value) {
      best = (shape.cell(at: index), tensor[index])
    }
    return best
  }

  /// The first of a max pool's candidates that is the maximum.
  private mutating func winner(_ arguments: inout Arguments) throws(ExpressionError) -> Cell {
    let place = try arguments.cell(&self)
    try arguments.end()
    guard case .layer(let layer) = place.map else { throw arguments.wrong }
    let account = try account(
      of: place.cell, in: layer, scene: arguments.scene, at: arguments.offset)
    guard case .maximum(let candidates) = account.working, let first = candidates.winners.first
    else { throw ExpressionError(.named(.notAMaxPool(layer.name)), at: arguments.offset) }
    return candidates.cells[first]
  }
}

/// A function's arguments, taken one by one.
private struct Arguments {
  let scene: String
  let offset: Int
  private let function: Function
  private var rest: ArraySlice<Expression>

  init(_ function: Function, _ arguments: [Expression], scene: String, at offset: Int) {
    self.function = function
    self.scene = scene
    self.offset = offset
    rest = arguments[...]
  }

  var isEmpty: Bool { rest.isEmpty }
  var name: String { function.rawValue }

  /// Too few, too many, or of the wrong kind.
  var wrong: ExpressionError {
    ExpressionError(.named(.arguments(of: function.rawValue, usage: function.usage)), at: offset)
  }

  func end() throws(ExpressionError) {
    guard rest.isEmpty else { throw wrong }
  }

  private mutating func next() throws(ExpressionError) -> Expression {
    guard let next = rest.popFirst() else { throw wrong }
    return next
  }

  /// A number, which is the only argument.
  mutating func ratio(
    _ evaluator: inout ExpressionEvaluator
  ) throws(ExpressionError) -> Ratio {
    let expression = try next()
    try end()
    return try evaluator.exact(expression, in: scene, at: offset)
  }

  var beginsWithName: Bool {
    if case .name = rest.first { true } else { false }
  }

  mutating func number(_ evaluator: inout ExpressionEvaluator) throws(ExpressionError) -> Number {
    try evaluator.value(of: try next(), in: scene)
  }

  /// `v > 0`, or `v,0 > 0`: a layer or the input, perhaps one of its maps, and what its numbers are
  /// compared with.
  mutating func counted(
    _ evaluator: inout ExpressionEvaluator
  ) throws(ExpressionError) -> (
    map: ExpressionEvaluator.Map, depth: Int?, relation: Claim.Relation, right: Number
  ) {
    var first = try next()
    var depth: Int?
    guard case .comparison(let relation, var left, let right, _) = rest.popFirst() ?? first else {
      throw wrong
    }
    if case .comparison = first {
      swap(&first, &left)
    } else {
      depth = try evaluator.whole(left, in: scene, at: offset)
    }
    try end()
    guard case .name(let name, let place) = first else { throw wrong }
    return (
      try evaluator.map(named: name, in: scene, at: place), depth, relation,
      try evaluator.value(of: right, in: scene)
    )
  }

  mutating func whole(_ evaluator: inout ExpressionEvaluator) throws(ExpressionError) -> Int {
    try evaluator.whole(try next(), in: scene, at: offset)
  }

  mutating func cell(
    _ evaluator: inout ExpressionEvaluator
  ) throws(ExpressionError) -> ExpressionEvaluator.MapCell {
    guard case .cell(let name, let indices, let offset) = try next() else { throw wrong }
    return try evaluator.cell(name, indices, in: scene, at: offset)
  }

  /// A layer or the input.
  mutating func map(
    _ evaluator: ExpressionEvaluator, isLast: Bool = true
  ) throws(ExpressionError) -> ExpressionEvaluator.Map {
    guard case .name(let name, let offset) = try next() else { throw wrong }
    if isLast { try end() }
    return try evaluator.map(named: name, in: scene, at: offset)
  }

  mutating func layer(_ evaluator: ExpressionEvaluator) throws(ExpressionError) -> Layer {
    guard case .layer(let layer) = try map(evaluator, isLast: false) else { throw wrong }
    return layer
  }

  mutating func onlyLayer(_ evaluator: ExpressionEvaluator) throws(ExpressionError) -> Layer {
    let layer = try layer(evaluator)
    try end()
    return layer
  }
}

extension Layer {
  /// Its parameters that training changes, where it leaves the first layers as they are.
  fileprivate func trainableCount(frozen: Int) -> Int { index < frozen ? 0 : trainableCount }
}
