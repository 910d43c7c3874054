/// The places of a row or a column that are shown, in order, where there is no room for all.
///
/// What stands before an `=` is cut inside, so that its end stays: of eleven columns in five slots
/// `0 1 2 … 10` are seen. What slides under a window is cut at its ends.
struct Slots: Equatable {
  let all: Range<Int>
  /// nil stands where some are left out between two that are shown, or at an end of a cut row.
  let places: [Int?]

  init(_ all: Range<Int>) {
    self.all = all
    places = Array(all)
  }

  /// A run of places; where it ends before the others do is seen at the ends of what it is drawn in.
  init(_ all: Range<Int>, viewport: Range<Int>) {
    self.all = all
    places = Array(viewport)
  }

  /// As many as there is room for, the first and the last among them.
  ///
  /// - Parameters:
  ///   - room: slots, of which what is left out takes one too.
  ///   - focus: a place that must be seen.
  init(_ all: Range<Int>, room: Int, showing focus: Int? = nil) {
    self.all = all
    guard all.count > room, let last = all.last else {
      places = Array(all)
      return
    }
    let cut = Slots.cut(all, last: last, room: room, focus: focus)
    // In two slots the mark stands for both sides.
    places = room > 2 ? Slots.filled(cut, all) : cut
  }

  private static func cut(_ all: Range<Int>, last: Int, room: Int, focus: Int?) -> [Int?] {
    let first = all.lowerBound
    let focus = focus ?? first
    switch room {
    case ...1: return [nil]
    case 2: return focus == last ? [nil, last] : [focus, nil]
    case _ where focus < first + room - 2 || focus == last:
      return Array(all.prefix(room - 2)) + [nil, last]
    case _ where focus > last - (room - (room > 4 ? 2 : 1)):
      return room > 4
        ? [first, nil] + Array(all.suffix(room - 2)) : [nil] + Array(all.suffix(room - 1))
    case 3, 4: return [nil] + Array(focus..<focus + room - 2) + [nil]
    default:
      let start = focus - (room - 4) / 2
      return [first, nil] + Array(start..<start + room - 4) + [nil, last]
    }
  }

  /// A single place that would be left out stands where the mark would.
  private static func filled(_ places: [Int?], _ all: Range<Int>) -> [Int?] {
    places.indices.map { index in
      guard places[index] == nil else { return places[index] }
      let hidden = hidden(at: index, places, all)
      return hidden.count == 1 ? hidden.lowerBound : nil
    }
  }

  private static func hidden(at index: Int, _ places: [Int?], _ all: Range<Int>) -> Range<Int> {
    let before = index > 0 ? places[index - 1].map { $0 + 1 } : nil
    let after = index + 1 < places.count ? places[index + 1] : nil
    return (before ?? all.lowerBound)..<(after ?? all.upperBound)
  }

  var count: Int { places.count }

  /// Whether some places before the first, or after the last, are not shown and no mark says so.
  var beginsLater: Bool { places.first.flatMap(\.self).map { $0 > all.lowerBound } ?? false }
  var endsSooner: Bool { places.last.flatMap(\.self).map { $0 + 1 < all.upperBound } ?? false }

  /// Where a place is shown.
  func index(of place: Int) -> Int? { places.firstIndex(of: place) }

  /// What is left out at a slot.
  func hidden(at index: Int) -> Range<Int> { Slots.hidden(at: index, places, all) }
}

/// A sum or a list of candidates that is too long for a line, cut between two of its terms:
/// `v[0,0,0] = 3 + 0 + … + 2 = 6`, `max(1, 4, …, 2) = 9`. Its first term, its last one and what it
/// makes stay.
func cutBetweenTerms(_ equation: String, to width: Int) -> String {
  guard equation.unicodeScalars.count > width else { return equation }
  let relations = [" = ", " ≈ "].compactMap { equation.lastRange(of: $0) }
  guard let relation = relations.max(by: { $0.lowerBound < $1.lowerBound }) else {
    return cutInside(equation, to: width)
  }
  let (terms, result) = (equation[..<relation.lowerBound], equation[relation.lowerBound...])
  let separator = terms.contains(" + ") ? " + " : ", "
  let parts = terms.split(separator: separator, omittingEmptySubsequences: false)
  guard parts.count > 2, let last = parts.last else { return cutInside(equation, to: width) }
  for kept in stride(from: parts.count - 2, through: 1, by: -1) {
    let text = (parts.prefix(kept) + ["…", last]).joined(separator: separator) + result
    if text.unicodeScalars.count <= width { return text }
  }
  return cutInside(equation, to: width)
}

extension String {
  fileprivate func lastRange(of text: String) -> Range<Index>? { ranges(of: text).last }
}
