import ConvolutionEngine
import ConvolutionKernels

/// A convolution's weights as float64 for the kernels. Made once, they serve every input of the layer.
package final class PackedFloatFilters: Sendable {
  let layer: Layer
  let layout: InputLayout
  let windows: Windows
  let panels: FloatPanels

  /// - Returns: nil for a layer that is no convolution, whose numbers are no float32, or whose sizes
  ///   the kernels are not made for.
  /// - Throws: `ArithmeticError.cancelled` when the settings' `progress` ended it.
  package init?(
    _ layer: Layer, settings: EvaluationSettings = EvaluationSettings()
  ) throws(ArithmeticError) {
    guard let layout = InputLayout(layer), let windows = layer.windows,
      let parameters = layer.parameters, parameters.weights.count <= Tensor.largestCount,
      let reader = FloatReader(parameters.weights, kernels: settings.kernels)
    else { return nil }
    var biases: [Double]?
    if let bias = parameters.bias {
      guard let doubles = bias.exactDoubles(by: settings.kernels) else { return nil }
      biases = doubles
    }
    self.layer = layer
    self.layout = layout
    self.windows = windows
    panels = try FloatPanels(
      reader, groups: layer.groups, filters: parameters.filters / layer.groups,
      taps: layout.taps(filter: parameters.filter, windows: windows), biases: biases, settings)
  }
}

/// Filters as float64 for the kernels: panels of some filters each, and in a panel, number by number
/// of a window, every filter's number.
struct FloatPanels: Sendable {
  let kernels: Kernels
  /// How far each number of a window is from the window's start.
  let offsets: [Int32]
  let list: [FilterPanels.Panel]
  let memory: KernelDoubles
  /// Of each panel's lanes, one after the other; lanes without a filter have zeros.
  let lanes: [Lane]

  struct Lane {
    var bias = 0.0
    /// At least √Σw².
    var norm = 0.0
    /// All weights are multiples of 2^`place`, and so is the bias of 2^`biasPlace`.
    var place = FloatPanels.noPlace
    var biasPlace = FloatPanels.noPlace
  }

  /// The place of numbers that are all 0.
  static let noPlace = 1000
  /// Room for the rounding of what is added up and multiplied for a bound.
  static let room = 1 + 0x1p-20

  /// - Parameters:
  ///   - reader: of the filters' numbers, one filter after the other.
  ///   - filters: how many a group has.
  ///   - taps: as `InputLayout.taps` says them.
  /// - Throws: `ArithmeticError.cancelled` when the settings' `progress` ended it.
  init(
    _ reader: FloatReader, groups: Int, filters: Int, taps: (offsets: [Int32], weights: [Int32]),
    biases: [Double]?, _ settings: EvaluationSettings
  ) throws(ArithmeticError) {
    kernels = settings.kernels
    offsets = taps.offsets
    list = FilterPanels.list(
      groups: groups, filters: filters, full: kernels.run.doubleFilters,
      numbersPerLane: offsets.count)
    let laneCount = list.reduce(0) { $0 + $1.lanes }
    memory = KernelDoubles(count: laneCount * offsets.count)
    var lanes = Array(repeating: Lane(), count: laneCount)
    let (panels, target, count) = (list, memory.start, taps.weights.count)
    let scratch = UnsafeMutablePointer<Float>.allocate(capacity: count * settings.threads)
    defer { scratch.deallocate() }
    let numbers = Numbers(reader: reader, order: taps.weights, biases: biases, kernels: kernels)
    let done = lanes.withUnsafeMutableBufferPointer { lanes in
      let lanes = lanes
      return settings.forEachUnit(panels.count) { thread, unit in
        numbers.fill(
          panels[unit], at: target, lanes: lanes, scratch: scratch + thread * count)
      }
    }
    guard done else { throw .cancelled }
    self.lanes = lanes
  }
}

extension FloatPanels {
  /// What the panels are filled with.
  private struct Numbers {
    let reader: FloatReader
    let order: [Int32]
    let biases: [Double]?
    let kernels: Kernels

    /// Writes a panel's weights, lane beside lane, and what is known of each lane.
    func fill(
      _ panel: FilterPanels.Panel, at target: UnsafeMutablePointer<Double>,
      lanes: UnsafeMutableBufferPointer<Lane>, scratch: UnsafeMutablePointer<Float>
    ) {
      let count = order.count
      let start = target + panel.start
      for lane in panel.filters.count..<panel.lanes {
        for tap in 0..<count { start[tap * panel.lanes + lane] = 0 }
      }
      for (lane, filter) in panel.filters.enumerated() {
        reader.withFloats(filter * count..<(filter + 1) * count, scratch: scratch) { weights in
          for tap in 0..<count {
            start[tap * panel.lanes + lane] = Double(weights[Int(order[tap])])
          }
          lanes[panel.start / count + lane] = Lane(
            weights, count: count, bias: biases?[filter] ?? 0, kernels: kernels)
        }
      }
    }
  }
}

extension FloatPanels.Lane {
  fileprivate init(_ weights: UnsafePointer<Float>, count: Int, bias: Double, kernels: Kernels) {
    var squares = 0.0
    for tap in 0..<count { squares += Double(weights[tap]) * Double(weights[tap]) }
    norm = squares.squareRoot() * FloatPanels.room
    place = Int(kernels.run.lowestPlace(weights, count))
    self.bias = bias
    if bias != 0 { biasPlace = Int(bias.exponent) - bias.significandWidth }
  }

  /// Whether a window's products and the bias add up exactly in float64, in whatever order: all
  /// sums are multiples of one power of two, and none is larger than 2^53 of it.
  func isExact(inputPlace: Int, largestNorm: Double) -> Bool {
    guard place < FloatPanels.noPlace, inputPlace < FloatPanels.noPlace else {
      return true
    }
    let unit = Double(sign: .plus, exponent: min(place + inputPlace, biasPlace), significand: 1)
    return (largestNorm * norm + abs(bias)) * FloatPanels.room <= unit * 0x1p53
  }
}

extension InputLayout {
  /// The order in which float kernels read a window: for each of a filter's numbers how far it is
  /// from the window's start, and which of the weights, as `Parameters` has them, goes with it.
  func taps(filter: Shape, windows: Windows) -> (offsets: [Int32], weights: [Int32]) {
    var offsets: [Int32] = []
    var weights: [Int32] = []
    for j in 0..<filter.height {
      for i in 0..<filter.width {
        let start = j * windows.y.dilation * rowPitch + i * windows.x.dilation * depth
        for place in 0..<depth {
          offsets.append(Int32(start + place))
          weights.append(Int32(filter.index(Cell(i, j, place))))
        }
      }
    }
    return (offsets, weights)
  }
}
