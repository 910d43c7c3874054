import ConvolutionEngine
import Walkthrough

extension ExpressionEvaluator {
  /// What an answer names of a scene that its screens show: `v[1,0,0]`, or `width(v) ; height(v)`.
  /// What has to be computed from such names is not asked for as such.
  mutating func asked(_ answer: WrittenAnswer, in scene: String) -> Set<Question.Asked> {
    var asked: Set<Question.Asked> = []
    for part in answer.parts { asked.formUnion(self.asked(part, in: scene)) }
    return asked
  }

  private mutating func asked(_ expression: Expression, in scene: String) -> Set<Question.Asked> {
    switch expression {
    case .cell(let name, let indices, _):
      if let gradient = askedGradient(name, indices, in: scene) { return [gradient] }
      let place = try? cell(name, indices, in: scene, at: 0)
      return place.map { [.cell(name, $0.cell)] } ?? []
    case .call(let function, let arguments, _):
      guard arguments.count == 1, case .name(let name, _) = arguments[0] else { return [] }
      return switch Function(rawValue: function) {
      case .width: [.side(name, .width)]
      case .height: [.side(name, .height)]
      case .depth: [.side(name, .depth)]
      default: []
      }
    case .name(let name, _): return askedGradient(name, [], in: scene).map { [$0] } ?? []
    case .scoped(scene, let inside, _): return asked(inside, in: scene)
    case .number, .negated, .operation, .power, .scoped, .comparison: return []
    }
  }

  private mutating func askedGradient(
    _ name: String, _ indices: [Expression], in scene: String
  ) -> Question.Asked? {
    guard let found = try? gradientCell(name, indices, in: scene, at: 0) else { return nil }
    return scenes[scene].map { .gradient($0.network.cellName(found.cell, of: found.target)) }
  }
}

extension Question.Asked {
  /// The sides of a layer's output that an answer is which was computed from numbers alone.
  static func sides(of layer: Layer, equalTo answer: [Int]) -> Set<Question.Asked> {
    let shape = layer.output
    let name = layer.name
    switch answer {
    case [shape.width, shape.height, shape.depth]:
      return [.side(name, .width), .side(name, .height), .side(name, .depth)]
    case [shape.width, shape.height]: return [.side(name, .width), .side(name, .height)]
    case [shape.width] where shape.width == shape.height:
      return [.side(name, .width), .side(name, .height)]
    case [shape.width]: return [.side(name, .width)]
    default: return []
    }
  }
}
