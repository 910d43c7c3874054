extension Number {
  /// The exact difference, and a whole number more; a fraction where both are fractions that fit 128
  /// bits.
  package static func difference(
    _ first: Number, _ second: Number, plus whole: Int128 = 0
  ) -> Number {
    if let first = first.ratio, let negated = second.ratio?.negated,
      let sum = first.adding(negated)?.adding(Ratio(whole))
    {
      return .ratio(sum)
    }
    let numbers = [first.exactValue, second.exactValue]
    let common =
      leastCommonMultiple(numbers[0].denominator, numbers[1].denominator) ?? numbers[0].denominator
    var sum = BinarySum()
    for (number, isFirst) in zip(numbers, [true, false]) {
      var one = BinarySum()
      isFirst ? one.add(number) : one.subtract(number)
      one.multiply(by: common / number.denominator)
      sum.add(ExactValue(one))
    }
    sum.add(whole, times: common, exponent: 0)
    return .unrounded(ExactValue(sum, over: common))
  }
}
