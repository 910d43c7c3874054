import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Testing

@testable import Lessons

@Suite("The shipped lessons")
struct ShippedLessonTests {
  static let folder =
    #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    + "/lessons"

  private func outputs(_ name: String) throws -> [Tensor] {
    let lesson = try Catalogue(folder: Self.folder).lesson(named: name)
    var activations = Activations(lesson.network, input: lesson.input)
    return try lesson.network.layers.map { try activations.evaluate($0.index) }
  }

  /// Rows as they are drawn, map after map.
  private func tensor(_ shape: Shape, _ rows: [Int128]...) -> Tensor {
    Tensor(shape, rows.flatMap { $0 })
  }

  @Test func `the worked example makes the maps of the screens`() throws {
    let outputs = try outputs("worked-example")
    #expect(
      outputs[0]
        == tensor(
          try Shape(4, 4, 2),
          [2, 1, 2, 1], [1, 6, 2, 1], [0, 9, 0, 1], [3, 7, 1, 3],
          [-1, -4, 0, -2], [-3, 4, 7, 4], [-1, 0, -3, -1], [0, -2, -2, -2]))
    #expect(outputs[1] == tensor(try Shape(2, 2, 2), [6, 2], [9, 3], [4, 7], [0, -1]))
  }

  @Test func `the plain example is its first filter without a bias`() throws {
    let outputs = try outputs("worked-example-plain")
    #expect(
      outputs[0]
        == tensor(
          try Shape(4, 4, 1),
          [2 - 2, 1 - 2, 2 - 2, 1 - 2], [1 - 2, 6 - 2, 2 - 2, 1 - 2],
          [0 - 2, 9 - 2, 0 - 2, 1 - 2], [3 - 2, 7 - 2, 1 - 2, 3 - 2]))
    #expect(outputs[1] == tensor(try Shape(2, 2, 1), [4, 0], [7, 1]))
  }

  @Test func `both examples have the input of the screens`() throws {
    let catalogue = try Catalogue(folder: Self.folder)
    let (full, plain) = (
      try catalogue.lesson(named: "worked-example"),
      try catalogue.lesson(named: "worked-example-plain")
    )
    #expect(full.input == plain.input)
    #expect(full.network.layers.map(\.name) == ["v", "p"])
    #expect(plain.network.layers.map(\.name) == ["v", "p"])
    // The window of v[1,1,0]: columns and rows 2 to 6 of depth 0.
    let window = (2..<7).map { y in (2..<7).map { x in full.input[Cell(x, y, 0)] } }
    let drawn: [[Int128]] = [
      [0, 0, 0, 0, 1], [0, 1, 0, 0, 0], [1, 0, 2, 2, 2], [0, 0, 2, 2, 2], [0, 1, 2, 2, 1],
    ]
    #expect(window == drawn.map { $0.map { Number($0) } })
  }

  @Test func `the first filter ignores depth 1`() throws {
    let lesson = try Catalogue(folder: Self.folder).lesson(named: "worked-example")
    let parameters = try #require(lesson.network.layers[0].parameters)
    let weights = (0..<25).map { parameters.weight(0, Cell($0 % 5, $0 / 5, 1)) }
    #expect(weights.allSatisfy { $0.isZero })
    #expect(parameters.countText == "2·(5·5·4) + 2 = 202")
  }

  @Test func `a lesson of the course has five to nine stops, two questions and a way on`() throws {
    let catalogue = try Catalogue(folder: Self.folder)
    for name in catalogue.names where !["first-look", "worked-example-plain"].contains(name) {
      let lesson = try catalogue.lesson(named: name)
      #expect((5...9).contains(lesson.stops.count), "\(name)")
      #expect(lesson.stops.count { $0.question != nil } >= 2, "\(name)")
      #expect(!lesson.next.isEmpty, "\(name)")
    }
  }

  @Test func `every shipped lesson passes the check`() throws {
    let catalogue = try Catalogue(folder: Self.folder)
    #expect(catalogue.names.first == "first-look")
    #expect(catalogue.names.last == "worked-example-plain")
    let sources = try catalogue.names.map { try LessonSource(path: catalogue.path(of: $0)) }
    #expect(LessonCheck.problems(in: sources) == [])
    let list = try LessonSource(path: "\(Self.folder)/\(Catalogue.fileName)")
    #expect(
      LessonCheck.problems(inCatalogue: list, files: SourceFolder(Self.folder).fileNames) == [])
  }
}
