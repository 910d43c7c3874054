import ConvolutionEngine
import ExactNumbers

/// Numbers brought over one denominator, as tensors and weights hold them.
struct CommonDenominator {
  let numerators: Integers
  let denominator: Int128

  /// - Returns: nil after a problem: the number with which 128 bits no longer do.
  init?(_ numbers: [Placed<Ratio>], log: inout ProblemLog) {
    var common: Int128 = 1
    for number in numbers where common % number.value.denominator != 0 {
      guard let multiple = leastCommonMultiple(common, number.value.denominator) else {
        log.add(.numbers(.denominatorTooLarge(number.value.asciiText)), at: number.place)
        return nil
      }
      common = multiple
    }
    var numerators: [Int128] = []
    for number in numbers {
      let (numerator, overflows) = number.value.numerator.multipliedReportingOverflow(
        by: common / number.value.denominator)
      guard !overflows else {
        log.add(.numbers(.denominatorTooLarge(number.value.asciiText)), at: number.place)
        return nil
      }
      numerators.append(numerator)
    }
    self.numerators = Integers(numerators)
    denominator = common
  }
}
