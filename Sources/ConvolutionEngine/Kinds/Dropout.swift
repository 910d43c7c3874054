import ExactNumbers

/// Drops numbers by chance while a network is trained; one that is not lets all through.
package struct Dropout: LayerRule {
  package static let name = "dropout"
  package var operation: Operation { .dropout(self) }

  /// The share of the numbers that training drops, for display alone.
  package var rate = Ratio.zero

  package init() {}

  package init(rate: Ratio) { self.rate = rate }

  package static let settings: [Setting<Dropout>] =
    [
      .number(
        "a share from 0 to below 1, such as 0.5", example: "dropout:0.5", \.rate,
        isFine: { !$0.isNegative && $0 < Ratio(1) })
    ]

  package func combination(in layer: Layer, over inputs: [Tensor]) -> Combination { .copy }
}
