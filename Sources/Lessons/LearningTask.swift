import ConvolutionEngine
import TensorFiles

/// A question for a new head to learn: which of a network's labels belong to which of its classes.
package struct LearningTask: Sendable, Equatable {
  /// What `train --task` takes.
  package let name: String
  /// In order; at least two.
  package let classes: [Group]

  /// A class, and the labels that belong to it, by number.
  package struct Group: Sendable, Equatable {
    package let name: String
    package let labels: [Int]
  }

  /// The class of a label; nil where it belongs to none.
  func group(ofLabel label: Int) -> Int? { classes.firstIndex { $0.labels.contains(label) } }
}

/// Inputs of a network and the class of each, for a head to learn from.
package struct LearningExamples: Sendable, Equatable {
  private let examples: Examples
  /// Which of them, in order.
  private let places: [Int]
  package let classes: [Int]
  /// What the classes are called, where somebody says.
  package let names: [String]?
  /// What the inputs themselves are called, where somebody says.
  private let labels: [String]?

  package var count: Int { places.count }
  package var shape: Shape { examples.shape }

  package func input(_ index: Int) -> Tensor { examples.input(places[index]) }

  /// What an input is called, beside its class.
  package func label(_ index: Int) -> String? {
    guard let labels, let label = examples.classes?[places[index]] else { return nil }
    return labels.indices.contains(label) ? labels[label] : nil
  }

  /// All examples of a file.
  ///
  /// - Returns: nil for a file that names no classes.
  package init?(_ examples: Examples) {
    guard let classes = examples.classes else { return nil }
    (self.examples, self.classes, names, labels) = (examples, classes, nil, nil)
    places = Array(0..<examples.count)
  }

  /// The pictures of a network that a task has a class for.
  package init(_ pictures: LabelledPictures, _ task: LearningTask) {
    let all = pictures.examples
    examples = all
    let found = (0..<all.count).compactMap { index in
      all.classes.flatMap { task.group(ofLabel: $0[index]) }.map { (index, $0) }
    }
    places = found.map(\.0)
    classes = found.map(\.1)
    names = task.classes.map(\.name)
    labels = pictures.labels
  }
}

extension NetworkDecoder {
  /// What the key `tasks` of pictures holds: `{odd-or-even: {even: [zero, two], odd: [one, three]}}`.
  mutating func tasks(_ node: TextNode, labels: [String]) -> [LearningTask] {
    guard case .mapping(let entries) = node.content else {
      decoder.log.add(
        .value(.kind(what: "tasks", found: node.kind, expected: .mapping)), at: node.place)
      return []
    }
    return entries.compactMap { task($0, labels) }
  }

  private mutating func task(_ entry: TextNode.Entry, _ labels: [String]) -> LearningTask? {
    guard case .mapping(let groups) = entry.value.content, groups.count > 1 else {
      decoder.log.add(.blocks(.taskClasses(entry.key)), at: entry.value.place)
      return nil
    }
    var known: Set<Int> = []
    var classes: [LearningTask.Group] = []
    for group in groups {
      var own: [Int] = []
      for item in group.value.items("labels of \(group.key)", log: &decoder.log) ?? [] {
        guard let text = item.text("a label", log: &decoder.log) else { return nil }
        guard let label = labels.firstIndex(of: text), known.insert(label).inserted else {
          decoder.log.add(.blocks(.taskLabel(text, known: labels)), at: item.place)
          return nil
        }
        own.append(label)
      }
      classes.append(LearningTask.Group(name: group.key, labels: own))
    }
    return LearningTask(name: entry.key, classes: classes)
  }
}
