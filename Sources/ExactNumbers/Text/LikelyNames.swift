/// The names that a mistyped one may stand for, the likeliest first, at most three: those within a
/// third of its letters, and those that it is a part of.
package func likelyNames(for name: String, among known: [String]) -> [String] {
  let typed = Array(name.unicodeScalars.prefix(60))
  let ranked = known.map { known in
    (name: known, distance: editDistance(typed, Array(known.unicodeScalars)))
  }
  return
    ranked
    .filter {
      $0.distance <= max(2, typed.count / 3) || (!name.isEmpty && $0.name.contains(name))
    }
    .sorted { $0.distance < $1.distance }
    .prefix(3).map(\.name)
}

/// How many letters must be added, removed or changed to turn one word into the other
/// (Levenshtein, 1966).
private func editDistance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
  var row = Array(0...second.count)
  for (i, letter) in first.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in second.enumerated() {
      let above = row[j + 1]
      row[j + 1] = min(diagonal + (letter == other ? 0 : 1), above + 1, row[j] + 1)
      diagonal = above
    }
  }
  return row[second.count]
}
