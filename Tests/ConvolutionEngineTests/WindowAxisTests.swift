import ConvolutionEngine
import Testing

/// Every geometry of the small domain against a window slid by hand.
struct WindowAxisTests {
  @Test(arguments: Axis.allCases)
  func `the number of windows is what sliding one by hand counts`(axis: Axis) {
    for geometry in Geometry.all {
      let hand = Result { () throws(SlidingWindow.Refusal) in try SlidingWindow(geometry) }
      let engine = Result { () throws(ShapeError) in try geometry.axis(axis) }
      switch (hand, engine) {
      case (.success(let hand), .success(let engine)):
        #expect(engine.positions == hand.windows.count, "\(geometry)")
      case (.failure(.doesNotFit), .failure(.filterTooLarge(axis, _, geometry.input, let padded))):
        #expect(padded == geometry.before + geometry.input + geometry.after, "\(geometry)")
      case (.failure(.remainder(let rest)), .failure(.doesNotDivide(axis, let formula))):
        #expect(formula.remainder == rest, "\(geometry)")
      default: Issue.record("\(geometry): by hand \(hand), engine \(engine)")
      }
    }
  }

  @Test func `a tap lies on the input's place that it covers by hand, or on padding`() throws {
    try forEachValid { geometry, axis, hand in
      let places = (0..<axis.positions).map { position in
        (0..<axis.filter).map { axis.place(position: position, tap: $0) }
      }
      let expected = hand.windows.map { window in
        window.map { place in if case .input(let index) = place { index } else { nil as Int? } }
      }
      #expect(places == expected, "\(geometry)")
    }
  }

  @Test func `the taps inside are those over the input`() throws {
    try forEachValid { geometry, axis, hand in
      for (position, window) in hand.windows.enumerated() {
        let inside = window.indices.filter { tap in
          if case .input = window[tap] { true } else { false }
        }
        #expect(Array(axis.tapsInside(position: position)) == inside, "\(geometry)")
      }
    }
  }

  @Test func `the taps that count with padding are those on the padded line`() throws {
    try forEachValid { geometry, axis, hand in
      let counts = (0..<axis.positions).map { axis.tapsWithPadding(position: $0) }
      #expect(counts == hand.windows.indices.map(hand.counted), "\(geometry)")
    }
  }

  @Test func `the counts of an average are those that occur by hand`() throws {
    try forEachValid { geometry, axis, hand in
      let positions = hand.windows.indices
      #expect(
        axis.tapCounts(withPadding: true) == Set(positions.map(hand.counted)), "\(geometry)")
      #expect(
        axis.tapCounts(withPadding: false) == Set(positions.map { hand.inputs($0).count }),
        "\(geometry)")
    }
  }

  @Test func `whole windows see only input, and those at the edges do not`() throws {
    try forEachValid { geometry, axis, hand in
      func reachesBeyond(_ position: Int) -> Bool {
        let window = hand.windows[position]
        // A dilated window may jump over the last places: its first and last tap decide.
        return hand.inputs(position).count < window.count
      }
      #expect(!axis.wholePositions.contains(where: reachesBeyond), "\(geometry)")
      #expect(axis.edgePositions.joined().allSatisfy(reachesBeyond), "\(geometry)")
      let every = Array(axis.edgePositions.joined()) + Array(axis.wholePositions)
      #expect(every.sorted() == Array(hand.windows.indices), "\(geometry)")
    }
  }

  @Test func `the unread places are those under no window`() throws {
    try forEachValid { geometry, axis, hand in
      let read = Set(hand.windows.indices.flatMap(hand.inputs))
      #expect(axis.unread == (0..<geometry.input).filter { !read.contains($0) }, "\(geometry)")
    }
  }

  @Test func `the readers of a place are the windows over it, first window first`() throws {
    try forEachValid { geometry, axis, hand in
      for place in 0..<geometry.input {
        let readers = axis.readers(of: place).map { [$0.position, $0.tap] }
        #expect(readers == hand.readers(of: place), "\(geometry) place \(place)")
      }
    }
  }

  @Test func `a window starts at its stride times its position, less the padding`() throws {
    let axis = try WindowAxis(.x, input: 11, filter: 5, stride: 2, paddingBefore: 3)
    #expect((0..<axis.positions).map(axis.start) == [-3, -1, 1, 3, 5])
    #expect(axis.extent == 5)
    #expect(try WindowAxis(.x, input: 11, filter: 5, dilation: 2).extent == 2 * (5 - 1) + 1)
  }

  private func forEachValid(
    _ body: (Geometry, WindowAxis, SlidingWindow) throws -> Void
  ) throws {
    var tried = 0
    for geometry in Geometry.all {
      guard let hand = try? SlidingWindow(geometry) else { continue }
      try body(geometry, geometry.axis(), hand)
      tried += 1
    }
    #expect(tried > 1_500)
  }
}
