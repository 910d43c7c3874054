import ExactNumbers

/// What is to become small: one number made of scores, and what it grows by where a score does.
package enum Loss: Sendable, Equatable {
  /// The sum of all numbers: every gradient is 1.
  case sum
  /// A gradient that is given, whatever the loss is.
  case given(Tensor)
  /// `½ Σ (o − t)²`, whose gradient is `o − t`.
  case squared(target: Tensor)
  /// `Σ max(0, s_j − s_y + 1)` over all classes but the target `y` (Weston and Watkins, 1999): each
  /// class that comes too near has the gradient 1, the target minus as many.
  case hinge(target: Int)
  /// `−Σ t · ln p` with `p` the softmax of the scores, at each place over all depths; its gradient is
  /// `p · Σ t − t`.
  case crossEntropy(target: Tensor)
  /// `−Σ t · ln p + (1 − t) · ln(1 − p)` with `p` the sigmoid of each score; its gradient is `p − t`.
  case binaryCrossEntropy(target: Tensor)

  /// Whether its gradient changes with the scores themselves, and not only where one overtakes another.
  package var isCurved: Bool {
    switch self {
    case .sum, .given, .hinge: false
    case .squared, .crossEntropy, .binaryCrossEntropy: true
    }
  }

  /// Whether it is no fraction, so that every number of it is rounded.
  package var isIrrational: Bool {
    switch self {
    case .sum, .given, .squared, .hinge: false
    case .crossEntropy, .binaryCrossEntropy: true
    }
  }

  /// A loss by the name that it is chosen by.
  package enum Kind: String, Sendable, CaseIterable {
    case sum, squared, hinge
    case crossEntropy = "cross-entropy"

    package var needsTarget: Bool { self != .sum }
  }

  /// What the scores should be.
  package enum Target: Sendable, Equatable {
    /// The class whose score should be the largest.
    case label(Int)
    case array(Tensor)
  }
}

/// A loss and the numbers that it is made of.
package struct PlacedLoss: Sendable, Equatable {
  package let loss: Loss
  /// Whose numbers are its scores.
  package let source: Source

  package init(_ loss: Loss, at source: Source) {
    self.loss = loss
    self.source = source
  }

  /// Whether it can be taken over a network, in which a size may have changed.
  package func fits(_ network: Network) -> Bool {
    guard case .layer(let index) = source, network.layers.indices.contains(index) else {
      return source == .input
    }
    let shape = network.layers[index].output
    switch loss {
    case .sum: return true
    case .given(let array), .squared(let array), .crossEntropy(let array),
      .binaryCrossEntropy(let array):
      return array.shape == shape
    case .hinge(let target): return shape.isFlat && target < shape.depth
    }
  }
}

extension Network {
  /// The sum of a layer's numbers.
  package func sum(ofLayer index: Int) -> PlacedLoss { PlacedLoss(.sum, at: .layer(index)) }

  /// A gradient given at a layer.
  ///
  /// - Throws: `LossError.size` when it has another size than the layer's output.
  package func upstream(
    _ gradient: Tensor, ofLayer index: Int
  ) throws(LossError) -> PlacedLoss {
    let shape = layers[index].output
    guard gradient.shape == shape else {
      throw .size(of: "the upstream gradient", layers[index].name, gradient.shape, shape)
    }
    return PlacedLoss(.given(gradient), at: .layer(index))
  }

  /// A loss over a layer's numbers; a cross-entropy over those before a final softmax or sigmoid.
  ///
  /// - Parameter target: nil for the sum, which needs none.
  /// - Throws: `LossError` when the target does not fit the scores.
  package func loss(
    _ kind: Loss.Kind, target: Loss.Target?, ofLayer index: Int
  ) throws(LossError) -> PlacedLoss {
    guard kind.needsTarget else { return sum(ofLayer: index) }
    guard let target else { throw .noTarget(kind) }
    var source = Source.layer(index)
    var isBinary = false
    let squashing = layers[index].operation.rule.squashing
    if kind == .crossEntropy, let squashing {
      source = layers[index].sources[0]
      isBinary = squashing == .alone
    }
    let shape = layers[index].output
    let name = layers[index].name
    switch kind {
    case .sum: return sum(ofLayer: index)
    case .hinge: return PlacedLoss(.hinge(target: try target.label(of: shape, name)), at: source)
    case .squared:
      return PlacedLoss(.squared(target: try target.array(of: shape, name)), at: source)
    case .crossEntropy:
      let shares = try target.array(of: shape, name, isBinary: isBinary)
      for index in 0..<shares.shape.count
      where shares[index].isNegative || shares[index] > Number(1) {
        throw .notAShare(shares.shape.cell(at: index), shares[index])
      }
      return PlacedLoss(
        isBinary ? .binaryCrossEntropy(target: shares) : .crossEntropy(target: shares), at: source)
    }
  }
}

/// How a layer makes shares of scores, which a cross-entropy undoes.
package enum Squashing: Sendable {
  /// Of the scores of a place together: they add up to 1.
  case together
  /// Of each score alone.
  case alone
}

extension Loss.Target {
  /// The class, of a flat layer; an array's where it is 1 at one place and 0 at all others.
  fileprivate func label(of shape: Shape, _ layer: String) throws(LossError) -> Int {
    switch self {
    case .label(let label):
      guard shape.isFlat else { throw .notFlat(layer, shape) }
      guard (0..<shape.depth).contains(label) else { throw .noSuchClass(label, layer, shape.depth) }
      return label
    case .array:
      let array = try self.array(of: shape, layer)
      guard shape.isFlat else { throw .notFlat(layer, shape) }
      let ones = (0..<shape.count).filter { array[$0] == Number(1) }
      guard ones.count == 1, (0..<shape.count).allSatisfy({ $0 == ones[0] || array[$0].isZero })
      else { throw .notOneHot }
      return ones[0]
    }
  }

  /// The array; of a class, 1 at its place and 0 at all others. One output alone says a class of two,
  /// 0 or 1, where it is a sigmoid's.
  fileprivate func array(
    of shape: Shape, _ layer: String, isBinary: Bool = false
  ) throws(LossError) -> Tensor {
    switch self {
    case .array(let array):
      guard array.shape == shape else { throw .size(of: "the target", layer, array.shape, shape) }
      return array
    case .label(let label) where isBinary && shape.count == 1:
      guard label == 0 || label == 1 else { throw .noSuchClass(label, layer, 2) }
      return Tensor(shape, [Int128(label)])
    case .label:
      let label = try self.label(of: shape, layer)
      return Tensor(shape, (0..<shape.count).map { $0 == label ? 1 : 0 })
    }
  }
}

/// Why a loss cannot be taken.
package enum LossError: Error, Equatable {
  case noTarget(Loss.Kind)
  case size(of: String, String, Shape, Shape)
  case notFlat(String, Shape)
  case noSuchClass(Int, String, Int)
  case notOneHot
  case notAShare(Cell, Number)
}

extension LossError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noTarget(let kind):
      "\(kind.rawValue) needs a target: the number of a class, or an array of the scores' size."
    case .size(let what, let layer, let found, let expected):
      "\(what) is \(found), and \(layer) is \(expected); give one of that size."
    case .notFlat(let layer, let shape):
      "\(layer) is \(shape), so a class says nothing of its places; give the target as an array "
        + "of that size, or a loss over a flat layer (1×1×N) with --layer."
    case .noSuchClass(let found, let layer, let count):
      "there is no class \(found): \(layer) has \(count), from 0 to \(count - 1)."
    case .notOneHot:
      "a hinge loss needs one class: give its number, or an array that is 1 there and 0 elsewhere."
    case .notAShare(let cell, let number):
      "the target at \(cell) is \(number.asciiText); a cross-entropy needs shares from 0 to 1."
    }
  }
}
