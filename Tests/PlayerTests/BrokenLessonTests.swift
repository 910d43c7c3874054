import Foundation
import Lessons
import Player
import TestSupport
import Testing

private let folder = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../lessons").standardizedFileURL.path

/// A lesson's lines, to be broken in one way.
private struct Copy: Sendable {
  var lines: [String]

  /// Where each stop begins.
  var stops: [Int] {
    guard let start = lines.firstIndex(of: "stops:") else { return [] }
    return lines.indices.filter { $0 > start && lines[$0].hasPrefix("  - title:") }
  }

  /// The lines of a stop.
  func range(_ stop: Int) -> Range<Int> {
    let end = lines[(stops[stop] + 1)...].firstIndex { !$0.isEmpty && !$0.hasPrefix("    ") }
    return stops[stop]..<(end ?? lines.endIndex)
  }

  /// The line of a stop that begins so.
  func line(_ key: String, ofStop stop: Int) -> Int? {
    range(stop).first { lines[$0].hasPrefix(key) }
  }

  /// The value of a stop's key.
  func value(_ key: String, ofStop stop: Int) -> String? {
    line(key, ofStop: stop).map { String(lines[$0].dropFirst(key.count)) }
  }

  /// The same with a sentence at the beginning of a text; nil where there is no such text.
  func adding(_ sentence: String, to line: Int?) -> Copy? {
    guard let line, line + 1 < lines.count, lines[line].hasSuffix("|") else { return nil }
    let indent = String(lines[line + 1].prefix { $0 == " " })
    var copy = self
    copy.lines.insert(indent + sentence, at: line + 1)
    return copy
  }

  /// The same with a sentence in the place of a text.
  func replacing(with sentence: String, at key: String, ofStop stop: Int) -> Copy? {
    guard let line = line(key, ofStop: stop) else { return nil }
    let next = range(stop).first {
      $0 > line && !lines[$0].isEmpty && !lines[$0].hasPrefix("      ")
    }
    var copy = self
    copy.lines.replaceSubrange(
      line + 1..<(next ?? range(stop).upperBound), with: ["      " + sentence])
    return copy
  }

  func inserting(_ text: [String], at line: Int) -> Copy {
    var copy = self
    copy.lines.insert(contentsOf: text, at: line)
    return copy
  }
}

/// A way to break a lesson, and what a check then says.
private struct Fault: Sendable {
  let name: String
  let complaint: String
  /// All places of a lesson that can be broken so.
  let copies: @Sendable (Copy) -> [Copy]
}

private func each(_ copy: Copy, _ body: (Int) -> Copy?) -> [Copy] {
  copy.stops.indices.compactMap(body)
}

private let askKey = "      ask: "
private let answerKey = "      answer: "

private let faults = [
  Fault(name: "the place before shows the asked cell", complaint: "which is asked here") { copy in
    each(copy) { stop in
      let asked = copy.value(answerKey, ofStop: stop)
      guard copy.line("    view:", ofStop: stop) == nil,
        copy.line("    loss:", ofStop: stop) == nil,
        let asked, let at = copy.value("    at: ", ofStop: stop), let name = asked.first,
        asked.hasSuffix("]"), !asked.contains(" "), !asked.contains(":"), !asked.hasPrefix("d"),
        at.hasPrefix(String(name)), !asked.hasPrefix("X")
      else { return nil }
      let scene = copy.line("    scene:", ofStop: stop).map { [copy.lines[$0]] } ?? []
      var shorter = copy
      // One stop more makes the title's line longer.
      shorter.lines[copy.stops[stop]] = "  - title: Asked"
      return shorter.inserting(
        ["  - title: Shown"] + scene + ["    at: \(asked)", "    text: Look."],
        at: copy.stops[stop])
    }
  },
  Fault(name: "a text tells the answer", complaint: "tells what is asked for") { copy in
    each(copy) { stop in
      guard let answer = copy.value(answerKey, ofStop: stop), answer.hasSuffix("]"),
        !answer.contains(where: { " ;\"<>=".contains($0) }), !answer.hasPrefix("X")
      else { return nil }
      return copy.adding("It is {\(answer)}.", to: copy.line("    text: |", ofStop: stop))
    }
  },
  Fault(name: "a text names a key that does nothing", complaint: "does nothing there") { copy in
    each(copy) { copy.replacing(with: "Press Z now.", at: "    text: |", ofStop: $0) }
      + each(copy) { copy.replacing(with: "Press u now.", at: "    after: |", ofStop: $0) }
  },
  Fault(name: "a word that nothing explains", complaint: "is explained nowhere") { copy in
    let sentences = ["An RNN does so too.", "Its momentum grows."]
    return sentences.flatMap { sentence in
      each(copy) { copy.adding(sentence, to: copy.line("    text: |", ofStop: $0)) }
    }
  },
  Fault(name: "a letter that stands nowhere", complaint: "stands for nothing that is seen") {
    copy in
    let sentences = ["For z = −2 it is less.", "So 3 · q is more, and 6j too."]
    return sentences.flatMap { sentence in
      each(copy) { copy.adding(sentence, to: copy.line("    text: |", ofStop: $0)) }
    }
  },
  Fault(name: "another cell is hidden than is asked for", complaint: "by which the screen") {
    copy in
    each(copy) { stop in
      guard let line = copy.line(answerKey, ofStop: stop),
        let ask = copy.value(askKey, ofStop: stop),
        let asked = copy.value(answerKey, ofStop: stop), !asked.contains(";"),
        ask.hasPrefix("What is \(asked)")
      else { return nil }
      var other = copy
      other.lines[line] = "\(answerKey)\(asked) + 1 - 1"
      return other
    }
  },
  Fault(name: "the end names a key that does nothing", complaint: "does nothing there") { copy in
    ["Press Z.", "Try the key U: it makes a change again."].compactMap {
      copy.adding($0, to: copy.lines.firstIndex(of: "next: |"))
    }
  },
  Fault(name: "a question names a key", complaint: "is typed into the answer there") { copy in
    each(copy) { stop in
      guard let line = copy.line(askKey, ofStop: stop), !copy.lines[line].hasSuffix("\""),
        copy.line("      until:", ofStop: stop) == nil
      else { return nil }
      var other = copy
      other.lines[line] = "\(askKey)Press e now. " + copy.lines[line].dropFirst(askKey.count)
      return other
    }
  },
  Fault(name: "a text states what is not so", complaint: "does not hold") { copy in
    each(copy) { copy.adding("So 2·3 + 1 = 8.", to: copy.line("    text: |", ofStop: $0)) }
      + each(copy) { copy.adding("So 4 < 3.", to: copy.line("    after: |", ofStop: $0)) }
  },
  Fault(name: "a text names a cell that is not there", complaint: "correct it") { copy in
    each(copy) { copy.adding("Look at X[999,0,0].", to: copy.line("    text: |", ofStop: $0)) }
  },
  Fault(name: "a text has no room", complaint: "have room") { copy in
    let long = String(repeating: "It is long. ", count: 150)
    return each(copy) { copy.adding(long, to: copy.line("    text: |", ofStop: $0)) }
      + each(copy) { copy.adding(long, to: copy.line("    after: |", ofStop: $0)) }
  },
  Fault(name: "a slip is the right answer", complaint: "which is the right answer") { copy in
    each(copy) { stop in
      guard let line = copy.line("      slips:", ofStop: stop), copy.lines[line].hasSuffix(":"),
        let answer = copy.value(answerKey, ofStop: stop)
      else { return nil }
      return copy.inserting(
        ["        - answer: \(answer)", "          says: No."], at: line + 1)
    }
  },
  Fault(name: "two slips cannot be told apart", complaint: "as the one in line") { copy in
    each(copy) { stop in
      let key = "        - answer: "
      guard let line = copy.line(key, ofStop: stop) else { return nil }
      return copy.inserting([copy.lines[line], "          says: No."], at: line)
    }
  },
  Fault(name: "a scene that is not there", complaint: "there is no scene") { copy in
    each(copy) { stop in
      guard copy.line("    scene:", ofStop: stop) == nil else { return nil }
      return copy.inserting(["    scene: nowhere"], at: copy.stops[stop] + 1)
    }
  },
]

@Suite("A broken lesson") struct BrokenLessonTests {
  /// How many copies of a lesson are broken in each way; of more than two every lesson is.
  static let most = setting("CONVWALK_BROKEN", usually: isSlowRun ? .max : 2)

  static let names: [String] = {
    let names = (try? Catalogue(folder: folder).names) ?? []
    return most > 2 ? names : names.filter { $0 == "one-window" }
  }()

  @Test(arguments: names)
  func `is told of in whichever way it is broken`(name: String) throws {
    let path = "\(folder)/\(name).yaml"
    let text = String(decoding: try LessonSource(path: path).bytes, as: UTF8.self)
    let copy = Copy(
      lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    guard !copy.stops.isEmpty else { return }
    for fault in faults {
      let copies = fault.copies(copy)
      for (index, broken) in copies.prefix(Self.most).enumerated() {
        let source = LessonSource(
          path: path, bytes: Array(broken.lines.joined(separator: "\n").utf8))
        let problems = LessonCheck.problems(in: [source], render: StopScreenCheck.problems)
          .map(\.description)
        #expect(
          problems.contains { $0.contains(fault.complaint) },
          "\(fault.name), copy \(index) of \(copies.count): \(problems)")
      }
    }
  }
}
