import ConvolutionEngine
import TensorFiles

/// Turns a draft into a network and its input: infers sizes, reads files, and checks the numbers
/// against the sizes. Collects every problem.
struct LessonBuilder {
  typealias Files = (String) throws(LessonFileError) -> [UInt8]

  var log: ProblemLog

  struct Parts {
    let network: Network
    let input: Tensor
    let notes: [String: [String]]
  }

  /// - Returns: nil after a problem, in the draft or here.
  mutating func build(_ draft: LessonDraft, files: Files) -> Parts? {
    guard let inputDraft = draft.input else { return nil }
    let input = input(inputDraft, seed: draft.seed, files: files)
    guard let shape = input?.shape ?? inputDraft.size?.value, draft.hasAllLayers,
      let network = network(draft, named: inputDraft.name, over: shape, parameters: [:])
    else { return nil }
    var parameters: [String: GivenParameters] = [:]
    for (layer, layerDraft) in zip(network.layers, draft.layers) {
      parameters[layer.name] = given(layerDraft, for: layer, files: files)
    }
    let notes = notes(draft.notes, in: network)
    guard log.problems.isEmpty, let input,
      let complete = self.network(
        draft, named: inputDraft.name, over: shape, parameters: parameters)
    else { return nil }
    return Parts(network: complete, input: input, notes: notes)
  }

  private mutating func network(
    _ draft: LessonDraft, named name: String, over input: Shape,
    parameters: [String: GivenParameters]
  ) -> Network? {
    let specifications = draft.layers.map(\.specification)
    do throws(NetworkError) {
      return try Network(
        inputName: name, input: input, layers: specifications, seed: draft.seed,
        parameters: parameters)
    } catch {
      log.add(.network(error), at: place(of: error, in: draft))
      return nil
    }
  }

  /// The layer that an error is about, and in it the setting.
  private func place(of error: NetworkError, in draft: LessonDraft) -> TextPlace {
    let layers = draft.layers
    switch error {
    case .layer(_, let number, _, let problem):
      guard layers.indices.contains(number - 1) else { return .start }
      if case .setting(let key, _, _) = problem { return layers[number - 1].place(ofKey: key) }
      return layers[number - 1].place
    case .duplicateName(let name), .badName(let name):
      return layers.last { $0.specification.name == name }?.place(ofKey: "name") ?? .start
    case .unknownSource(_, let source, _):
      let layer = layers.first { $0.specification.inputs?.contains(source) == true }
      return layer?.place(ofKey: "from") ?? .start
    default: return layers.first?.place ?? .start
    }
  }

  private mutating func notes(_ drafts: [NotesDraft], in network: Network) -> [String: [String]] {
    var notes: [String: [String]] = [:]
    for draft in drafts {
      guard let layer = network.layer(named: draft.layer.value) else {
        log.add(
          .notesOfUnknownLayer(draft.layer.value, known: network.layers.map(\.name)),
          at: draft.layer.place)
        continue
      }
      if draft.sentences.count > layer.output.depth {
        log.add(
          .tooManyNotes(
            layer: layer.name, found: draft.sentences.count, maps: layer.output.depth),
          at: draft.sentences[layer.output.depth].place)
      }
      notes[layer.name] = draft.sentences.map(\.value)
    }
    return notes
  }
}
