import ExactNumbers

/// What the kinds' rules are made of, and what they hand over.
extension Layer {
  /// What a cell is made of, in the walk's order.
  package func visit(_ cell: Cell, _ body: (Term) -> Void) {
    operation.rule.visit(cell, in: self, body)
  }

  /// The same as a list.
  package func terms(of cell: Cell) -> [Term] {
    var terms: [Term] = []
    visit(cell) { terms.append($0) }
    return terms
  }

  /// The numbers of the cells of its first input that a cell is made of; padding is left out.
  package func numbers(under cell: Cell, of input: Tensor) -> [Number] {
    var numbers: [Number] = []
    visit(cell) { term in
      if let cell = term.cell { numbers.append(input[cell]) }
    }
    return numbers
  }

  /// The real input places under a window, in the walk's order; padding is left out.
  package func places(under cell: Cell) -> [Cell] { terms(of: cell).compactMap(\.cell) }

  /// Which input, and which cell of it, a copied cell is; nil where zero padding put a 0.
  package func origin(of cell: Cell) -> (input: Int, cell: Cell)? {
    firstTerm(of: cell).flatMap { term in term.cell.map { (term.input, $0) } }
  }

  /// The first term of a cell, and the only one of what is copied.
  func firstTerm(of cell: Cell) -> Term? {
    var first: Term?
    visit(cell) { if first == nil { first = $0 } }
    return first
  }

  /// Visits a cell's window with a filter, in the walk's order: x fastest, then y, then depth.
  func forEachTap(of cell: Cell, _ body: (Term) -> Void) {
    guard let filter = plan.filters?.shape else { return }
    let firstDepth = firstDepth(ofMap: cell.depth)
    var weight = cell.depth * filter.count
    for depth in 0..<filter.depth {
      for j in 0..<filter.height {
        let y = windows.map { $0.y.place(position: cell.y, tap: j) } ?? j
        for i in 0..<filter.width {
          let x = windows.map { $0.x.place(position: cell.x, tap: i) } ?? i
          var under: Cell?
          if let x, let y { under = Cell(x, y, firstDepth + depth) }
          body(Term(cell: under, weight: weight))
          weight += 1
        }
      }
    }
  }

  /// Visits the real places under a window of one depth, x fastest; padding is left out.
  func forEachPlace(under cell: Cell, _ body: (Term) -> Void) {
    guard let windows else { return }
    let columns = windows.x.tapsInside(position: cell.x)
    for row in windows.y.tapsInside(position: cell.y) {
      let y = windows.y.start(of: cell.y) + row * windows.y.dilation
      for column in columns {
        let x = windows.x.start(of: cell.x) + column * windows.x.dilation
        body(Term(cell: Cell(x, y, cell.depth)))
      }
    }
  }

  /// Visits the windows that read a cell, each with its filter's weight: x fastest, then y, then
  /// map; those of a pool are its depth's own.
  func forEachReader(of cell: Cell, _ body: (Reading) -> Void) {
    guard let windows else { return }
    let (columns, rows) = (windows.x.readers(of: cell.x), windows.y.readers(of: cell.y))
    let filters = plan.filters
    for map in maps(reading: cell.depth) {
      for (y, j) in rows {
        for (x, i) in columns {
          let weight = filters.map { filters in
            let depth = cell.depth - firstDepth(ofMap: map)
            return map * filters.shape.count + filters.shape.index(Cell(i, j, depth))
          }
          body(Reading(output: Cell(x, y, map), weight: weight))
        }
      }
    }
  }

  /// The maps of a layer with windows that are made of a depth of its input.
  package func maps(reading depth: Int) -> Range<Int> {
    guard let filters = plan.filters else { return depth..<depth + 1 }
    let group = depth / filters.shape.depth
    let each = filters.count / groups
    return group * each..<(group + 1) * each
  }

  /// What an average divides by at one cell: the places that count.
  package func divisor(of cell: Cell) -> Int {
    taps(.x, at: cell.x) * taps(.y, at: cell.y)
  }

  /// Places along an axis that count.
  package func taps(_ axis: Axis, at position: Int) -> Int {
    guard let windows = windows?[axis] else { return 1 }
    return plan.countsPadding == true
      ? windows.tapsWithPadding(position: position) : windows.tapsInside(position: position).count
  }

  /// The least common multiple of all divisors that occur; nil beyond 128 bits.
  package var divisorMultiple: Int128? {
    // A divisor is columns times rows, and every column count meets every row count, so the
    // multiple is a product too.
    guard let columns = countMultiple(.x), let rows = countMultiple(.y) else { return nil }
    let (product, overflows) = columns.multipliedReportingOverflow(by: rows)
    return overflows ? nil : product
  }

  private func countMultiple(_ axis: Axis) -> Int128? {
    guard let windows = windows?[axis] else { return 1 }
    var multiple: Int128 = 1
    for count in windows.tapCounts(withPadding: plan.countsPadding == true) {
      guard let larger = leastCommonMultiple(multiple, Int128(count)) else { return nil }
      multiple = larger
    }
    return multiple
  }
}
