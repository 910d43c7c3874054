import ConvolutionEngine

/// A network, the numbers it works on, and what a lesson says about them.
package struct Lesson: Sendable, Equatable {
  /// The file's name without its ending: what the command line and the catalogue call it.
  package let name: String
  package let title: String
  /// One line on what the lesson is about.
  package let summary: String
  package let network: Network
  package let input: Tensor
  /// By layer name: a sentence for each map, as many as the lesson has, at most one a map.
  package let notes: [String: [String]]
  /// The networks that stops play in, by name: `Scene.main`, which is the lesson's own, and others.
  package let scenes: [String: Scene]
  /// In order; none in a lesson that is only walked.
  package let stops: [Stop]
  /// Columns of the title line for a mark a stop; none where there are so many that the titles would
  /// have no room.
  package var markedStops: Int { stops.count <= 24 ? stops.count : 0 }
  /// What to try next, said at the end, in paragraphs; none where the lesson does not say.
  package let next: [String]
  /// What progress is kept under.
  package var progressKey: String { progressName ?? name }
  /// Of a file that is no lesson of the catalogue: two such files can have one name.
  var progressName: String?

  /// Numbers in a lesson's input beyond this are refused.
  package static let largestInput = 1 << 24
}

extension Lesson {
  /// Reads a lesson.
  ///
  /// - Parameters:
  ///   - text: the YAML text.
  ///   - file: what problems name; nil: the name with its ending.
  ///   - files: reads a file that the lesson names, by its path inside the lesson's folder. The
  ///     path is relative and has no `..`; that it leads nowhere else is this closure's to see to,
  ///     as `SourceFolder` does.
  /// - Throws: every problem that there is; of YAML's own syntax, the first.
  package init(
    parsing text: String, name: String, file: String? = nil,
    files: (String) throws(LessonFileError) -> [UInt8]
  ) throws(LessonProblems) {
    try self.init(parsing: Array(text.utf8), name: name, file: file, files: files)
  }

  /// Reads a lesson from a file's bytes, which may be no text at all.
  package init(
    parsing bytes: [UInt8], name: String, file: String? = nil,
    files: (String) throws(LessonFileError) -> [UInt8]
  ) throws(LessonProblems) {
    self = try LessonReading(bytes, name: name, file: file ?? "\(name).yaml", files: files).lesson
  }
}
