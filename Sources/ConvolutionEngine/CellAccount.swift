import ExactNumbers

/// How one cell of a layer's output was computed, as data: what the screen, the equation, the
/// sentence, the transcript and the JSON all render.
package struct CellAccount: Sendable, Hashable {
  /// The layer's index, from 0.
  package let layer: Int
  package let cell: Cell
  package let working: Working
  /// The value of the cell.
  package let total: Number
  /// The exact value that a float32 layer rounds to `total`; `total` itself where nothing is
  /// rounded here.
  package let unrounded: Number
  /// Where the exact value is no fraction, because a root or an exponential makes it: that value to
  /// within 2^−280, of which `total` is the nearest float32; nil else.
  package let precise: Number?

  package enum Working: Sendable, Hashable {
    case weightedSum(WeightedSum)
    case maximum(Candidates)
    case average(Average)
    /// A function of one number, a fraction of a fraction: the number that went in, and the function.
    case mapped(Number, by: Operation)
    /// Flatten, dropout, and zero padding inside its border: the cell of the input that it is.
    case moved(Cell, Number)
    /// Concatenation: which input, and the cell of it that it is.
    case joined(input: Int, Cell, Number)
    /// Zero padding's border.
    case padding
    /// Addition: one number of each input.
    case added([Number])
    case normalized(Number, Normalization.Map)
    case responded(Response)
    /// Sigmoid: the number that went in and e^−|x|, as precise as the account's `precise`.
    case squashed(Number, exponential: Number)
    case shared(Share)
  }

  /// What rounding to float32 changed, exactly: the total less the exact value; nil where this
  /// layer does not round, 0 where the exact value is a float32.
  package var rounding: Number? {
    guard case .unrounded(let exact) = unrounded, case .rounded(let value) = total else {
      return nil
    }
    let term = BinaryTerm(value)
    var difference = BinarySum()
    difference.subtract(exact)
    difference.add(term.integer, times: exact.denominator, exponent: term.exponent)
    return .unrounded(ExactValue(difference, over: exact.denominator))
  }
}

/// A local response normalization's cell.
package struct Response: Sendable, Hashable {
  package let input: Number
  /// The cells whose squares are summed, the own one among them.
  package let cells: [Cell]
  package let values: [Number]
  package let settings: ResponseNormalization
  package let sumOfSquares: Number
}

/// A softmax's cell: its exponential's share of the sum of all at its place.
///
/// Each is e to the number less the largest one, which changes no share and lets none grow beyond
/// 1.
package struct Share: Sendable, Hashable {
  /// The numbers of all depths at the cell's place.
  package let values: [Number]
  package let largest: Number
  /// As precise as the account's `precise`, as the sum is.
  package let exponentials: [Number]
  package let sum: Number
}

/// A convolution's or dense layer's cell: products of a window with a filter, and a bias.
package struct WeightedSum: Sendable, Hashable {
  /// The filter's width × height × depth; every list below is in the walk's order over it.
  package let filter: Shape
  /// The input depth under the filter's first depth: not 0 only in a later group.
  package let firstDepth: Int
  /// The window's numbers; nil where it lies on padding.
  package let inputs: [Number?]
  package let weights: [Number]
  /// Each exact, and over one denominator: the total's where that is exact, so that they add up
  /// as integers.
  package let products: [Number]
  package let bias: Number?

  /// The sum of `products[range]`, exact.
  package func sum(_ range: Range<Int>) -> Number { Number.sum(products[range]) }

  /// One depth's place in the lists.
  package func slice(_ depth: Int) -> Range<Int> {
    depth * filter.plane..<(depth + 1) * filter.plane
  }

  /// One row of one depth.
  package func row(_ row: Int, ofSlice depth: Int) -> Range<Int> {
    let start = depth * filter.plane + row * filter.width
    return start..<start + filter.width
  }
}

/// A max pool's cell: the real places of the window, in the walk's order; padding is none.
package struct Candidates: Sendable, Hashable {
  package let cells: [Cell]
  package let values: [Number]
  /// The indices of all that equal the maximum: more than one is a tie.
  package let winners: [Int]
}

/// An average pool's cell.
package struct Average: Sendable, Hashable {
  package let cells: [Cell]
  package let values: [Number]
  /// Exact.
  package let sum: Number
  /// What the sum is divided by: the places counted.
  package let divisor: Int
}
