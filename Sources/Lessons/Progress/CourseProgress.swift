/// How far a person is in every lesson, as a file keeps it: a line a lesson under a first line
/// with the version.
///
/// ```
/// convwalk progress 1
/// one-window stop=3 stops=8 done=0,1,2 first=1 later=2 shown=0 finished=no
/// practice/sizes marks=length+,size-
/// ```
///
/// Stops count from 0. `first` and `later` are the stops whose questions were answered right at
/// the first try, and after it; `shown`, which is not always there, those whose answers were
/// shown. Words that this version does not know are passed over.
package struct CourseProgress: Sendable, Equatable {
  package var records: [String: CourseRecord] = [:]
  /// How the last exercises of each topic went, the oldest first.
  package var practice: [String: [PracticeMark]] = [:]

  package static let version = 1
  /// Bytes; all lessons of a large course need a hundredth.
  package static let largestFile = 1 << 20

  package init() {}

  package subscript(lesson: String) -> CourseRecord? { records[lesson] }

  /// Adds what is known of a lesson to what was.
  package mutating func merge(_ record: CourseRecord) {
    let older = records[record.lesson]
    records[record.lesson] = older.map { record.merged(over: $0) } ?? record
  }
}

extension CourseProgress {
  /// What the bytes of a file are.
  package enum Reading: Sendable, Equatable {
    case whole(CourseProgress)
    /// Some lines are no records; the others are.
    case damaged(CourseProgress)
    /// A later version of the program wrote it.
    case newer
  }

  /// Reads a file's bytes, whatever they are.
  package static func read(_ bytes: [UInt8]) -> Reading {
    guard bytes.count <= largestFile else { return .damaged(CourseProgress()) }
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")[...]
    guard let first = lines.popFirst(), first.hasPrefix(heading),
      let found = Int(first.dropFirst(heading.count)), found > 0
    else { return .damaged(CourseProgress()) }
    guard found <= version else { return .newer }
    var progress = CourseProgress()
    var isDamaged = bytes.last != UInt8(ascii: "\n")
    for line in lines {
      if line.hasPrefix(PracticeMark.linePrefix) {
        let found = PracticeMark.marks(line: line)
        if let found, progress.practice[found.topic] == nil {
          progress.practice[found.topic] = found.marks
        } else {
          isDamaged = true
        }
      } else if let record = CourseRecord(line: line), progress.records[record.lesson] == nil {
        progress.records[record.lesson] = record
      } else {
        isDamaged = true
      }
    }
    return isDamaged ? .damaged(progress) : .whole(progress)
  }

  private static let heading = "convwalk progress "

  /// The file's bytes, lessons by name.
  package var bytes: [UInt8] {
    let lines = records.values.sorted { $0.lesson < $1.lesson }.map(\.line)
    let practised = practice.sorted { $0.key < $1.key }.map {
      PracticeMark.line(of: $0.value, topic: $0.key)
    }
    return Array(
      (["\(CourseProgress.heading)\(CourseProgress.version)"] + lines + practised).map { "\($0)\n" }
        .joined()
        .utf8)
  }
}

extension CourseRecord {
  fileprivate var line: String {
    func list(_ stops: [Int]) -> String { stops.map(String.init).joined(separator: ",") }
    let answersShown = shown.isEmpty ? "" : "shown=\(list(shown)) "
    return "\(lesson) stop=\(stop) stops=\(stops) done=\(list(done)) first=\(list(rightAtOnce)) "
      + "later=\(list(rightLater)) \(answersShown)finished=\(isFinished ? "yes" : "no")"
  }

  /// - Returns: nil for a line that is no record.
  fileprivate init?(line: Substring) {
    let words = line.split(separator: " ")
    guard let name = words.first, Catalogue.isName(name) else { return nil }
    let pairs = words.dropFirst().map {
      $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    }
    guard pairs.allSatisfy({ $0.count == 2 }) else { return nil }
    let values = Dictionary(pairs.map { ($0[0], $0[1]) }) { first, _ in first }
    guard let stop = values["stop"].flatMap({ Int($0) }),
      let stops = values["stops"].flatMap({ Int($0) }), (0...Stop.mostInALesson).contains(stops),
      (0..<max(1, stops)).contains(stop),
      let done = CourseRecord.list(values["done"], below: stops),
      let first = CourseRecord.list(values["first"], below: stops),
      let later = CourseRecord.list(values["later"], below: stops),
      let shown = CourseRecord.list(values["shown"] ?? "", below: stops),
      let finished = values["finished"], finished == "yes" || finished == "no"
    else { return nil }
    self.init(
      lesson: String(name), stop: stop, stops: stops, done: done, rightAtOnce: first,
      rightLater: later, shown: shown, isFinished: finished == "yes")
  }

  /// `0,1,2`, each a stop; nil for anything else.
  private static func list(_ text: Substring?, below stops: Int) -> [Int]? {
    guard let text else { return nil }
    let words = text.split(separator: ",")
    let numbers = words.compactMap { Int($0) }
    guard numbers.count == words.count, numbers.allSatisfy({ (0..<stops).contains($0) }) else {
      return nil
    }
    return Set(numbers).sorted()
  }
}
