import Walkthrough

extension Player {
  /// The command line that opens this very screen.
  package var commandLine: String {
    var words = ["convwalk"] + subject.command.map(shellQuoted)
    let address = walk.address(of: place)
    var keys = Array(repeating: "v", count: Notation.allCases.firstIndex(of: notation) ?? 0)
    words += ["--at", shellQuoted("\(address)")]
    if place.position == 0 {
      // A start has no address of its own: go there from the layer.
      if place.grain != .layer { words += ["--grain", place.grain.name] }
      keys.insert("Home", at: 0)
    }
    if let chosenDepth, chosenDepth != defaultDepth {
      let depths = shownDepths
      let presses = (chosenDepth - defaultDepth + depths.count) % depths.count
      keys.append(presses == 1 ? "d" : "\(presses)d")
    }
    if !keys.isEmpty { words += ["--keys", shellQuoted(keys.joined(separator: " "))] }
    return words.joined(separator: " ")
  }

  /// The depth that the grids show where nobody chose one.
  private var defaultDepth: Int {
    var copy = self
    copy.chosenDepth = nil
    return copy.shownDepth
  }
}

/// A word as a shell reads it back: quoted unless it is plain.
package func shellQuoted(_ word: String) -> String {
  let plain = word.unicodeScalars.allSatisfy { scalar in
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
      || ("0"..."9").contains(scalar) || "-_=.,:/+@%".unicodeScalars.contains(scalar)
  }
  if plain, !word.isEmpty { return word }
  return "'"
    + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
