import ConvolutionEngine
import ExactNumbers
import FastEvaluation

/// Computes the expressions of a lesson over its scenes, within a bound on the work of all of them
/// together; layers are evaluated once, and only where an expression needs them.
struct ExpressionEvaluator {
  private(set) var scenes: [String: Scene]
  private(set) var activations: [String: Activations] = [:]
  /// What was computed of the way back, by scene.
  var backwards: [String: Backward] = [:]
  /// The loss that a stop names, in place of its scene's.
  var ownLoss: (scene: String, loss: PlacedLoss)?
  private var work = 0
  /// Those that an expression has named.
  private(set) var namedScenes: Set<String> = []
  /// Counts of whole networks, by scene and function.
  var totals: [String: Int128] = [:]

  /// Products, and some for each cell, that all expressions of a lesson may need: a second or so.
  static let mostWork = 1 << 28
  /// What a cell costs whatever it multiplies, so that memory is bounded too.
  private static let workPerCell = 16
  /// What a product costs that is kept with its factors, in time and in memory.
  static let workPerTerm = 512
  /// What a number costs whose exponential is worked out, to within 2^−280.
  static let workPerExponential = 4096
  /// What a number costs that goes into a root.
  private static let workPerWideNumber = 16
  /// What a number costs that a loss is made of.
  static let workPerScore = 64

  init(_ scenes: [String: Scene]) { self.scenes = scenes }

  /// Computes one value.
  ///
  /// - Parameter scene: the scene whose names are meant where the expression names none.
  mutating func value(
    _ text: some Collection<Unicode.Scalar>, in scene: String
  ) throws(ExpressionError) -> Number {
    let expression = try ExpressionParser.parse(text)
    return try value(of: expression, in: scene)
  }

  /// Computes an answer's numbers.
  mutating func values(
    of answer: WrittenAnswer, in scene: String
  ) throws(ExpressionError) -> [Number] {
    var values: [Number] = []
    for part in answer.parts { values.append(try value(of: part, in: scene)) }
    return values
  }

  mutating func value(of expression: Expression, in scene: String) throws(ExpressionError) -> Number
  {
    switch expression {
    case .number(let ratio): return .ratio(ratio)
    case .negated(let operand, let offset):
      let value = try exact(operand, in: scene, at: offset)
      return .ratio(try fitting(value.negated, at: offset))
    case .operation(let sign, let left, let right, let offset):
      let left = try exact(left, in: scene, at: offset)
      return .ratio(try combine(sign, left, try exact(right, in: scene, at: offset), at: offset))
    case .power(let base, let exponent, let offset):
      let base = try exact(base, in: scene, at: offset)
      var power = Ratio(1)
      for _ in 0..<exponent { power = try fitting(power.multiplied(by: base), at: offset) }
      return .ratio(power)
    case .name(let name, let offset):
      if let value = try gradient(name, in: scene, at: offset) { return value }
      if name == "loss", try network(scene, at: offset).hasNothing(named: name) {
        return try lossValue(in: scene, at: offset)
      }
      _ = try map(named: name, in: scene, at: offset)
      throw ExpressionError(.named(.nameIsNoNumber(name)), at: offset)
    case .cell(let name, let indices, let offset):
      if let value = try gradient(name, indices, in: scene, at: offset) { return value }
      let place = try cell(name, indices, in: scene, at: offset)
      return try value(of: place, in: scene, at: offset)
    case .call(let name, let arguments, let offset):
      guard let function = Function(rawValue: name) else {
        let known = Function.allCases.map(\.rawValue)
        throw ExpressionError(.named(.unknownFunction(name, known: known)), at: offset)
      }
      return try call(function, arguments, in: scene, at: offset)
    case .comparison(let relation, let left, let right, _):
      let left = try value(of: left, in: scene)
      return Number(relation.holds(left, try value(of: right, in: scene)) ? 1 : 0)
    case .scoped(let other, let inside, let offset):
      guard scenes[other] != nil else {
        throw ExpressionError(.named(.unknownScene(other, known: scenes.keys.sorted())), at: offset)
      }
      namedScenes.insert(other)
      return try value(of: inside, in: other)
    }
  }

  private func combine(
    _ sign: Expression.Operator, _ left: Ratio, _ right: Ratio, at offset: Int
  ) throws(ExpressionError) -> Ratio {
    switch sign {
    case .plus: return try fitting(left.adding(right), at: offset)
    case .minus: return try fitting(right.negated.flatMap { left.adding($0) }, at: offset)
    case .times: return try fitting(left.multiplied(by: right), at: offset)
    case .over:
      guard !right.isZero else { throw ExpressionError(.dividesByZero, at: offset) }
      return try fitting(right.inverse.flatMap { left.multiplied(by: $0) }, at: offset)
    }
  }

  private func fitting(_ ratio: Ratio?, at offset: Int) throws(ExpressionError) -> Ratio {
    guard let ratio else { throw ExpressionError(.overflow, at: offset) }
    return ratio
  }

  /// A value that can be computed with.
  func exact(_ number: Number, at offset: Int) throws(ExpressionError) -> Ratio {
    guard let ratio = number.ratio else {
      throw ExpressionError(.notExact(number.text), at: offset)
    }
    return ratio
  }

  mutating func exact(
    _ expression: Expression, in scene: String, at offset: Int
  ) throws(ExpressionError) -> Ratio {
    try exact(try value(of: expression, in: scene), at: offset)
  }

  /// A value that counts something.
  mutating func whole(
    _ expression: Expression, in scene: String, at offset: Int
  ) throws(ExpressionError) -> Int {
    let ratio = try exact(expression, in: scene, at: offset).reduced
    guard ratio.denominator == 1, let value = Int(exactly: ratio.numerator) else {
      throw ExpressionError(.named(.notWhole(ratio.text)), at: offset)
    }
    return value
  }
}

extension ExpressionEvaluator {
  /// A layer's output, or the input.
  enum Map {
    case input(Shape)
    case layer(Layer)

    var shape: Shape {
      switch self {
      case .input(let shape): shape
      case .layer(let layer): layer.output
      }
    }
  }

  struct MapCell {
    let map: Map
    let cell: Cell
  }

  func network(_ scene: String, at offset: Int) throws(ExpressionError) -> Network {
    guard let scene = scenes[scene] else {
      throw ExpressionError(.named(.unknownScene(scene, known: scenes.keys.sorted())), at: offset)
    }
    return scene.network
  }

  func map(named name: String, in scene: String, at offset: Int) throws(ExpressionError) -> Map {
    let network = try network(scene, at: offset)
    if name == network.inputName { return .input(network.input) }
    if let layer = network.layer(named: name) { return .layer(layer) }
    let known = [network.inputName] + network.layers.map(\.name)
    throw ExpressionError(.named(.unknownLayer(name, known: known)), at: offset)
  }

  mutating func cell(
    _ name: String, _ indices: [Expression], in scene: String, at offset: Int
  ) throws(ExpressionError) -> MapCell {
    let map = try map(named: name, in: scene, at: offset)
    guard indices.count == 3 else {
      throw ExpressionError(.named(.indices(name, found: indices.count)), at: offset)
    }
    let cell = Cell(
      try whole(indices[0], in: scene, at: offset), try whole(indices[1], in: scene, at: offset),
      try whole(indices[2], in: scene, at: offset))
    guard map.shape.contains(cell) else {
      throw ExpressionError(
        .named(.outside(what: "\(name)\(cell)", size: "\(name) is \(map.shape)")), at: offset)
    }
    return MapCell(map: map, cell: cell)
  }

  mutating func value(
    of place: MapCell, in scene: String, at offset: Int
  ) throws(ExpressionError) -> Number {
    guard case .layer(let layer) = place.map else {
      return try input(scene, at: offset)[place.cell]
    }
    try evaluateInputs(of: layer, in: scene, at: offset)
    try spend(layer.placesPerCell * ExpressionEvaluator.workPerPlace(of: layer), at: offset)
    let value = try exactly(at: offset) { () throws(ArithmeticError) in
      try activations[scene]?.value(of: place.cell, in: layer.index)
    }
    guard let value else { throw ExpressionError(.tooMuchWork, at: offset) }
    return value
  }

  mutating func account(
    of cell: Cell, in layer: Layer, scene: String, at offset: Int
  ) throws(ExpressionError) -> CellAccount {
    try evaluateInputs(of: layer, in: scene, at: offset)
    let workPerPlace = ExpressionEvaluator.workPerPlace(of: layer)
    try spend(layer.placesPerCell * max(workPerPlace, ExpressionEvaluator.workPerTerm), at: offset)
    let account = try exactly(at: offset) { () throws(ArithmeticError) in
      try activations[scene]?.account(of: cell, in: layer.index)
    }
    guard let account else { throw ExpressionError(.tooMuchWork, at: offset) }
    return account
  }

  /// The whole tensor of a layer or of the input.
  mutating func tensor(
    of map: Map, in scene: String, at offset: Int
  ) throws(ExpressionError) -> Tensor {
    guard case .layer(let layer) = map else { return try input(scene, at: offset) }
    try evaluateInputs(of: layer, in: scene, at: offset)
    if let output = activations[scene]?.output(of: layer.index) { return output }
    try spend(ExpressionEvaluator.work(of: layer), at: offset)
    let output = try exactly(at: offset) { () throws(ArithmeticError) in
      try activations[scene]?.evaluate(layer.index)
    }
    guard let output else { throw ExpressionError(.tooMuchWork, at: offset) }
    return output
  }

  /// - Throws: `.tooMuchWork` once all expressions together are beyond the bound.
  mutating func spend(_ amount: Int, at offset: Int) throws(ExpressionError) {
    // One amount is at most 2^61, and nothing is added once the bound is passed.
    guard amount <= ExpressionEvaluator.mostWork - work else {
      throw ExpressionError(.tooMuchWork, at: offset)
    }
    work += amount
  }

  private func input(_ scene: String, at offset: Int) throws(ExpressionError) -> Tensor {
    guard let scene = scenes[scene] else {
      throw ExpressionError(.named(.unknownScene(scene, known: scenes.keys.sorted())), at: offset)
    }
    return scene.input
  }

  static func work(of layer: Layer) -> Int {
    // A network is bounded so that this cannot overflow.
    (layer.placesPerCell + workPerCell + exponentials(perCellOf: layer)) * layer.output.count
  }

  /// What the exponentials cost of a cell among all of a layer, which shares those of a softmax.
  static func exponentials(perCellOf layer: Layer) -> Int {
    layer.operation.isSlow ? workPerExponential : 0
  }

  /// What each number costs that one cell alone is made of.
  private static func workPerPlace(of layer: Layer) -> Int {
    if layer.operation.isSlow { return workPerExponential }
    return layer.operation.mayBeIrrational ? workPerWideNumber : 1
  }

  private mutating func evaluateInputs(
    of layer: Layer, in name: String, at offset: Int
  ) throws(ExpressionError) {
    guard let scene = scenes[name] else { return }
    if activations[name] == nil {
      activations[name] = Activations(scene.network, input: scene.input)
    }
    for index in activations[name]?.missing(before: layer.index) ?? [] {
      try spend(ExpressionEvaluator.work(of: scene.network.layers[index]), at: offset)
      _ = try exactly(at: offset) { () throws(ArithmeticError) in
        try activations[name]?.evaluate(index)
      }
    }
  }

  private func exactly<Value>(
    at offset: Int, _ body: () throws(ArithmeticError) -> Value
  ) throws(ExpressionError) -> Value {
    try rethrowing(try body(), as: { ExpressionError(.arithmetic($0), at: offset) })
  }
}

extension Network {
  /// Whether neither the input nor a layer has a name.
  fileprivate func hasNothing(named name: String) -> Bool {
    name != inputName && layer(named: name) == nil
  }
}
