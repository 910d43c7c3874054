import ConvolutionEngine
import ExactNumbers

/// What flows back through pools: row by row of windows, each gradient to the places that it is for.
extension GradientArithmetic {
  /// An average pool's; nil where one may not fit 128 bits.
  func sharedBack(_ part: Part, _ settings: EvaluationSettings) -> Integers? {
    let multiple = part.layer.divisorMultiple ?? 1
    guard let most = mostOfPlace(part, factor: multiple, settings) else { return nil }
    let narrow = max(most, multiple.magnitude)
    if narrow <= Int32.max.magnitude { return shared(part, Int32(multiple), settings) }
    return narrow <= Int64.max.magnitude
      ? shared(part, Int64(multiple), settings) : shared(part, multiple, settings)
  }

  /// - Parameter multiple: the least common multiple of the divisors.
  private func shared<Sum: KernelNumber>(
    _ part: Part, _ multiple: Sum, _ settings: EvaluationSettings
  ) -> Integers? {
    let layer = part.layer
    guard let windows = layer.windows else { return nil }
    let gradient = part.reader.upstream.exactNumerators.numbers(as: Sum.self)
    let shares = layer.divisors.map { multiple / Sum($0) }
    let (columns, rows) = (windows.x.runs, windows.y.runs)
    let (width, plane) = (shape.width, shape.plane)
    var line = [Sum](repeating: 0, count: width)
    var sums = [Sum](repeating: 0, count: shape.count)
    var index = 0
    for depth in 0..<layer.output.depth {
      for y in rows.indices {
        line.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
        for x in columns.indices {
          let share = gradient[index] &* shares[y * columns.count + x]
          index += 1
          var column = columns[x].first
          for _ in 0..<columns[x].count {
            line[column] &+= share
            column += columns[x].step
          }
        }
        for row in 0..<rows[y].count {
          let start = depth * plane + (rows[y].first + row * rows[y].step) * width
          for column in 0..<width { sums[start + column] &+= line[column] }
        }
      }
    }
    return Integers(narrowing: sums, by: settings.kernels)
  }

  /// A max pool's; nil where one may not fit 128 bits.
  func wonBack(_ part: Part, _ settings: EvaluationSettings) -> Integers? {
    guard let most = mostOfPlace(part, factor: 1, settings) else { return nil }
    let gradient = part.reader.upstream.exactNumerators
    let winners = part.layer.winners(over: part.reader.inputs[0])
    func won<Sum: KernelNumber>(as type: Sum.Type) -> Integers {
      var sums = [Sum](repeating: 0, count: shape.count)
      gradient.forEach(as: Sum.self) { sums[Int(winners[$0])] &+= $1 }
      return Integers(narrowing: sums, by: settings.kernels)
    }
    if most <= Int8.max.magnitude { return won(as: Int8.self) }
    if most <= Int16.max.magnitude { return won(as: Int16.self) }
    if most <= Int32.max.magnitude { return won(as: Int32.self) }
    return most <= Int64.max.magnitude ? won(as: Int64.self) : won(as: Int128.self)
  }

  /// No place's sum, nor any step on the way to it, is larger; nil beyond 128 bits.
  ///
  /// - Parameter factor: no factor is larger.
  private func mostOfPlace(
    _ part: Part, factor: Int128, _ settings: EvaluationSettings
  ) -> UInt128? {
    let (size, overflows) = part.reader.upstream.exactNumerators.bounds(by: settings.kernels)
      .largestMagnitude.multipliedReportingOverflow(by: factor.magnitude)
    // No place is read by more windows than a window has places.
    let isApart = part.layer.windows.map { $0.x.isApart && $0.y.isApart } ?? false
    let (most, mostOverflows) = size.multipliedReportingOverflow(
      by: isApart ? 1 : UInt128(min(part.layer.placesPerCell, part.layer.output.plane)))
    return overflows || mostOverflows || most > Int128.max.magnitude ? nil : most
  }

  /// A max pool's over float32.
  func wonFloats(_ part: Part, _ settings: EvaluationSettings) throws(ArithmeticError) -> [Float]? {
    guard let gradient = part.reader.upstream.floats, let windows = part.layer.windows
    else { return nil }
    let winners = part.layer.winners(over: part.reader.inputs[0])
    if windows.x.isApart, windows.y.isApart {
      var floats = [Float](repeating: 0, count: shape.count)
      for (index, number) in gradient.enumerated() { floats[Int(winners[index])] = number + 0 }
      return floats
    }
    var sums = [RefinedSum](repeating: RefinedSum(), count: shape.count)
    for (index, number) in gradient.enumerated() { sums[Int(winners[index])].add(Double(number)) }
    return try rounded(sums, settings) { $0.nearestFloat }
  }

  /// An average pool's over float32; nil where its shares are too many kinds.
  func sharedFloats(
    _ part: Part, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> [Float]? {
    guard let gradient = part.reader.upstream.floats, let multiple = part.layer.divisorMultiple,
      // A float32 times the factor is a float64.
      multiple <= 1 << 24, let windows = part.layer.windows
    else { return nil }
    let layer = part.layer
    let divisors = layer.divisors
    if windows.x.isApart, windows.y.isApart {
      // A quotient of a float32 rounded to float64 first rounds right, see `RefinedSum`.
      var shares: [Float] = []
      shares.reserveCapacity(gradient.count)
      for first in stride(from: 0, to: gradient.count, by: divisors.count) {
        for (place, divisor) in divisors.enumerated() {
          shares.append(Float(Double(gradient[first + place]) / Double(divisor)) + 0)
        }
      }
      return spread(shares, layer, windows)
    }
    var sums = [RefinedSum](repeating: RefinedSum(), count: shape.count)
    for (index, number) in gradient.enumerated() {
      let share = Double(number) * Double(Int(multiple) / divisors[index % divisors.count])
      layer.visit(layer.output.cell(at: index)) { term in
        if let cell = term.cell { sums[layer.input.index(cell)].add(share) }
      }
    }
    return try rounded(sums, settings) { $0.nearestFloat(over: Int(multiple)) }
  }

  /// Each window's number at all places that it reads, which no other reads.
  private func spread(_ numbers: [Float], _ layer: Layer, _ windows: Windows) -> [Float] {
    let (columns, rows) = (windows.x.runs, windows.y.runs)
    var all = [Float](repeating: 0, count: shape.count)
    var index = 0
    for depth in 0..<layer.output.depth {
      for row in rows {
        for column in columns {
          for y in 0..<row.count {
            let start = (depth * shape.height + row.first + y * row.step) * shape.width
            for x in 0..<column.count {
              all[start + column.first + x * column.step] = numbers[index]
            }
          }
          index += 1
        }
      }
    }
    return all
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
  /// What an average pool divides by at each place of a map.
  fileprivate var divisors: [Int] {
    (0..<output.plane).map { divisor(of: output.cell(at: $0)) }
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
