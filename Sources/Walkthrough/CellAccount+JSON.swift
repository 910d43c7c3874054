import ConvolutionEngine

extension CellAccount {
  /// The account as one JSON object; `trace --format json` writes one a line.
  ///
  /// Integers throughout. Where a tensor has fractions, `denominator` is what the products,
  /// sums, bias and total stand over, `inputDenominator` and `filterDenominator` what those do.
  package func json(in network: Network) -> JSON {
    let layer = network.layers[self.layer]
    var members: [(key: String, value: JSON)] = [
      ("layer", .string(layer.name)), ("cell", cell.json),
    ]
    if let windows = layer.windows {
      members.append(
        (
          "window",
          .object([("x", windows.x.json(cell.x)), ("y", windows.y.json(cell.y))])
        ))
      if windows.isDilated {
        members.append(
          (
            "dilation",
            .object([("x", .int(windows.x.dilation)), ("y", .int(windows.y.dilation))])
          ))
      }
    }
    members += workingMembers
    members.append(("total", .integer(total.numerator)))
    return .object(members)
  }

  private var workingMembers: [(key: String, value: JSON)] {
    switch working {
    case .weightedSum(let sum): return sum.members(over: total.denominator)
    case .maximum(let candidates):
      return [
        ("candidates", JSON.cells(candidates.cells, candidates.values)),
        ("winners", .array(candidates.winners.map { candidates.cells[$0].json })),
      ] + denominators(input: candidates.values.first)
    case .average(let average):
      return [
        ("candidates", JSON.cells(average.cells, average.values)),
        ("sum", .integer(average.sum.numerator)), ("divisor", .int(average.divisor)),
      ] + denominators(input: average.values.first)
    case .rectified(let input):
      return [("input", .integer(input.numerator))] + denominators(input: input)
    case .moved(let from, let value):
      return [("from", from.json), ("input", .integer(value.numerator))]
        + denominators(input: value)
    }
  }

  private func denominators(input: Number?) -> [(key: String, value: JSON)] {
    let input = input?.denominator ?? 1
    return (input == 1 ? [] : [("inputDenominator", .integer(input))])
      + (total.denominator == 1 ? [] : [("denominator", .integer(total.denominator))])
  }
}

extension WeightedSum {
  fileprivate func members(over denominator: Int128) -> [(key: String, value: JSON)] {
    var members: [(key: String, value: JSON)] = [
      ("slices", .array((0..<filter.depth).map(sliceJSON))),
      ("bias", bias.map { .integer($0.numerator) } ?? .null),
    ]
    // Not the inputs' own: where all of them are padding there is none to ask.
    let filterDenominator = weights.first?.denominator ?? 1
    for (key, value) in [
      ("inputDenominator", denominator / filterDenominator),
      ("filterDenominator", filterDenominator),
      ("denominator", denominator),
    ] where value != 1 {
      members.append((key, .integer(value)))
    }
    return members
  }

  private func sliceJSON(_ depth: Int) -> JSON {
    func rows(_ number: (Int) -> Int128) -> JSON {
      .array(
        (0..<filter.height).map { j in
          .array(row(j, ofSlice: depth).map { .integer(number($0)) })
        })
    }
    return .object([
      ("depth", .int(firstDepth + depth)),
      ("input", rows { inputs[$0]?.numerator ?? 0 }),
      ("filter", rows { weights[$0].numerator }),
      ("products", rows { products[$0].numerator }),
      ("sum", .integer(sum(slice(depth)).numerator)),
    ])
  }
}

extension Cell {
  fileprivate var json: JSON {
    .object([("x", .int(x)), ("y", .int(y)), ("k", .int(depth))])
  }
}

extension WindowAxis {
  /// From and to, half-open; before 0 or beyond the input inside its padding.
  fileprivate func json(_ position: Int) -> JSON {
    .array([.int(start(of: position)), .int(start(of: position) + extent)])
  }
}

extension JSON {
  fileprivate static func cells(_ cells: [Cell], _ values: [Number]) -> JSON {
    .array(
      zip(cells, values).map { cell, value in
        .object([
          ("x", .int(cell.x)), ("y", .int(cell.y)), ("k", .int(cell.depth)),
          ("value", .integer(value.numerator)),
        ])
      })
  }
}
