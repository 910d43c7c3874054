import Canvas
import ConvolutionEngine
import FastEvaluation
import Player
import Testing
import Walkthrough

/// Layers that take long are evaluated beside the walk.
@Suite struct AwaitingTests {
  /// `conv1` is too large to be evaluated between two key presses.
  private let large = "32x32x3 conv:7,filters=16,padding=3 relu maxpool:2"

  /// The events alone, without carrying out what they ask for.
  private func press(_ script: String, on player: inout Player) -> [Player.Effect] {
    Key.keys(parsing: script).flatMap { player.update(.key($0)) }
  }

  @Test func `what a layer takes is asked for once`() throws {
    var player = try explore(large)
    #expect(press("Tab", on: &player) == [.evaluate(.inputs(of: 1))])
    #expect(press("Space Space", on: &player) == [])
    #expect(player.rows[2].trimmingSpaces == "Computing for relu …")
  }

  @Test func `how far it is stands in a bar`() throws {
    var player = try explore(large)
    _ = press("Tab", on: &player)
    player.receive(progress: 0.25, player.activations)
    #expect(
      player.rows[2].trimmingSpaces
        == "Computing for relu  [#####···············]  25%  Esc cancels")
  }

  @Test func `other layers can be looked at meanwhile`() throws {
    var player = try explore(large)
    _ = press("Tab", on: &player)
    player.receive(progress: 0.5, player.activations)
    #expect(press("( Space Space", on: &player) == [])
    #expect(player.address == "conv[1,0,0]")
    #expect(player.messageRow.hasPrefix("Computing for relu  [##########"))
    var evaluated = player.activations
    try evaluated.evaluateInputs(of: 1)
    player.receive(.success(evaluated))
    #expect(player.messageRow.isEmpty)
    #expect(player.activations.output(of: 0) != nil)
  }

  @Test func `Escape cancels, and the next step asks again`() throws {
    var player = try explore(large)
    _ = press("Tab", on: &player)
    #expect(press("Esc", on: &player) == [.cancelEvaluation])
    #expect(player.evaluating == nil)
    #expect(player.messageRow == "Cancelled; what was finished is kept.")
    #expect(
      player.rows[2].trimmingSpaces == "What relu takes is not computed; Space computes it.")
    #expect(press("Space", on: &player) == [.evaluate(.inputs(of: 1))])
  }

  @Test func `finished layers are kept though the evaluation is cancelled`() throws {
    var player = try explore(large)
    _ = press("Tab", on: &player)
    var part = player.activations
    try part.evaluate(0)
    player.receive(progress: 0.9, part)
    _ = press("Esc", on: &player)
    #expect(player.activations.output(of: 0) == part.output(of: 0))
  }

  @Test func `what comes too late for a changed network is not taken`() throws {
    var player = try explore(large)
    _ = press("Tab", on: &player)
    var late = player.activations
    try late.evaluate(0)
    _ = press("( e Down Down Right Enter", on: &player)
    let changed = player.activations
    #expect(changed.network != late.network)
    player.receive(.success(late))
    #expect(player.activations == changed)
  }
}
