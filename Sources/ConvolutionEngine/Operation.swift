/// What a layer does, as its author set it: the sizes that follow are inferred from its input.
package enum Operation: Sendable, Hashable {
  case convolution(Convolution)
  case depthwiseConvolution(DepthwiseConvolution)
  case maxPool(MaxPool)
  case averagePool(AveragePool)
  case globalAverage(GlobalAverage)
  case relu(ReLU)
  case relu6(ReLU6)
  case leakyReLU(LeakyReLU)
  case sigmoid(Sigmoid)
  case softmax(Softmax)
  case flatten(Flatten)
  case dense(Dense)
  case batchNormalization(BatchNormalization)
  case responseNormalization(ResponseNormalization)
  case zeroPadding(ZeroPadding)
  case dropout(Dropout)
  case addition(Addition)
  case concatenation(Concatenation)

  /// What its kind is.
  package var rule: any LayerRule {
    switch self {
    case .convolution(let rule): rule
    case .depthwiseConvolution(let rule): rule
    case .maxPool(let rule): rule
    case .averagePool(let rule): rule
    case .globalAverage(let rule): rule
    case .relu(let rule): rule
    case .relu6(let rule): rule
    case .leakyReLU(let rule): rule
    case .sigmoid(let rule): rule
    case .softmax(let rule): rule
    case .flatten(let rule): rule
    case .dense(let rule): rule
    case .batchNormalization(let rule): rule
    case .responseNormalization(let rule): rule
    case .zeroPadding(let rule): rule
    case .dropout(let rule): rule
    case .addition(let rule): rule
    case .concatenation(let rule): rule
    }
  }

  /// Every kind that there is, as it is read.
  package static let kinds: [any LayerRule.Type] = [
    Convolution.self, DepthwiseConvolution.self, MaxPool.self, AveragePool.self,
    GlobalAverage.self, ReLU.self, ReLU6.self, LeakyReLU.self, Sigmoid.self, Softmax.self,
    Flatten.self,
    Dense.self, BatchNormalization.self, ResponseNormalization.self, ZeroPadding.self,
    Dropout.self, Addition.self, Concatenation.self,
  ]
}

extension Operation {
  /// The kind's name on the command line and in files.
  package var kind: String { type(of: rule).name }

  /// Whether a kind is written so.
  package static func isKind(_ name: String) -> Bool { kinds.contains { $0.name == name } }

  /// Whether a cell takes as long as hundreds of products.
  package var isSlow: Bool { type(of: rule).isSlow }

  /// Whether its numbers may be no fractions.
  package var mayBeIrrational: Bool { type(of: rule).mayBeIrrational }

  /// Whether it takes more than one input.
  package var joinsInputs: Bool { type(of: rule).joinsInputs }

  /// How windows are placed; nil without windows. Setting it changes nothing then.
  package var windows: WindowSettings? {
    get { rule.placedWindows }
    set {
      var rule = rule
      rule.placedWindows = newValue
      self = rule.operation
    }
  }
}

extension Operation {
  /// A setting that is a whole number; nil where the kind has none of this key.
  package func count(_ key: String) -> Int? { rule.count(key) }

  /// Changes nothing where the kind has no such setting.
  package mutating func setCount(_ key: String, to value: Int) {
    self = rule.settingCount(key, to: value)
  }
}

extension LayerRule {
  private static func integer(_ key: String) -> Setting<Self>.Path<Int>? {
    settings.first { $0.keys == [key] }?.integer
  }

  fileprivate func count(_ key: String) -> Int? { Self.integer(key).map { self[keyPath: $0] } }

  fileprivate func settingCount(_ key: String, to value: Int) -> Operation {
    var copy = self
    if let path = Self.integer(key) { copy[keyPath: path] = value }
    return copy.operation
  }
}
