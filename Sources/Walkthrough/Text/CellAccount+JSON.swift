import ConvolutionEngine
import ExactNumbers

extension CellAccount {
  /// The account as one JSON object; `trace --format json` writes one a line.
  ///
  /// Integers throughout. Where a tensor has fractions, `denominator` is what the products,
  /// sums, bias and total stand over, `inputDenominator` and `filterDenominator` what those do.
  ///
  /// What is or comes from float32 is written as the nearest float64: exact but for sums and for
  /// products with wide integers. `unrounded` is then the exact total as a fraction, and `total`
  /// that rounded once to float32. What no fraction is has `precise`, the nearest float64, instead.
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
    members.append(("total", total.json))
    if let precise { members.append(("precise", .number(precise.nearestDouble))) }
    if rounding != nil {
      members.append(("unrounded", .string(unrounded.exactValue.fractionText)))
    }
    return .object(members)
  }

  private var workingMembers: [(key: String, value: JSON)] {
    switch working {
    case .weightedSum(let sum): return sum.members(over: total.ratio?.denominator)
    case .maximum(let candidates):
      return [
        ("candidates", JSON.cells(candidates.cells, candidates.values)),
        ("winners", .array(candidates.winners.map { candidates.cells[$0].json })),
      ] + denominators(input: candidates.values.first)
    case .average(let average):
      return [
        ("candidates", JSON.cells(average.cells, average.values)),
        ("sum", average.sum.json), ("divisor", .int(average.divisor)),
      ] + denominators(input: average.values.first)
    case .mapped(let input, _):
      return [("input", input.json)] + denominators(input: input)
    case .joined(let index, let from, let value):
      return [("fromInput", .int(index)), ("from", from.json), ("input", value.json)]
        + denominators(input: value)
    case .padding: return [("from", .null)] + denominators(input: nil)
    case .added(let numbers):
      return [("terms", .array(numbers.map(\.termJSON)))] + denominators(input: nil)
    case .normalized(let input, let map):
      return [
        ("input", input.termJSON), ("gamma", map.gamma.termJSON), ("beta", map.beta.termJSON),
        ("mean", map.mean.termJSON), ("variance", map.variance.termJSON),
        ("epsilon", Number.ratio(map.epsilon).termJSON),
        ("root", map.root.map { Number.ratio($0).termJSON } ?? .null),
      ] + denominators(input: nil)
    case .responded(let response):
      return [
        ("input", response.input.termJSON),
        (
          "neighbours",
          .array(
            zip(response.cells, response.values).map { cell, value in
              .object([("k", .int(cell.depth)), ("value", value.termJSON)])
            })
        ),
        ("sumOfSquares", response.sumOfSquares.termJSON),
      ]
    case .squashed(let input, let exponential):
      return [("input", input.termJSON), ("exponential", exponential.termJSON)]
    case .shared(let share):
      return [
        ("inputs", .array(share.values.map(\.termJSON))), ("largest", share.largest.termJSON),
        ("exponentials", .array(share.exponentials.map(\.termJSON))),
        ("sum", share.sum.termJSON),
      ]
    case .moved(let from, let value):
      return [("from", from.json), ("input", value.json)]
        + denominators(input: value)
    }
  }

  private func denominators(input: Number?) -> [(key: String, value: JSON)] {
    let (input, total) = (input?.ratio?.denominator ?? 1, total.ratio?.denominator ?? 1)
    return (input == 1 ? [] : [("inputDenominator", .integer(input))])
      + (total == 1 ? [] : [("denominator", .integer(total))])
  }
}

extension WeightedSum {
  /// - Parameter denominator: the total's; nil where that is rounded.
  fileprivate func members(over denominator: Int128?) -> [(key: String, value: JSON)] {
    // A rounded sum may have numbers of every kind, so each is written as its value.
    func json(_ number: Number) -> JSON { denominator == nil ? number.valueJSON : number.json }
    let members: [(key: String, value: JSON)] = [
      ("slices", .array((0..<filter.depth).map { sliceJSON($0, json) })),
      ("bias", bias.map(json) ?? .null),
    ]
    guard let denominator else { return members }
    // Not the inputs' own: where all of them are padding there is none to ask.
    let filterDenominator = weights.first?.ratio?.denominator ?? 1
    let denominators = [
      ("inputDenominator", denominator / filterDenominator),
      ("filterDenominator", filterDenominator),
      ("denominator", denominator),
    ]
    return members
      + denominators.filter { $0.1 != 1 }.map { (key: $0.0, value: .integer($0.1)) }
  }

  private func sliceJSON(_ depth: Int, _ json: (Number) -> JSON) -> JSON {
    func rows(_ number: (Int) -> Number) -> JSON {
      .array(
        (0..<filter.height).map { j in
          .array(row(j, ofSlice: depth).map { json(number($0)) })
        })
    }
    return .object([
      ("depth", .int(firstDepth + depth)),
      ("input", rows { inputs[$0] ?? .zero }),
      ("filter", rows { weights[$0] }),
      ("products", rows { products[$0] }),
      ("sum", json(sum(slice(depth)))),
    ])
  }
}

extension Number {
  /// A number that stands over no denominator of the cell's: an integer; as text, `"1/9"`, a
  /// fraction; the nearest float64 of what is or comes from float32.
  var termJSON: JSON {
    guard let ratio = ratio?.reduced else { return .number(nearestDouble) }
    return ratio.isWhole
      ? .integer(ratio.numerator) : .string("\(ratio.numerator)/\(ratio.denominator)")
  }

  /// A ratio's numerator; the nearest float64 of anything else.
  fileprivate var json: JSON {
    ratio.map { .integer($0.numerator) } ?? .number(nearestDouble)
  }

  /// The value: an integer where it is a whole ratio, else the nearest float64.
  fileprivate var valueJSON: JSON {
    guard let ratio, ratio.isWhole else { return .number(nearestDouble) }
    return .integer(ratio.numerator / ratio.denominator)
  }
}

extension Cell {
  var json: JSON {
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
          ("value", value.json),
        ])
      })
  }
}
