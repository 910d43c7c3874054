import ConvolutionEngine
import ExactNumbers

/// What flows back through convolutions, which are convolutions too, and evaluated as such.
extension GradientArithmetic {
  /// To the input. The places of it between which the windows move by one stride make a phase: what
  /// flows back to a phase is a convolution of the gradient, with stride 1, by those taps that meet
  /// it, turned round. A stride of 2 has four phases of a 3×3 filter: 2×2, 1×2, 2×1 and 1×1 taps.
  /// Few depths make many small convolutions so; then all phases are the filters of one.
  ///
  /// - Returns: nil where the sizes or numbers are not made for it.
  func transposedWindows(
    _ part: Part, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Tensor? {
    guard let windows = part.layer.windows else { return nil }
    if let together = try phasesTogether(part, windows, settings) { return together }
    let phases = windows.y.phases.flatMap { y in windows.x.phases.map { Phase(x: $0, y: y) } }
    var whole: Scattered?
    for (index, phase) in phases.enumerated() {
      let (start, end) = (Double(index), Double(index + 1))
      let count = Double(phases.count)
      guard !phase.x.places.isEmpty, !phase.y.places.isEmpty, !phase.x.taps.isEmpty,
        !phase.y.taps.isEmpty
      else { continue }
      guard
        let made = try part.evaluate(
          phase, settings.part(from: start / count, to: end / count))
      else { return nil }
      if phases.count == 1, made.shape == shape { return made }
      guard whole?.add(made, phase) ?? true else { return nil }
      if whole == nil { whole = Scattered(made, phase, shape) }
    }
    return whole?.tensor ?? zeros(part)
  }

  /// Where no window reads anything.
  private func zeros(_ part: Part) -> Tensor {
    isExact
      ? Tensor(shape, (0..<shape.count).map { _ in 0 }, over: part.denominator)
      : .float32(shape, [Float](repeating: 0, count: shape.count))
  }

  /// To the weights: each filter's gradient is the sum, over all windows, of the map's gradient times
  /// the number that the weight met. So the numbers that one weight meets are laid out as the depths
  /// of one place, and the map's gradients are the filter that goes over them, 1×1.
  ///
  /// - Returns: nil where the sizes or numbers are not made for it.
  func windowSums(
    _ part: Part, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Tensor? {
    guard let filter = part.layer.plan.filters?.shape else { return nil }
    let (layer, plane) = (part.layer, part.layer.output.plane)
    let maps = layer.output.depth / layer.groups
    // So many depths at a time that what is laid out stays small.
    let depths = max(1, min(filter.depth, 4_000_000 / max(1, filter.plane * plane)))
    let steps = (filter.depth + depths - 1) / depths
    var made: [(group: Int, first: Int, tensor: Tensor)] = []
    for unit in 0..<layer.groups * steps {
      let group = unit / steps
      let first = unit % steps * depths
      let range = first..<min(first + depths, filter.depth)
      let settings = settings.part(
        from: Double(unit) / Double(layer.groups * steps),
        to: Double(unit + 1) / Double(layer.groups * steps))
      guard let met = part.met(by: range, group: group),
        let gradients = part.reader.upstream.coefficients(
          group * maps * plane..<(group + 1) * maps * plane),
        let sums = try met.convolved(
          Convolution(windows: WindowSettings(size: Pair(1)), filters: maps, hasBias: false),
          by: gradients, settings)
      else { return nil }
      made.append((group, first, sums))
    }
    return assembled(made, filter, maps)
  }

  /// - Parameter made: a map a filter, each the places of some depths.
  private func assembled(
    _ made: [(group: Int, first: Int, tensor: Tensor)], _ filter: Shape, _ maps: Int
  ) -> Tensor? {
    guard let first = made.first?.tensor else { return nil }
    func collect<Value>(_ zero: Value, _ numbers: (Tensor) -> [Value]) -> [Value] {
      var all = [Value](repeating: zero, count: shape.count)
      for (group, first, tensor) in made {
        let numbers = numbers(tensor)
        let length = tensor.shape.width
        for map in 0..<maps {
          let start = (group * maps + map) * filter.count + first * filter.plane
          all.replaceSubrange(
            start..<start + length, with: numbers[map * length..<(map + 1) * length])
        }
      }
      return all
    }
    guard first.isExact else {
      return .float32(shape, collect(0) { $0.floats ?? [] })
    }
    let isNarrow = made.allSatisfy { $0.tensor.exactNumerators.bytesEach <= 8 }
    let integers =
      isNarrow
      ? Integers(collect(Int64(0)) { $0.exactNumerators.numbers(as: Int64.self) })
      : Integers(collect(Int128(0)) { $0.exactNumerators.numbers(as: Int128.self) })
    return Tensor(shape, integers, over: first.denominator)
  }
}

/// The places of an axis that lie so many strides from each other, and the taps that meet them.
struct AxisPhase {
  /// The places, which lie a stride from each other.
  let places: StrideTo<Int>
  /// Taps, the last first, which lie side by side in the gradient, `dilation` from each other.
  let taps: [Int]
  let dilation: Int
  /// The window that the first place meets with the first of these taps.
  let first: Int
}

private struct Phase {
  let x: AxisPhase
  let y: AxisPhase
}

extension WindowAxis {
  /// All phases of an axis, as many as its stride.
  var phases: [AxisPhase] {
    let common = Int(greatestCommonDivisor(UInt128(dilation), UInt128(stride)))
    return (0..<min(stride, input + paddingBefore)).map { rest in
      let taps = Array((0..<filter).filter { $0 * dilation % stride == rest }.reversed())
      // The first real place with the rest: place + padding = rest + stride · step.
      let step = rest >= paddingBefore ? 0 : (paddingBefore - rest + stride - 1) / stride
      let place = rest + stride * step - paddingBefore
      let last = taps.first.map { ($0 * dilation - rest) / stride } ?? 0
      return AxisPhase(
        places: Swift.stride(from: min(place, input), to: input, by: stride), taps: taps,
        dilation: dilation / common, first: step - last)
    }
  }
}

extension StrideTo<Int> {
  fileprivate var isEmpty: Bool { underestimatedCount == 0 }
}

extension GradientArithmetic.Part {
  /// What flows back to one phase, as a tensor of its places.
  fileprivate func evaluate(
    _ phase: Phase, _ settings: EvaluationSettings
  ) throws(ArithmeticError) -> Tensor? {
    guard let filter = layer.plan.filters?.shape,
      let gradient = reader.upstream.framed(
        x: phase.x.first, width: phase.x.extent, y: phase.y.first, height: phase.y.extent),
      let weights = turned(phase, filter)
    else { return nil }
    let windows = WindowSettings(
      size: Pair(phase.x.taps.count, phase.y.taps.count),
      dilation: Pair(phase.x.dilation, phase.y.dilation))
    let convolution = Convolution(
      windows: windows, filters: layer.input.depth, groups: layer.groups, hasBias: false)
    return try gradient.convolved(convolution, by: weights, settings)
  }

  /// The weights of a phase's taps: for each depth of the input, those of all filters that read it.
  private func turned(_ phase: Phase, _ filter: Shape) -> Coefficients? {
    guard let weights = layer.parameters?.weights else { return nil }
    let maps = layer.output.depth / layer.groups
    var indices: [Int] = []
    indices.reserveCapacity(
      layer.input.depth * maps * phase.x.taps.count * phase.y.taps.count)
    for depth in 0..<layer.input.depth {
      let (group, inner) = depth.quotientAndRemainder(dividingBy: filter.depth)
      for map in group * maps..<(group + 1) * maps {
        for j in phase.y.taps {
          let row = ((map * filter.depth + inner) * filter.height + j) * filter.width
          for i in phase.x.taps { indices.append(row + i) }
        }
      }
    }
    return weights.picked(indices)
  }

  /// The numbers that the weights of some depths of a group's filters meet: a column for each weight,
  /// a depth for each window.
  fileprivate func met(by depths: Range<Int>, group: Int) -> Tensor? {
    guard let windows = layer.windows, let filter = layer.plan.filters?.shape else { return nil }
    let (input, output) = (reader.inputs[0].shape, layer.output)
    guard let shape = try? Shape(depths.count * filter.plane, 1, output.plane) else { return nil }
    let met = Met(
      columns: windows.x.placesByWindow, rows: windows.y.placesByWindow, input: input,
      output: output, filter: filter,
      depths: group * filter.depth + depths.lowerBound..<group * filter.depth + depths.upperBound)
    return reader.inputs[0].rearranged(met, shape)
  }
}

/// Lays out what each window reads, one window after another.
private struct Met: Rearranging {
  /// The column, or row, of each window's taps, window by window; −1 in the padding.
  let columns: [Int]
  let rows: [Int]
  let input: Shape
  let output: Shape
  let filter: Shape
  let depths: Range<Int>

  func callAsFunction<Value: Numeric>(_ values: [Value]) -> [Value] {
    let count = output.plane * depths.count * filter.plane
    return values.withUnsafeBufferPointer { values in
      [Value](unsafeUninitializedCapacity: count) { met, made in
        var place = 0
        for y in 0..<output.height {
          for x in 0..<output.width {
            for depth in depths {
              for j in 0..<filter.height {
                let row = rows[y * filter.height + j]
                let start = (depth * input.height + row) * input.width
                for i in 0..<filter.width {
                  let column = columns[x * filter.width + i]
                  let number = row < 0 || column < 0 ? 0 : values[start + column]
                  met.initializeElement(at: place, to: number)
                  place += 1
                }
              }
            }
          }
        }
        made = place
      }
    }
  }
}

extension WindowAxis {
  fileprivate var placesByWindow: [Int] {
    (0..<positions).flatMap { position in
      (0..<filter).map { place(position: position, tap: $0) ?? -1 }
    }
  }
}

extension AxisPhase {
  /// How much of the gradient the phase reads.
  fileprivate var extent: Int { places.underestimatedCount + dilation * (taps.count - 1) }
}

/// A gradient made phase by phase.
private struct Scattered {
  private var numbers: Numbers
  private let shape: Shape

  private enum Numbers {
    case narrow([Int64], over: Int128)
    case wide([Int128], over: Int128)
    case floats([Float])
  }

  init?(_ made: Tensor, _ phase: Phase, _ shape: Shape) {
    self.shape = shape
    switch made.storage {
    case .exact(_, let denominator):
      numbers = .narrow([Int64](repeating: 0, count: shape.count), over: denominator)
    case .float32: numbers = .floats([Float](repeating: 0, count: shape.count))
    }
    guard add(made, phase) else { return nil }
  }

  mutating func add(_ made: Tensor, _ phase: Phase) -> Bool {
    if case .narrow(let narrow, let denominator) = numbers,
      made.numerators.map({ $0.bytesEach > 8 }) == true
    {
      numbers = .wide(narrow.map { Int128($0) }, over: denominator)
    }
    switch numbers {
    case .narrow(var all, let denominator):
      guard let new = made.numerators else { return false }
      numbers = .floats([])
      put(new.numbers(as: Int64.self), made.shape, phase, &all)
      numbers = .narrow(all, over: denominator)
    case .wide(var all, let denominator):
      guard let new = made.numerators else { return false }
      numbers = .floats([])
      put(new.numbers(as: Int128.self), made.shape, phase, &all)
      numbers = .wide(all, over: denominator)
    case .floats(var all):
      guard let new = made.floats else { return false }
      numbers = .floats([])
      put(new, made.shape, phase, &all)
      numbers = .floats(all)
    }
    return true
  }

  private func put<Value>(_ new: [Value], _ made: Shape, _ phase: Phase, _ all: inout [Value]) {
    var index = 0
    for depth in 0..<made.depth {
      for y in phase.y.places {
        let row = (depth * shape.height + y) * shape.width
        for x in phase.x.places {
          all[row + x] = new[index]
          index += 1
        }
      }
    }
  }

  var tensor: Tensor {
    switch numbers {
    case .narrow(let all, let denominator): Tensor(shape, Integers(all), over: denominator)
    case .wide(let all, let denominator): Tensor(shape, Integers(all), over: denominator)
    case .floats(let all): .float32(shape, all)
    }
  }
}
