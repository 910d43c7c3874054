import ExactNumbers

extension GradientArithmetic {
  /// How one number comes about, at the cost of its products alone.
  ///
  /// - Throws: `ArithmeticError` when it or its working does not fit 128 bits, or it not float32.
  package func account(of cell: Cell) throws(ArithmeticError) -> GradientAccount {
    precondition(shape.contains(cell), "the cell lies in the gradient")
    let total = try value(of: cell)
    let precise = !isExact && hasIrrationals ? self.precise(cell).number : nil
    var unrounded = total
    if !isExact, precise == nil, isRounded { unrounded = .unrounded(self.unrounded(cell)) }
    var shares: [GradientShare] = []
    var magnitudes = WideSum()
    var fits = true
    for part in parts {
      for (kind, terms) in grouped(terms(of: cell, part, &magnitudes, &fits), part) {
        shares.append(
          GradientShare(
            layer: part.layer.index, part: kind, terms: terms,
            // What does not fit is refused below; its sum would trap.
            sum: fits && magnitudes.total != nil ? sum(of: terms) : .zero))
      }
    }
    guard fits, magnitudes.total != nil else {
      throw .workingBeyond128Bits(layer: name, cell: cell)
    }
    return GradientAccount(
      target: target, cell: cell, working: .sum(shares), total: total, unrounded: unrounded,
      precise: precise)
  }

  private func terms(
    of cell: Cell, _ part: Part, _ magnitudes: inout WideSum, _ fits: inout Bool
  ) -> [GradientTerm] {
    var terms: [GradientTerm] = []
    let upstream = part.reader.upstream
    visit(cell, part) { place, factor in
      let product: Number
      let index = upstream.shape.index(place)
      if isExact {
        let gradient = upstream.exactNumerators[index]
        let (by, byOverflows) = part.term(factor).integer
          .multipliedReportingOverflow(by: part.scale)
        let (numerator, overflows) = gradient.multipliedReportingOverflow(by: by)
        fits = fits && !byOverflows && !overflows
        magnitudes.add(numerator, times: numerator.signum())
        product = Number(numerator, over: denominator)
      } else if !part.hasFractions {
        let gradient = FixedPoint(BigRational(upstream[index]))
        product = (gradient * part.precise(factor, of: place, by: cell)).number
      } else {
        product = .unrounded(
          ExactValue(
            product: upstream.term(index), part.term(factor), over: part.denominator))
      }
      terms.append(
        GradientTerm(
          place: place, upstream: upstream[index], factor: factor,
          by: part.number(factor, of: place, by: cell), product: product))
    }
    return terms
  }

  /// The products by what they belong to: a source's by filters, weights' and biases' by rows of
  /// windows.
  private func grouped(
    _ terms: [GradientTerm], _ part: Part
  ) -> [(GradientShare.Part, [GradientTerm])] {
    var groups: [(GradientShare.Part, [GradientTerm])] = []
    for term in terms {
      let kind: GradientShare.Part
      switch target {
      case .source: kind = part.layer.form == .filters ? .filter(term.place.depth) : .whole
      case .weights, .bias: kind = .row(term.place.y)
      }
      if groups.last?.0 == kind {
        groups[groups.count - 1].1.append(term)
      } else {
        groups.append((kind, [term]))
      }
    }
    return groups
  }

  private func sum(of terms: [GradientTerm]) -> Number { Number.sum(terms.map(\.product)) }
}
