/// Batch normalization as it works after training: for each map, with its own four numbers,
/// `γ · (x − μ)/√(σ² + ε) + β` (Ioffe and Szegedy, 2015).
package struct BatchNormalizationSettings: Sendable, Hashable {
  /// ε, above 0; Keras's default is 0.001, PyTorch's 0.00001.
  package var epsilon: Ratio
  /// Whether there is a γ to learn; else it is 1.
  package var hasScale: Bool
  /// Whether there is a β to learn; else it is 0.
  package var hasCentre: Bool

  package init(
    epsilon: Ratio = SettingDefaults.own.epsilon, hasScale: Bool = true, hasCentre: Bool = true
  ) {
    self.epsilon = epsilon
    self.hasScale = hasScale
    self.hasCentre = hasCentre
  }

  /// How many numbers each map has: mean and variance, and those to learn.
  package var rows: Int { 2 + learnedRows }

  /// How many of them are learned by gradient: γ and β.
  package var learnedRows: Int { (hasScale ? 1 : 0) + (hasCentre ? 1 : 0) }
}

/// Local response normalization: each number is divided by a measure of its neighbours in depth,
/// `x / (k + α · Σ x²)^β`, the sum over `size` maps around its own (Krizhevsky and others, 2012,
/// whose numbers are the defaults).
///
/// PyTorch divides α by the size, so its `alpha` is `size · α`.
package struct ResponseNormalizationSettings: Sendable, Hashable {
  /// How many maps are summed: `size / 2` below the own one, the rest from it on.
  package var size: Int
  package var alpha: Ratio
  /// A multiple of 1/4, so that square roots are enough.
  package var beta: Ratio
  /// k, above 0.
  package var offset: Ratio

  package static let defaultAlpha = Ratio(1, over: 10_000)
  package static let defaultBeta = Ratio(3, over: 4)

  package init(
    size: Int, alpha: Ratio = defaultAlpha, beta: Ratio = defaultBeta,
    offset: Ratio = SettingDefaults.own.offset
  ) {
    self.size = size
    self.alpha = alpha
    self.beta = beta
    self.offset = offset
  }

  /// The maps that count for one, of a tensor that has so many.
  package func maps(around map: Int, of depth: Int) -> Range<Int> {
    max(0, map - size / 2)..<min(depth, map + (size - 1) / 2 + 1)
  }
}
