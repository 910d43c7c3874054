import ConvolutionEngine

/// Float32 numbers that come again with the same seed.
struct RandomFloats {
  private let sequence: SeededSequence
  private var index = 0

  init(seed: UInt64) {
    sequence = SeededSequence(seed: seed, layer: 0, low: 0, high: 1 << 62 - 1)
  }

  mutating func next() -> Int {
    index += 1
    return sequence[index]
  }

  /// One of either sign, from 2^−spread to 2^(spread + 1) in magnitude.
  mutating func float(spread: Int) -> Float {
    let exponent = next() % (2 * spread + 1) - spread
    let bits = UInt32(exponent + 127) << 23 | UInt32(next() % (1 << 23))
    let magnitude = Float(bitPattern: bits)
    return next().isMultiple(of: 2) ? magnitude : -magnitude
  }
}
