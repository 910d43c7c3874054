import ExactNumbers
import TensorFiles

/// Why a lesson is not opened. The wording is in `LessonError+Description.swift`.
package enum LessonError: Error, Equatable {
  case unreadable(FileError)
  case problems(LessonProblems)
  /// - Parameters:
  ///   - nearest: what may have been meant, the likeliest first.
  ///   - known: every lesson.
  case unknownLesson(String, nearest: [String], known: [String])
  case unknownNetwork(String, known: [String])
  /// What `--lessons` or `CONVWALK_LESSONS` names is no folder.
  case noFolder(String, from: String)
  /// No folder of lessons where they are looked for.
  case noLessons(lookedIn: [String])
}

extension Lesson {
  /// Opens a lesson's file, whose progress is its own whatever it is called.
  package init(ownFile path: String) throws(LessonError) {
    self = try Lesson(contentsOf: path).keepingProgress(as: CourseRecord.name(ofFile: path))
  }

  /// Opens a lesson's file; what it names is read from the folder in which it stands.
  package init(contentsOf path: String) throws(LessonError) {
    try self.init(LessonSource(path: path))
  }

  package init(_ source: LessonSource) throws(LessonError) {
    self = try rethrowing(try source.lesson(), as: LessonError.problems)
  }
}

extension Lesson {
  /// The lesson with its progress kept under another key.
  package func keepingProgress(as key: String) -> Lesson {
    var lesson = self
    lesson.progressName = key
    return lesson
  }
}

/// A lesson's file as it was read, not yet parsed.
package struct LessonSource: Sendable {
  package let path: String
  package let bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// - Parameter isRegular: whether a pipe, which may keep the reader waiting, is refused.
  package init(path: String, isRegular: Bool = false) throws(LessonError) {
    let limit = LessonText.largestSize
    bytes = try rethrowing(
      isRegular
        ? try FileContents.readRegular(path, limit: limit)
        : try FileContents.read(path, limit: limit), as: LessonError.unreadable)
    self.path = path
  }

  /// Reads files; one that cannot be read does not keep the others from it.
  ///
  /// - Returns: those that could be, and what kept the first other from it.
  package static func read(
    _ paths: [String], areRegular: Bool = false
  ) -> (sources: [LessonSource], unreadable: LessonError?) {
    var sources: [LessonSource] = []
    var unreadable: LessonError?
    for path in paths {
      do throws(LessonError) {
        sources.append(try LessonSource(path: path, isRegular: areRegular))
      } catch {
        unreadable = unreadable ?? error
      }
    }
    return (sources, unreadable)
  }

  /// The file's name without folder and ending.
  package var name: String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".yaml") ? String(file.dropLast(5)) : file
  }

  /// The folder in which it stands.
  package var folder: SourceFolder {
    guard let slash = path.lastIndex(of: "/") else { return SourceFolder(".") }
    return SourceFolder(slash == path.startIndex ? "/" : String(path[..<slash]))
  }

  package func lesson() throws(LessonProblems) -> Lesson { try reading().lesson }

  func reading(within budget: Budget = Budget()) throws(LessonProblems) -> LessonReading {
    try LessonReading(
      bytes, name: name, file: path, budget: budget,
      files: { path throws(LessonFileError) in try read(path) })
  }

  /// A file of the lesson's folder; a network that is not there, of those that are shipped.
  private func read(_ path: String) throws(LessonFileError) -> [UInt8] {
    do throws(LessonFileError) {
      return try folder.read(path)
    } catch {
      guard error == .missing(path), path.hasPrefix("\(NetworkFile.folderName)/"),
        let shipped = try? LessonsFolder(option: nil).path()
      else { throw error }
      return try SourceFolder(shipped).read(path)
    }
  }
}
