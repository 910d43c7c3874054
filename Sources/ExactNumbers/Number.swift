/// One number of a tensor or of the working of a cell.
///
/// All but `rounded` are exact. Two numbers are equal when their values are.
package enum Number: Sendable {
  /// A number of an exact tensor.
  case ratio(Ratio)
  /// A float32, exact as it stands: an input or a weight.
  case float32(Float)
  /// What float32 numbers make before it is rounded: a product, a sum.
  case unrounded(ExactValue)
  /// A float32 in place of an exact value that this layer, or one before it, had to round.
  case rounded(Float)

  /// An exact numerator over a denominator above 0.
  package init(_ numerator: Int128, over denominator: Int128 = 1) {
    self = .ratio(Ratio(numerator, over: denominator))
  }

  package static let zero = Number(0)

  /// Its numerator and denominator; nil for what is or comes from float32.
  package var ratio: Ratio? {
    if case .ratio(let ratio) = self { ratio } else { nil }
  }

  package var isNegative: Bool {
    switch self {
    case .ratio(let ratio): ratio.isNegative
    case .float32(let value), .rounded(let value): value < 0
    case .unrounded(let value): value.isNegative
    }
  }

  package var isZero: Bool {
    switch self {
    case .ratio(let ratio): ratio.isZero
    case .float32(let value), .rounded(let value): value == 0
    case .unrounded(let value): value.isZero
    }
  }

  /// The value, whatever it is kept as; that of `rounded` is the rounded one.
  package var exactValue: ExactValue {
    switch self {
    case .ratio(let ratio): ExactValue(ratio)
    case .float32(let value), .rounded(let value): ExactValue(value)
    case .unrounded(let value): value
    }
  }

  /// The nearest float32, ties to even, rounded once; nil where that would be infinity.
  package var nearestFloat: Float? {
    switch self {
    case .float32(let value), .rounded(let value): value
    case .ratio, .unrounded: exactValue.nearestFloat
    }
  }

  /// The nearest float32 in its place; itself where that would be infinity.
  package var roundedToFloat32: Number { nearestFloat.map(Number.rounded) ?? self }

  /// The nearest `Double`, rounded once.
  package var nearestDouble: Double {
    switch self {
    case .ratio(let ratio): ratio.nearestDouble
    case .float32(let value), .rounded(let value): Double(value)
    case .unrounded(let value): value.nearestDouble
    }
  }

  /// The exact sum of numbers that stand over one denominator, as the products of a cell do.
  package static func sum(_ numbers: some Sequence<Number>) -> Number { total(of: numbers) }

  /// The same of part of an array: over the bounds of this module a sequence of any kind takes ten times
  /// as long.
  package static func sum(_ numbers: ArraySlice<Number>) -> Number { total(of: numbers) }

  private static func total(of numbers: some Sequence<Number>) -> Number {
    var integer: Int128 = 0
    var wide: BinarySum?
    var common: Int128?
    for number in numbers where !number.isZero {
      let denominator: Int128
      if case .ratio(let ratio) = number {
        integer += ratio.numerator
        denominator = ratio.denominator
      } else {
        let value = number.exactValue
        wide = wide ?? BinarySum()
        wide?.add(value)
        denominator = value.denominator
      }
      precondition(common == nil || common == denominator, "numbers over one denominator")
      common = denominator
    }
    let denominator = common ?? 1
    guard var wide else { return Number(integer, over: denominator) }
    wide.add(integer, exponent: 0)
    return .unrounded(ExactValue(wide, over: denominator))
  }
}

extension Number: Hashable {
  package static func == (first: Number, second: Number) -> Bool {
    switch (first, second) {
    case (.ratio(let first), .ratio(let second)): first == second
    case (.float32(let first), .float32(let second)), (.rounded(let first), .rounded(let second)):
      first == second
    default: first.exactValue == second.exactValue
    }
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(nearestDouble) }
}

extension Number: Comparable {
  package static func < (first: Number, second: Number) -> Bool {
    switch (first, second) {
    case (.ratio(let first), .ratio(let second)): first < second
    case (.float32(let first), .float32(let second)), (.rounded(let first), .rounded(let second)):
      first < second
    default: first.exactValue < second.exactValue
    }
  }
}
