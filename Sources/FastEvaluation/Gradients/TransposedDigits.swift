import ConvolutionEngine
import ConvolutionKernels

/// Numbers that flow back to a dense layer, cut into digits so short that all their products with a
/// column of weights add up in 32 bits.
///
/// Weights up to 2 and 1,000 numbers leave room for digits of 16 bits: 2¹⁵ · 2 · 1,000 < 2³¹.
struct TransposedDigits {
  /// Of each digit, the lowest first, one number a row of weights.
  private let digits: [[Int16]]
  private let bits: Int
  /// Those that send back anything.
  private let maps: [Int]

  /// - Returns: nil where digits would be too short to be worth it.
  init?<Number: KernelNumber>(_ gradient: [Number], weights: ClosedRange<Int128>) {
    let largest = max(1, weights.largestMagnitude)
    let count = UInt128(max(1, gradient.count(where: { $0 != 0 })))
    guard largest <= UInt128(Int16.max), count <= 1 << 24 else { return nil }
    var bits = 16
    while bits > 5, (count * largest) << UInt128(bits - 1) > UInt128(Int32.max) { bits -= 1 }
    guard bits > 5 else { return nil }
    self.bits = bits
    maps = gradient.indices.filter { gradient[$0] != 0 }
    var rest = gradient
    var digits: [[Int16]] = []
    while rest.contains(where: { $0 != 0 }) {
      let shift = Number.bitWidth - bits
      // The low bits with the sign of their highest one, and what is left without them.
      let low = rest.map { shift > 0 ? ($0 << Number(shift)) >> Number(shift) : $0 }
      digits.append(low.map { Int16(truncatingIfNeeded: $0) })
      for index in rest.indices {
        // What wraps here is made good by the sum, which wraps too and is known to fit.
        rest[index] = bits < Number.bitWidth ? (rest[index] &- low[index]) >> Number(bits) : 0
      }
    }
    self.digits = digits
  }

  /// Whether it is faster than products as wide as the sums.
  func isWorth<Sum: KernelNumber>(_ type: Sum.Type) -> Bool {
    digits.count <= (Sum.bitWidth > 64 ? 12 : 4)
  }

  /// All sums.
  ///
  /// - Parameters:
  ///   - length: how many weights a row has.
  ///   - reader: of the weights, of one digit.
  /// - Returns: nil when it was ended early.
  func sums<Sum: KernelNumber>(
    of length: Int, _ reader: NumberReader, as type: Sum.Type, _ settings: EvaluationSettings
  ) -> [Sum]? {
    let block = 2_048
    return [Sum](count: length) { sums in
      settings.forEachUnit((length + block - 1) / block) { _, unit in
        let range = unit * block..<min((unit + 1) * block, length)
        withUnsafeTemporaryAllocation(of: Int16.self, capacity: 2 * range.count) { rows in
          withUnsafeTemporaryAllocation(of: Int32.self, capacity: range.count * digits.count) {
            partial in
            guard let rows = rows.baseAddress else { return }
            partial.initialize(repeating: 0)
            // A last row alone has another with a factor of 0.
            rows.initialize(repeating: 0, count: 2 * range.count)
            add(range, of: length, reader, rows, partial)
            for index in 0..<range.count {
              var sum: Sum = 0
              for digit in digits.indices.reversed() {
                let part = Sum(truncatingIfNeeded: partial[digit * range.count + index])
                sum = sum << Sum(bits) &+ part
              }
              sums[range.lowerBound + index] = sum
            }
          }
        }
      }
    }
  }

  /// Adds what all maps send back to a range, two rows of weights at a time.
  private func add(
    _ range: Range<Int>, of length: Int, _ reader: NumberReader,
    _ rows: UnsafeMutablePointer<Int16>, _ partial: UnsafeMutableBufferPointer<Int32>
  ) {
    guard let sums = partial.baseAddress else { return }
    for pair in stride(from: 0, to: maps.count, by: 2) {
      let both = maps[pair..<min(pair + 2, maps.count)]
      for (row, map) in both.enumerated() {
        let start = map * length
        reader.read(
          start + range.lowerBound..<start + range.upperBound, into: rows + row * range.count,
          pitch: range.count)
      }
      for (digit, numbers) in digits.enumerated() {
        let factors = both.map { numbers[$0] } + [0]
        reader.kernels.run.addRows(
          sums + digit * range.count, rows, range.count, factors, range.count)
      }
    }
  }
}
