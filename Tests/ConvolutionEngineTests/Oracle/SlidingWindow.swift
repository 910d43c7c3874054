import ConvolutionEngine

/// A window slid by hand over a line that is written out with its padding.
///
/// The oracle for everything along one axis: it looks and counts, and shares no formula with the
/// engine.
struct SlidingWindow {
  enum Place: Equatable {
    case padding
    case input(Int)
    /// Beyond the padded line, where only `ceil` reaches.
    case outside
  }

  enum Refusal: Error {
    case doesNotFit
    case remainder(Int)
  }

  /// The places under each window's taps.
  private(set) var windows: [[Place]] = []
  /// What is left of the line behind the last window that fits.
  private(set) var rest = 0
  /// How many windows `ceil` gives up because they start behind the input.
  private(set) var dropped = 0

  init(_ geometry: Geometry) throws(Refusal) {
    let line =
      Array(repeating: Place.padding, count: geometry.before)
      + (0..<geometry.input).map(Place.input)
      + Array(repeating: Place.padding, count: geometry.after)
    var starts: [Int] = []
    func taps(from start: Int) -> [Int] {
      var taps = [start]
      while taps.count < geometry.filter { taps.append(taps[taps.count - 1] + geometry.dilation) }
      return taps
    }
    var start = 0
    while taps(from: start).allSatisfy({ line.indices.contains($0) }) {
      starts.append(start)
      start += geometry.stride
    }
    guard let last = starts.last, let end = taps(from: last).last else { throw .doesNotFit }
    rest = line.count - end - 1
    if geometry.rounding == .strict, rest > 0 { throw .remainder(rest) }
    if geometry.rounding == .ceil {
      if rest > 0 { starts.append(start) }
      let behind = geometry.before + geometry.input
      while let last = starts.last, last >= behind {
        starts.removeLast()
        dropped += 1
      }
    }
    windows = starts.map { start in
      taps(from: start).map { line.indices.contains($0) ? line[$0] : .outside }
    }
  }

  /// Every window and tap that has a place under it, found by looking through all of them.
  func readers(of place: Int) -> [[Int]] {
    var readers: [[Int]] = []
    for (position, window) in windows.enumerated() {
      for (tap, under) in window.enumerated() where under == .input(place) {
        readers.append([position, tap])
      }
    }
    return readers
  }

  func inputs(_ position: Int) -> [Int] {
    windows[position].compactMap { place in
      if case .input(let index) = place { index } else { nil }
    }
  }

  /// How many taps of a window lie on the padded line.
  func counted(_ position: Int) -> Int { windows[position].count { $0 != .outside } }

  var everyWindowSeesInput: Bool { windows.indices.allSatisfy { !inputs($0).isEmpty } }
}
