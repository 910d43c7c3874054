import ConvolutionEngine
import Walkthrough

/// A lesson on paper: its stops in order, what each looks at worked out, and the worked answers at
/// the end.
package struct HandOut {
  package typealias Format = Page.Format

  let lesson: Lesson
  /// The stops that stand on the paper.
  let stops: Range<Int>
  var evaluator: ExpressionEvaluator
  var page: Page
  /// The maps that stand on the paper already.
  var writtenMaps: Set<[String]> = []

  /// A longer network is left to `convwalk shape`.
  private static let mostLayers = 20
  /// A window of more products is left to the program.
  static let mostProducts = 400

  /// The hand-out's lines.
  ///
  /// - Parameters:
  ///   - stop: the only stop, from 0, with what it takes to work on it; nil for all.
  ///   - hasAnswers: whether the answers follow, on a page of their own, and the networks, whose
  ///     sizes many a question asks for.
  ///
  /// What cannot be computed within a lesson's bounds is left out; a check says what that is.
  package static func lines(
    of lesson: Lesson, _ format: Format, stop: Int? = nil, hasAnswers: Bool = true
  ) -> [String] {
    var handOut = HandOut(
      lesson: lesson, stops: stop.map { $0..<$0 + 1 } ?? lesson.stops.indices, format: format)
    handOut.write()
    if hasAnswers {
      handOut.writeAnswers()
      handOut.writeNetworks()
    }
    return handOut.page.lines
  }

  private init(lesson: Lesson, stops: Range<Int>, format: Format) {
    self.lesson = lesson
    self.stops = stops
    page = Page(format)
    evaluator = ExpressionEvaluator(lesson.scenes)
  }

  private mutating func write() {
    page.heading(lesson.title, level: 1)
    if isWhole { page.paragraph(lesson.summary) }
    writeNumbers()
    for index in stops { write(lesson.stops[index], number: index + 1) }
    if isWhole, !lesson.next.isEmpty {
      page.heading("What to try next", level: 2)
      for text in lesson.next { page.paragraph(text) }
    }
  }

  /// What stands before all lessons of a course: what each is about.
  package static func title(
    of catalogue: Catalogue, _ format: Format
  ) throws(LessonError) -> [String] {
    var page = Page(format)
    page.heading("The course", level: 1)
    for (index, name) in catalogue.names.enumerated() {
      let heading = try catalogue.heading(of: name)
      page.paragraph("\(index + 1). \(heading.title).", heading.summary)
    }
    page.pageBreak()
    return page.lines
  }

  /// The sizes of every network, last because many a question asks for them.
  private mutating func writeNetworks() {
    page.heading(isWhole ? "The networks" : "The network", level: 2)
    for (name, scene) in scenes {
      if isWhole, name != Scene.main { page.paragraph("Scene \(name):") }
      write(scene)
    }
  }

  /// A table of all layers; of a network too long for that only its sums.
  private mutating func write(_ scene: Scene) {
    let network = scene.network
    guard network.layers.count > HandOut.mostLayers else {
      page.verbatim(ShapeTable(network).lines)
      return
    }
    let trainable = network.layers.dropFirst(scene.frozenLayers).reduce(0) {
      $0 + $1.trainableCount
    }
    let name = scene.source.map { "The network \($0), " } ?? ""
    page.paragraph(
      "\(name)\(counted(network.layers.count, "layer")) on \(network.input): "
        + "\(grouped(network.parameterCount)) parameters, \(grouped(trainable)) of them trained.")
  }

  private var isWhole: Bool { stops == lesson.stops.indices }

  /// The lesson's own first, the others by name; of a single stop its own alone.
  var scenes: [(name: String, scene: Scene)] {
    lesson.scenes.filter { scene in
      isWhole || stops.contains { lesson.stops[$0].scene == scene.key }
    }.sorted { HandOut.comesFirst($0.key, $1.key) }.map { ($0.key, $0.value) }
  }

  private static func comesFirst(_ first: String, _ second: String) -> Bool {
    if first == Scene.main || second == Scene.main { return first == Scene.main }
    return first < second
  }

  private mutating func write(_ stop: Stop, number: Int) {
    page.heading("\(number). \(stop.title)", level: 2)
    for text in stop.text { page.paragraph(text) }
    page.verbatim(stop.figure)
    // An answer is not given before it is asked for.
    if stop.question == nil {
      page.verbatim(view(of: stop))
      if !isAskedElsewhere(stop) { page.verbatim(working(of: stop)) }
    }
    if let question = stop.question {
      page.verbatim(window(of: question, at: stop))
      for map in maps(for: question, at: stop) where writtenMaps.insert(map).inserted {
        page.verbatim(map)
      }
      page.paragraph("Question \(number).", question.ask)
      if let task = question.task {
        page.paragraph("To be changed: \(task.changeableText). Wanted: \(task.wanted).")
      }
    }
    // What is said once the answer is in stands with the answers.
    if stop.question == nil { write(closing: stop) }
  }

  /// Whether a question is about the cell that the stop looks at.
  private func isAskedElsewhere(_ stop: Stop) -> Bool {
    guard let cell = stop.at?.cell else { return false }
    return lesson.stops.contains {
      $0.question != nil && $0.scene == stop.scene && $0.at?.cell == cell
    }
  }

  private mutating func write(closing stop: Stop) {
    for text in stop.after { page.paragraph(text) }
    for text in stop.loose?.lines ?? [] { page.paragraph(text) }
  }

  private mutating func writeAnswers() {
    let asking = stops.filter { lesson.stops[$0].question != nil }
    guard !asking.isEmpty else { return }
    page.pageBreak()
    page.heading(isWhole ? "Answers" : "Answer", level: 2)
    for index in asking {
      let stop = lesson.stops[index]
      guard let question = stop.question else { continue }
      page.paragraph("Question \(index + 1).", question.answerText)
      page.paragraph(question.why)
      page.verbatim(working(of: question, at: stop))
      for slip in question.slips {
        page.paragraph("Not \(question.text(of: slip.answer)): \(slip.says)")
      }
      write(closing: stop)
    }
  }

  /// The working of an answer: that of the cell that the stop looks at, if the answer is among its
  /// numbers; of a layer that it looks at whole the formula.
  private mutating func working(of question: Question, at stop: Stop) -> [String] {
    guard let account = account(of: stop) else { return working(of: stop) }
    return account.shows(question.answer) ? working(of: stop) : []
  }

  /// How the cell that a stop looks at is computed; nil where it looks at none, or at one that takes
  /// too much.
  mutating func account(of stop: Stop) -> CellAccount? {
    guard let address = stop.at?.step, let cell = address.outputCell,
      let scene = lesson.scenes[stop.scene],
      let layer = scene.network.layer(named: address.layer),
      layer.placesPerCell <= HandOut.mostProducts
    else { return nil }
    return try? evaluator.account(of: cell, in: layer, scene: stop.scene, at: 0)
  }

  /// How the cell that a stop looks at is computed; the formula of a layer that it looks at whole.
  private mutating func working(of stop: Stop) -> [String] {
    if let address = stop.at?.gradient { return working(of: address, at: stop) }
    guard let address = stop.at?.step, let scene = lesson.scenes[stop.scene],
      let layer = scene.network.layer(named: address.layer)
    else { return [] }
    let walk = Walk(scene.network)
    return account(of: stop).map { walk.transcript($0) } ?? walk.heading(layer)
  }
}

extension Stop.Place {
  /// What it looks at without what is inside: two that have the same show the same number.
  fileprivate var cell: Stop.Place? {
    switch self {
    case .step(let address):
      address.outputCell.map { .step(Address(layer: address.layer, part: .cell($0))) }
    case .gradient(let address):
      address.cell.map { .gradient(GradientAddress(address.target, .cell($0))) }
    }
  }
}
