import ConvolutionEngine

/// Numbers that flow back to a dense layer, cut into digits so short that all their products with a
/// column of weights add up in 32 bits.
///
/// Weights up to 2 and 1,000 numbers leave room for digits of 16 bits: 2¹⁵ · 2 · 1,000 < 2³¹.
struct TransposedDigits {
  /// Of each digit, the lowest first, one number a row of weights.
  private let digits: [[Int16]]
  private let bits: Int

  /// - Returns: nil where digits would be too short to be worth it.
  init?<Number: KernelNumber>(_ gradient: [Number], weights: ClosedRange<Int128>) {
    let largest = max(1, weights.largestMagnitude)
    let count = UInt128(max(1, gradient.count(where: { $0 != 0 })))
    guard largest <= UInt128(Int16.max), count <= 1 << 24 else { return nil }
    var bits = 16
    while bits > 5, (count * largest) << UInt128(bits - 1) > UInt128(Int32.max) { bits -= 1 }
    guard bits > 5 else { return nil }
    self.bits = bits
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
        withUnsafeTemporaryAllocation(of: Int16.self, capacity: range.count) { row in
          withUnsafeTemporaryAllocation(of: Int32.self, capacity: range.count * digits.count) {
            partial in
            guard let row = row.baseAddress else { return }
            partial.initialize(repeating: 0)
            add(range, of: length, reader, row, partial)
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

  private func add(
    _ range: Range<Int>, of length: Int, _ reader: NumberReader,
    _ row: UnsafeMutablePointer<Int16>, _ partial: UnsafeMutableBufferPointer<Int32>
  ) {
    guard let first = digits.first else { return }
    for map in first.indices where digits.contains(where: { $0[map] != 0 }) {
      let start = map * length
      reader.read(
        start + range.lowerBound..<start + range.upperBound, into: row, pitch: range.count)
      for (digit, numbers) in digits.enumerated() where numbers[map] != 0 {
        let number = Int32(numbers[map])
        let sums = partial.baseAddress.map { $0 + digit * range.count }
        guard let sums else { return }
        for index in 0..<range.count { sums[index] &+= number &* Int32(row[index]) }
      }
    }
  }
}
