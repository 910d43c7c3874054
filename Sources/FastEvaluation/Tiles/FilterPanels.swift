import ConvolutionEngine
import ConvolutionKernels

/// Filters as the kernels read them: panels of some filters each, and in a panel, pair by pair of a
/// window's numbers, every filter's two weights.
struct FilterPanels: Sendable {
  struct Panel {
    let group: Int
    let filters: Range<Int>
    /// Filters that it has room for.
    let lanes: Int
    /// Where its first digit begins.
    let start: Int
  }

  let kernels: Kernels
  /// How far each pair of a window's numbers is from the window's start.
  let offsets: [Int32]
  let list: [Panel]
  /// From one digit of a panel to the next.
  let digitPitch: Int
  let memory: KernelNumbers
  let sizes: WeightSizes

  var pairs: Int { offsets.count }

  /// - Parameters:
  ///   - reader: of the filters' numbers, one filter after the other.
  ///   - each: how many numbers a filter has.
  ///   - filters: how many a group has.
  ///   - pairs: as `InputLayout.pairs` says them.
  /// - Throws: `ArithmeticError.cancelled` when the settings' `progress` ended it.
  init(
    _ reader: NumberReader, each: Int, groups: Int, filters: Int,
    pairs: (offsets: [Int32], weights: [Int32]), _ settings: EvaluationSettings
  ) throws(ArithmeticError) {
    kernels = settings.kernels
    offsets = pairs.offsets
    list = FilterPanels.list(
      groups: groups, filters: filters, full: kernels.panelFilters,
      numbersPerLane: 2 * offsets.count)
    digitPitch = list.reduce(0) { $0 + $1.lanes } * offsets.count * 2
    memory = KernelNumbers(count: digitPitch * reader.digits.count)
    let packing = FilterPacking(
      reader: reader, count: each, order: pairs.weights, panels: list, digitPitch: digitPitch,
      target: memory.start)
    guard let sizes = packing.run(settings) else { throw .cancelled }
    self.sizes = sizes
  }

  /// - Parameter full: how many filters a full panel holds; a half panel holds half as many.
  static func list(groups: Int, filters: Int, full: Int, numbersPerLane: Int) -> [Panel] {
    var panels: [Panel] = []
    var start = 0
    for group in 0..<groups {
      var next = 0
      while next < filters {
        let left = filters - next
        let lanes = left <= full / 2 ? full / 2 : full
        let first = group * filters + next
        panels.append(
          Panel(
            group: group, filters: first..<first + min(left, lanes), lanes: lanes, start: start))
        start += lanes * numbersPerLane
        next += lanes
      }
    }
    return panels
  }
}
