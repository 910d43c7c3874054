/// A whole number of any size, not negative: 128-bit limbs, the lowest first.
package struct Magnitude: Sendable, Equatable {
  /// The highest is not 0; the number 0 has none.
  private(set) var limbs: [UInt128]

  package init(limbs: [UInt128]) {
    self.limbs = limbs
    while self.limbs.last == 0 { self.limbs.removeLast() }
  }

  package init(_ value: UInt128) { self.init(limbs: [value]) }

  package init(_ value: (high: UInt128, low: UInt128)) {
    self.init(limbs: [value.low, value.high])
  }

  package var isZero: Bool { limbs.isEmpty }

  /// How many bits it takes to write it: 3 for 5.
  package var bitCount: Int {
    guard let top = limbs.last else { return 0 }
    return limbs.count * UInt128.bitWidth - top.leadingZeroBitCount
  }

  /// How many times 2 divides it; 0 for 0.
  package var trailingZeroBitCount: Int {
    guard let first = limbs.firstIndex(where: { $0 != 0 }) else { return 0 }
    return first * UInt128.bitWidth + limbs[first].trailingZeroBitCount
  }

  package var isOdd: Bool { (limbs.first ?? 0) & 1 == 1 }

  /// The number, nil beyond 128 bits.
  package var word: UInt128? { limbs.count > 1 ? nil : limbs.first ?? 0 }

  package func multiplied(by factor: UInt128) -> Magnitude {
    var product: [UInt128] = []
    product.reserveCapacity(limbs.count + 1)
    var carry: UInt128 = 0
    for limb in limbs {
      let (high, low) = limb.multipliedFullWidth(by: factor)
      let (sum, overflows) = low.addingReportingOverflow(carry)
      product.append(sum)
      carry = high + (overflows ? 1 : 0)
    }
    return Magnitude(limbs: product + [carry])
  }

  /// - Parameter divisor: not 0.
  package func quotientAndRemainder(
    dividingBy divisor: UInt128
  ) -> (quotient: Magnitude, remainder: UInt128) {
    var quotient = limbs
    var remainder: UInt128 = 0
    for index in limbs.indices.reversed() {
      (quotient[index], remainder) = divisor.dividingFullWidth((remainder, limbs[index]))
    }
    return (Magnitude(limbs: quotient), remainder)
  }

  package func shiftedLeft(by bits: Int) -> Magnitude {
    guard bits > 0, !isZero else { return self }
    let (whole, part) = bits.quotientAndRemainder(dividingBy: UInt128.bitWidth)
    var shifted = [UInt128](repeating: 0, count: whole)
    var carry: UInt128 = 0
    for limb in limbs {
      shifted.append(limb << part | carry)
      // A shift by the whole width gives 0.
      carry = limb >> (UInt128.bitWidth - part)
    }
    return Magnitude(limbs: shifted + [carry])
  }

  /// The bits above the lowest ones, which are dropped.
  package func shiftedRight(by bits: Int) -> Magnitude {
    guard bits > 0 else { return self }
    let (whole, part) = bits.quotientAndRemainder(dividingBy: UInt128.bitWidth)
    guard whole < limbs.count else { return Magnitude(0) }
    var shifted = Array(limbs[whole...])
    for index in shifted.indices {
      let above = index + 1 < shifted.count ? shifted[index + 1] : 0
      shifted[index] = shifted[index] >> part | above << (UInt128.bitWidth - part)
    }
    return Magnitude(limbs: shifted)
  }
}

extension Magnitude: Comparable {
  package static func < (first: Magnitude, second: Magnitude) -> Bool {
    guard first.limbs.count == second.limbs.count else {
      return first.limbs.count < second.limbs.count
    }
    return first.limbs.reversed().lexicographicallyPrecedes(second.limbs.reversed())
  }
}

extension Magnitude: CustomStringConvertible {
  /// In decimal.
  package var description: String {
    // The largest power of ten that a limb holds.
    let places = 38
    let power = (0..<places).reduce(UInt128(1)) { power, _ in power * 10 }
    var parts: [String] = []
    var rest = self
    repeat {
      let part: UInt128
      (rest, part) = rest.quotientAndRemainder(dividingBy: power)
      let digits = String(part)
      let zeros = rest.isZero ? 0 : places - digits.count
      parts.append(String(repeating: "0", count: zeros) + digits)
    } while !rest.isZero
    return parts.reversed().joined()
  }
}
