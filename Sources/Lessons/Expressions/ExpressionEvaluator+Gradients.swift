import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// What flows back from a scene's loss.
extension ExpressionEvaluator {
  /// The loss that what flows back in a scene comes from.
  func loss(of scene: String, at offset: Int) throws(ExpressionError) -> PlacedLoss {
    if let ownLoss, ownLoss.scene == scene { return ownLoss.loss }
    guard let scene = scenes[scene] else {
      throw ExpressionError(.named(.unknownScene(scene, known: scenes.keys.sorted())), at: offset)
    }
    return scene.loss
  }

  /// The number of a gradient, `dX[4,5,0]`, `dKer0[2,1,0]`, `db0`; nil where the name is none of one.
  mutating func gradient(
    _ name: String, _ indices: [Expression] = [], in scene: String, at offset: Int
  ) throws(ExpressionError) -> Number? {
    guard let found = try gradientCell(name, indices, in: scene, at: offset) else { return nil }
    return try account(of: found.cell, in: found.target, scene: scene, at: offset).total
  }

  /// Which number of which gradient that is; nil where the name is none of one.
  mutating func gradientCell(
    _ name: String, _ indices: [Expression], in scene: String, at offset: Int
  ) throws(ExpressionError) -> (target: GradientTarget, cell: Cell)? {
    let network = try network(scene, at: offset)
    guard name.hasPrefix("d"), network.layer(named: name) == nil, name != network.inputName else {
      return nil
    }
    var places: [String] = []
    for index in indices { places.append("\(try whole(index, in: scene, at: offset))") }
    let text = name + (places.isEmpty ? "" : "[\(places.joined(separator: ","))]")
    let address: GradientAddress
    do throws(AddressError) {
      address = try network.gradientAddress(parsing: text)
    } catch {
      if case .unknownLayer = error { return nil }
      throw ExpressionError(.named(.address(error)), at: offset)
    }
    guard case .cell(let cell) = address.part else {
      throw ExpressionError(.named(.nameIsNoNumber(name)), at: offset)
    }
    return (address.target, cell)
  }

  /// How a number of a gradient comes about.
  mutating func account(
    of cell: Cell, in target: GradientTarget, scene: String, at offset: Int
  ) throws(ExpressionError) -> GradientAccount {
    var backward = try backward(scene, at: offset)
    guard backward.reaches(target) else {
      throw ExpressionError(
        .named(
          .notReached(
            backward.network.name(of: target),
            loss: backward.network.name(of: backward.loss.source))), at: offset)
    }
    for index in backward.missing(for: target) {
      // Each gradient costs about what the layers do that it flows back through.
      for reader in backward.readers(of: .source(.layer(index))) {
        try spend(ExpressionEvaluator.work(of: backward.network.layers[reader.layer]), at: offset)
      }
    }
    let terms = backward.placesPerCell(of: target)
    try spend(terms * ExpressionEvaluator.workPerTerm, at: offset)
    let account = try rethrowing(as: { ExpressionError(.arithmetic($0), at: offset) }) {
      () throws(ArithmeticError) in
      try backward.evaluateReaders(of: target)
      return try backward.account(of: cell, in: target)
    }
    backwards[scene] = backward
    guard let account else { throw ExpressionError(.tooMuchWork, at: offset) }
    return account
  }

  /// The loss itself.
  mutating func lossValue(
    in scene: String, at offset: Int
  ) throws(ExpressionError) -> Number {
    let backward = try backward(scene, at: offset)
    let scores = backward.network.shape(of: backward.loss.source).count
    try spend(scores * ExpressionEvaluator.workPerScore, at: offset)
    guard let value = backward.lossValue else {
      throw ExpressionError(.named(.noLoss), at: offset)
    }
    return value
  }

  /// What flows back to a number: the gradients of the layers that read it, all of each.
  mutating func upstreams(
    of target: GradientTarget, scene: String
  ) throws(ExpressionError) -> [(layer: Layer, gradient: Tensor)] {
    _ = try account(of: Cell(0, 0, 0), in: target, scene: scene, at: 0)
    guard let backward = backwards[scene] else { return [] }
    return backward.readers(of: target).compactMap { reader in
      backward.gradient(of: .layer(reader.layer)).map {
        (backward.network.layers[reader.layer], $0)
      }
    }
  }

  /// The way back through a scene, its loss's numbers computed.
  private mutating func backward(
    _ scene: String, at offset: Int
  ) throws(ExpressionError) -> Backward {
    let loss = try loss(of: scene, at: offset)
    if let known = backwards[scene], known.loss == loss { return known }
    if case .layer(let index) = loss.source {
      let layer = try network(scene, at: offset).layers[index]
      _ = try tensor(of: .layer(layer), in: scene, at: offset)
    }
    guard let found = scenes[scene] else { throw ExpressionError(.tooMuchWork, at: offset) }
    let known = activations[scene] ?? Activations(found.network, input: found.input)
    let backward = Backward(known, from: loss)
    backwards[scene] = backward
    return backward
  }
}

extension Backward {
  /// At most how many products a number of a gradient is made of.
  fileprivate func placesPerCell(of target: GradientTarget) -> Int {
    readers(of: target).reduce(1) { sum, reader in
      let layer = network.layers[reader.layer]
      switch target {
      case .source: return sum + layer.placesPerCell * layer.output.depth
      case .weights, .bias: return sum + layer.output.plane
      }
    }
  }
}
