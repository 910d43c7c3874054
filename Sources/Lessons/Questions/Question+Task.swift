import ConvolutionEngine
import ExactNumbers
import Walkthrough

extension Question {
  /// What a question is that is answered by changing numbers until something holds: design a filter,
  /// find an input. The engine judges it after every change.
  package struct Task: Sendable, Equatable {
    /// What may be changed, as the lesson names it: `Ker0`, `X[1,1,0]`.
    package let changeable: [Changeable]
    /// What has to hold, all of it.
    let conditions: [Condition]
    /// One way to do it.
    package let solution: [Solution]

    /// A change that is part of the solution, as the lesson writes it: `Ker0[1,1,0] = 8`.
    package struct Solution: Sendable, Equatable {
      package let text: String
      package let change: NumberChange
    }
  }

  /// How far a task is.
  package enum Standing: Sendable, Equatable {
    case done
    /// What is wanted and what it is now, a sentence each.
    case open([String])
    /// Something is changed that was to stay.
    case beside(String)
  }
}

extension Question.Task {
  /// Numbers that may be changed.
  package struct Changeable: Sendable, Equatable {
    package let name: String
    private let part: Part

    private enum Part: Equatable {
      case input
      case filter(layer: Int, map: Int)
      case one(NumberPlace)
    }

    /// Reads a name: of one number, or of the whole input or a whole filter.
    init(parsing name: String, in network: Network) throws(NumberChangeError) {
      self.name = name
      if name == network.inputName {
        part = .input
      } else if let (layer, map) = CodeNames(network).filter(named: name) {
        part = .filter(layer: layer.index, map: map)
      } else {
        part = .one(try NumberPlace(parsing: name, in: network))
      }
    }

    func contains(_ place: NumberPlace) -> Bool {
      switch (part, place) {
      case (.input, .input): true
      case (.filter(let layer, let map), .weight(let ownLayer, let ownMap, _)):
        layer == ownLayer && map == ownMap
      case (.one(let own), _): own == place
      default: false
      }
    }
  }

  /// Something that has to hold: `count(v > 0) = 4`.
  struct Condition: Sendable, Equatable {
    let text: String
    fileprivate let sides: [Expression]
    fileprivate let relations: [Claim.Relation]

    /// - Returns: nil for a text that relates nothing.
    /// - Throws: a problem with a side, by its offset in the text.
    init?(_ text: String) throws(ExpressionError) {
      guard let claim = Claim(text) else { return nil }
      sides = try ExpressionParser.parse(parts: claim.sides)
      self.text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      relations = claim.relations
    }
  }

  /// What is wanted, in one line: `v[0,0,0] = 8 and v[3,0,0] = 0`.
  package var wanted: String { conditions.map(\.text).joined(separator: " and ") }

  /// The numbers that may be changed, in one line: `Ker0 and b0`.
  package var changeableText: String { changeable.map(\.name).joined(separator: " and ") }

  package var solutionText: String { solution.map(\.text).joined(separator: ", ") }
}

extension Question.Task {
  /// What a task is judged in: the lesson's scenes, and which of them it is about.
  struct Setting {
    let scenes: [String: Scene]
    let scene: String
    /// What flows back at the task's stop, where it names that.
    let loss: PlacedLoss?
  }

  /// How far the task is with a network's numbers and an input.
  func standing(
    _ setting: Setting, _ network: Network, _ input: Tensor
  ) throws(ExpressionError) -> Question.Standing {
    guard let own = setting.scenes[setting.scene] else { return .open([]) }
    guard let places = network.changedPlaces(input, from: own.network, own.input) else {
      return .beside("Here only numbers are to be changed: \(changeableText).")
    }
    let isBeside = places.contains { place in !changeable.contains { $0.contains(place) } }
    if isBeside { return .beside("Here only \(changeableText) may be changed.") }
    var scenes = setting.scenes
    scenes[setting.scene] = Scene(
      network: network, input: input, notes: own.notes, source: own.source,
      frozenLayers: own.frozenLayers, loss: own.loss)
    var evaluator = ExpressionEvaluator(scenes)
    evaluator.ownLoss = setting.loss.map { (setting.scene, $0) }
    var open: [String] = []
    for condition in conditions {
      let values = try condition.values(&evaluator, in: setting.scene)
      guard !condition.holds(values) else { continue }
      let now = zip(condition.sides, values).filter { !$0.0.isNumber }.map { Template.text($0.1) }
      open.append("\(condition.text): now \(now.joined(separator: " and ")).")
    }
    return open.isEmpty ? .done : .open(open)
  }

  /// The network and its input with the solution's changes made; nil where one cannot be made.
  package func solved(_ network: Network, _ input: Tensor) -> (network: Network, input: Tensor)? {
    solution.reduce((network, input)) { made, step in
      made.flatMap { step.change.made(in: $0.network, $0.input) }
    }
  }
}

extension Question.Task.Condition {
  fileprivate func values(
    _ evaluator: inout ExpressionEvaluator, in scene: String
  ) throws(ExpressionError) -> [Number] {
    var values: [Number] = []
    for side in sides { values.append(try evaluator.value(of: side, in: scene)) }
    return values
  }

  fileprivate func holds(_ values: [Number]) -> Bool {
    relations.indices.allSatisfy { relations[$0].holds(values[$0], values[$0 + 1]) }
  }
}

extension Expression {
  fileprivate var isNumber: Bool {
    switch self {
    case .number: true
    case .negated(let inside, _): inside.isNumber
    default: false
    }
  }
}

extension Lesson {
  /// How far the task of a stop is with a network's numbers and an input; nil where the stop has no
  /// task.
  package func standing(
    ofTaskAt stop: Stop, _ network: Network, _ input: Tensor
  ) -> Question.Standing? {
    guard let task = stop.question?.task else { return nil }
    do throws(ExpressionError) {
      let setting = Question.Task.Setting(scenes: scenes, scene: stop.scene, loss: stop.loss)
      return try task.standing(setting, network, input)
    } catch {
      return .open(["With these numbers \(error.cause)."])
    }
  }
}
