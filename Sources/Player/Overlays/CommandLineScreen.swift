import Canvas
import ConvolutionEngine
import Lessons
import Walkthrough

/// The screen as a command line that opens it again.
struct CommandLineScreen: OverlayContent {
  static let help = "this as a command line"

  let words: [String]
  /// The way back that it opens again, to which one comes back from here; nil for the walk.
  var wayBack: BackwardScreen?

  var overlay: Overlay { .commandLine(self) }

  func press(_ key: Key, on player: inout Player) -> Reaction {
    if player.command(for: key) == .program(.redraw) { return .stay([.redraw]) }
    return wayBack.map { .replace($0.overlay) } ?? .close
  }

  func draw(on screen: inout Screen, _ view: View) {
    let size = view.size
    screen.frame.put("This screen as a command line", 1, 0, .heading)
    // From column 0, so that a word that goes on in the next line is whole where lines are copied.
    for (index, line) in shellLines(words, width: size.columns).enumerated()
    where index < size.rows - 6 {
      screen.frame.put(line, 0, 2 + index, .code)
    }
    let note = wrapped(printingNote(view), to: size.columns - 2)
    for (index, line) in note.enumerated() {
      screen.put(line, 1, size.rows - 2 - note.count + index, .faint, before: size.columns)
    }
    view.drawMessage(&screen)
  }

  /// How that command line is turned into one that prints the screen.
  private func printingNote(_ view: View) -> String {
    let verb = words.dropFirst().first ?? "explore"
    let printing = verb == "lesson" ? "frame --lesson" : "frame"
    let size = view.size
    let settings =
      (size == Player.smallest ? [] : ["--size \(size.columns)x\(size.rows)"])
      + (view.options.ascii ? ["--ascii"] : [])
    let more = settings.isEmpty ? "" : ", and \(settings.joined(separator: " ")) at its end,"
    return "With \(printing) instead of \(verb)\(more) it is printed without a terminal."
  }
}

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

  /// The words that open the way back where a screen of it stands.
  func commandWords(of screen: BackwardScreen) -> [String] {
    var words = commandWords
    let keys = (screen.isOfStop ? [] : ["B"]) + screen.placeKeys
    if words.dropLast().last == "--keys", let last = words.popLast() {
      words.append(([last] + keys).joined(separator: " "))
    } else {
      words += keyWords(keys)
    }
    return words
  }

  /// The words that open a walk at this place.
  private var walkWords: [String] {
    let words = ["convwalk"] + subject.command
    guard changes.isEmpty else {
      if let typed = typedWords { return ["convwalk"] + typed + whereWords }
      return words + keyWords(changes.flatMap(\.keys) + placeKeys + notationKeys)
    }
    return words + whereWords
  }

  /// What leads to this place of a walk.
  private var whereWords: [String] {
    let grain =
      place.position == 0 && place.grain != .layer ? ["--grain", place.grain.name] : []
    // A start has no address of its own: go there from the layer.
    let start = place.position == 0 ? ["Home"] : []
    return ["--at", "\(walk.address(of: place))"] + grain
      + keyWords(start + notationKeys + depthKeys())
  }

  /// The words that open a walk with other settings, as they are typed; nil where other numbers were
  /// changed, or typed words would not make the same.
  private var typedWords: [String]? {
    let count = network.layers.count
    guard subject.command.first == "explore", subject.command.count > count + 1,
      !subject.command.contains(where: { Self.subjectOptions.contains($0) }),
      let first = changes.first?.before, first.input == subject.input
    else { return nil }
    var words = subject.command
    var specifications: [LayerSpecification] = []
    for (layer, place) in zip(network.layers, words.indices.suffix(count)) {
      guard var specification = try? LayerSpecification(parsing: words[place]),
        specification.weightsFile == nil, specification.biasFile == nil
      else { return nil }
      if specification.operation != layer.operation {
        specification.operation = layer.operation
        words[place] = "\(specification)"
      }
      specifications.append(specification)
    }
    let typed = try? Network(
      inputName: network.inputName, input: network.input, layers: specifications,
      seed: network.seed, scheme: network.scheme)
    guard let typed, zip(typed.layers, network.layers).allSatisfy({ $0.isLike($1) }) else {
      return nil
    }
    return words
  }

  /// What names a network, so that no words of layers follow.
  private static let subjectOptions = [
    "--network", "--lesson", "--input", "--head", "--weights", "--axes",
  ]

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
    guard let chosenDepth = self.shown.chosenDepth, chosenDepth != shown else { return [] }
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
}

extension BackwardScreen {
  /// The keys from anywhere on the way back to its place.
  fileprivate var placeKeys: [String] {
    let address = step.address
    var keys = ["g", scripted("\(walk.network.text(of: address))"), "Enter"]
    // Where nothing flows back, a product has the address of its number.
    let grains = walk.grains(target)
    if let found = try? walk.place(of: address), let from = grains.firstIndex(of: found.grain),
      let to = grains.firstIndex(of: place.grain)
    {
      keys += Array(repeating: "-", count: max(0, from - to))
    }
    return keys + (place.position == 0 ? ["g", "0", "Enter"] : [])
  }
}

extension Layer {
  /// Whether it computes the same, whatever it is called.
  fileprivate func isLike(_ other: Layer) -> Bool {
    name == other.name && operation == other.operation && sources == other.sources
      && output == other.output && parameters == other.parameters
      && normalization == other.normalization
  }
}
