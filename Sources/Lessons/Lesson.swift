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
  ///     as `LessonFolder` does.
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
    let file = file ?? "\(name).yaml"
    let root: TextNode
    let text: LessonText
    do throws(LessonText.Fault) {
      text = try LessonText(bytes)
      root = try TextNode(parsing: text)
    } catch {
      throw LessonProblems(
        problems: [LessonProblem(file: file, place: error.place, cause: error.cause)])
    }
    var decoder = LessonDecoder(text: text, file: file)
    let draft = decoder.draft(root)
    var builder = LessonBuilder(log: decoder.log)
    let parts = draft.flatMap { builder.build($0, files: files) }
    try builder.log.throwIfAny()
    guard let draft, let parts else {
      preconditionFailure("a lesson that cannot be built has a problem")
    }
    self.init(
      name: name, title: draft.title, summary: draft.summary, network: parts.network,
      input: parts.input, notes: parts.notes)
  }
}
