import ConvolutionEngine
import TensorFiles

/// Pictures that a network's file offers as its inputs, and what its classes are called.
package struct LabelledPictures: Sendable, Equatable {
  package let examples: Examples
  /// By class number, as many as the network has scores.
  package let labels: [String]
  /// What a new head can learn to tell of them.
  package let tasks: [LearningTask]

  package var count: Int { examples.count }

  /// One of them as an input, counted from 0.
  package func input(_ index: Int) -> Tensor { examples.input(index) }

  /// What the class of a picture is called; nil where the file tells none.
  package func label(ofPicture index: Int) -> String? {
    examples.classes.flatMap { labels.indices.contains($0[index]) ? labels[$0[index]] : nil }
  }
}

/// A file of arrays that a network's file names: `{file: digits.npz, axes: dyx}`.
struct ArraysDraft {
  let path: Placed<String>
  let axes: AxisOrder
}

/// `{file: digits-pictures.npz, axes: dyx, labels: [zero, one]}`
struct PicturesDraft {
  let arrays: ArraysDraft
  let labels: Placed<[String]>
  let tasks: [LearningTask]
}

extension NetworkDecoder {
  /// The longest name of a class.
  private static let longestLabel = 24
  /// The most classes that are named.
  private static let mostLabels = 1000

  /// What the key `pictures` holds; nil after a problem.
  mutating func pictures(_ node: TextNode) -> PicturesDraft? {
    guard
      var reader = MappingReader(
        node, "pictures", known: ["file", "axes", "labels", "tasks"], log: &decoder.log),
      let file = reader.require("file", example: "file: pictures.npz", log: &decoder.log),
      let entry = reader.require("labels", example: "labels: [cat, dog]", log: &decoder.log),
      let items = entry.value.items("labels", log: &decoder.log)
    else { return nil }
    if items.count > NetworkDecoder.mostLabels {
      decoder.log.add(
        .limit(.tooMany("labels", found: items.count, limit: NetworkDecoder.mostLabels)),
        at: entry.value.place)
      return nil
    }
    let labels = items.compactMap {
      $0.sentence("a label", limit: NetworkDecoder.longestLabel, log: &decoder.log)
    }
    guard labels.count == items.count, let arrays = decoder.arrays(file, in: &reader) else {
      return nil
    }
    let tasks = reader.take("tasks").map { self.tasks($0.value, labels: labels) } ?? []
    return PicturesDraft(
      arrays: arrays, labels: Placed(labels, entry.value.place), tasks: tasks)
  }

  /// The network with the numbers of its file of arrays; nil after a problem.
  mutating func taking(
    _ arrays: ArraysDraft, _ file: NetworkFile, files: LessonBuilder.Files
  ) -> NetworkFile? {
    guard let network = try? file.network(),
      let given = decoder.log.parameters(arrays, of: network, files: files)
    else { return nil }
    var file = file
    file.flatOrder = arrays.axes.defaults.flatOrder
    file.given = given
    do throws(NetworkError) {
      _ = try file.network()
      return file
    } catch {
      decoder.log.add(.network(error), at: arrays.path.place)
      return nil
    }
  }

  /// The network with its pictures; nil after a problem.
  mutating func showing(
    _ draft: PicturesDraft, _ file: NetworkFile, files: LessonBuilder.Files
  ) -> NetworkFile? {
    let path = draft.arrays.path
    guard let named = decoder.log.named(path, files: files) else { return nil }
    let count = (try? named.header("x").count) ?? 0
    guard decoder.log.spend(.kept(numbers: count), path.value, at: path.place) else { return nil }
    let examples: Examples
    do throws(ExamplesError) {
      examples = try Examples(named, axes: draft.arrays.axes)
    } catch {
      decoder.log.add(.blocks(.examples(path.value, error)), at: path.place)
      return nil
    }
    guard examples.shape == file.input else {
      decoder.log.add(
        .blocks(.pictureSize(path.value, found: examples.shape, input: file.input)),
        at: path.place)
      return nil
    }
    let scores = (try? file.network())?.layers.last?.output.count ?? 0
    guard draft.labels.value.count == scores else {
      decoder.log.add(
        .numbers(
          .count(
            what: "the scores", found: draft.labels.value.count, expected: scores, each: "label")),
        at: draft.labels.place)
      return nil
    }
    var file = file
    file.pictures = LabelledPictures(
      examples: examples, labels: draft.labels.value,
      tasks: examples.classes == nil ? [] : draft.tasks)
    return file
  }
}

extension ProblemLog {
  /// The numbers of all layers, out of a file of arrays; nil after a problem.
  mutating func parameters(
    _ arrays: ArraysDraft, of network: Network, files: LessonBuilder.Files
  ) -> [String: GivenParameters]? {
    guard let named = named(arrays.path, files: files) else { return nil }
    // What stands in the headers is paid before any of it is unpacked.
    let count = named.names.reduce(0) { sum, name in sum + ((try? named.header(name).count) ?? 0) }
    guard spend(.kept(numbers: count), arrays.path.value, at: arrays.path.place) else {
      return nil
    }
    do throws(NetworkWeightsError) {
      return try ArrayMatch(named, network, isPartial: false)
        .parameters(of: network, axes: arrays.axes)
    } catch {
      add(.blocks(.weights(arrays.path.value, error)), at: arrays.path.place)
      return nil
    }
  }

  /// A file of arrays; nil after a problem.
  mutating func named(_ path: Placed<String>, files: LessonBuilder.Files) -> NamedArrays? {
    guard let bytes = bytes(of: path, files: files) else { return nil }
    do throws(ArchiveError) {
      return try NamedArrays(bytes)
    } catch {
      add(.blocks(.archive(path.value, error)), at: path.place)
      return nil
    }
  }
}
