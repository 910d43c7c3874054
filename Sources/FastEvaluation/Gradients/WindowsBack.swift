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
