import ConvolutionEngine
import ExactNumbers

extension GradientAccount {
  /// The account as one JSON object; `trace --gradient` writes one a line.
  ///
  /// `gradient` is its address. Each of `shares` is a filter's (`filter`), a row of windows' (`row`)
  /// or all of a layer's; its `terms` have the cell whose gradient flows back (`at`), that gradient,
  /// what it is multiplied by, and the product, which add up to `sum`, and the sums to `total`.
  /// Whole numbers are written as integers, fractions as text, `"1/9"`, what is or comes from float32
  /// as the nearest float64.
  package func json(in network: Network) -> JSON {
    var members: [(key: String, value: JSON)] = [
      ("gradient", .string(network.text(of: GradientAddress(target, .cell(cell))))),
      ("cell", cell.json),
    ]
    switch working {
    case .sum(let shares): members.append(("shares", .array(shares.map { $0.json(in: network) })))
    case .loss(let term): members.append(("loss", term.json))
    }
    members.append(("total", total.termJSON))
    if let precise { members.append(("precise", .number(precise.nearestDouble))) }
    if case .unrounded(let exact) = unrounded {
      members.append(("unrounded", .string(exact.fractionText)))
    }
    return .object(members)
  }
}

extension GradientShare {
  fileprivate func json(in network: Network) -> JSON {
    var members: [(key: String, value: JSON)] = [("layer", .string(network.layers[layer].name))]
    switch part {
    case .filter(let filter): members.append(("filter", .int(filter)))
    case .row(let row): members.append(("row", .int(row)))
    case .whole: break
    }
    members.append(
      (
        "terms",
        .array(
          terms.map { term in
            .object([
              ("at", term.place.json), ("gradient", term.upstream.termJSON),
              ("by", term.by.termJSON), ("product", term.product.termJSON),
            ])
          })
      ))
    members.append(("sum", sum.termJSON))
    return .object(members)
  }
}

extension LossTerm {
  fileprivate var json: JSON {
    switch self {
    case .one: .object([("kind", .string("sum"))])
    case .given(let number): .object([("kind", .string("given")), ("gradient", number.termJSON)])
    case .difference(let score, let target):
      .object([
        ("kind", .string("squared")), ("score", score.termJSON), ("target", target.termJSON),
      ])
    case .tooNear(let classes):
      .object([
        ("kind", .string("hinge")), ("tooNear", .array(classes.map { .int($0) })),
      ])
    case .margin(let margin):
      .object([("kind", .string("hinge")), ("margin", margin.termJSON)])
    case .share(let share, let target, _), .lone(let share, let target):
      .object([
        ("kind", .string("cross-entropy")), ("share", share.termJSON),
        ("target", target.termJSON),
      ])
    }
  }
}
