import Canvas
import ConvolutionEngine
import ExactNumbers
import Foundation
import Lessons
import TensorFiles
import TestSupport
import Testing
import Training

@testable import Player

/// A head that learns, on the screen. Its examples are (2 0), (0 3) and (1 1), of the classes 1, 0
/// and 1; the weights begin with W0 = (1 0) and W1 = (0 1), η is 1/4. All numbers by hand.
@Suite struct TrainingScreenTests {
  private func player(size: Size = Size(columns: 80, rows: 24), epochs: Int = 4) throws -> Player {
    var (player, effects) = try started(size: size, epochs: epochs)
    #expect(player.carryOut(effects) == [])
    return player
  }

  /// Before the layers under the head have read the examples, and what is asked for.
  private func started(
    size: Size = Size(columns: 80, rows: 24), epochs: Int = 4
  ) throws -> (Player, [Player.Effect]) {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let bytes = try Data(contentsOf: folder.appending(path: "Cases/examples.npz"))
    let examples = try #require(
      LearningExamples(try Examples(NamedArrays(Array(bytes)), axes: .xyd)))
    let network = try Network(
      input: Shape(2, 1, 1),
      layers: [
        LayerSpecification(parsing: "flatten"), LayerSpecification(parsing: "dense:2,name=head"),
      ]
    ).taking([
      "head": GivenParameters(
        weights: .stored(.int8([1, 0, 0, 1]), denominator: 1),
        bias: .stored(.int8([0, 0]), denominator: 1))
    ])
    let start = try HeadStart(
      network, head: network.layers[1], examples: examples, rate: Ratio(1, over: 4))
    var player = Player(
      Presentation(
        title: "Training", network: network, input: examples.input(0), command: ["train"]),
      size: size)
    let effects = player.open(start, count: epochs * examples.count)
    return (player, effects)
  }

  private func words(_ row: String) -> [String] { row.split(separator: " ").map(String.init) }

  private func row(_ player: Player, _ start: String) -> [String] {
    player.rows.first { words($0).first == start }.map(words) ?? []
  }

  @Test func `the first update shows what changes and by what`() throws {
    let player = try player()
    #expect(words(player.rows[0]).prefix(6) == ["Retraining", "head", "update", "1", "of", "12"])
    #expect(player.rows[0].contains("η = 1/4"))
    #expect(player.rows[0].hasSuffix("loss so far 3"))
    #expect(player.rows.contains { words($0).suffix(5) == ["0", "2", "too", "near", "0.75"] })
    #expect(player.rows.contains { words($0).suffix(4) == ["1", "0", "target", "1.25"] })
    #expect(player.rows.contains { $0.contains("loss = max(0, 2 − 0 + 1) = 3") })
    #expect(row(player, "x") == ["x", "2", "0"])
    #expect(row(player, "W1") == ["W1", "0", "1", "0"])
    #expect(player.rows.contains { words($0) == ["+", "1/4", "·", "x", "0.5", "1", "0.25"] })
    #expect(player.rows.contains { words($0) == ["−", "1/4", "·", "x", "0.5", "0", "−0.25"] })
    #expect(row(player, "hits").suffix(4) == ["0", "of", "1", "hit"])
  }

  @Test func `any update is found from any other, the same as one after the other`() throws {
    var forward = try player()
    var shown: [[String]] = []
    for _ in 1...12 {
      shown.append(Array(forward.rows[0..<20]))
      try forward.press("Space")
    }
    #expect(forward.messageRow == "This is the last update.")
    for _ in 1..<12 { try forward.press("Bksp") }
    #expect(Array(forward.rows[0..<20]) == shown[0])
    var jumping = try player()
    for number in [12, 3, 7, 1, 11, 2] {
      try jumping.press("g \(number.description.map(String.init).joined(separator: " ")) Enter")
      #expect(Array(jumping.rows[0..<20]) == shown[number - 1])
    }
    try jumping.press("End")
    #expect(Array(jumping.rows[0..<20]) == shown[11])
    try jumping.press("Home")
    #expect(Array(jumping.rows[0..<20]) == shown[0])
    try jumping.press("5 Space")
    #expect(Array(jumping.rows[0..<20]) == shown[5])
  }

  @Test func `what cannot be is said, and q leaves`() throws {
    var player = try player()
    try player.press("Bksp")
    #expect(player.messageRow == "This is the first update.")
    try player.press("g 1 3 Enter")
    #expect(player.messageRow == "An update is a number from 1 to 12.")
    try player.press("Esc Esc")
    #expect(player.messageRow == "Nothing is above this; q leaves it.")
    #expect(try player.press("q").contains(.quit))
  }

  @Test func `what takes long is made outside, with its progress, and can be cancelled`() throws {
    var player = try player(epochs: 1_000_000)
    let asked = player.update(.key(.end))
    guard case .learn(let search)? = asked.last else {
      Issue.record("nothing is asked for")
      return
    }
    player.receive(learningProgress: 0.5)
    #expect(player.rows.contains { $0.contains("50%") })
    #expect(player.update(.key(.escape)) == [.cancelLearning])
    #expect(player.messageRow == "Cancelled; update 1 is shown.")
    // What comes late is not taken.
    var calls = 0
    let stopped = search.run { _ in
      calls += 1
      return calls < 3
    }
    #expect(stopped == nil)
    #expect(words(player.rows[0])[3] == "1")
  }

  @Test func `the first frame waits for nothing, and says how far the reading of examples is`()
    throws
  {
    var (player, effects) = try started()
    #expect(player.rows[0] == " Retraining head")
    #expect(player.rows.contains { $0.contains("Computing for 3 examples …") })
    player.receive(learningProgress: 0.5)
    #expect(player.rows.contains { $0.contains("50%  Esc cancels") })
    #expect(player.update(.key(.escape)).contains(.cancelLearning))
    #expect(player.messageRow == "Cancelled; Space begins anew.")
    // What comes late is not taken.
    guard case .learn(let search)? = effects.first, let late = search.run() else {
      Issue.record("nothing is asked for")
      return
    }
    player.receive(late)
    #expect(player.rows[0] == " Retraining head")
    effects = player.update(.key(.character(" ")))
    player.carryOut(effects)
    #expect(words(player.rows[0]).prefix(6) == ["Retraining", "head", "update", "1", "of", "12"])
    #expect(search.run { $0 < 0.5 } == nil)
  }

  @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 132, rows: 43)])
  func `it fits and is drawn in ASCII too`(size: Size) throws {
    var player = try player(size: size)
    for key in ["Space", "?", "Space", "End", "Right"] {
      try player.press(key)
      #expect(player.screen().frame.clipped == 0 && player.screen().overflow == 0)
    }
    player.options.ascii = true
    #expect(player.rows.allSatisfy { $0.unicodeScalars.allSatisfy(\.isASCII) })
  }
}
