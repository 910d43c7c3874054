/// Small integers made from a seed, each on its own: number *index* costs the same whatever its
/// index, and nothing is stored.
///
/// The stream is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014) keyed by the seed and the layer's number (the input is 0, layers
/// count from 1). With `g = 0x9E3779B97F4A7C15`, all modulo 2⁶⁴:
///
/// ```
/// mix(z):  z = (z ^ z >> 30) · 0xBF58476D1CE4E5B9
///          z = (z ^ z >> 27) · 0x94D049BB133111EB
///          z ^ z >> 31
/// key    = mix(mix(seed + g) + layer · g)
/// number = low + mix(key + (index + 1) · g) mod (high − low + 1)
/// ```
package struct SeededSequence: Sendable, Hashable {
  package let seed: UInt64
  package let layer: Int
  package let low: Int
  package let high: Int
  /// Where in the layer's stream the sequence begins: biases follow the weights.
  package let offset: Int
  /// Of the stream; see above.
  let key: UInt64

  package init(seed: UInt64, layer: Int, low: Int, high: Int, offset: Int = 0) {
    precondition(low <= high, "a range has a low end and a high end")
    self.seed = seed
    self.layer = layer
    self.low = low
    self.high = high
    self.offset = offset
    key = mix(mix(seed &+ golden) &+ UInt64(layer) &* golden)
  }

  package subscript(index: Int) -> Int {
    let counter = UInt64(truncatingIfNeeded: offset &+ index &+ 1)
    let bits = mix(key &+ counter &* golden)
    return low + Int(bits % UInt64(high - low + 1))
  }
}

/// 2⁶⁴ divided by the golden ratio, made odd: SplitMix64's increment.
private let golden: UInt64 = 0x9E37_79B9_7F4A_7C15

private func mix(_ value: UInt64) -> UInt64 {
  var z = value
  z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
  return z ^ z >> 31
}
