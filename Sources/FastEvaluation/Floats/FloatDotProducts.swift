import ConvolutionEngine
import ConvolutionKernels

/// The float32 cells of a layer that has one window, each its exact value rounded once; see
/// `FloatConvolution`. The weights are read where they are and not kept.
struct FloatDotProducts {
  let layer: Layer
  /// What the readable loop takes.
  let inputs: [Tensor]
  let settings: EvaluationSettings
  private let reader: FloatReader
  private let biases: [Double]?
  private let numbers: [Double]
  private let filters: Int
  private let length: Int
  private static let stretch = 4096

  /// - Parameter windows: what each group's window sees, in the order of a filter's weights.
  /// - Returns: nil where some weight is no float32.
  init?(_ layer: Layer, windows: [Double], _ inputs: [Tensor], _ settings: EvaluationSettings) {
    guard let parameters = layer.parameters,
      let reader = FloatReader(parameters.weights, kernels: settings.kernels)
    else { return nil }
    biases = parameters.bias?.exactDoubles(by: settings.kernels)
    guard parameters.bias == nil || biases != nil else { return nil }
    self.layer = layer
    self.inputs = inputs
    self.settings = settings
    self.reader = reader
    numbers = windows
    filters = parameters.filters
    length = parameters.filter.count
  }

  /// - Returns: nil when it was ended early.
  /// - Throws: `ArithmeticError` for the first cell beyond float32.
  func evaluate() throws(ArithmeticError) -> [Float]? {
    let perUnit = max(1, 1 << 18 / length)
    let failure = FirstFailure(threads: settings.threads)
    let size = FloatDotProducts.stretch
    let scratch = UnsafeMutablePointer<Float>.allocate(capacity: size * settings.threads)
    defer { scratch.deallocate() }
    var cells = [Float](repeating: 0, count: filters)
    let done = cells.withUnsafeMutableBufferPointer { cells in
      let cells = cells
      return settings.forEachUnit((filters + perUnit - 1) / perUnit) { thread, unit in
        for filter in unit * perUnit..<min((unit + 1) * perUnit, filters) {
          if let cell = cell(of: filter, scratch + thread * size) {
            cells[filter] = cell
          } else {
            failure.note(filter, thread: thread)
          }
        }
      }
    }
    if let first = failure.cell {
      throw .beyondFloat32(layer: layer.name, cell: Cell(0, 0, first))
    }
    return done ? cells : nil
  }

  private func cell(of filter: Int, _ scratch: UnsafeMutablePointer<Float>) -> Float? {
    var sum = 0.0
    var magnitude = 0.0
    forEachStretch(of: filter, scratch) { numbers, weights, count in
      let dot = settings.kernels.run.dotFloats(numbers, weights, count)
      sum += dot.sum
      magnitude += dot.magnitude
    }
    let error = Double(length + 8) * 0x1p-53 * magnitude * FloatPanels.room
    let bias = biases?[filter] ?? 0
    if let float = (sum + bias).nearestFloat(within: error) { return float }
    var refined = RefinedSum()
    forEachStretch(of: filter, scratch) { numbers, weights, count in
      for index in 0..<count { refined.add(numbers[index] * Double(weights[index])) }
    }
    refined.add(bias)
    return refined.nearestFloat
      ?? (try? LayerArithmetic(layer, over: inputs).float32(of: Cell(0, 0, filter)))
  }

  private func forEachStretch(
    of filter: Int, _ scratch: UnsafeMutablePointer<Float>,
    _ body: (UnsafePointer<Double>, UnsafePointer<Float>, Int) -> Void
  ) {
    let window = filter / (filters / layer.groups) * length
    numbers.withUnsafeBufferPointer { numbers in
      guard let numbers = numbers.baseAddress else { return }
      for start in stride(from: 0, to: length, by: FloatDotProducts.stretch) {
        let count = min(FloatDotProducts.stretch, length - start)
        let first = filter * length + start
        reader.withFloats(first..<first + count, scratch: scratch) { weights in
          body(numbers + (window + start), weights, count)
        }
      }
    }
  }
}
