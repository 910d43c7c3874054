import ConvolutionEngine
import ExactNumbers
import Walkthrough

extension LessonBuilder {
  /// Computes the texts, answers and slips of stops.
  mutating func stops(
    _ drafts: [StopDraft], _ evaluator: inout ExpressionEvaluator
  ) -> [Stop] {
    var stops: [Stop] = []
    for draft in drafts where !log.isFull {
      if let stop = stop(draft, &evaluator) { stops.append(stop) }
    }
    return stops
  }

  /// - Returns: nil after a problem with the stop as such.
  private mutating func stop(
    _ draft: StopDraft, _ evaluator: inout ExpressionEvaluator
  ) -> Stop? {
    let name = draft.scene?.value ?? Scene.main
    guard let scene = evaluator.scenes[name] else {
      let known = evaluator.scenes.keys.sorted()
      log.add(.unknownScene(name, known: known), at: draft.scene?.place ?? draft.place)
      return nil
    }
    let filler = Filler(scene: name)
    let from = draft.from.flatMap { address($0, in: scene, draft.view) }
    let at = draft.at.flatMap { address($0, in: scene, draft.view) }
    if let depth = draft.depth { check(depth, at: at ?? from, in: scene) }
    return Stop(
      title: draft.title, scene: name, text: paragraphs(draft.text, filler, &evaluator),
      figure: figure(draft.figure, filler, &evaluator), view: draft.view, from: from, at: at,
      depth: draft.depth?.value,
      question: draft.question.flatMap { question($0, filler, &evaluator) },
      after: paragraphs(draft.after, filler, &evaluator),
      loose: draft.loose.map { loose($0, filler, &evaluator) })
  }

  /// What a text is filled with.
  struct Filler {
    let scene: String
  }

  private mutating func address(
    _ text: Placed<String>, in scene: Scene, _ view: Stop.View
  ) -> Address? {
    do throws(AddressError) {
      let address = try Address(parsing: text.value)
      if case .cell(let cell) = address.part, address.layer == scene.network.inputName {
        if view == .readers, scene.network.input.contains(cell) { return address }
        log.add(.inputAddress(text.value, size: scene.network.input), at: text.place)
        return nil
      }
      _ = try Walk(scene.network).place(of: address)
      return address
    } catch {
      log.add(.address(error), at: text.place)
      return nil
    }
  }

  private mutating func check(_ depth: Placed<Int>, at address: Address?, in scene: Scene) {
    let layer = address.flatMap { scene.network.layer(named: $0.layer) } ?? scene.network.layers[0]
    guard depth.value >= layer.input.depth else { return }
    log.add(
      .depth(depth.value, layer: layer.name, input: layer.input), at: depth.place)
  }

  private mutating func question(
    _ draft: QuestionDraft, _ filler: Filler, _ evaluator: inout ExpressionEvaluator
  ) -> Question? {
    guard let answer = values(draft.answer, filler, &evaluator) else { return nil }
    var known = [(answer, draft.answer.place)]
    var slips: [Question.Slip] = []
    for slip in draft.slips {
      guard let value = values(slip.answer, filler, &evaluator) else { continue }
      if let same = known.first(where: { $0.0 == value }) {
        log.add(
          same.1 == draft.answer.place
            ? .slipIsAnswer(Question.text(of: value))
            : .slipsEqual(Question.text(of: value), line: same.1.line),
          at: slip.answer.place)
      }
      known.append((value, slip.answer.place))
      slips.append(Question.Slip(answer: value, says: sentence(slip.says, filler, &evaluator)))
    }
    return Question(
      ask: sentence(draft.ask, filler, &evaluator), answer: answer, slips: slips,
      hint: sentence(draft.hint, filler, &evaluator), why: sentence(draft.why, filler, &evaluator))
  }

  /// Exact numbers, so that what is typed can equal them; nil after a problem.
  private mutating func values(
    _ text: Placed<String>, _ filler: Filler, _ evaluator: inout ExpressionEvaluator
  ) -> [Number]? {
    guard log.spend(.expression(text.value.utf8.count), "this answer", at: text.place) else {
      return nil
    }
    do throws(ExpressionError) {
      let values = try evaluator.values(text.value, in: filler.scene)
      for value in values { _ = try evaluator.exact(value, at: 0) }
      return values
    } catch {
      log.add(.expression(text.value, error.cause), at: place(of: text.value, error, in: text))
      return nil
    }
  }

  private mutating func loose(
    _ draft: LooseDraft, _ filler: Filler, _ evaluator: inout ExpressionEvaluator
  ) -> Stop.Loose {
    Stop.Loose(
      written: sentence(draft.written, filler, &evaluator),
      arithmetic: sentence(draft.arithmetic, filler, &evaluator),
      matters: sentence(draft.matters, filler, &evaluator))
  }
}

extension LessonBuilder {
  /// Paragraphs, which empty lines separate; line breaks inside one are spaces.
  mutating func paragraphs(
    _ text: Placed<String>?, _ filler: Filler, _ evaluator: inout ExpressionEvaluator
  ) -> [String] {
    guard let text, spend(on: text) else { return [] }
    let lines = text.value.split(separator: "\n", omittingEmptySubsequences: false)
    let paragraphs = lines.split { $0.allSatisfy(\.isWhitespace) }
    return paragraphs.map { lines in
      let words = lines.flatMap { $0.split(separator: " ") }
      return filled(words.joined(separator: " "), text, filler, &evaluator)
    }
  }

  private mutating func spend(on text: Placed<String>) -> Bool {
    log.spend(.template(text.value.utf8.count), "this text", at: text.place)
  }

  /// All of a text as one paragraph.
  mutating func sentence(
    _ text: Placed<String>, _ filler: Filler, _ evaluator: inout ExpressionEvaluator
  ) -> String {
    paragraphs(text, filler, &evaluator).joined(separator: " ")
  }

  /// The lines as they are written.
  private mutating func figure(
    _ text: Placed<String>?, _ filler: Filler, _ evaluator: inout ExpressionEvaluator
  ) -> [String] {
    guard let text, spend(on: text) else { return [] }
    var lines = text.value.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { filled(String($0), text, filler, &evaluator) }
  }

  /// The text with what stands in its braces computed.
  private mutating func filled(
    _ text: String, _ source: Placed<String>, _ filler: Filler,
    _ evaluator: inout ExpressionEvaluator
  ) -> String {
    let template: Template
    do throws(Template.Problem) {
      template = try Template(text)
    } catch {
      switch error {
      case .unclosed(let rest):
        log.add(.unclosedBrace(rest), at: self.text.place(of: "{\(rest)", after: source.place))
      case .unopened(let before):
        let start = self.text.find(before + "}", after: source.place)
        let place = start.map { $0.moved(by: before.unicodeScalars.count) }
        log.add(.unopenedBrace, at: place ?? source.place)
      }
      return text
    }
    return template.pieces.map { piece in
      switch piece {
      case .text(let text): return text
      case .expression(let expression, let isGrouped):
        guard !log.isFull else { return "" }
        do throws(ExpressionError) {
          let value = try evaluator.value(expression.unicodeScalars, in: filler.scene)
          return Template.text(value, isGrouped: isGrouped)
        } catch {
          log.add(
            .expression(expression, error.cause), at: place(of: expression, error, in: source))
          return "{\(expression)}"
        }
      }
    }.joined()
  }

  /// Where in the file an expression goes wrong; where its text begins if it is broken into lines.
  func place(
    of expression: String, _ error: ExpressionError, in text: Placed<String>
  ) -> TextPlace {
    guard let start = self.text.find(expression, after: text.place) else { return text.place }
    return start.moved(by: error.offset)
  }
}
