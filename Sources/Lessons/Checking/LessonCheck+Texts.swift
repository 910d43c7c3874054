import ExactNumbers
import ConvolutionEngine
import Walkthrough

extension LessonCheck {
  /// The equations in plain words that do not hold, and the addresses of cells that there are none
  /// of.
  static func statementProblems(
    in reading: LessonReading, _ evaluator: inout ExpressionEvaluator, _ log: inout ProblemLog
  ) {
    for text in reading.statedTexts where !log.isFull {
      let cost = Budget.Cost.template(text.text.value.utf8.count)
      guard log.spend(cost, "this text", at: text.text.place) else { return }
      evaluator.ownLoss = text.loss.map { (text.scene, $0) }
      for piece in text.pieces {
        let stated = StatedText(piece)
        for equation in stated.equations where !log.isFull {
          check(equation, of: text, in: reading, &evaluator, &log)
        }
        for address in stated.addresses where !log.isFull {
          check(address, of: text, in: reading, &log)
        }
      }
    }
  }

  private static func check(
    _ equation: StatedText.Equation, of text: Stated, in reading: LessonReading,
    _ evaluator: inout ExpressionEvaluator, _ log: inout ProblemLog
  ) {
    let length = equation.left.utf8.count + equation.right.utf8.count
    guard log.spend(.expression(length), "this text", at: text.text.place) else { return }
    // A text may set what another scene computed beside an address of its own: `f[0,0,2] = {flat:…}`.
    var scenes = [text.scene]
    for side in [equation.left, equation.right] {
      if let other = StatedText.scene(in: side), reading.lesson.scenes[other] != nil {
        scenes.append(other)
      }
    }
    var wrong: (left: Ratio, right: Ratio)?
    for scene in scenes {
      // What cannot be computed, such as the W of a formula, states nothing.
      guard let left = try? evaluator.value(equation.left.unicodeScalars, in: scene).ratio,
        let right = try? evaluator.value(equation.right.unicodeScalars, in: scene).ratio,
        !equation.holds(left, right)
      else { return }
      wrong = wrong ?? (left, right)
    }
    guard let wrong else { return }
    log.add(
      .stated(
        .equation(
          equation.text, left: Template.text(.ratio(wrong.left)),
          right: Template.text(.ratio(wrong.right)))),
      at: reading.text.place(of: equation.text, after: text.text.place))
  }

  private static func check(
    _ address: String, of text: Stated, in reading: LessonReading, _ log: inout ProblemLog
  ) {
    let name = String(address.prefix { $0 != "[" })
    let place = reading.text.place(of: address, after: text.text.place)
    // A text may speak of what another scene shows, where its own has nothing of that name.
    let scenes = [text.scene] + reading.lesson.scenes.keys.sorted().filter { $0 != text.scene }
    for case let network? in scenes.map({ reading.lesson.scenes[$0]?.network }) {
      let cost = Budget.Cost.item * network.layers.count
      guard log.spend(cost, "this text", at: text.text.place) else { return }
      guard let shape = network.shape(named: name) else { continue }
      if !shape.contains(address) {
        log.add(.stated(.statedAddress(address, size: "\(name) is \(shape)")), at: place)
      } else if network.layer(named: name) != nil, let address = try? Address(parsing: address) {
        do throws(AddressError) {
          _ = try Walk(network).place(of: address)
        } catch {
          log.add(.address(error), at: place)
        }
      }
      return
    }
    log.add(.stated(.statedAddress(address, size: nil)), at: place)
  }
}

extension Network {
  /// The size of what an address can begin with: the input, a layer, or a filter, `Ker0`; with `d`
  /// before it, what flows back to one.
  fileprivate func shape(named name: String) -> Shape? {
    forwardShape(named: name)
      ?? (name.hasPrefix("d") ? forwardShape(named: String(name.dropFirst())) : nil)
  }

  private func forwardShape(named name: String) -> Shape? {
    if name == inputName { return input }
    if let layer = layer(named: name) { return layer.output }
    return CodeNames(self).filter(named: name)?.layer.parameters?.filter
  }
}

extension StatedText.Equation {
  fileprivate func holds(_ left: Ratio, _ right: Ratio) -> Bool {
    let (one, other) = (Number.ratio(left), Number.ratio(right))
    switch relation {
    case .equal: return one == other
    case .less: return one < other
    case .greater: return one > other
    case .atMost: return one <= other
    case .atLeast: return one >= other
    case .unlike: return one != other
    case .about:
      guard let rounding, let difference = right.negated.flatMap({ left.adding($0) }) else {
        return true
      }
      let distance = difference.isNegative ? difference.negated ?? difference : difference
      return Number.ratio(distance) <= .ratio(rounding)
    }
  }
}

extension Shape {
  /// Whether an address such as `v[1,0,0]` or `v[1,0,:]` has as many indices as this has sides, and
  /// each lies inside.
  fileprivate func contains(_ address: String) -> Bool {
    let inside = address.drop { $0 != "[" }.dropFirst().prefix { $0 != "]" }
    let parts = inside.split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.filter { $0 != " " } }
    // A row of a dense layer's weights has one, `W3[7]`.
    let sides = isFlat && parts.count == 1 ? [depth] : [width, height, depth]
    guard parts.count == sides.count else { return false }
    return zip(parts, sides).allSatisfy { part, side in
      // A range, as numpy has it, is cut to what there is.
      part.contains(":") || Int(part).map { $0 < side } == true
    }
  }
}

/// A text that a reader sees, as it is written, and the scene that it speaks of.
struct Stated {
  let text: Placed<String>
  let scene: String
  /// What the stop names that it stands in.
  var loss: PlacedLoss?
  /// Whether its lines are shown as they stand, so that no sentence goes on in the next.
  var isFigure = false

  /// Its paragraphs, or the figure's lines.
  var pieces: [String] {
    let lines = text.value.split(separator: "\n", omittingEmptySubsequences: false)
    if isFigure { return lines.map(String.init) }
    return lines.split { $0.allSatisfy(\.isWhitespace) }.map { $0.joined(separator: " ") }
  }
}

extension LessonReading {
  /// All texts of the lesson but what a source is quoted with.
  var statedTexts: [Stated] {
    var texts = draft.main.notes.flatMap { notes in
      notes.sentences.map { Stated(text: $0, scene: Scene.main) }
    }
    for scene in draft.scenes {
      texts += scene.value.notes.flatMap { notes in
        notes.sentences.map { Stated(text: $0, scene: scene.value.name) }
      }
    }
    for (stop, built) in zip(draft.stops, lesson.stops) {
      let scene = stop.scene?.value ?? Scene.main
      var placed = [stop.text, stop.after, stop.loose?.arithmetic, stop.loose?.matters]
      if let question = stop.question {
        placed += [question.ask, question.why] + question.hints + question.slips.map(\.says)
      }
      texts += placed.compactMap { $0 }.map { Stated(text: $0, scene: scene, loss: built.loss) }
      if let figure = stop.figure {
        texts.append(Stated(text: figure, scene: scene, loss: built.loss, isFigure: true))
      }
    }
    return texts + (draft.next.map { [Stated(text: $0, scene: Scene.main)] } ?? [])
  }
}
