import ConvolutionEngine
import ExactNumbers

extension GradientArithmetic {
  /// The whole gradient: what it is number by number, by the fastest way that is proven to lose
  /// nothing.
  package func evaluate(
    settings: EvaluationSettings = EvaluationSettings()
  ) throws(ArithmeticError) -> Tensor {
    guard shape.count <= Tensor.largestCount else { throw .tooLarge(layer: name, shape: shape) }
    if isExact {
      if let numerators = try fastNumerators(settings) {
        return Tensor(shape, numerators, over: denominator)
      }
    } else if parts.count == 1, let floats = try fastFloats(parts[0], settings) {
      return Tensor(shape, finite: floats, isRounded: isRounded)
    }
    return try evaluateCellByCell { done throws(ArithmeticError) in
      try settings.report(done, of: shape.count)
    }
  }

  /// All numerators; nil where there is no faster way, or one may not fit 128 bits.
  private func fastNumerators(_ settings: EvaluationSettings) throws(ArithmeticError) -> Integers? {
    var all: [Integers] = []
    for (index, part) in parts.enumerated() {
      let (start, end) = (Double(index), Double(index + 1))
      let count = Double(parts.count)
      guard
        let numerators = try fastNumerators(
          part, settings.part(from: start / count, to: end / count))
      else { return nil }
      all.append(numerators)
    }
    if all.count == 1, parts[0].scale == 1 { return all[0] }
    return sum(of: all, settings)
  }

  /// What flows back through several layers, added up; nil where one may not fit 128 bits.
  private func sum(of all: [Integers], _ settings: EvaluationSettings) -> Integers? {
    var most: UInt128 = 0
    for (numerators, part) in zip(all, parts) {
      let (size, overflows) = numerators.bounds(by: settings.kernels).largestMagnitude
        .multipliedReportingOverflow(by: part.scale.magnitude)
      let (sum, sumOverflows) = most.addingReportingOverflow(size)
      guard !overflows, !sumOverflows, sum <= Int128.max.magnitude else { return nil }
      most = sum
    }
    func sum<Sum: KernelNumber>(as type: Sum.Type) -> Integers {
      var sums = [Sum](repeating: 0, count: shape.count)
      for (numerators, part) in zip(all, parts) {
        let scale = Sum(part.scale)
        numerators.forEach(as: Sum.self) { sums[$0] &+= $1 &* scale }
      }
      return Integers(narrowing: sums, by: settings.kernels)
    }
    let isNarrow = most <= Int64.max.magnitude && parts.allSatisfy { $0.scale <= Int128(Int64.max) }
    return isNarrow ? sum(as: Int64.self) : sum(as: Int128.self)
  }

  /// What flows back through one layer, over its own denominator; nil where there is no faster way
  /// or one may not fit 128 bits.
  private func fastNumerators(
    _ part: Part, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Integers? {
    switch part.derivative {
    case .input:
      if part.layer.windows == nil { return try outerProduct(part, settings) }
      if let few = fewProducts(part, settings) { return few }
      return try filterSums(part, settings)
    case .standardized(let all): return standardizedSums(part, all, settings)
    case .weight:
      if part.layer.windows == nil { return try transposedSums(part, settings) }
      if let few = fewProducts(part, settings) { return few }
      return try transposedWindows(part, settings)?.numerators
    case .one:
      if case .bias = target { return biasSums(part, settings) }
      return part.layer.movedBack(part.reader.upstream.exactNumerators, part.reader)
    case .share: return sharedBack(part, settings)
    case .winner: return wonBack(part, settings)
    case .slope(let rule): return slopedBack(part, rule, settings)
    case .irrational: return nil
    }
  }

  /// The same over float32.
  private func fastFloats(
    _ part: Part, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> [Float]? {
    switch part.derivative {
    case .input:
      return part.layer.windows == nil
        ? try outerFloats(part, settings) : try filterFloats(part, settings)
    case .standardized(let all): return try standardizedFloats(part, all, settings)
    case .weight:
      return part.layer.windows == nil
        ? try transposedFloats(part, settings) : try transposedWindows(part, settings)?.floats
    case .one:
      if case .bias = target { return nil }
      // Nothing has a −0: a sum that is 0 has no sign.
      return part.reader.upstream.floats.map { floats in
        part.layer.movedBack(floats, part.reader).map { $0 + 0 }
      }
    case .share: return try sharedFloats(part, settings)
    case .winner: return try wonFloats(part, settings)
    case .slope(let rule):
      guard rule.slopeDenominator(in: part.layer) == 1, let floats = part.reader.upstream.floats,
        let passes = part.layer.passes(part.reader.inputs[0])
      else { return nil }
      return zip(floats, passes).map { $1 ? $0 + 0 : 0 }
    case .irrational: return nil
    }
  }
}

extension Integers {
  /// Every number, in a width that holds them all.
  func forEach<Number: KernelNumber>(
    as type: Number.Type, _ body: (_ index: Int, _ number: Number) -> Void
  ) {
    func each<Own: FixedWidthInteger>(_ values: [Own]) {
      for index in values.indices { body(index, Number(truncatingIfNeeded: values[index])) }
    }
    switch self {
    case .int8(let values): each(values)
    case .int16(let values): each(values)
    case .int32(let values): each(values)
    case .int64(let values): each(values)
    case .int128(let values): each(values)
    }
  }

  /// The same numbers in a width that holds them all.
  func numbers<Number: KernelNumber>(as type: Number.Type) -> [Number] {
    func all<Own: FixedWidthInteger>(_ values: [Own]) -> [Number] {
      values.map { Number(truncatingIfNeeded: $0) }
    }
    switch self {
    case .int8(let values): return all(values)
    case .int16(let values): return all(values)
    case .int32(let values): return all(values)
    case .int64(let values): return all(values)
    case .int128(let values): return all(values)
    }
  }

  /// The numbers in another order or some of them, whatever their width.
  func rearranged(_ body: some Rearranging) -> Integers {
    switch self {
    case .int8(let values): .int8(body(values))
    case .int16(let values): .int16(body(values))
    case .int32(let values): .int32(body(values))
    case .int64(let values): .int64(body(values))
    case .int128(let values): .int128(body(values))
    }
  }
}

/// Takes numbers of any width into another order, or some of them.
protocol Rearranging {
  func callAsFunction<Value: Numeric>(_ values: [Value]) -> [Value]
}
