import ConvolutionEngine
import ExactNumbers

/// A row of what flows back to a number.
enum TermRow: Equatable {
  case term(GradientTerm, layer: Int)
  /// So many products that are 0, and more than one.
  case zeros(Int)
  /// So many further products of a share, and their sum.
  case rest(Int, sum: Number)
  /// All products of a share.
  case share(GradientShare)
  /// So many further shares, and their sum.
  case shares(Int, sum: Number)
}

extension TermRow {
  /// Whether it says what all of a share makes.
  func isAll(of share: GradientShare) -> Bool {
    switch self {
    case .term: share.terms.count == 1
    case .share: true
    case .zeros, .rest, .shares: false
    }
  }
}

/// The products of an account in so many rows, folded where they are many: what is left out is said
/// with its sum, so that the rows add up.
struct TermRows {
  let rows: [TermRow]

  init(_ shares: [GradientShare], room: Int) {
    var folded = shares.map { TermRows.all(of: $0, folds: false) }
    // Zeros go first, those of the last share before the others.
    for index in shares.indices.reversed() where folded.joined().count > room {
      folded[index] = TermRows.all(of: shares[index], folds: true)
    }
    if folded.joined().count > room {
      let each = room / max(1, shares.count)
      guard TermRows.hasRoom(forTermsOf: shares.count, in: room) else {
        rows = TermRows.sums(of: shares, room: room)
        return
      }
      for index in shares.indices where folded[index].count > each {
        folded[index] = TermRows.cut(shares[index], room: each)
      }
    }
    rows = Array(folded.joined())
  }

  /// Whether more than the sums of so many shares can be shown.
  static func hasRoom(forTermsOf shares: Int, in room: Int) -> Bool {
    room / max(1, shares) >= 3
  }

  private static func all(of share: GradientShare, folds: Bool) -> [TermRow] {
    // One product alone is its share's sum.
    guard share.terms.count != 1 else { return [.term(share.terms[0], layer: share.layer)] }
    let zeros = share.terms.count { $0.product.isZero }
    guard folds, zeros > 1 else {
      return share.terms.map { .term($0, layer: share.layer) } + [.share(share)]
    }
    return share.terms.filter { !$0.product.isZero }.map { .term($0, layer: share.layer) }
      + [.zeros(zeros), .share(share)]
  }

  /// The first products that are not 0.
  private static func cut(_ share: GradientShare, room: Int) -> [TermRow] {
    let shown = Array(share.terms.filter { !$0.product.isZero }.prefix(room - 2))
    let places = Set(shown.map(\.place))
    let rest = share.terms.filter { !places.contains($0.place) }
    return shown.map { .term($0, layer: share.layer) }
      + [.rest(rest.count, sum: .sum(rest.map(\.product))), .share(share)]
  }

  /// The first shares that are not 0, each as its sum.
  private static func sums(of shares: [GradientShare], room: Int) -> [TermRow] {
    guard shares.count > room else { return shares.map { .share($0) } }
    var shown: [GradientShare] = []
    var rest: [Number] = []
    for share in shares {
      if shown.count < room - 1, !share.sum.isZero {
        shown.append(share)
      } else {
        rest.append(share.sum)
      }
    }
    return shown.map { .share($0) } + [.shares(rest.count, sum: .sum(rest))]
  }
}
