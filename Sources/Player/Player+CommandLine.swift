import Lessons
import Walkthrough

extension Player {
  /// The command line that opens this very screen.
  package var commandLine: String {
    if let course, !course.isWandering { return commandLine(of: course) }
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

  /// The command line of a stop, with the keys that lead to what it shows.
  private func commandLine(of course: Course) -> String {
    var keys: [String] = []
    func answers(_ asking: Asking) -> [String] {
      asking.tries.map { "\($0.filter { $0 != " " }) Enter" }
        + (asking.wasShown ? ["?? Enter"] : [])
    }
    switch course.phase {
    case .reading: break
    case .arrived: keys = ["Space"]
    case .asking(let asking): keys = ["Space"] + answers(asking)
    case .after(let asking): keys = ["Space"] + (asking.map(answers) ?? []) + ["Space"]
    case .summary: keys = ["PgDn"]
    }
    var words = ["convwalk", "lesson", shellQuoted(course.lesson.name)]
    words += ["--stop", "\(course.stopIndex + 1)"]
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
