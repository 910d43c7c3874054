import Canvas
import Lessons
import Walkthrough

extension Player {
  /// The command line that opens this very screen.
  package var commandLine: String { commandWords.map(shellQuoted).joined(separator: " ") }

  /// The words of that command line, as the program gets them.
  package var commandWords: [String] {
    guard let course else { return walkWords }
    // A stop's own scene has no name on the command line, so that keys must lead there.
    let isOwnScene = changes.isEmpty && subject.network == course.lesson.network
    if course.isWandering, isOwnScene, subject.input == course.lesson.input { return walkWords }
    return words(of: course)
  }

  /// The words that open a walk at this place.
  private var walkWords: [String] {
    let words = ["convwalk"] + subject.command
    guard changes.isEmpty else {
      return words + keyWords(changes.flatMap(\.keys) + placeKeys + notationKeys)
    }
    let grain =
      place.position == 0 && place.grain != .layer ? ["--grain", place.grain.name] : []
    // A start has no address of its own: go there from the layer.
    let start = place.position == 0 ? ["Home"] : []
    return words + ["--at", "\(walk.address(of: place))"] + grain
      + keyWords(start + notationKeys + depthKeys())
  }

  private func keyWords(_ keys: [String]) -> [String] {
    keys.isEmpty ? [] : ["--keys", keys.joined(separator: " ")]
  }

  /// The keys from anywhere in the network to this place and what is shown of it.
  private var placeKeys: [String] {
    var keys = ["g", scripted("\(walk.address(of: place))"), "Enter"]
    if place.position == 0 {
      let grains = layer.grains
      let finer =
        (grains.firstIndex(of: .layer) ?? 0) - (grains.firstIndex(of: place.grain) ?? 0)
      keys += Array(repeating: "-", count: max(0, finer)) + ["Home"]
    }
    return keys + depthKeys()
  }

  private var notationKeys: [String] {
    Array(repeating: "v", count: Notation.allCases.firstIndex(of: notation) ?? 0)
  }

  /// The keys that choose the depth which the grids show.
  ///
  /// - Parameter shown: what they show before; nil: what nobody chose.
  private func depthKeys(from shown: Int? = nil) -> [String] {
    let shown = shown ?? defaultDepth
    guard let chosenDepth, chosenDepth != shown else { return [] }
    let depths = shownDepths
    let presses = (chosenDepth - shown + depths.count) % depths.count
    return [presses == 1 ? "d" : "\(presses)d"]
  }

  /// The words that open a stop, with the keys that lead to what it shows.
  private func words(of course: Course) -> [String] {
    var keys = notationKeys + changes.filter(\.isBeforeAnswer).flatMap(\.keys)
    func answers(_ asking: Asking) -> [String] {
      asking.tries.map { "\($0.filter { $0 != " " }) Enter" }
        + (asking.wasShown ? ["?? Enter"] : [])
    }
    switch course.phase {
    case .reading: break
    case .arrived: keys.append("Space")
    case .asking(let asking):
      keys += ["Space"] + answers(asking)
      if course.isWandering, !asking.isAnswered { keys.append("Esc") }
    case .after(let asking): keys += ["Space"] + (asking.map(answers) ?? []) + ["Space"]
    case .summary: keys.append("PgDn")
    }
    keys += changes.filter { !$0.isBeforeAnswer }.flatMap(\.keys)
    if course.isWandering {
      keys += placeKeys
    } else if !course.awaitsAnswer {
      keys += depthKeys(from: course.phase == .reading ? nil : course.stop.depth)
    }
    return ["convwalk", "lesson", course.lesson.name, "--stop", "\(course.stopIndex + 1)"]
      + keyWords(keys)
  }

  /// The depth that the grids show where nobody chose one.
  private var defaultDepth: Int {
    var copy = self
    copy.chosenDepth = nil
    return copy.shownDepth
  }

  /// How that command line is turned into one that prints the screen.
  var printingNote: String {
    let verb = commandWords.dropFirst().first ?? "explore"
    let printing = verb == "lesson" ? "frame --lesson" : "frame"
    let plain = Player.smallest
    let settings =
      (size == plain ? [] : ["--size \(size.columns)x\(size.rows)"])
      + (options.ascii ? ["--ascii"] : [])
    let more = settings.isEmpty ? "" : ", and \(settings.joined(separator: " ")) at its end,"
    return "With \(printing) instead of \(verb)\(more) it is printed without a terminal."
  }
}

/// Text as a script of keys types it: a word that would be a key's name, letter by letter.
func scripted(_ text: String) -> String {
  let letters = text.unicodeScalars.map { Key.character($0) }
  return Key.keys(parsing: text) == letters
    ? text : text.unicodeScalars.map { String(Character($0)) }.joined(separator: " ")
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

/// A command line in lines that a shell reads as one: all but the last end in a backslash.
///
/// A word longer than a line is cut, and its parts, which begin their lines, are joined again.
package func shellLines(_ words: [String], width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in words {
    let quoted = shellQuoted(word)
    let whole = line.isEmpty ? quoted : "\(line) \(quoted)"
    if whole.unicodeScalars.count <= width - 2 {
      line = whole
      continue
    }
    if !line.isEmpty { lines.append(line + " \\") }
    line = quoted
    var rest = word.unicodeScalars[...]
    while line.unicodeScalars.count > width - 2 {
      var part = rest.prefix(width - 3)
      while shellQuoted(String(part)).unicodeScalars.count > width - 1 { part.removeLast() }
      lines.append(shellQuoted(String(part)) + "\\")
      rest = rest.dropFirst(part.count)
      line = rest.isEmpty ? "" : shellQuoted(String(rest))
    }
  }
  return line.isEmpty ? lines : lines + [line]
}
