import ExactNumbers
import TensorFiles

/// The lessons of a folder in their declared order: the lines of its `catalogue.yaml`.
///
/// That file is YAML of so few forms that the list of lessons costs no parser of it: `See:`, the name
/// of a part, `- worked-example`, a lesson of it, `- ties after max-pooling relu`, with those that it
/// builds on, blank lines, and comments after `#`.
package struct Catalogue: Sendable, Equatable {
  package let folder: String
  package let entries: [Entry]

  /// A lesson of the list.
  package struct Entry: Sendable, Equatable {
    package let name: String
    /// The part that it stands in; empty where the list has no parts.
    package let part: String
    /// The lessons that it builds on, all above it.
    package let foundations: [String]
  }

  package var names: [String] { entries.map(\.name) }

  package static let fileName = "catalogue.yaml"
  /// More than this nobody finds anything in.
  static let mostLessons = 1000

  /// Reads a folder's catalogue.
  package init(folder: String) throws(LessonError) {
    let path = "\(folder)/\(Catalogue.fileName)"
    let bytes = try rethrowing(
      try FileContents.readRegular(path, limit: LessonText.largestSize),
      as: LessonError.unreadable)
    let entries = try rethrowing(
      try Catalogue.entries(of: bytes, file: path), as: LessonError.problems)
    self.folder = folder
    self.entries = entries.map(\.value)
  }

  /// Where a lesson's file is.
  ///
  /// - Throws: `LessonError.unknownLesson`, with the names that come nearest.
  package func path(of name: String) throws(LessonError) -> String {
    guard names.contains(name) else {
      throw .unknownLesson(name, nearest: likelyNames(for: name, among: names), known: names)
    }
    return "\(folder)/\(name).yaml"
  }

  /// Opens a lesson by its name.
  package func lesson(named name: String) throws(LessonError) -> Lesson {
    try Lesson(try LessonSource(path: try path(of: name), isRegular: true))
  }

  /// The lessons in a catalogue's text, each where it stands.
  ///
  /// - Throws: every line that is none, every name that stands twice, and every lesson that builds on
  ///   one which does not stand above it.
  static func entries(of bytes: [UInt8], file: String) throws(LessonProblems) -> [Placed<Entry>] {
    var log = ProblemLog(file: file)
    var entries: [Placed<Entry>] = []
    var known: Set<String> = []
    var part = ""
    for (row, line) in String(decoding: bytes, as: UTF8.self).lines.enumerated() where !log.isFull {
      let place = TextPlace(line: row + 1, column: 1)
      if let heading = Catalogue.part(line) {
        part = heading
        continue
      }
      let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }
      guard !words.isEmpty else { continue }
      guard words.count == 2 || words.count > 3 && words[2] == "after", words[0] == "-",
        words.indices.allSatisfy({ $0 == 0 || isName(words[$0]) })
      else {
        log.add(.listed(.catalogueLine(String(line))), at: place)
        continue
      }
      let (name, foundations) = (String(words[1]), words.dropFirst(3).map(String.init))
      for foundation in foundations where !known.contains(foundation) {
        log.add(.listed(.foundation(foundation, of: name)), at: place)
      }
      if !known.insert(name).inserted { log.add(.listed(.listedTwice(name)), at: place) }
      guard known.count <= mostLessons else {
        log.add(
          .limit(.tooMany("lessons in the list", found: known.count, limit: mostLessons)), at: place
        )
        break
      }
      entries.append(Placed(Entry(name: name, part: part, foundations: foundations), place))
    }
    try log.throwIfAny()
    return entries
  }

  /// The name of a part, `See:`; nil for any other line.
  private static func part(_ line: Substring) -> String? {
    var text = line.prefix { $0 != "#" }
    while text.last == " " { text.removeLast() }
    guard text.last == ":", text.count > 1, text.count <= longestPart, text.first?.isLetter == true,
      text.dropLast().allSatisfy({ $0.isLetter || $0 == " " }),
      text.unicodeScalars.allSatisfy(\.isShown)
    else { return nil }
    return String(text.dropLast())
  }

  /// Characters of a part's name, the colon included.
  private static let longestPart = 32

  /// Small letters, digits and `-`, so that a name is a file's name anywhere.
  static func isName(_ text: Substring) -> Bool {
    text.utf8.count <= 60 && text.first != "-"
      && text.unicodeScalars.allSatisfy {
        ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-"
      }
  }
}
