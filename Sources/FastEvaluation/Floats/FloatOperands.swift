import ConvolutionEngine

/// What a `FloatConvolution` multiplies: the numbers of many windows and those of many filters.
struct FloatOperands {
  /// Whose cells come out.
  let name: String
  /// A map a filter, and in it a cell a window.
  let output: Shape
  let filters: FloatPanels
  let input: KernelDoubles
  /// Of each group's windows: at least √Σx².
  let norms: [Double]
  /// All numbers of the input are multiples of 2^`place`.
  let place: Int
  /// See `TiledOperands`.
  let findWindows: TiledOperands.FindWindows
}

extension FloatOperands {
  init(_ filters: PackedFloatFilters, _ input: FloatInput) {
    let (layout, windows, width) = (filters.layout, filters.windows, filters.layer.output.width)
    self.init(
      name: filters.layer.name, output: filters.layer.output, filters: filters.panels,
      input: input.memory, norms: input.norms, place: input.place
    ) { first, count, group, starts in
      layout.findWindows(first, count: count, width: width, group: group, windows, starts)
    }
  }
}
