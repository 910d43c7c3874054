import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Foundation
import Lessons
import Testing
import Walkthrough

@testable import Player

private let folder = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../lessons").standardizedFileURL.path

/// Every lesson of the catalogue.
private let names: [String] = (try? Catalogue(folder: folder).names) ?? []

/// Takes a lesson to its end by Enter, giving what `answer` says to each question.
private func said(
  _ lesson: Lesson, at stop: Int? = nil, answering answer: (Question) -> [String]
) -> (lines: [String], record: CourseRecord) {
  var plain = PlainLesson(lesson, at: stop)
  var lines = plain.begin()
  var questions = lesson.stops[(stop ?? 0)...].compactMap(\.question)[...]
  for _ in 0..<500 where !plain.isFinished {
    if ["Answer:", "Change:"].contains(lines.last), let question = questions.popFirst() {
      for line in answer(question) { lines += plain.take(line) }
    } else {
      lines += plain.take("")
    }
  }
  #expect(plain.isFinished)
  return (lines, plain.record)
}

@Suite("A lesson in plain sentences")
struct PlainLessonTests {
  @Test(arguments: names)
  func `says everything that the screens say, to the end`(name: String) throws {
    let lesson = try Catalogue(folder: folder).lesson(named: name)
    guard !lesson.stops.isEmpty else { return }
    let (lines, record) = said(lesson) { _ in ["??"] }
    for (index, stop) in lesson.stops.enumerated() {
      let isSentence = stop.title.hasSuffix("?") || stop.title.hasSuffix("!")
      let title = isSentence ? stop.title : "\(stop.title)."
      #expect(lines.contains("Stop \(index + 1) of \(lesson.stops.count): \(title)"))
      let texts = stop.text + stop.figure + stop.after + (stop.loose?.lines ?? [])
      for text in texts { #expect(lines.contains(text), "\(text)") }
      if let question = stop.question {
        let word = question.task == nil ? "Question" : "Task"
        #expect(lines.contains("\(word): \(question.ask)"))
        #expect(lines.contains(question.why))
      }
      guard let at = stop.at, let scene = lesson.scenes[stop.scene] else { continue }
      let place = at.step.map { "\($0)" } ?? at.gradient.map { scene.network.text(of: $0) } ?? ""
      #expect(lines.contains { $0.hasPrefix("At \(place)") }, "\(place)")
    }
    #expect(record.isFinished && record.rightAtOnce == [] && record.rightLater == [])
  }

  @Test func `names a slip, gives a hint and counts the tries`() throws {
    let lesson = try Catalogue(folder: folder).lesson(named: "worked-example")
    let question = try #require(lesson.stops.compactMap(\.question).first)
    let slip = try #require(question.slips.first)
    func typed(_ numbers: [Number]) -> String { numbers.map(\.text).joined(separator: ", ") }
    var isFirst = true
    let (lines, record) = said(lesson) { question in
      defer { isFirst = false }
      return isFirst
        ? ["", "?", "what?", typed(slip.answer), typed(question.answer)] : [typed(question.answer)]
    }
    #expect(lines.contains("Type an answer; ? is a hint, ?? the answer."))
    #expect(lines.contains("Hint: \(question.hint)") && lines.contains(slip.says))
    #expect(lines.count { $0 == "Right." } == record.rightAtOnce.count + record.rightLater.count)
    #expect(record.rightLater.count == 1 && record.rightAtOnce.count > 1 && record.isFinished)
  }

  @Test func `goes on where the person stopped`() throws {
    let lesson = try Catalogue(folder: folder).lesson(named: "one-window")
    var plain = PlainLesson(lesson)
    _ = plain.begin()
    while plain.record.stop < 2 { _ = plain.take("??") }
    var resumed = PlainLesson(lesson, record: plain.record)
    let title = "Stop 3 of \(lesson.stops.count): \(lesson.stops[2].title)."
    #expect(resumed.begin().contains(title))
    #expect(resumed.record == plain.record)
  }

  @Test func `begun later says at its end what is missing, and begins there again`() throws {
    let lesson = try Catalogue(folder: folder).lesson(named: "shifts")
    let (lines, record) = said(lesson, at: 2) { _ in ["??"] }
    #expect(
      lines.contains("Stops 1 and 2 are not done yet. Opened again, the lesson begins at stop 1."))
    #expect(!record.isFinished)
    var again = PlainLesson(lesson, record: record)
    #expect(again.begin().contains("Stop 1 of 9: A pattern and its peak."))
    let (whole, _) = said(lesson) { _ in ["??"] }
    #expect(!whole.contains { $0.contains("not done yet") })
  }

  @Test func `counts an answer that was shown as a question`() throws {
    let lesson = try Catalogue(folder: folder).lesson(named: "one-window")
    var isFirst = true
    let (_, record) = said(lesson) { question in
      defer { isFirst = false }
      return [isFirst ? question.answer.map(\.text).joined(separator: ", ") : "??"]
    }
    #expect(record.shown == [2, 3, 5, 6, 7])
    #expect(record.text == "done, 1 of 6 questions right at once, 5 shown")
  }

  @Test func `reads out the plane that a question is about, once`() throws {
    let lesson = try Catalogue(folder: folder).lesson(named: "picture-is-numbers")
    let (lines, _) = said(lesson) { _ in ["??"] }
    let question = try #require(lines.firstIndex(of: "Question: What is X[1,2,2]?"))
    let plane = try #require(lines.firstIndex(of: "X, depth 2, row by row:"))
    #expect(plane < question)
    #expect(
      lines[plane + 1...plane + 2] == ["Rows 0 and 1: 6 6 6 6 6 0 0 6.", "Row 2: 6 3 6 6 6 6 6 6."])
    #expect(lines.count { $0 == "X, depth 2, row by row:" } == 1)
    #expect(lines.contains("mean, as far as it is done: 1 3."))
  }

  @Test func `says of a moved pattern only the rows that changed`() throws {
    let lesson = try Catalogue(folder: folder).lesson(named: "shifts")
    let (lines, _) = said(lesson) { _ in ["??"] }
    let moved = try #require(lines.firstIndex(of: "X, the rows that are new:"))
    #expect(lines[moved + 1] == "Row 2: 0 0 0 0 0 0 1 0 0 0 0.")
    #expect(lines[moved + 4] == "v, as far as it is done:")
  }

  @Test(arguments: names)
  func `says before it names a key what keys are here, and answers are asked only of what is heard`(
    name: String
  ) throws {
    let lesson = try Catalogue(folder: folder).lesson(named: name)
    guard !lesson.stops.isEmpty else { return }
    var plain = PlainLesson(lesson)
    var ear = Ear()
    let first = plain.begin()
    #expect(first[2].hasPrefix("Keys and marks that the texts name are those of the screen"))
    ear.hear(first)
    var asked = 0
    for _ in 0..<500 where !plain.isFinished {
      let lines = plain.take(asked > 0 && ear.isAsked ? "??" : "")
      ear.hear(lines)
      guard ear.isAsked else { continue }
      asked += 1
      let stop = lesson.stops[plain.record.stop]
      for (grid, rows) in try shown(at: stop, in: lesson) {
        #expect(ear.rows[grid] == rows, "\(grid) at \(stop.title)")
      }
    }
    #expect(asked == lesson.stops.count { $0.question != nil })
  }
}

/// What a listener who writes everything down has of each grid.
private struct Ear {
  var rows: [String: [String]] = [:]
  var isAsked = false
  private var grid: String?

  mutating func hear(_ lines: [String]) {
    isAsked = ["Answer:", "Change:"].contains(lines.last)
    for line in lines {
      let words = line.split(separator: ": ", maxSplits: 1).map(String.init)
      if words.count == 2, line.hasPrefix("Row"), let grid {
        let numbers = words[0].split { !$0.isNumber }.compactMap { Int($0) }
        guard let first = numbers.first, let last = numbers.last else { continue }
        for row in first...last {
          while rows[grid, default: []].count <= row { rows[grid, default: []].append("") }
          rows[grid]?[row] = String(words[1].dropLast())
        }
        continue
      }
      grid = nil
      if line.hasSuffix(", row by row:") || line.hasSuffix(", as far as it is done:") {
        let name = line.replacing(", row by row:", with: "")
          .replacing(", as far as it is done:", with: "")
        rows[name] = []
        grid = name
      } else if line.hasSuffix(", the rows that are new:") {
        grid = line.replacing(", the rows that are new:", with: "")
      } else if words.count == 2 {
        rows[words[0]] = words[1].dropLast().split(separator: ";").map {
          $0.drop { $0 == " " }.description
        }
      }
    }
  }
}

/// What the layer of a question reads, and its filter, by what they are called when they are said;
/// nothing of what is too large.
private func shown(at stop: Stop, in lesson: Lesson) throws -> [(String, [String])] {
  guard ![.text, .table].contains(stop.view), let address = (stop.at ?? stop.from)?.step,
    let scene = lesson.scenes[stop.scene], let (cell, product) = place(address)
  else { return [] }
  guard let layer = scene.network.layer(named: address.layer) else {
    guard scene.network.input.plane <= 144 else { return [] }
    return [(address.layer, rows(scene.network.input) { scene.input[Cell($0, $1, 0)] })]
  }
  var activations = Activations(scene.network, input: scene.input)
  try activations.evaluateInputs(of: layer.index)
  let input = try #require(activations.inputs(of: layer.index)?.first)
  guard layer.input.plane * (layer.input.isFlat ? layer.input.depth : 1) <= 144 else { return [] }
  var depth = stop.depth ?? 0
  if let product { depth = stop.depth ?? product }
  if layer.parameters == nil {
    depth = layer.windows == nil ? layer.origin(of: cell)?.cell.depth ?? cell.depth : cell.depth
  } else if case .convolution = layer.operation {
    depth = max(depth, layer.firstDepth(ofMap: cell.depth))
  }
  let name = scene.network.name(of: layer.sources[0])
  let word = layer.sources[0] == .input ? "depth" : "map"
  var grids: [(String, [String])] = []
  if layer.input.isFlat {
    let numbers = (0..<layer.input.depth).map { input[Cell(0, 0, $0)].text }
    grids.append((name, [numbers.joined(separator: " ")]))
  } else {
    grids.append(
      (
        layer.input.depth == 1 ? name : "\(name), \(word) \(depth)",
        rows(layer.input) { input[Cell($0, $1, depth)] }
      ))
  }
  if layer.windows != nil, let parameters = layer.parameters {
    let filter = CodeNames(scene.network).filter(layer, cell.depth)
    let slice = depth - layer.firstDepth(ofMap: cell.depth)
    grids.append(
      (
        parameters.filter.depth == 1 ? filter : "\(filter), depth \(depth)",
        rows(parameters.filter) { parameters.weight(cell.depth, Cell($0, $1, slice)) }
      ))
  }
  return grids
}

/// The cell of an address, and the input depth that it names.
private func place(_ address: Address) -> (cell: Cell, depth: Int?)? {
  switch address.part {
  case .cell(let cell): (cell, nil)
  case .slice(let cell, let depth): (cell, depth)
  case .product(let cell, let tap): (cell, tap.depth)
  case .layer, .map: nil
  }
}

private func rows(_ shape: Shape, _ number: (Int, Int) -> Number) -> [String] {
  (0..<shape.height).map { y in
    (0..<shape.width).map { number($0, y).text }.joined(separator: " ")
  }
}
