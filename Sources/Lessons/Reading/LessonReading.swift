/// A lesson as it was read, with what only a check asks of it.
struct LessonReading {
  let lesson: Lesson
  let draft: LessonDraft
  let text: LessonText
  /// Has computed what the lesson's texts name, and can compute its claims.
  let evaluator: ExpressionEvaluator
  /// What is left for a check.
  let budget: Budget

  /// - Throws: every problem that there is; of YAML's own syntax, the first.
  init(
    _ bytes: [UInt8], name: String, file: String, budget: Budget = Budget(),
    files: LessonBuilder.Files
  ) throws(LessonProblems) {
    var budget = budget
    let (text, root) = try TextNode.read(bytes, file: file, budget: &budget)
    var decoder = LessonDecoder(text: text, file: file, budget: budget)
    let draft = decoder.draft(root)
    var builder = LessonBuilder(text: text, log: decoder.log)
    let parts = draft.flatMap { builder.build($0, files: files) }
    try builder.log.throwIfAny()
    guard let draft, let parts else {
      preconditionFailure("a lesson that cannot be built has a problem")
    }
    lesson = Lesson(
      name: name, title: draft.title, summary: draft.summary, network: parts.main.network,
      input: parts.main.input, notes: parts.main.notes, scenes: parts.scenes, stops: parts.stops,
      next: parts.next)
    self.draft = draft
    self.text = text
    evaluator = parts.evaluator
    self.budget = builder.log.budget
  }
}
