import ConvolutionEngine

extension LessonBuilder {
  /// A scene whose layers are those of a network's file; nil after a problem.
  mutating func build(
    _ source: NetworkDraft, _ draft: SceneDraft, seed: UInt64, files: Files
  ) -> Scene? {
    let before = log.problems.count
    guard let file = networkFile(source.name, files: files),
      let input = input(of: file, source, draft, seed: seed, files: files)
    else { return nil }
    checkBase(of: file, source)
    let head = source.head?.map(\.specification) ?? []
    guard spend(on: file.layers + head, "the network \(file.name)", at: source.name.place) else {
      return nil
    }
    let changes = NetworkFile.Changes(
      input: input.shape, head: source.head?.map(\.specification), seed: draft.seed)
    do throws(NetworkError) {
      let network = try takingHead(source, try file.network(changes), files: files)
      let notes = notes(draft.notes, in: network)
      let loss = loss(draft.loss, in: network)
      guard log.problems.count == before else { return nil }
      return Scene(
        network: network, input: input, notes: notes, source: file.name,
        frozenLayers: source.freeze == nil ? 0 : file.baseCount ?? 0, loss: loss)
    } catch {
      log.add(.network(error), at: place(of: error, file, source))
      return nil
    }
  }

  /// A network with the numbers that its head's layers are given in the lesson.
  private mutating func takingHead(
    _ source: NetworkDraft, _ network: Network, files: Files
  ) throws(NetworkError) -> Network {
    let head = source.head ?? []
    var parameters: [String: GivenParameters] = [:]
    for (layer, draft) in zip(network.layers.suffix(head.count), head) where draft.hasNumbers {
      parameters[layer.name] = given(draft, for: layer, files: files)
    }
    return try network.taking(parameters)
  }

  private mutating func input(
    of file: NetworkFile, _ source: NetworkDraft, _ draft: SceneDraft, seed: UInt64, files: Files
  ) -> Tensor? {
    if let given = draft.input {
      return input(given, seed: given.seed ?? seed, files: files, for: file.input)
    }
    guard !draft.hasInput else { return nil }
    var own = InputDraft()
    own.size = Placed(file.input, source.name.place)
    return input(own, seed: seed, files: files)
  }

  private mutating func checkBase(of file: NetworkFile, _ source: NetworkDraft) {
    guard file.base == nil else { return }
    if let head = source.head {
      log.add(.named(.noBase(file.name)), at: head.first?.place ?? .start)
    }
    if let freeze = source.freeze { log.add(.named(.noBase(file.name)), at: freeze) }
  }

  private func place(
    of error: NetworkError, _ file: NetworkFile, _ source: NetworkDraft
  ) -> TextPlace {
    guard let head = source.head, let base = file.baseCount,
      case .layer(_, let number, _, _) = error, head.indices.contains(number - 1 - base)
    else { return source.name.place }
    return head[number - 1 - base].place
  }

  /// A network of the lesson's folder, or of the lessons that come with the program.
  private mutating func networkFile(_ name: Placed<String>, files: Files) -> NetworkFile? {
    if let known = networkFiles[name.value] { return known }
    networkFiles[name.value] = .some(nil)
    let path = "\(NetworkFile.folderName)/\(name.value).yaml"
    do throws(LessonFileError) {
      let bytes = try files(path)
      do throws(LessonProblems) {
        let file = try NetworkFile(bytes, name: name.value, file: path, budget: &log.budget) {
          path throws(LessonFileError) in try files("\(NetworkFile.folderName)/\(path)")
        }
        networkFiles[name.value] = file
        return file
      } catch {
        log.add(.named(.badNetwork(name.value, error.problems[0].description)), at: name.place)
      }
    } catch {
      if error == .missing(path) {
        log.add(.named(.unknownNetwork(name.value)), at: name.place)
      } else {
        log.add(.file(error), at: name.place)
      }
    }
    return nil
  }
}
