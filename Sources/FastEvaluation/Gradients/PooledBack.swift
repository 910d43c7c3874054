import ConvolutionEngine
import ExactNumbers

/// What flows back through pools: window by window, each gradient to the places that it is for.
extension GradientArithmetic {
  /// An average pool's; nil where one may not fit 128 bits.
  func sharedBack(_ part: Part, _ settings: EvaluationSettings) -> Integers? {
    let most = Int128(part.layer.divisorMultiple ?? 1)
    return scattered(part, factor: most, settings) { layer, output, place in
      let share = most / Int128(layer.divisor(of: output))
      layer.visit(output) { term in
        if let cell = term.cell { place(layer.input.index(cell), share) }
      }
    }
  }

  /// A max pool's; nil where one may not fit 128 bits.
  func wonBack(_ part: Part, _ settings: EvaluationSettings) -> Integers? {
    let winners = part.layer.winners(over: part.reader.inputs[0])
    return scattered(part, factor: 1, settings) { layer, output, place in
      place(winners[layer.output.index(output)], 1)
    }
  }

  /// - Parameters:
  ///   - factor: no factor is larger.
  ///   - body: hands over the places that a cell's gradient is for, and by what it is multiplied.
  private func scattered(
    _ part: Part, factor: Int128, _ settings: EvaluationSettings,
    _ body: (Layer, Cell, (Int, Int128) -> Void) -> Void
  ) -> Integers? {
    let layer = part.layer
    let gradient = part.reader.upstream.exactNumerators
    let (size, overflows) = gradient.bounds(by: settings.kernels).largestMagnitude
      .multipliedReportingOverflow(by: factor.magnitude)
    // No place is read by more windows than a window has places.
    let (most, mostOverflows) = size.multipliedReportingOverflow(
      by: UInt128(min(layer.placesPerCell, layer.output.plane)))
    guard !overflows, !mostOverflows, most <= Int128.max.magnitude else { return nil }
    func scattered<Sum: KernelNumber>(as type: Sum.Type) -> Integers {
      var sums = [Sum](repeating: 0, count: shape.count)
      gradient.forEach(as: Sum.self) { index, number in
        guard number != 0 else { return }
        body(layer, layer.output.cell(at: index)) { place, factor in
          sums[place] &+= number &* Sum(factor)
        }
      }
      return Integers(narrowing: sums, by: settings.kernels)
    }
    let isNarrow = max(most, factor.magnitude) <= Int64.max.magnitude
    return isNarrow ? scattered(as: Int64.self) : scattered(as: Int128.self)
  }

  /// A max pool's over float32.
  func wonFloats(_ part: Part, _ settings: EvaluationSettings) throws(ArithmeticError) -> [Float]? {
    guard let gradient = part.reader.upstream.floats else { return nil }
    let winners = part.layer.winners(over: part.reader.inputs[0])
    var sums = [RefinedSum](repeating: RefinedSum(), count: shape.count)
    for (index, number) in gradient.enumerated() { sums[winners[index]].add(Double(number)) }
    return try rounded(sums, settings) { $0.nearestFloat }
  }

  /// An average pool's over float32; nil where its shares are too many kinds.
  func sharedFloats(
    _ part: Part, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> [Float]? {
    guard let gradient = part.reader.upstream.floats, let multiple = part.layer.divisorMultiple,
      // A float32 times the factor is a float64.
      multiple <= 1 << 24
    else { return nil }
    let layer = part.layer
    var sums = [RefinedSum](repeating: RefinedSum(), count: shape.count)
    for (index, number) in gradient.enumerated() {
      let output = layer.output.cell(at: index)
      let share = Double(number) * Double(Int(multiple) / layer.divisor(of: output))
      layer.visit(output) { term in
        if let cell = term.cell { sums[layer.input.index(cell)].add(share) }
      }
    }
    return try rounded(sums, settings) { $0.nearestFloat(over: Int(multiple)) }
  }

  /// Each sum rounded once; those that a quick way leaves undecided, by the rule.
  private func rounded(
    _ sums: [RefinedSum], _ settings: EvaluationSettings, _ quick: (RefinedSum) -> Float?
  ) throws(ArithmeticError) -> [Float] {
    var floats: [Float] = []
    floats.reserveCapacity(sums.count)
    for (index, sum) in sums.enumerated() {
      try settings.report(index, of: sums.count)
      if let float = quick(sum) {
        floats.append(float)
      } else {
        floats.append(try float32(of: shape.cell(at: index)))
      }
    }
    return floats
  }
}

extension Layer {
  /// For each window of a max pool the place of its first largest number.
  package func winners(over input: Tensor) -> [Int] {
    func winners<Number: Comparable>(_ numbers: [Number]) -> [Int] {
      (0..<output.count).map { index in
        var first: Int?
        visit(output.cell(at: index)) { term in
          guard let cell = term.cell else { return }
          let place = self.input.index(cell)
          if first.map({ numbers[place] > numbers[$0] }) ?? true { first = place }
        }
        return first ?? 0
      }
    }
    if let floats = input.floats { return winners(floats) }
    switch input.exactNumerators {
    case .int8(let numbers): return winners(numbers)
    case .int16(let numbers): return winners(numbers)
    case .int32(let numbers): return winners(numbers)
    case .int64(let numbers): return winners(numbers)
    case .int128(let numbers): return winners(numbers)
    }
  }
}

extension GradientArithmetic {
  /// Biases' gradients, each a map's sum; nil where one may not fit 128 bits.
  func biasSums(_ part: Part, _ settings: EvaluationSettings) -> Integers? {
    let gradient = part.reader.upstream.exactNumerators
    let plane = part.layer.output.plane
    let (most, overflows) = gradient.bounds(by: settings.kernels).largestMagnitude
      .multipliedReportingOverflow(by: UInt128(plane))
    guard !overflows, most <= Int128.max.magnitude else { return nil }
    func sums<Sum: KernelNumber>(as type: Sum.Type) -> Integers {
      var sums = [Sum](repeating: 0, count: shape.count)
      gradient.forEach(as: Sum.self) { sums[$0 / plane] &+= $1 }
      return Integers(narrowing: sums, by: settings.kernels)
    }
    return most <= Int64.max.magnitude ? sums(as: Int64.self) : sums(as: Int128.self)
  }
}
