import ConvolutionEngine
import ExactNumbers

extension Walk {
  /// What stands above the cells of a layer: its size, and the code that makes all of it.
  package func heading(_ layer: Layer, notation: Notation = .numpy) -> [String] {
    let source = zip(layer.sources, layer.inputs).map { "\(network.name(of: $0)) \($1)" }
    return ["\(source.joined(separator: ", ")) → \(layer.name) \(layer.output)"]
      + LayerCode(layer, in: network, notation).lines.map { "  \($0)" }
  }

  /// A cell's account as lines of text: the code, each depth's grids, and the sum.
  package func transcript(_ account: CellAccount, notation: Notation = .numpy) -> [String] {
    let layer = network.layers[account.layer]
    let code = CellCode(layer, in: network, notation).line(account.cell)
    let equation = "  \(layer.name)\(account.cell) = \(account.equation)"
    return [code] + working(account, layer) + [equation] + roundingLines(account)
  }

  /// What the account is made of, line by line.
  private func working(_ account: CellAccount, _ layer: Layer) -> [String] {
    func taken(_ cells: [Cell], _ values: [Number], mark: (Int) -> String = { _ in " " })
      -> [String]
    {
      let source = network.name(of: layer.sources[0])
      return zip(cells, values).enumerated().map { index, taken in
        "  \(mark(index)) \(source)\(taken.0) = \(taken.1.text)"
      }
    }
    switch account.working {
    case .weightedSum(let sum):
      let lines = sum.filter.isFlat ? dotProduct(sum) : slices(sum, account, layer)
      guard let bias = sum.bias else { return lines }
      let name = CodeNames(network).bias(layer, account.cell.depth)
      return lines + ["  bias \(name) = \(bias.text)"]
    case .maximum(let candidates):
      return taken(candidates.cells, candidates.values) {
        candidates.winners.contains($0) ? "*" : " "
      }
    case .average(let average):
      return taken(average.cells, average.values)
        + ["  sum \(average.sum.text), divided by \(average.divisor)"]
    case .added(let numbers):
      return zip(layer.sources, numbers).map { source, number in
        "    \(network.name(of: source))\(account.cell) = \(number.text)"
      }
    case .joined(let index, let cell, let value):
      return ["    \(network.name(of: layer.sources[index]))\(cell) = \(value.text)"]
    case .normalized(let input, let map):
      return taken([account.cell], [input]) + normalization(map)
    case .responded(let response):
      return taken(response.cells, response.values)
        + ["  sum of squares \(response.sumOfSquares.text)"]
    case .squashed(let input, let exponential):
      return ["    e^−\(input.magnitudeText) \(exponential.relation) \(exponential.digits)"]
    case .shared(let share): return exponentials(share)
    case .mapped, .moved, .padding: return []
    }
  }

  private func normalization(_ map: Normalization.Map) -> [String] {
    [
      "    γ = \(map.gamma.text)  β = \(map.beta.text)  μ = \(map.mean.text)  "
        + "σ² = \(map.variance.text)",
      "    \(map.rootEquation)",
    ]
  }

  /// The exact value to its last bit, where float32 rounded it.
  private func roundingLines(_ account: CellAccount) -> [String] {
    if account.precise != nil {
      return ["  rounded to the nearest float32, \(account.total.text)"]
    }
    guard let rounding = account.rounding else { return [] }
    let exact = account.unrounded.exactValue.powerText
    return [
      "  exactly \(exact)",
      rounding.isZero
        ? "  which is a float32" : "  rounded to the nearest float32, by \(rounding.text)",
    ]
  }

  private func exponentials(_ share: Share) -> [String] {
    zip(share.values, share.exponentials).enumerated().map { depth, pair in
      let power = "e^(\(pair.0.text) − \(share.largest.text))"
      return "  depth \(depth)  \(power) \(pair.1.relation) \(pair.1.digits)"
    } + ["  sum \(share.sum.relation) \(share.sum.digits)"]
  }

  /// Each product on one line: one depth has one number.
  private func dotProduct(_ sum: WeightedSum) -> [String] {
    sum.products.indices.map { index in
      let input = sum.inputs[index]?.text ?? ":"
      return "  depth \(sum.firstDepth + index)  \(input) · \(sum.weights[index].text) = "
        + sum.products[index].text
    }
  }

  private func sliceSum(_ sum: Number) -> String {
    "    slice sum \(sum.relation) \(sum.digits)"
  }

  private func slices(_ sum: WeightedSum, _ account: CellAccount, _ layer: Layer) -> [String] {
    let inputs = sum.inputs.map { $0?.text ?? ":" }
    let weights = sum.weights.map(\.text)
    let products = sum.products.map(\.text)
    let rowSums = (0..<sum.filter.depth).map { depth in
      (0..<sum.filter.height).map { sum.sum(sum.row($0, ofSlice: depth)).text }
    }
    // No key path of two steps: it would be followed at run time, a quarter of a long trace.
    let widths = [inputs, weights, products, rowSums.flatMap { $0 }].map { texts in
      texts.map { $0.unicodeScalars.count }.max() ?? 1
    }
    let middle = sum.filter.height / 2
    return (0..<sum.filter.depth).flatMap { depth in
      ["  depth \(sum.firstDepth + depth)"]
        + (0..<sum.filter.height).map { j in
          let row = sum.row(j, ofSlice: depth)
          func cells(_ texts: [String], _ width: Int) -> String {
            texts[row].map { padded($0, to: width) }.joined(separator: " ")
          }
          let (times, equals) = j == middle ? (" × ", " = ") : ("   ", "   ")
          return "    " + cells(inputs, widths[0]) + times + cells(weights, widths[1]) + equals
            + cells(products, widths[2]) + "  | " + padded(rowSums[depth][j], to: widths[3])
        } + [sliceSum(sum.sum(sum.slice(depth)))]
    }
  }
}

/// Text set to the right of a column of `width` characters.
package func padded(_ text: String, to width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.unicodeScalars.count)) + text
}
