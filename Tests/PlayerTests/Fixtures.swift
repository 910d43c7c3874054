import Canvas
import ConvolutionEngine
import FastEvaluation
import Foundation
import Lessons
import Player
import Testing
import Walkthrough

/// A player over a chain of layers on a seeded input, as `explore` makes it.
func explore(
  _ words: String, size: Size = Size(columns: 80, rows: 24), ascii: Bool = false
) throws -> Player {
  let words = words.split(separator: " ").map(String.init)
  let sides = words[0].split(separator: "x").compactMap { Int($0) }
  let shape = try Shape(sides[0], sides[1], sides[2])
  let layers = try words.dropFirst().map { try LayerSpecification(parsing: $0) }
  let network = try Network(input: shape, layers: layers)
  return prepared(
    Player(
      Presentation(
        title: "Explore", network: network, input: try Tensor.seeded(shape, seed: 0),
        command: ["explore"] + words),
      size: size, options: Player.Options(ascii: ascii)))
}

/// A player with what its first screen needs.
func prepared(_ player: Player) -> Player {
  var player = player
  player.carryOut(player.evaluateWanted())
  return player
}

extension Player {
  /// Presses keys as a script names them and carries out what they ask for; returns the effects.
  @discardableResult
  mutating func press(_ script: String) throws -> [Effect] {
    var all: [Effect] = []
    for key in Key.keys(parsing: script) { all += try send(.key(key)) }
    return all
  }

  @discardableResult
  mutating func send(_ event: Event) throws -> [Effect] {
    let effects = update(event)
    carryOut(effects)
    return effects
  }

  /// Walks to a step of a layer by its keys.
  mutating func walk(to place: Place) throws {
    try press("g \(network.layers[place.layer].name) Enter")
    while self.place.grain > place.grain { try press("-") }
    try press("Home")
    if place.position > 0, place.grain != .layer { try press("g \(place.position) Enter") }
  }

  /// The screen's rows.
  var rows: [String] { screen().frame.lines }

  /// The screen's rows without what a large one shows besides.
  var rowsWithoutPanels: [String] {
    let screen = screen()
    let panels = screen.panels.compactMap(\.place)
    return screen.frame.lines.enumerated().map { row, line in
      let scalars = line.unicodeScalars.enumerated().map { column, scalar in
        panels.contains { $0.rows.contains(row) && $0.columns.contains(column) } ? " " : scalar
      }
      var text = String(String.UnicodeScalarView(scalars))
      while text.last == " " { text.removeLast() }
      return text
    }
  }

  /// The row above the footer.
  var messageRow: String { rows[size.rows - 2].trimmingSpaces }

  var address: String { "\(walk.address(of: place))" }
}

extension String {
  var trimmingSpaces: String {
    var text = Substring(self)
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

/// A player over a shipped lesson, outside its course.
func lesson(
  _ name: String, size: Size = Size(columns: 80, rows: 24), ascii: Bool = false
) throws -> Player {
  prepared(
    Player(
      Presentation(try shippedLesson(name)), size: size, options: Player.Options(ascii: ascii)))
}

/// Opens a shipped lesson at its first stop.
@discardableResult
func open(_ name: String, in player: inout Player) throws -> Lesson {
  let lesson = try shippedLesson(name)
  player.carryOut(player.open(lesson))
  return lesson
}

private func shippedLesson(_ name: String) throws -> Lesson {
  try Lesson(contentsOf: "\(lessons)/\(name).yaml")
}

func shippedNetwork(_ name: String) throws -> NetworkFile {
  try NetworkFile.open(name, lessons: { lessons })
}

/// A player over a shipped network that brings pictures, of which the first is the input.
func player(over network: NetworkFile) throws -> Player {
  let pictures = try #require(network.pictures)
  return prepared(
    Player(
      Presentation(
        title: network.title, network: try network.network(), input: pictures.input(0),
        command: ["explore"], pictures: (pictures, 0)), size: Size(columns: 80, rows: 24)))
}

private let lessons = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../lessons").standardizedFileURL.path
