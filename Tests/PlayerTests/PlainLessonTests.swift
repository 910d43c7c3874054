import Foundation
import ConvolutionEngine
import Lessons
import Testing

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
    if lines.last == "Answer:", let question = questions.popFirst() {
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
        #expect(lines.contains("Question: \(question.ask)"))
        #expect(lines.contains(question.why))
      }
      if let at = stop.at { #expect(lines.contains { $0.hasPrefix("At \(at)") }, "\(at)") }
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
    #expect(record.text == "done, 1 of 6 questions right at once")
  }
}
