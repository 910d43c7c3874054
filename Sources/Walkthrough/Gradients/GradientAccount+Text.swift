import ConvolutionEngine
import ExactNumbers

extension GradientAccount {
  /// The sum with every sign written: `4 + −2 = 2`; a filter's, or a row of windows', share each.
  package var equation: String {
    let value = precise ?? total
    guard let parts, !parts.isEmpty, parts != [value.text] else { return value.text }
    return "\(parts.joined(separator: " + ")) \(value.relation) \(value.digits)"
  }

  private var parts: [String]? {
    switch working {
    case .sum(let shares):
      guard shares.count == 1 else { return shares.map { $0.sum.text } }
      return shares[0].terms.count <= 6
        ? shares[0].terms.map { $0.product.text } : [shares[0].sum.text]
    case .loss(.difference(let score, let target)):
      return ["\(score.text) − \(target.isNegative ? "(\(target.text))" : target.text)"]
    case .loss(.share(let share, let target, let whole)):
      return ["\(share.text)\(whole == Number(1) ? "" : " · \(whole.text)") − \(target.text)"]
    case .loss(.lone(let share, let target)): return ["\(share.text) − \(target.text)"]
    case .loss: return nil
    }
  }
}

/// How gradients speak.
package struct GradientWords {
  private let network: Network

  /// Whether the loss bends as a number grows: what is promised then holds for little alone.
  private let isCurved: Bool
  /// What must not happen on the way for it to hold.
  private let cautions: [String]

  /// - Parameter loss: what the gradients come from; nil where nothing is promised.
  package init(_ network: Network, from loss: PlacedLoss? = nil) {
    self.network = network
    isCurved =
      loss?.loss.isCurved == true
      || network.layers.contains {
        $0.operation.mayBeIrrational && $0.normalization == nil
      }
    let turns = Set(network.layers.compactMap(\.operation.rule.turn))
    var cautions: [String] = []
    if turns.contains(.maximum) { cautions.append("no maximum changed hands") }
    if turns.contains(.bend) { cautions.append("no ReLU opened") }
    if case .hinge = loss?.loss { cautions.append("no class came too near") }
    self.cautions = cautions
  }

  /// `◂ dX 11×11×4`, and what flows back to it.
  package func heading(_ target: GradientTarget, readers: [(layer: Int, branch: Int)]) -> [String] {
    let name = network.text(of: GradientAddress(target, .layer))
    let shape: String
    switch target {
    case .source, .bias: shape = network.shape(of: target).map { "\($0)" } ?? ""
    case .weights(let index):
      let parameters = network.layers[index].parameters
      shape =
        parameters.map { "\($0.filters) · \($0.filter)" }
        ?? network.shape(of: target).map { "\($0)" } ?? ""
    }
    let through = readers.map { "d\(network.layers[$0.layer].name)" }.joined(separator: ", ")
    return [
      readers.isEmpty ? "◂ \(name) \(shape), the loss's own" : "◂ \(through) → \(name) \(shape)"
    ]
  }

  /// `The loss is the sum of all numbers of p, 30.`
  ///
  /// - Parameter value: nil where nobody knows it, or it is not computed yet.
  package func sentence(of placed: PlacedLoss, value: Number?) -> String {
    let name = network.name(of: placed.source)
    let what: String
    switch placed.loss {
    case .given: return "What flows back to \(name) is given."
    case .sum: what = "the sum of all numbers of \(name)"
    case .squared: what = "half the squared error of \(name)"
    case .hinge(let label): what = "the hinge loss of \(name) for class \(label)"
    case .crossEntropy, .binaryCrossEntropy: what = "the cross-entropy of \(name)"
    }
    guard let value else { return "The loss is \(what)." }
    // Its nearest float32 may look like a whole number.
    let mark = placed.loss.isIrrational && !value.text.hasPrefix("≈") ? "≈" : ""
    return "The loss is \(what), \(mark)\(value.text)."
  }

  /// A product in words, without a stop behind it: `dv[0,0,0] 2 times Ker[1,1,0] 3 is 6`.
  ///
  /// - Parameter hidesProduct: whether it would tell what is asked for.
  package func spoken(
    _ term: GradientTerm, of layer: Layer, hidesProduct: Bool
  ) -> String {
    let upstream = "d\(layer.name)\(term.place) \(term.upstream.text)"
    if term.factor == .one { return "\(upstream) \(factor(term, layer))" }
    return "\(upstream) times \(factor(term, layer)) \(term.by.text)"
      + (hidesProduct ? "" : " is \(term.product.text)")
  }

  /// Products of an account in words, for whom no table is drawn.
  ///
  /// - Parameter hidesProducts: whether they would tell what is asked for.
  /// - Returns: none where they are too many to listen to.
  package func spokenTerms(_ shares: [GradientShare], hidesProducts: Bool) -> [String] {
    guard shares.reduce(0, { $0 + $1.terms.count }) <= 60 else { return [] }
    return shares.map { share in
      let layer = network.layers[share.layer]
      let terms = share.terms.map { spoken($0, of: layer, hidesProduct: hidesProducts) }
      let isOne = share.terms.count == 1
      let sum = hidesProducts || isOne ? "" : "; together \(share.sum.text)"
      return "\(title(share.part, layer).capitalizedFirst): \(terms.joined(separator: ", "))\(sum)."
    }
  }

  /// An account as lines of text: the code, every product, and the sum.
  package func transcript(_ account: GradientAccount, notation: Notation = .numpy) -> [String] {
    var lines = [GradientCode(network, notation).line(account)]
    switch account.working {
    case .sum(let shares): lines += shares.flatMap { share($0, account) }
    case .loss(let term): lines += lossLines(term)
    }
    lines.append("  \(network.cellName(account.cell, of: account.target)) = \(account.equation)")
    if account.precise != nil {
      lines.append("  rounded to the nearest float32, \(account.total.text)")
    } else if case .unrounded(let exact) = account.unrounded {
      lines += [
        "  exactly \(exact.powerText)", "  rounded to the nearest float32, \(account.total.text)",
      ]
    }
    return lines
  }

  private func share(_ share: GradientShare, _ account: GradientAccount) -> [String] {
    let layer = network.layers[share.layer]
    let heads = share.terms.map { "d\(layer.name)\($0.place)" }
    let factors = share.terms.map { factor($0, layer) }
    let columns = [
      heads, share.terms.map { $0.upstream.text }, factors, share.terms.map { $0.by.text },
      share.terms.map { $0.product.text },
    ]
    let widths = columns.map { $0.map(\.unicodeScalars.count).max() ?? 0 }
    let rows = share.terms.indices.map { index in
      func column(_ number: Int) -> String { padded(columns[number][index], to: widths[number]) }
      return "    \(column(0))  \(column(1)) × \(column(2))  \(column(3)) = \(column(4))"
    }
    return ["  \(title(share.part, layer))"] + rows
      + ["    sum \(share.sum.relation) \(share.sum.digits)"]
  }

  /// What a share is: `filter 0 of v`.
  package func title(_ part: GradientShare.Part, _ layer: Layer) -> String {
    switch part {
    case .filter(let filter): "filter \(filter) of \(layer.name)"
    case .row(let row): "row \(row) of d\(layer.name)"
    case .whole: "through \(layer.name)"
    }
  }

  /// What a gradient is multiplied by, in words or as its name.
  package func factor(_ term: GradientTerm, _ layer: Layer) -> String {
    switch term.factor {
    case .weight(let index):
      let count = layer.parameters?.filter.count ?? 1
      let filter = layer.parameters?.filter
      let place = filter?.cell(at: index % count) ?? Cell(0, 0, 0)
      return network.cellName(
        Cell(place.x, place.y, index / count * (filter?.depth ?? 1) + place.depth),
        of: .weights(layer: layer.index), mark: "")
    case .input(let cell): return "\(network.name(of: layer.sources[0]))\(cell)"
    // As statistics call what is so many spreads from its mean.
    case .standardized(let cell):
      return "z\(cell)"
    case .one: return "as it is"
    case .share(let places): return "1 of \(places) places"
    case .winner(let isWinner): return isWinner ? "the largest" : "not the largest"
    case .slope: return "the slope"
    case .irrational: return "the slope"
    }
  }

  private func lossLines(_ term: LossTerm) -> [String] {
    switch term {
    case .one: return ["    the loss is the sum of all numbers, so each counts once"]
    case .given: return ["    the gradient is given"]
    case .difference(let score, let target):
      return ["    squared error: the number \(score.text) less the target \(target.text)"]
    case .tooNear(let classes):
      return [
        classes.isEmpty
          ? "    hinge loss: no class comes too near to the target"
          : "    hinge loss, the target: too near come "
            + classes.listed(atMost: 12) { "class \($0)" }
      ]
    case .margin(let margin):
      return [
        "    hinge loss: the margin is \(margin.text), "
          + (margin > .zero ? "above 0: too near" : "not above 0: far enough away")
      ]
    case .share(let share, let target, _), .lone(let share, let target):
      return ["    cross-entropy: the share \(share.text) less the wanted share \(target.text)"]
    }
  }

  /// What an account says, in a few sentences.
  package func sentences(_ account: GradientAccount) -> [String] {
    var sentences: [String] = []
    let name = network.cellName(account.cell, of: account.target, mark: "")
    if case .sum(let shares) = account.working {
      sentences.append(reading(name, shares, account))
    } else if case .loss(let term) = account.working {
      sentences += lossLines(term).map { line in
        String(line.drop { $0 == " " }).capitalizedFirst + "."
      }
    }
    return sentences + [promise(name, account.total)]
  }

  /// `X[4,5,0] was read by 6 windows of 2 filters.`
  private func reading(
    _ name: String, _ shares: [GradientShare], _ account: GradientAccount
  ) -> String {
    guard let layer = shares.first.map({ network.layers[$0.layer] }) else {
      return "No window reads \(name), so nothing flows back to it."
    }
    let count = account.termCount
    switch account.target {
    case .weights where layer.normalization != nil:
      let source = network.name(of: layer.sources[0])
      return "\(name) multiplied \(counted(count, "number")), z = (\(source) − μ)/√(σ² + ε)."
    case .bias where layer.normalization != nil:
      return "\(name) was added to \(counted(count, "number"))."
    case .weights where layer.form == .dotProducts: return "\(name) met one number of the input."
    case .bias where layer.form == .dotProducts: return "\(name) was added once."
    case .weights:
      return "\(name) met \(counted(count, "number")), one in each window that lies on the input."
    case .bias: return "\(name) was added in \(counted(count, "window")), once in each."
    case .source:
      let filters = shares.count { if case .filter = $0.part { true } else { false } }
      guard filters == shares.count, let first = shares.first else {
        let through = Set(shares.map(\.layer)).sorted().map { network.layers[$0].name }
        return "\(name) takes part in \(counted(count, "cell")) of "
          + "\(through.joined(separator: " and "))."
      }
      let windows = first.terms.count
      return "\(name) was read by \(counted(windows, "window")) of \(counted(filters, "filter"))."
    }
  }

  /// `If X[4,5,0] grew by 1 (and no maximum changed hands), the loss would grow by 2.`
  private func promise(_ name: String, _ total: Number) -> String {
    let caution = cautions.isEmpty ? "" : " (and \(cautions.joined(separator: ", ")))"
    let amount = isCurved ? "a little" : "by 1"
    if total.isZero { return "If \(name) grew \(amount)\(caution), the loss would not change." }
    let word = total.isNegative ? "fall" : "grow"
    if isCurved {
      return "If \(name) grew a little\(caution), the loss would \(word) by "
        + "\(total.magnitudeText) times that."
    }
    return "If \(name) grew by 1\(caution), the loss would \(word) by \(total.magnitudeText)."
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
