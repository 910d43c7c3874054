import ConvolutionEngine
import TensorFiles

/// Turns a draft into networks, their inputs and stops: infers sizes, reads files, checks the
/// numbers against the sizes, and computes what texts and questions name. Collects every problem.
struct LessonBuilder {
  typealias Files = (String) throws(LessonFileError) -> [UInt8]

  let text: LessonText
  var log: ProblemLog
  /// Those that scenes name, each read once; nil where there was a problem.
  var networkFiles: [String: NetworkFile?] = [:]
  /// Those that are built, whose inputs others can take.
  private(set) var scenes: [String: Scene] = [:]

  init(text: LessonText, log: ProblemLog) {
    self.text = text
    self.log = log
  }

  /// What a lesson is made of besides its title.
  struct Parts {
    let main: Scene
    let scenes: [String: Scene]
    let stops: [Stop]
    let next: [String]
    /// What computes the lesson's claims.
    var evaluator: ExpressionEvaluator
  }

  /// - Returns: nil after a problem, in the draft or here.
  mutating func build(_ draft: LessonDraft, files: Files) -> Parts? {
    let seed = draft.main.seed ?? 0
    scenes[Scene.main] = build(draft.main, seed: seed, files: files)
    for scene in draft.scenes where !log.isFull {
      scenes[scene.value.name] = build(scene.value, seed: scene.value.seed ?? seed, files: files)
    }
    // What follows would only repeat what is wrong with a scene.
    guard let main = scenes[Scene.main], draft.hasAllScenes, scenes.count == draft.scenes.count + 1
    else { return nil }
    let losses = draft.stops.map { stop in
      scenes[stop.scene?.value ?? Scene.main].flatMap { loss(stop.loss, in: $0.network) }
    }
    var builder = StopBuilder(text: text, log: log, evaluator: ExpressionEvaluator(scenes))
    defer { log = builder.log }
    let stops = builder.stops(draft.stops, losses: losses)
    let next = builder.paragraphs(draft.next)
    guard builder.log.problems.isEmpty else {
      // A check does not get as far as the claims then, and all problems are told at once.
      LessonCheck.claimProblems(in: draft.claims, of: text, &builder.evaluator, &builder.log)
      return nil
    }
    return Parts(
      main: main, scenes: scenes, stops: stops, next: next, evaluator: builder.evaluator)
  }

  /// - Returns: nil after a problem, in the draft or here.
  private mutating func build(_ draft: SceneDraft, seed: UInt64, files: Files) -> Scene? {
    if let network = draft.network {
      return build(network, draft, seed: seed, files: files)
    }
    let before = log.problems.count
    guard let inputDraft = draft.input else { return nil }
    checkPaths(of: draft)
    let input = input(inputDraft, seed: inputDraft.seed ?? seed, files: files)
    guard let shape = input?.shape ?? inputDraft.size?.value, draft.hasAllLayers,
      let network = network(draft, seed, over: shape)
    else { return nil }
    var parameters: [String: GivenParameters] = [:]
    if let arrays = draft.arrays {
      parameters = log.parameters(arrays, of: network, files: files) ?? [:]
    }
    for (layer, layerDraft) in zip(network.layers, draft.layers) {
      if let own = given(layerDraft, for: layer, files: files), layerDraft.hasNumbers {
        parameters[layer.name] = own
      }
    }
    let notes = notes(draft.notes, in: network)
    guard log.problems.count == before, let input,
      let complete = reporting(draft, { () throws(NetworkError) in try network.taking(parameters) })
    else { return nil }
    let loss = loss(draft.loss, in: complete)
    guard log.problems.count == before else { return nil }
    return Scene(network: complete, input: input, notes: notes, loss: loss)
  }

  private mutating func network(
    _ draft: SceneDraft, _ seed: UInt64, over input: Shape
  ) -> Network? {
    let specifications = draft.layers.map(\.specification)
    let start = draft.layers.first?.place ?? .start
    guard spend(on: specifications, "the network of \(draft.name)", at: start) else { return nil }
    return reporting(draft) { () throws(NetworkError) in
      try Network(
        inputName: draft.input?.name ?? "X", input: input, layers: specifications,
        flatOrder: draft.arrays?.axes.defaults.flatOrder ?? .dyx, seed: seed)
    }
  }

  /// A network; nil after a problem, which is told where the layer stands.
  private mutating func reporting(
    _ draft: SceneDraft, _ network: () throws(NetworkError) -> Network
  ) -> Network? {
    do throws(NetworkError) {
      return try network()
    } catch {
      log.add(.network(error), at: place(of: error, in: draft))
      return nil
    }
  }

  /// Spends what giving layers their sizes costs.
  mutating func spend(
    on layers: [LayerSpecification], _ what: @autoclosure () -> String, at place: TextPlace
  ) -> Bool {
    let inputs = layers.reduce(0) { $0 + ($1.inputs?.count ?? 1) }
    let cost = Budget.Cost.layer(inputs: 0) * layers.count + .layer(inputs: inputs)
    return log.spend(cost, what(), at: place)
  }

  /// The layer that an error is about, and in it the setting.
  func place(of error: NetworkError, in draft: SceneDraft) -> TextPlace {
    let layers = draft.layers
    switch error {
    case .layer(_, let number, _, let problem):
      guard layers.indices.contains(number - 1) else { return .start }
      switch problem {
      case .setting(let key, _, _): return layers[number - 1].place(ofKey: key)
      case .weightsWithoutBias: return layers[number - 1].place(ofKey: "weights")
      case .biasWithoutWeights: return layers[number - 1].place(ofKey: "bias")
      default: break
      }
      return layers[number - 1].place
    case .duplicateName(let name), .badName(let name):
      return layers.last { $0.specification.name == name }?.place(ofKey: "name") ?? .start
    case .unknownSource(_, let source, _):
      let layer = layers.first { $0.specification.inputs?.contains(source) == true }
      return layer?.place(ofKey: "from") ?? .start
    default: return layers.first?.place ?? .start
    }
  }

  mutating func notes(_ drafts: [NotesDraft], in network: Network) -> [String: [String]] {
    var notes: [String: [String]] = [:]
    for draft in drafts where !log.isFull {
      guard let layer = network.layer(named: draft.layer.value) else {
        log.add(
          .value(.notesOfUnknownLayer(draft.layer.value, known: network.layers.map(\.name))),
          at: draft.layer.place)
        continue
      }
      if draft.sentences.count > layer.output.depth {
        log.add(
          .value(
            .tooManyNotes(
              layer: layer.name, found: draft.sentences.count, maps: layer.output.depth)),
          at: draft.sentences[layer.output.depth].place)
      }
      notes[layer.name] = draft.sentences.map(\.value)
    }
    return notes
  }
}
