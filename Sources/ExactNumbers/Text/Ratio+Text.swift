extension Ratio {
  /// A decimal is written out when it ends within this many places; otherwise the fraction is.
  package static let longestDecimal = 4

  /// The exact value with the sign of print, `−`: `−3`, `0.25`, `1/9`.
  package var text: String { text(minus: "−") }

  /// The exact value as a program reads it: `-3`, `0.25`, `1/9`.
  package var asciiText: String { text(minus: "-") }

  private func text(minus: String) -> String {
    let lowest = reduced
    let sign = lowest.isNegative ? minus : ""
    let magnitude = lowest.numerator.magnitude
    let denominator = UInt128(lowest.denominator)
    if denominator == 1 { return sign + String(magnitude) }
    return sign + (Ratio.decimal(magnitude, denominator) ?? "\(magnitude)/\(denominator)")
  }

  /// `numerator/denominator` in decimal when that ends within `longestDecimal` places.
  private static func decimal(_ numerator: UInt128, _ denominator: UInt128) -> String? {
    var scale: UInt128 = 1
    for places in 1...longestDecimal {
      scale *= 10
      guard scale % denominator == 0 else { continue }
      let fraction = (numerator % denominator) * (scale / denominator)
      let digits = String(fraction)
      let padding = String(repeating: "0", count: places - digits.count)
      return "\(numerator / denominator).\(padding)\(digits)"
    }
    return nil
  }

  /// The value in a column of `width` characters: exact where it fits, else rounded and marked
  /// `≈`, else `≈` with an order of magnitude (`≈9e17`).
  package func text(fitting width: Int) -> String {
    let exact = text
    if exact.unicodeScalars.count <= width { return exact }
    return approximate(fitting: width)
  }

  /// `≈` and the most telling form that fits.
  private func approximate(fitting width: Int) -> String {
    let whole = roundedMagnitude
    let sign = isNegative && whole != 0 ? "−" : ""
    let plain = "≈\(sign)\(whole)"
    if plain.unicodeScalars.count <= width { return plain }
    let start = "≈\(sign)"
    let room = width - start.unicodeScalars.count
    let short = Ratio.leadingDigits(numerator.magnitude / UInt128(denominator), fitting: room)
    return short.map { start + $0 } ?? "≈"
  }

  /// A whole number's first digits, rounded, and its power of ten: `2e5` for 199,999, or `1.99e7`
  /// where there is room for more of them; nil where there is none for one.
  private static func leadingDigits(_ magnitude: UInt128, fitting room: Int) -> String? {
    var scale: UInt128 = 1
    var exponent = 0
    while magnitude / scale >= 10 {
      scale *= 10
      exponent += 1
    }
    // One digit takes no point.
    let most = max(1, room - 2 - "\(exponent)".count)
    for count in (1...min(most, exponent + 1)).reversed() {
      var unit = scale
      for _ in 1..<count { unit /= 10 }
      var (digits, rest) = magnitude.quotientAndRemainder(dividingBy: unit)
      if rest >= unit - rest, rest > 0 { digits += 1 }
      let text = scientific(digits, count: count, exponent: exponent)
      if text.count <= room { return text }
    }
    return nil
  }

  /// So many digits, or one more where rounding made them 10…0, without zeros at their end.
  private static func scientific(_ digits: UInt128, count: Int, exponent: Int) -> String {
    var text = "\(digits)"
    let exponent = exponent + text.count - count
    while text.count > 1, text.last == "0" { text.removeLast() }
    let first = text.removeFirst()
    return text.isEmpty ? "\(first)e\(exponent)" : "\(first).\(text)e\(exponent)"
  }

  /// The nearest whole number's magnitude, halves away from zero.
  private var roundedMagnitude: UInt128 {
    let divisor = UInt128(denominator)
    let (quotient, remainder) = numerator.magnitude.quotientAndRemainder(dividingBy: divisor)
    return remainder >= divisor - remainder ? quotient + 1 : quotient
  }

  /// The nearest `Double`, rounded once.
  package var nearestDouble: Double {
    let lowest = reduced
    return lowest.denominator == 1
      ? Double(nearest: lowest.numerator) : ExactValue(lowest).nearestDouble
  }
}

extension Double {
  /// The nearest to a whole number; most of them are small, and quick.
  package init(nearest number: Int128) {
    let isSmall = number < 0x7FFF_FFFF_FFFF_FFFF && number > -0x7FFF_FFFF_FFFF_FFFF
    self = isSmall ? Double(Int64(truncatingIfNeeded: number)) : Double(number)
  }
}
