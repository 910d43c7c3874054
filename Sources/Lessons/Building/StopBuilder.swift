import ConvolutionEngine
import ExactNumbers
import Walkthrough

/// Computes the texts, answers and slips of stops: what stands in their braces, in the scene that a
/// stop plays in. Collects every problem.
struct StopBuilder {
  let text: LessonText
  var log: ProblemLog
  var evaluator: ExpressionEvaluator
  /// The scene whose names are meant where an expression names none.
  private(set) var scene = Scene.main

  init(text: LessonText, log: ProblemLog, evaluator: ExpressionEvaluator) {
    self.text = text
    self.log = log
    self.evaluator = evaluator
  }

  /// - Parameter losses: those that stops name, in their order.
  mutating func stops(_ drafts: [StopDraft], losses: [PlacedLoss?]) -> [Stop] {
    var stops: [Stop] = []
    for (draft, loss) in zip(drafts, losses) where !log.isFull {
      scene = draft.scene?.value ?? Scene.main
      evaluator.ownLoss = loss.map { (scene, $0) }
      if let stop = stop(draft, loss) { stops.append(stop) }
    }
    scene = Scene.main
    evaluator.ownLoss = nil
    return stops
  }

  /// - Returns: nil after a problem with the stop as such.
  private mutating func stop(_ draft: StopDraft, _ loss: PlacedLoss?) -> Stop? {
    guard let network = evaluator.scenes[scene]?.network else {
      let known = evaluator.scenes.keys.sorted()
      log.add(.stops(.unknownScene(scene, known: known)), at: draft.scene?.place ?? draft.place)
      return nil
    }
    let from = draft.from.flatMap { place($0, in: network, draft.view) }
    let at = draft.at.flatMap { place($0, in: network, draft.view) }
    if let depth = draft.depth { check(depth, at: at ?? from, in: network) }
    return Stop(
      title: draft.title, scene: scene, text: paragraphs(draft.text), figure: figure(draft.figure),
      view: draft.view, from: from, at: at, depth: draft.depth?.value,
      loss: loss,
      question: draft.question.flatMap { question($0, at: at ?? from, in: network, loss) },
      after: paragraphs(draft.after),
      loose: draft.loose.map { loose($0) })
  }

  private mutating func place(
    _ text: Placed<String>, in network: Network, _ view: Stop.View
  ) -> Stop.Place? {
    do throws(AddressError) {
      if let address = try network.gradientAddress(typed: text.value) {
        let loss = evaluator.ownLoss?.loss ?? evaluator.scenes[scene]?.loss
        if let loss { _ = try BackwardWalk(network, from: loss).place(of: address) }
        if view == .walk { return .gradient(address) }
        log.add(.stops(.gradientInView(text.value, view: view.rawValue)), at: text.place)
        return nil
      }
      let address = try Address(parsing: text.value)
      if case .cell(let cell) = address.part, address.layer == network.inputName {
        if view == .readers, network.input.contains(cell) { return .step(address) }
        log.add(.stops(.inputAddress(text.value, size: network.input)), at: text.place)
        return nil
      }
      _ = try Walk(network).place(of: address)
      return .step(address)
    } catch {
      log.add(.address(error), at: text.place)
      return nil
    }
  }

  private mutating func check(_ depth: Placed<Int>, at place: Stop.Place?, in network: Network) {
    if let address = place?.gradient {
      return log.add(.stops(.depthOfGradient(network.text(of: address))), at: depth.place)
    }
    let layer = place?.step.flatMap { network.layer(named: $0.layer) } ?? network.layers[0]
    guard depth.value >= layer.input.depth else { return }
    log.add(
      .stops(.depth(depth.value, layer: layer.name, input: layer.input)), at: depth.place)
  }

  private mutating func loose(_ draft: LooseDraft) -> Stop.Loose {
    Stop.Loose(
      written: sentence(draft.written), arithmetic: sentence(draft.arithmetic),
      matters: sentence(draft.matters))
  }
}

extension StopBuilder {
  /// Paragraphs, which empty lines separate; line breaks inside one are spaces.
  mutating func paragraphs(_ text: Placed<String>?) -> [String] {
    guard let text, spend(on: text) else { return [] }
    return text.value.paragraphs.map { filled($0, text) }
  }

  private mutating func spend(on text: Placed<String>) -> Bool {
    log.spend(.template(text.value.utf8.count), "this text", at: text.place)
  }

  /// All of a text as one paragraph.
  mutating func sentence(_ text: Placed<String>) -> String {
    paragraphs(text).joined(separator: " ")
  }

  /// The lines as they are written.
  private mutating func figure(_ text: Placed<String>?) -> [String] {
    guard let text, spend(on: text) else { return [] }
    var lines = text.value.split(separator: "\n", omittingEmptySubsequences: false)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { filled(String($0), text) }
  }

  /// The text with what stands in its braces computed.
  private mutating func filled(_ text: String, _ source: Placed<String>) -> String {
    let template: Template
    do throws(Template.Problem) {
      template = try Template(text)
    } catch {
      switch error {
      case .unclosed(let rest):
        log.add(
          .stops(.unclosedBrace(rest)), at: self.text.place(of: "{\(rest)", after: source.place))
      case .unopened(let before):
        let start = self.text.find(before + "}", after: source.place)
        let place = start.map { $0.moved(by: before.unicodeScalars.count) }
        log.add(.stops(.unopenedBrace), at: place ?? source.place)
      }
      return text
    }
    return template.pieces.indices.map { index in
      switch template.pieces[index] {
      case .text(let text): return text
      case .expression(let expression, let isGrouped):
        guard !log.isFull else { return "" }
        do throws(ExpressionError) {
          let value = try evaluator.value(expression.unicodeScalars, in: scene)
          let text = Template.text(value, isGrouped: isGrouped)
          return value.isNegative && template.hasSign(before: index) ? "(\(text))" : text
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

extension String {
  /// Paragraphs, which empty lines separate; a line break inside one, and many spaces, are one space.
  fileprivate var paragraphs: [String] {
    var paragraphs: [String] = []
    var paragraph = ""
    for line in utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      if unicodeScalars[line.startIndex..<line.endIndex].allSatisfy(\.properties.isWhitespace) {
        if !paragraph.isEmpty { paragraphs.append(paragraph) }
        paragraph = ""
        continue
      }
      for word in line.split(separator: UInt8(ascii: " ")) {
        if !paragraph.isEmpty { paragraph += " " }
        paragraph.append(contentsOf: self[word.startIndex..<word.endIndex])
      }
    }
    return paragraph.isEmpty ? paragraphs : paragraphs + [paragraph]
  }
}
