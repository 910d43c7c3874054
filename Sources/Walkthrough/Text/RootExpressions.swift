import ConvolutionEngine
import ExactNumbers

extension Normalization.Map {
  /// `2·(5 − −1)/2 + 3`, with the root where it is a fraction, else `√(2 + 0.001)`.
  func expression(_ input: Number) -> String {
    let divisor = root?.text ?? "√(\(variance.text) + \(Number.ratio(epsilon).text))"
    return "\(gamma.text)·(\(input.text) − \(mean.text))/\(divisor) + \(beta.text)"
  }

  /// `√(3.999 + 0.001) = 2`; `≈` where the root is no fraction.
  var rootEquation: String {
    let sum = "√(\(variance.text) + \(Number.ratio(epsilon).text))"
    if let root { return "\(sum) = \(root.text)" }
    let value = (variance.nearestDouble + epsilon.nearestDouble).squareRoot()
    return "\(sum) ≈ \(Number.rounded(Float(value)).digits)"
  }
}

extension Response {
  /// `7/(2 + 0.0001·155)^0.75`
  var expression: String {
    let (offset, alpha) = (settings.offset.settingText, settings.alpha.settingText)
    return
      "\(input.text)/(\(offset) + \(alpha)·\(sumOfSquares.digits))^\(settings.beta.settingText)"
  }
}

extension Share {
  /// `e^(3 − 5)/1.2`
  func expression(_ depth: Int) -> String {
    "e^(\(values[depth].text) − \(largest.text))/\(sum.digits)"
  }
}

/// `1/(1 + e^−3)`; of a negative number `1/(1 + e^3)`.
func sigmoidExpression(_ input: Number) -> String {
  "1/(1 + e^\(input.isNegative ? "" : "−")\(input.magnitudeText))"
}
