import ConvolutionEngine

/// What a `TiledConvolution` multiplies: the numbers of many windows and those of many filters, digit
/// by digit.
struct TiledOperands {
  /// Finds where windows of a group begin that follow each other, as `InputLayout.findWindows` does.
  typealias FindWindows = (
    _ first: Int, _ count: Int, _ group: Int, _ starts: UnsafeMutableBufferPointer<Int32>
  ) -> Void

  /// Whose cells come out.
  let name: String
  /// A map a filter, and in it a cell a window.
  let output: Shape
  let filters: FilterPanels
  let input: KernelNumbers
  /// From one digit of the input to the next.
  let inputPitch: Int
  let findWindows: FindWindows
}

extension TiledOperands {
  init(_ filters: PackedFilters, _ input: PackedInput) {
    let (layout, windows, width) = (filters.layout, filters.windows, filters.layer.output.width)
    self.init(
      name: filters.layer.name, output: filters.layer.output, filters: filters.panels,
      input: input.memory, inputPitch: layout.count
    ) { first, count, group, starts in
      layout.findWindows(first, count: count, width: width, group: group, windows, starts)
    }
  }
}
