import Canvas
import ConvolutionEngine
import Walkthrough

/// The frame around every screen of the walk: the title with grain and position, the message,
/// and the keys that are valid now.
extension Player {
  /// The smallest screen that holds a walk.
  package static let smallest = Size(columns: 80, rows: 24)

  /// Draws the whole screen.
  package func scene() -> Scene {
    guard size.columns >= Player.smallest.columns, size.rows >= Player.smallest.rows else {
      return tooSmall()
    }
    var scene = Scene(size)
    switch overlay {
    case .help: drawHelp(&scene)
    case .formula: drawFormula(&scene)
    case .commandLine: drawCommandLine(&scene)
    case .goTo, nil:
      drawTitle(&scene)
      drawWalk(&scene)
      drawMessage(&scene)
      drawFooter(&scene)
    }
    if options.ascii { scene.frame = scene.frame.ascii() }
    return scene
  }

  private func tooSmall() -> Scene {
    var scene = Scene(size)
    let lines = [
      "convwalk needs 80×24;", "this is \(size.columns)×\(size.rows).", "Enlarge it, or q quits.",
    ]
    for (row, line) in lines.enumerated() where row < size.rows {
      scene.put(line, 0, row, before: size.columns)
    }
    if options.ascii { scene.frame = scene.frame.ascii() }
    return scene
  }

  private func drawTitle(_ scene: inout Scene) {
    let position = positionText
    let grainsWidth = Grain.allCases.reduce(0) { $0 + $1.name.count + 1 } + 1
    let right = size.columns - 1 - position.unicodeScalars.count
    let grainsStart = 22
    scene.put(subject.title, 1, 0, .heading, before: grainsStart - 1)
    var column = grainsStart
    if grainsStart + grainsWidth < right {
      for grain in Grain.allCases {
        let isCurrent = grain == place.grain
        let text = isCurrent ? "[\(grain.name)]" : grain.name
        let role: Role = isCurrent ? .current : layer.grains.contains(grain) ? .plain : .faint
        let end = scene.frame.put(text, column, 0, role)
        if layer.grains.contains(grain) {
          scene.add(.useGrain(grain), columns: column..<end, row: 0)
        }
        column = end + 1
      }
    } else {
      column = scene.frame.put("[\(place.grain.name)]", column, 0, .current)
    }
    scene.put(
      position, max(column + 1, size.columns - position.unicodeScalars.count), 0,
      before: size.columns)
  }

  /// `v  513 of 3200`
  private var positionText: String {
    if place.grain == .layer {
      return "\(place.layer + place.position) of \(network.layers.count)"
    }
    return "\(layer.name)  \(place.position) of \(walk.count(place))"
  }

  private func drawMessage(_ scene: inout Scene) {
    let row = size.rows - 2
    if case .goTo(let text) = overlay {
      if let message {
        scene.put(message.text, 1, row, .bad, before: size.columns)
      } else {
        scene.put(
          "An address like \(exampleAddress), a step number, or +5. gg is the layer's start.", 1,
          row, .message, before: size.columns)
      }
      let end = scene.frame.put("Go to: ", 1, row + 1, .heading)
      scene.put(text + "_", end, row + 1, .current, before: size.columns - 24)
      scene.frame.put("Enter go  Esc leave", endingAt: size.columns - 1, row + 1, .key)
      return
    }
    if let message {
      scene.put(message.text, 1, row, message.isError ? .bad : .message, before: size.columns)
    } else if !count.isEmpty {
      scene.put("Count: \(count)", 1, row, .message, before: size.columns)
    } else if isPlaying {
      scene.put(
        "Playing, a step every \(Number(Int128(speed.milliseconds), over: 1000).text) s.  "
          + "Space pauses, < slower, > faster.", 1, row, .message, before: size.columns)
    }
  }

  private var exampleAddress: String {
    let shape = layer.output
    return "\(layer.name)\(Cell(min(1, shape.width - 1), min(1, shape.height - 1), 0))"
  }

  private func drawFooter(_ scene: inout Scene) {
    if case .goTo = overlay { return }
    let row = size.rows - 1
    let help = "\(key(.help)) help"
    let end = size.columns - 1
    var column = 1
    for hint in hints {
      guard column + hint.text.unicodeScalars.count + 2 + help.unicodeScalars.count <= end else {
        continue
      }
      let keyEnd = scene.frame.put(hint.keys, column, row, .key)
      column = scene.frame.put(" " + hint.label, keyEnd, row, .faint) + 2
    }
    let keyEnd = scene.frame.put(key(.help), column, row, .key)
    scene.frame.put(" help", keyEnd, row, .faint)
  }

  struct Hint {
    let keys: String
    let label: String
    var text: String { "\(keys) \(label)" }
  }

  func key(_ command: Command) -> String {
    options.bindings.name(of: command, ascii: options.ascii)
  }

  /// The keys that lead on from here, most telling first.
  private var hints: [Hint] {
    let arrows = options.ascii ? "arrows" : "←↓↑→"
    var hints: [Hint] = []
    if isPlaying {
      return [
        Hint(keys: key(.next), label: "pause"), Hint(keys: key(.slower), label: "slower"),
        Hint(keys: key(.faster), label: "faster"),
      ]
    }
    let isAtEnd = walk.place(place, movedBy: 1, wanted: grain) == nil
    let isAtStart = place == walk.start(grain)
    if !isAtEnd { hints.append(Hint(keys: key(.next), label: "next")) }
    if !isAtStart { hints.append(Hint(keys: key(.back), label: "back")) }
    if place.grain > (layer.grains.first ?? .product) {
      hints.append(Hint(keys: key(.finer), label: "finer"))
    }
    if place.grain < .layer { hints.append(Hint(keys: key(.coarser), label: "coarser")) }
    if !isAtStart { hints.append(Hint(keys: arrows, label: "move")) }
    if place.grain == .window, shownDepths.count > 1 {
      hints.append(Hint(keys: key(.nextDepth), label: "depth"))
    }
    if place.grain == .window, layer.output.depth > 1, place.position > 0 {
      hints.append(Hint(keys: key(.nextMap), label: "map"))
    }
    if network.layers.count > 1, place.grain >= .map || isAtEnd {
      hints.append(Hint(keys: key(.nextLayer), label: "layer"))
    }
    if place.grain == .layer {
      hints.append(Hint(keys: key(.formula), label: "formula"))
      hints.append(Hint(keys: key(.notation), label: "code"))
    }
    hints.append(Hint(keys: key(.goTo), label: "go to"))
    hints.append(Hint(keys: key(.autoplay), label: "auto"))
    hints.append(Hint(keys: key(.formula), label: "formula"))
    return hints
  }
}
