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
/// word(n) = mix(key + (n + 1) · g)
/// number  = low + word(index) mod (high − low + 1)
/// ```
///
/// Two other patterns make −1, 0 and 1 of the same words. Signs: −1 where `word(index)` is even, else
/// 1. Taps, of each filter of `length` numbers the first of which is number *f* · length: the filter
/// is cut into `count` stretches, the one of number *s* from ⌊s · length/count⌋ on; in each, the place
/// `word(f · (count + 1) + s) mod` the stretch's size holds 1, and all others 0; but in the stretch
/// `word(f · (count + 1) + count) mod count` it holds −1, unless it is the only one.
package struct SeededSequence: Sendable, Hashable {
  package let seed: UInt64
  package let layer: Int
  package let low: Int
  package let high: Int
  /// Where in the layer's stream the sequence begins: biases follow the weights.
  package let offset: Int
  package let pattern: Pattern
  /// Of the stream; see above.
  package let key: UInt64

  package enum Pattern: Sendable, Hashable {
    case uniform
    case signs
    /// So many ±1 in each `length` numbers.
    case taps(Int, length: Int)
  }

  package init(seed: UInt64, layer: Int, low: Int, high: Int, offset: Int = 0) {
    precondition(low <= high, "a range has a low end and a high end")
    self.init(
      seed: seed, layer: layer, low: low, high: high, offset: offset, pattern: .uniform)
  }

  /// −1 and 1.
  package static func signs(seed: UInt64, layer: Int) -> SeededSequence {
    SeededSequence(seed: seed, layer: layer, low: -1, high: 1, offset: 0, pattern: .signs)
  }

  /// 0 but for `count` places of each filter of `length` numbers, at most all of them.
  package static func taps(
    _ count: Int, length: Int, seed: UInt64, layer: Int
  ) -> SeededSequence {
    precondition(count > 0 && length > 0, "a filter has a place, and a tap in it")
    return SeededSequence(
      seed: seed, layer: layer, low: -1, high: 1, offset: 0,
      pattern: .taps(min(count, length), length: length))
  }

  private init(
    seed: UInt64, layer: Int, low: Int, high: Int, offset: Int, pattern: Pattern
  ) {
    self.pattern = pattern
    self.seed = seed
    self.layer = layer
    self.low = low
    self.high = high
    self.offset = offset
    key = mix(mix(seed &+ golden) &+ UInt64(layer) &* golden)
  }

  package subscript(index: Int) -> Int {
    switch pattern {
    case .uniform: return low + Int(word(index) % UInt64(high - low + 1))
    case .signs: return word(index) % 2 == 0 ? -1 : 1
    case .taps(let count, let length):
      let (filter, place) = index.quotientAndRemainder(dividingBy: length)
      return tap(at: place, of: filter, count: count, length: length)
    }
  }

  private func tap(at place: Int, of filter: Int, count: Int, length: Int) -> Int {
    var stretch = place * count / length
    if place >= start(of: stretch + 1, count: count, length: length) { stretch += 1 }
    guard place == chosenPlace(in: stretch, of: filter, count: count, length: length) else {
      return 0
    }
    return tap(in: stretch, of: filter, count: count)
  }

  /// Where a stretch begins.
  private func start(of stretch: Int, count: Int, length: Int) -> Int {
    // At most 2¹⁶ taps and 2⁴⁰ places.
    stretch * length / count
  }

  private func chosenPlace(in stretch: Int, of filter: Int, count: Int, length: Int) -> Int {
    let first = start(of: stretch, count: count, length: length)
    let size = start(of: stretch + 1, count: count, length: length) - first
    return first + Int(word(filter * (count + 1) + stretch) % UInt64(size))
  }

  private func tap(in stretch: Int, of filter: Int, count: Int) -> Int {
    guard count > 1 else { return 1 }
    let negative = Int(word(filter * (count + 1) + count) % UInt64(count))
    return stretch == negative ? -1 : 1
  }

  package var hasTaps: Bool {
    if case .taps = pattern { true } else { false }
  }

  /// Gives the places of a range where a sequence of taps is not 0, and what it is there; every
  /// other sequence has none.
  package func forEachTap(in range: Range<Int>, _ body: (_ index: Int, _ tap: Int) -> Void) {
    guard case .taps(let count, let length) = pattern, !range.isEmpty else { return }
    for filter in range.lowerBound / length...(range.upperBound - 1) / length {
      for stretch in 0..<count {
        let place = chosenPlace(in: stretch, of: filter, count: count, length: length)
        let index = filter * length + place
        if range.contains(index) { body(index, tap(in: stretch, of: filter, count: count)) }
      }
    }
  }

  private func word(_ index: Int) -> UInt64 {
    let counter = UInt64(truncatingIfNeeded: offset &+ index &+ 1)
    return mix(key &+ counter &* golden)
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
