import ExactNumbers

/// How the weights of layers that are given none are made from the seed.
///
/// Deep networks need small ones: after fifty layers, sums of hundreds of products each would leave
/// no room in 128 bits, and a ReLU would have cut nearly everything.
package enum WeightScheme: Sendable, Hashable {
  /// Integers from −2 to 2.
  case small
  /// −1 and 1.
  case signs
  /// Of each filter so many places ±1, the rest 0. All but one are 1, so that a filter of three taps
  /// keeps the mean of what it reads, and later layers still have something to say.
  case fewTaps(Int)

  package static let mostTaps = 1 << 16

  func weights(seed: UInt64, layer: Int, filter: Shape) -> SeededSequence {
    switch self {
    case .small: SeededSequence(seed: seed, layer: layer, low: -2, high: 2)
    case .signs: .signs(seed: seed, layer: layer)
    case .fewTaps(let taps): .taps(taps, length: filter.count, seed: seed, layer: layer)
    }
  }
}
