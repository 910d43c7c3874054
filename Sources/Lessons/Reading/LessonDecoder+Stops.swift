import ConvolutionEngine
import ExactNumbers

extension LessonDecoder {
  /// The other networks of a lesson, by name.
  mutating func readScenes(_ node: TextNode, into draft: inout LessonDraft) {
    guard case .mapping(let entries) = node.content else {
      log.add(.value(.kind(what: "scenes", found: node.kind, expected: .mapping)), at: node.place)
      draft.hasAllScenes = false
      return
    }
    for entry in entries where !log.isFull {
      if let scene = scene(entry) { draft.scenes.append(scene) }
    }
    draft.hasAllScenes = draft.scenes.count == entries.count
  }

  private mutating func scene(_ entry: TextNode.Entry) -> Placed<SceneDraft>? {
    guard entry.key != Scene.main, Network.isName(entry.key) else {
      log.add(.stops(.sceneName(entry.key)), at: entry.place)
      return nil
    }
    let what = "the scene \(entry.key)"
    guard
      var reader = MappingReader(entry.value, what, known: LessonDecoder.sceneKeys, log: &log)
    else { return nil }
    return Placed(scene(named: entry.key, in: &reader), entry.place)
  }

  mutating func stops(_ node: TextNode) -> [StopDraft] {
    let items = node.items("stops", log: &log) ?? []
    if items.count > Stop.mostInALesson {
      log.add(.stops(.tooManyStops(found: items.count, limit: Stop.mostInALesson)), at: node.place)
      return []
    }
    return items.enumerated().compactMap { stop($1, "stop \($0 + 1)") }
  }

  mutating func claims(_ node: TextNode) -> [Placed<String>] {
    var claims: [Placed<String>] = []
    for item in node.items("claims", log: &log) ?? [] where !log.isFull {
      guard let text = item.text("a claim", limit: LessonDecoder.longestPassage, log: &log) else {
        continue
      }
      if let claim = shown(text, "a claim", at: item.place) { claims.append(claim) }
    }
    return claims
  }

  /// A text with `{…}` still in it, as it is written.
  mutating func passage(_ node: TextNode, _ what: String) -> Placed<String>? {
    node.wholeText(what, limit: LessonDecoder.longestPassage, log: &log).flatMap {
      shown($0, what, at: node.place)
    }
  }

  private mutating func shown(
    _ text: String, _ what: String, at place: TextPlace
  ) -> Placed<String>? {
    if let scalar = text.unicodeScalars.first(where: { !$0.isShown && $0 != "\n" }) {
      log.add(.limit(.unprintable(what, scalar)), at: place)
      return nil
    }
    if text.allSatisfy(\.isWhitespace) {
      log.add(.value(.emptyText(what)), at: place)
      return nil
    }
    return Placed(text, place)
  }

  /// What a program reads, an address or an expression, behind which a comment may stand.
  private mutating func formula(
    _ entry: TextNode.Entry, _ what: String, limit: Int = LessonDecoder.longestName
  ) -> Placed<String>? {
    let what = "\(entry.key) of \(what)"
    return entry.value.text(what, limit: limit, log: &log).flatMap {
      shown($0, what, at: entry.value.place)
    }
  }

  private mutating func passage(
    _ key: String, _ what: String, in reader: inout MappingReader
  ) -> Placed<String>? {
    reader.take(key).flatMap { passage($0.value, "\(key) of \(what)") }
  }

  private mutating func required(
    _ key: String, example: String, in reader: inout MappingReader
  ) -> Placed<String>? {
    reader.require(key, example: example, log: &log).flatMap {
      passage($0.value, "\(key) of \(reader.what)")
    }
  }
}

extension LessonDecoder {
  private mutating func stop(_ node: TextNode, _ what: String) -> StopDraft? {
    let keys = [
      "title", "scene", "view", "from", "at", "depth", "loss", "text", "figure", "question",
      "after", "loose",
    ]
    guard var reader = MappingReader(node, what, known: keys, log: &log) else { return nil }
    var draft = StopDraft(place: node.place)
    draft.title = sentence(
      "title", example: "title: Four depths, one number", limit: Stop.longestTitle, in: &reader)
    draft.scene = reader.take("scene").flatMap { formula($0, what) }
    if let entry = reader.take("view") { draft.view = view(entry.value) }
    draft.from = reader.take("from").flatMap { formula($0, what) }
    draft.at = reader.take("at").flatMap { formula($0, what) }
    if let entry = reader.take("depth") { draft.depth = depth(entry.value) }
    if let entry = reader.take("loss") { draft.loss = loss(entry.value) }
    draft.text = required("text", example: "text: Each depth has its own slice.", in: &reader)
    draft.figure = passage("figure", what, in: &reader)
    if let entry = reader.take("question") {
      draft.question = question(entry.value, "the question of \(what)")
    }
    draft.after = passage("after", what, in: &reader)
    if let entry = reader.take("loose") { draft.loose = loose(entry.value, "loose of \(what)") }
    return draft
  }

  private mutating func view(_ node: TextNode) -> Stop.View {
    guard let text = node.text("view", log: &log) else { return .walk }
    if let view = Stop.View(rawValue: text) { return view }
    log.add(.stops(.view(text, known: Stop.View.allCases.map(\.rawValue))), at: node.place)
    return .walk
  }

  private mutating func depth(_ node: TextNode) -> Placed<Int>? {
    guard let text = node.text("depth", log: &log) else { return nil }
    guard let depth = Int(text), depth >= 0 else {
      log.add(.stops(.depthText(text)), at: node.place)
      return nil
    }
    return Placed(depth, node.place)
  }

  private mutating func question(_ node: TextNode, _ what: String) -> QuestionDraft? {
    let keys = ["ask", "choices", "change", "until", "answer", "slips", "hint", "why"]
    guard var reader = MappingReader(node, what, known: keys, log: &log) else { return nil }
    let before = log.problems.count
    let ask = required("ask", example: "ask: What is v[1,1,0]?", in: &reader)
    let choices = reader.take("choices").map { self.choices($0.value, "choices of \(what)") } ?? []
    let answer = answer(example: "answer: v[1,1,0]", in: &reader)
    let task = task(what, in: &reader)
    let hints = hints(in: &reader)
    let why = required("why", example: "why: 4 + 2 = 6.", in: &reader)
    let slips = reader.take("slips")?.value.items("slips of \(what)", log: &log) ?? []
    guard slips.count <= Question.mostSlips else {
      log.add(
        .limit(.tooMany("slips of \(what)", found: slips.count, limit: Question.mostSlips)),
        at: slips[Question.mostSlips].place)
      return nil
    }
    let read = slips.compactMap { slip($0, "a slip of \(what)") }
    guard let ask, let answer, let hints, let why, let choices, log.problems.count == before
    else { return nil }
    for (key, isGiven) in [("choices", !choices.isEmpty), ("slips", !slips.isEmpty)]
    where isGiven && task != nil {
      log.add(.value(.exclusive(key, "until")), at: node.place)
      return nil
    }
    return QuestionDraft(
      ask: ask, answer: answer, choices: choices, task: task, slips: read, hints: hints,
      why: why)
  }

  /// What may be changed and until when; nil where the question is no task, and after a problem.
  private mutating func task(_ what: String, in reader: inout MappingReader) -> TaskDraft? {
    let change = reader.take("change")
    let until = reader.take("until")
    guard change != nil || until != nil else { return nil }
    guard let change, let until else {
      let (missing, example) =
        change == nil ? ("change", "change: Ker0") : ("until", "until: count(v > 0) = 4")
      log.add(
        .value(.missingKey(missing, of: what, example: example)),
        at: (change ?? until)?.place ?? .start)
      return nil
    }
    guard let change = formula(change, what, limit: LessonDecoder.longestPassage),
      let until = formula(until, what, limit: LessonDecoder.longestPassage)
    else { return nil }
    return TaskDraft(change: change, until: until)
  }

  /// One hint, or a list of them; nil after a problem.
  private mutating func hints(in reader: inout MappingReader) -> [Placed<String>]? {
    guard let entry = reader.require("hint", example: "hint: Add the bias, once.", log: &log) else {
      return nil
    }
    let what = "hint of \(reader.what)"
    guard case .list(let items) = entry.value.content else {
      return passage(entry.value, what).map { [$0] }
    }
    guard (1...Question.mostHints).contains(items.count) else {
      log.add(
        .limit(.tooMany(what, found: items.count, limit: Question.mostHints)), at: entry.value.place
      )
      return nil
    }
    let read = items.compactMap { passage($0, what) }
    return read.count == items.count ? read : nil
  }

  /// What can be chosen, each once; nil after a problem.
  private mutating func choices(_ node: TextNode, _ what: String) -> [Placed<String>]? {
    guard let items = node.items(what, log: &log) else { return nil }
    guard (2...Question.mostChoices).contains(items.count) else {
      log.add(
        .numbers(
          .count(
            what: what, found: items.count, expected: items.count < 2 ? 2 : Question.mostChoices,
            each: "choice")), at: node.place)
      return nil
    }
    let read = items.compactMap { item in
      item.sentence("a choice", limit: LessonDecoder.longestName, log: &log).map {
        Placed($0, item.place)
      }
    }
    let isDistinct = Set(read.map { $0.value.lowercased() }).count == items.count
    if !isDistinct { log.add(.stops(.equalChoices), at: node.place) }
    return isDistinct ? read : nil
  }

  private mutating func answer(
    example: String, in reader: inout MappingReader
  ) -> Placed<String>? {
    reader.require("answer", example: example, log: &log).flatMap {
      formula($0, reader.what, limit: LessonDecoder.longestPassage)
    }
  }

  private mutating func slip(
    _ node: TextNode, _ what: String
  ) -> (answer: Placed<String>, says: Placed<String>)? {
    guard var reader = MappingReader(node, what, known: ["answer", "says"], log: &log) else {
      return nil
    }
    let answer = answer(example: "answer: v[1,1,0] - bias(v,0)", in: &reader)
    let says = required("says", example: "says: You left out the bias.", in: &reader)
    guard let answer, let says else { return nil }
    return (answer, says)
  }

  private mutating func loose(_ node: TextNode, _ what: String) -> LooseDraft? {
    let keys = ["written", "arithmetic", "matters"]
    guard var reader = MappingReader(node, what, known: keys, log: &log) else { return nil }
    let written = required("written", example: "written: twice less parameters", in: &reader)
    let arithmetic = required("arithmetic", example: "arithmetic: a quarter.", in: &reader)
    let matters = required("matters", example: "matters: A pool has none.", in: &reader)
    guard let written, let arithmetic, let matters else { return nil }
    return LooseDraft(written: written, arithmetic: arithmetic, matters: matters)
  }
}
