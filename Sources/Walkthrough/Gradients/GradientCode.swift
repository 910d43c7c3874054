import ConvolutionEngine
import ExactNumbers

/// The line of code that computes one number of a gradient, as it can be pasted into a Python session
/// in which the arrays have the names and the axis order of the notation, and gradients a `d` before
/// them.
package struct GradientCode {
  private let network: Network
  private let names: CodeNames
  private let notation: Notation

  package init(_ network: Network, _ notation: Notation) {
    self.network = network
    self.notation = notation
    names = CodeNames(network)
  }

  private var module: String { notation.module }

  /// `dX[4,5,0] = np.sum(dv[0:3, 1:3, 0] * Ker0[4::-2, 3::-2, 0]) + …`
  package func line(_ account: GradientAccount) -> String {
    "\(target(account)) = \(value(account))"
  }

  private func target(_ account: GradientAccount) -> String {
    switch account.target {
    case .source(let source): cell(account.cell, of: source, mark: "d")
    case .weights(let index): "d\(weight(account.cell, network.layers[index]))"
    case .bias(let index): "d\(names.bias(network.layers[index], account.cell.depth))"
    }
  }

  private func value(_ account: GradientAccount) -> String {
    switch account.working {
    case .loss(let term): return loss(term, account)
    case .sum(let shares):
      switch account.target {
      case .weights(let index): return weightSum(account.cell, network.layers[index])
      case .bias(let index):
        let layer = network.layers[index]
        return "\(module).sum(\(plane(layer, account.cell.depth)))"
      case .source(let source):
        var parts: [String] = []
        // In the order in which the layers stand.
        for layer in Set(shares.map(\.layer)).sorted() {
          let own = shares.filter { $0.layer == layer }
          parts.append(sum(own, through: network.layers[layer], to: account.cell, source))
        }
        let shown = parts.filter { !$0.isEmpty }
        return shown.isEmpty ? "0" : shown.joined(separator: " + ")
      }
    }
  }

  /// One cell of a source's array; `mark` makes it its gradient's.
  private func cell(_ cell: Cell, of source: Source, mark: String = "") -> String {
    mark + names.array(source)
      + (notation.isVector(source, in: network) ? "[\(cell.depth)]" : notation.index(cell))
  }

  private func upstream(_ cell: Cell, _ layer: Layer) -> String {
    self.cell(cell, of: .layer(layer.index), mark: "d")
  }

  /// All depths of a place.
  private func depths(_ cell: Cell, of source: Source, mark: String = "") -> String {
    mark + names.array(source)
      + (notation.isVector(source, in: network)
        ? "" : notation.index(x: "\(cell.x)", y: "\(cell.y)", depth: ":"))
  }

  private func plane(_ layer: Layer, _ map: Int) -> String {
    plane(of: .layer(layer.index), map, mark: "d")
  }

  /// All of one depth.
  private func plane(of source: Source, _ map: Int, mark: String = "") -> String {
    mark + names.array(source)
      + (notation.isVector(source, in: network)
        ? "[\(map)]" : notation.index(x: ":", y: ":", depth: "\(map)"))
  }

  /// What flows back through one layer.
  private func sum(
    _ shares: [GradientShare], through layer: Layer, to cell: Cell, _ source: Source
  ) -> String {
    if layer.windows == nil, layer.parameters != nil {
      let gradients = depths(Cell(0, 0, 0), of: .layer(layer.index), mark: "d")
      let weights =
        layer.output.depth == 1
        ? "\(names.filter(layer, 0))[\(cell.depth)]"
        : "\(names.filters(layer))[:, \(cell.depth)]"
      return "\(module).sum(\(gradients) * \(weights))"
    }
    if layer.parameters != nil { return windowSum(shares, through: layer, to: cell) }
    switch layer.operation.rule.squashing {
    case .together:
      let own = Source.layer(layer.index)
      let shares = depths(cell, of: own)
      let gradients = depths(cell, of: own, mark: "d")
      return "\(self.cell(cell, of: own)) * (\(self.cell(cell, of: own, mark: "d")) - "
        + "\(module).sum(\(gradients) * \(shares)))"
    case .alone:
      let share = self.cell(cell, of: .layer(layer.index))
      return "\(upstream(cell, layer)) * \(share) * (1 - \(share))"
    case nil:
      return shares.flatMap(\.terms).compactMap { term in single(term, layer) }
        .joined(separator: " + ")
    }
  }

  /// One product without weights; nil where its factor is 0.
  private func single(_ term: GradientTerm, _ layer: Layer) -> String? {
    let gradient = upstream(term.place, layer)
    switch term.factor {
    case .one: return gradient
    case .winner(let isWinner): return isWinner ? gradient : nil
    case .share(let places): return places == 1 ? gradient : "\(gradient) / \(places)"
    case .slope(let slope):
      let slope = slope.reduced
      if slope == Ratio(1) { return gradient }
      let product = "\(gradient) * \(slope.numerator)"
      return slope.isWhole ? product : "\(product) / \(slope.denominator)"
    case .irrational, .weight, .input, .standardized:
      return "\(gradient) * \(term.by.nearestDouble)"
    }
  }

  /// Windows' gradients times the weights that a cell met in them, the last window the first weight.
  private func windowSum(
    _ shares: [GradientShare], through layer: Layer, to cell: Cell
  ) -> String {
    guard let windows = layer.windows, !shares.isEmpty else { return "" }
    let (columns, rows) = (windows.x.readers(of: cell.x), windows.y.readers(of: cell.y))
    let maps = layer.maps(reading: cell.depth)
    let depth = cell.depth - layer.firstDepth(ofMap: maps.lowerBound)
    func product(_ map: String, _ filter: String) -> String {
      let gradients =
        "d\(names.array(layer))"
        + notation.index(
          x: range(columns.map(\.position)), y: range(rows.map(\.position)), depth: map)
      return "\(module).sum(\(gradients) * "
        + "\(turned(filter, columns.map(\.tap), rows.map(\.tap), depth)))"
    }
    if maps.count <= 4 {
      return maps.map { product("\($0)", names.filter(layer, $0)) }.joined(separator: " + ")
    }
    let all =
      maps.lowerBound == 0 ? "\(maps.upperBound)" : "\(maps.lowerBound), \(maps.upperBound)"
    return "sum(\(product("k", "\(names.filters(layer))[k]")) for k in range(\(all)))"
  }

  /// A filter's taps backwards.
  private func turned(_ filter: String, _ columns: [Int], _ rows: [Int], _ depth: Int) -> String {
    guard notation != .numpy else {
      return filter
        + notation.index(x: backwards(columns), y: backwards(rows), depth: "\(depth)")
    }
    let forward =
      filter
      + notation.index(
        x: range(columns.reversed()), y: range(rows.reversed()), depth: "\(depth)")
    if columns.count == 1, rows.count == 1 { return forward }
    return notation == .pytorch ? "\(forward).flip(0, 1)" : "ops.flip(\(forward), (0, 1))"
  }

  /// `0:3`, or with what lies between them `0:5:2`.
  private func range(_ places: [Int]) -> String {
    guard let first = places.first, let last = places.last else { return "0:0" }
    let step = places.count > 1 ? places[1] - first : 1
    return step == 1 ? "\(first):\(last + 1)" : "\(first):\(last + 1):\(step)"
  }

  /// `4::-2`
  private func backwards(_ places: [Int]) -> String {
    guard let first = places.first, let last = places.last else { return "0:0" }
    guard places.count > 1 else { return "\(first):\(first + 1)" }
    return "\(first):\(last > 0 ? "\(last - 1)" : ""):\(places[1] - first)"
  }

  private func weight(_ cell: Cell, _ layer: Layer) -> String {
    let (filter, place) = layer.filterPlace(of: cell)
    let name = names.filter(layer, filter)
    if layer.normalization != nil { return name }
    return name + (layer.windows == nil ? "[\(place.depth)]" : notation.index(place))
  }

  /// A map's gradients times what the weight met.
  private func weightSum(_ cell: Cell, _ layer: Layer) -> String {
    let (filter, place) = layer.filterPlace(of: cell)
    let source = layer.sources[0]
    if let normalization = layer.normalization?.settings {
      let factors = normalization.standardized(
        plane(of: source, filter), layer, names, map: filter, root: "\(module).sqrt")
      return "\(module).sum(\(plane(layer, filter)) * \(factors))"
    }
    let depth = layer.firstDepth(ofMap: filter) + place.depth
    guard let windows = layer.windows else {
      return "\(upstream(Cell(0, 0, filter), layer)) * \(self.cell(Cell(0, 0, depth), of: source))"
    }
    func met(_ axis: WindowAxis, _ tap: Int) -> [(position: Int, place: Int)] {
      (0..<axis.positions).compactMap { position in
        axis.place(position: position, tap: tap).map { (position, $0) }
      }
    }
    let (columns, rows) = (met(windows.x, place.x), met(windows.y, place.y))
    guard !columns.isEmpty, !rows.isEmpty else { return "0" }
    let gradients =
      "d\(names.array(layer))"
      + notation.index(
        x: range(columns.map(\.position)), y: range(rows.map(\.position)), depth: "\(filter)")
    var input = names.array(source)
    if notation.isVector(source, in: network) {
      input += notation.index(x: "None", y: "None", depth: ":")
    }
    input += notation.index(
      x: range(columns.map(\.place)), y: range(rows.map(\.place)), depth: "\(depth)")
    return "\(module).sum(\(gradients) * \(input))"
  }

  /// `t` is the target's array; a class is written as its number.
  private func loss(_ term: LossTerm, _ account: GradientAccount) -> String {
    guard case .source(let source) = account.target else { return "1" }
    let score = cell(account.cell, of: source)
    let isVector = notation.isVector(source, in: network)
    let target = "t" + (isVector ? "[\(account.cell.depth)]" : notation.index(account.cell))
    switch term {
    case .one: return "1"
    case .given(let number):
      return number.ratio.map { "\($0.reduced.fraction)" } ?? "\(number.nearestDouble)"
    case .difference: return "\(score) - \(target)"
    case .tooNear:
      // The target comes as near to itself as can be, which does not count.
      let all = depths(account.cell, of: source)
      return "1 - \(module).sum(\(all) - \(score) + 1 > 0)"
    case .margin(let margin): return margin > .zero ? "1" : "0"
    case .share(_, _, let whole):
      let all = depths(account.cell, of: source)
      let share = "\(module).exp(\(score)) / \(module).sum(\(module).exp(\(all)))"
      return whole == Number(1)
        ? "\(share) - \(target)" : "\(share) * \(whole.nearestDouble) - \(target)"
    case .lone: return "1 / (1 + \(module).exp(-\(score))) - \(target)"
    }
  }
}

extension Ratio {
  fileprivate var fraction: String { isWhole ? "\(numerator)" : "\(numerator) / \(denominator)" }
}
