/// What roots and exponentials need beyond what sums need.
extension Magnitude {
  package static func + (first: Magnitude, second: Magnitude) -> Magnitude {
    var sum: [UInt128] = []
    var carry: UInt128 = 0
    for index in 0..<max(first.limbs.count, second.limbs.count) {
      let (partial, overflows) = first[index].addingReportingOverflow(second[index])
      let (limb, carries) = partial.addingReportingOverflow(carry)
      sum.append(limb)
      carry = overflows || carries ? 1 : 0
    }
    return Magnitude(limbs: sum + [carry])
  }

  /// - Parameter second: not more than `first`.
  package static func - (first: Magnitude, second: Magnitude) -> Magnitude {
    var difference: [UInt128] = []
    var borrow: UInt128 = 0
    for index in first.limbs.indices {
      let (partial, overflows) = first[index].subtractingReportingOverflow(second[index])
      let (limb, borrows) = partial.subtractingReportingOverflow(borrow)
      difference.append(limb)
      borrow = overflows || borrows ? 1 : 0
    }
    precondition(borrow == 0 && second.limbs.count <= first.limbs.count, "a difference above 0")
    return Magnitude(limbs: difference)
  }

  package static func * (first: Magnitude, second: Magnitude) -> Magnitude {
    var product = [UInt128](repeating: 0, count: first.limbs.count + second.limbs.count)
    for (i, factor) in first.limbs.enumerated() {
      var carry: UInt128 = 0
      for (j, limb) in second.limbs.enumerated() {
        var (high, low) = factor.multipliedFullWidth(by: limb)
        for addend in [carry, product[i + j]] {
          let (sum, overflows) = low.addingReportingOverflow(addend)
          low = sum
          if overflows { high += 1 }
        }
        product[i + j] = low
        carry = high
      }
      product[i + second.limbs.count] = carry
    }
    return Magnitude(limbs: product)
  }

  /// The quotient, rounded down: long division with 128-bit digits (Knuth, The Art of Computer
  /// Programming, volume 2, 4.3.1, algorithm D).
  ///
  /// - Parameter divisor: not 0.
  package func divided(by divisor: Magnitude) -> Magnitude {
    precondition(!divisor.isZero, "divided by a number above 0")
    if let word = divisor.word { return quotientAndRemainder(dividingBy: word).quotient }
    guard self >= divisor else { return Magnitude(0) }
    // With its highest bit set, the divisor's first digit nearly decides each digit of the
    // quotient: a guess is at most two too high.
    let shift = divisor.limbs[divisor.limbs.count - 1].leadingZeroBitCount
    let divisor = divisor.shiftedLeft(by: shift)
    var rest = shiftedLeft(by: shift)
    let (count, top) = (divisor.limbs.count, divisor.limbs[divisor.limbs.count - 1])
    var quotient = [UInt128](repeating: 0, count: max(1, rest.limbs.count - count + 1))
    for place in quotient.indices.reversed() {
      let (high, low) = (rest[place + count], rest[place + count - 1])
      var digit = high >= top ? UInt128.max : top.dividingFullWidth((high, low)).quotient
      let step = divisor.shiftedLeft(by: place * UInt128.bitWidth)
      var product = step.multiplied(by: digit)
      while product > rest {
        digit -= 1
        product = product - step
      }
      rest = rest - product
      quotient[place] = digit
    }
    return Magnitude(limbs: quotient)
  }

  /// The square root, rounded down, by Newton's iteration from above.
  package var squareRoot: Magnitude {
    guard !isZero else { return self }
    var root = Magnitude(1).shiftedLeft(by: (bitCount + 1) / 2)
    while true {
      let next = (root + divided(by: root)).shiftedRight(by: 1)
      guard next < root else { return root }
      root = next
    }
  }

  /// A limb, 0 beyond the highest.
  private subscript(index: Int) -> UInt128 { index < limbs.count ? limbs[index] : 0 }
}
