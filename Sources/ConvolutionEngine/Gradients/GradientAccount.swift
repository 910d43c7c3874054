import ExactNumbers

/// How one number of a gradient comes about, as data: the sibling of `CellAccount`, which text,
/// equation, sentence and JSON render.
///
/// The gradient at a cell is the sum, over all cells that are made of it, of their own gradients
/// times what each grows by where it grows by one.
package struct GradientAccount: Sendable, Hashable {
  package let target: GradientTarget
  /// In the shape of `target`.
  package let cell: Cell
  package let working: Working
  package let total: Number
  /// The exact value that `total` rounds; `total` itself where nothing is rounded here.
  package let unrounded: Number
  /// The value to within 2^−280 where it is no fraction; nil else.
  package let precise: Number?

  package enum Working: Sendable, Hashable {
    /// What flows back through the layers that read it; none where no window does.
    case sum([GradientShare])
    /// What the loss itself says.
    case loss(LossTerm)
  }

  /// How many products there are.
  package var termCount: Int {
    if case .sum(let shares) = working { shares.reduce(0) { $0 + $1.terms.count } } else { 0 }
  }
}

extension GradientAccount {
  /// The shares as far as the first products make them.
  package func shares(ofFirst count: Int) -> [GradientShare] {
    guard case .sum(let shares) = working else { return [] }
    var rest = count
    var shown: [GradientShare] = []
    for share in shares where rest > 0 {
      let terms = Array(share.terms.prefix(rest))
      rest -= terms.count
      shown.append(
        GradientShare(
          layer: share.layer, part: share.part, terms: terms,
          sum: terms.count == share.terms.count ? share.sum : .sum(terms.map(\.product))))
    }
    return shown
  }
}

/// Some of the products of an account that belong together.
package struct GradientShare: Sendable, Hashable {
  /// The layer through which they flow back.
  package let layer: Int
  package let part: Part
  package let terms: [GradientTerm]
  /// Exact.
  package let sum: Number

  package enum Part: Sendable, Hashable {
    /// One filter's.
    case filter(Int)
    /// A row of windows'.
    case row(Int)
    /// All of the layer's.
    case whole
  }
}

/// A gradient that flows back, times what its cell grows by.
package struct GradientTerm: Sendable, Hashable {
  /// The cell of the layer's output whose gradient it is.
  package let place: Cell
  package let upstream: Number
  package let factor: GradientFactor
  /// The factor's number.
  package let by: Number
  /// Exact, and over one denominator with the account's others.
  package let product: Number
}

/// What a gradient is multiplied by on its way back.
package enum GradientFactor: Sendable, Hashable {
  /// The weight of this index.
  case weight(Int)
  /// The input's cell that the weight met.
  case input(Cell)
  /// The input's cell less its map's mean, over its spread: what γ multiplied.
  case standardized(Cell)
  case one
  /// One over so many places.
  case share(of: Int)
  /// 1 for the first of the largest in the walk's order, else 0.
  case winner(Bool)
  case slope(Ratio)
  /// No fraction.
  case irrational
}
