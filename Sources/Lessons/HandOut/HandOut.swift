import ConvolutionEngine
import Walkthrough

/// A lesson on paper: its stops in order, what each looks at worked out, and the worked answers at
/// the end.
package struct HandOut {
  package enum Format: String, Sendable, CaseIterable {
    case text, markdown
  }

  let lesson: Lesson
  /// The stops that stand on the paper.
  let stops: Range<Int>
  private let format: Format
  var evaluator: ExpressionEvaluator
  private var lines: [String] = []
  /// The maps that stand on the paper already.
  var writtenMaps: Set<[String]> = []

  /// Columns of text.
  static let width = 78
  /// A longer network is left to `convwalk shape`.
  private static let mostLayers = 20
  /// A window of more products is left to the program.
  static let mostProducts = 400

  /// The hand-out's lines.
  ///
  /// - Parameter stop: the only stop, from 0, with what it takes to work on it; nil for all.
  ///
  /// What cannot be computed within a lesson's bounds is left out; a check says what that is.
  package static func lines(
    of lesson: Lesson, _ format: Format, stop: Int? = nil
  ) -> [String] {
    var handOut = HandOut(
      lesson: lesson, stops: stop.map { $0..<$0 + 1 } ?? lesson.stops.indices, format: format)
    handOut.write()
    return handOut.lines
  }

  private init(lesson: Lesson, stops: Range<Int>, format: Format) {
    self.lesson = lesson
    self.stops = stops
    self.format = format
    evaluator = ExpressionEvaluator(lesson.scenes)
  }

  private mutating func write() {
    heading(lesson.title, level: 1)
    if isWhole { paragraph(lesson.summary) }
    writeNumbers()
    for index in stops { write(lesson.stops[index], number: index + 1) }
    if isWhole, !lesson.next.isEmpty {
      heading("What to try next", level: 2)
      for text in lesson.next { paragraph(text) }
    }
    writeAnswers()
    writeNetworks()
  }

  /// The sizes of every network, last because many a question asks for them.
  private mutating func writeNetworks() {
    heading(isWhole ? "The networks" : "The network", level: 2)
    for (name, scene) in scenes {
      if isWhole, name != Scene.main { paragraph("Scene \(name):") }
      write(scene)
    }
  }

  /// A table of all layers; of a network too long for that only its sums.
  private mutating func write(_ scene: Scene) {
    let network = scene.network
    guard network.layers.count > HandOut.mostLayers else {
      verbatim(ShapeTable(network).lines)
      return
    }
    let trainable = network.layers.dropFirst(scene.frozenLayers).reduce(0) {
      $0 + $1.trainableCount
    }
    let name = scene.source.map { "The network \($0), " } ?? ""
    paragraph(
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
    heading("\(number). \(stop.title)", level: 2)
    for text in stop.text { paragraph(text) }
    verbatim(stop.figure)
    // An answer is not given before it is asked for.
    if stop.question == nil, !isAskedElsewhere(stop) { verbatim(working(of: stop)) }
    if let question = stop.question {
      for map in maps(for: question, at: stop) where writtenMaps.insert(map).inserted {
        verbatim(map)
      }
      paragraph("Question \(number).", question.ask)
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
    for text in stop.after { paragraph(text) }
    for text in stop.loose?.lines ?? [] { paragraph(text) }
  }

  private mutating func writeAnswers() {
    let asking = stops.filter { lesson.stops[$0].question != nil }
    guard !asking.isEmpty else { return }
    heading(isWhole ? "Answers" : "Answer", level: 2)
    for index in asking {
      let stop = lesson.stops[index]
      guard let question = stop.question else { continue }
      paragraph("Question \(index + 1).", question.text(of: question.answer))
      paragraph(question.why)
      verbatim(working(of: stop))
      for slip in question.slips {
        paragraph("Not \(question.text(of: slip.answer)): \(slip.says)")
      }
      write(closing: stop)
    }
  }

  /// How the cell that a stop looks at is computed; the formula of a layer that it looks at whole.
  private mutating func working(of stop: Stop) -> [String] {
    if let address = stop.at?.gradient { return working(of: address, at: stop) }
    guard let address = stop.at?.step, let scene = lesson.scenes[stop.scene],
      let layer = scene.network.layer(named: address.layer)
    else { return [] }
    let walk = Walk(scene.network)
    guard let cell = address.outputCell else { return walk.heading(layer) }
    guard layer.placesPerCell <= HandOut.mostProducts else { return walk.heading(layer) }
    do throws(ExpressionError) {
      let account = try evaluator.account(of: cell, in: layer, scene: stop.scene, at: 0)
      return walk.transcript(account)
    } catch {
      return walk.heading(layer)
    }
  }
}

extension HandOut {
  private mutating func separate() {
    if !lines.isEmpty { lines.append("") }
  }

  mutating func heading(_ text: String, level: Int) {
    separate()
    switch format {
    case .markdown:
      lines.append(String(repeating: "#", count: level) + " " + HandOut.escaped(text))
    case .text:
      let underline: Character = level == 1 ? "=" : "-"
      lines += [text, String(repeating: underline, count: text.unicodeScalars.count)]
    }
  }

  /// - Parameter label: stands out before the text.
  private mutating func paragraph(_ label: String, _ text: String) {
    separate()
    switch format {
    case .markdown: lines.append("**\(label)** \(HandOut.escaped(text))")
    case .text: lines += wrapped("\(label) \(text)", to: HandOut.width)
    }
  }

  mutating func paragraph(_ text: String) {
    separate()
    switch format {
    case .markdown: lines.append(HandOut.escaped(text))
    case .text: lines += wrapped(text, to: HandOut.width)
    }
  }

  /// Lines that stay as they are, such as grids.
  mutating func verbatim(_ text: [String]) {
    guard !text.isEmpty else { return }
    separate()
    switch format {
    case .markdown:
      // A figure that holds a fence itself needs a longer one.
      let longest = text.map { line in line.prefix { $0 == "`" }.count }.max() ?? 0
      let fence = String(repeating: "`", count: max(3, longest + 1))
      lines += [fence] + text + [fence]
    case .text: lines += text.map { $0.isEmpty ? "" : "  \($0)" }
    }
  }

  /// Text in which Markdown finds nothing to act upon.
  private static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for (index, scalar) in text.unicodeScalars.enumerated() {
      let isMark = "\\`*_[]<>#|~&".unicodeScalars.contains(scalar)
      let beginsList = index == 0 && "-+=".unicodeScalars.contains(scalar)
      if isMark || beginsList { escaped.append("\\") }
      escaped.append(scalar)
    }
    return String(escaped)
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
