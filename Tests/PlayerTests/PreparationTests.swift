import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Player
import Testing
import Walkthrough

/// An event is answered at once: what takes longer is asked for and comes afterwards.
@Suite struct PreparationTests {
  private let chain = "9x9x2 conv:3,filters=2,name=v relu,name=r maxpool:2,name=p"

  /// A player that is given nothing of what it asks for.
  private func untold(_ words: String) throws -> Player {
    let player = try explore(words)
    return Player(player.subject, size: player.size)
  }

  private func evaluated(_ player: Player) -> [Int] {
    player.network.layers.indices.filter { player.activations.output(of: $0) != nil }
  }

  @Test(arguments: [
    "Space", "Tab Tab", "3Space o", "c 1 Enter", "/ neg Enter", "p 1 Enter", "t G Enter",
  ])
  func `no key evaluates a layer`(keys: String) throws {
    var player = try untold(chain)
    for key in Key.keys(parsing: keys) { _ = player.update(.key(key)) }
    #expect(evaluated(player) == [])
    #expect(player.screen().frame.clipped == 0)
  }

  @Test func `what costs little is asked for with the key that needs it, once`() throws {
    var player = try untold(chain)
    let first = player.update(.key(.character(" ")))
    #expect(first.count == 1)
    guard case .prepare(let preparation) = first.first else {
      Issue.record("\(first)")
      return
    }
    #expect(player.update(.key(.character(" "))) == [])
    #expect(player.receive(preparation.run()) == [])
    #expect(evaluated(player) == [0, 1])
    #expect(player.update(.key(.character(" "))) == [])
    // Each next layer needs the one behind it.
    let next = player.update(.key(.tab))
    #expect(player.carryOut(next) == [])
    #expect(evaluated(player) == [0, 1, 2])
  }

  @Test func `a screen is the same whether its numbers come at once or later`() throws {
    var player = try explore(chain)
    try player.press("Tab 5Space o")
    var late = try untold(chain)
    var asked: [Player.Effect] = []
    for key in Key.keys(parsing: "Tab 5Space o") { asked += late.update(.key(key)) }
    late.carryOut(asked)
    #expect(late.rows == player.rows)
  }

  @Test func `what comes too late for a changed network is not taken`() throws {
    var player = try untold("9x9x1 conv:3,name=v relu")
    guard case .prepare(let late) = player.update(.key(.character(" "))).first else {
      Issue.record("nothing is asked for")
      return
    }
    for key in Key.keys(parsing: "e Down Down Right Enter") { _ = player.update(.key(key)) }
    _ = player.receive(late.run())
    #expect(evaluated(player) == [])
  }

  /// A product of two numbers of 2^100 does not fit 128 bits.
  @Test func `a layer that does not fit is asked for once, and its cells say why`() throws {
    let shape = try Shape(3, 1, 1)
    let layer = try LayerSpecification(parsing: "conv:2x1,bias=no,name=v")
    let large = Int128(1) << 100
    let network = try Network(input: shape, layers: [layer]).taking([
      "v": GivenParameters(weights: .stored(Integers([large, large]), denominator: 1))
    ])
    var player = Player(
      Presentation(
        title: "Large", network: network, input: Tensor(shape, [large, large, large]),
        command: ["explore"]), size: Size(columns: 80, rows: 24))
    #expect(player.carryOut(player.evaluateWanted()) == [])
    #expect(player.evaluateWanted() == [])
    #expect(player.messageRow == "")
    try player.press("Space")
    #expect(player.rows.contains { $0.contains("v[0,0,0]") && $0.contains("128 bits") })
    #expect(player.update(.key(.right)) == [])
  }

  @Test func `a search goes on from where it was asked for, or not at all`() throws {
    var player = try explore("11x11x4 conv:5,filters=2,stride=2,name=v")
    var effects: [Player.Effect] = []
    for key in Key.keys(parsing: "/ neg Enter") { effects += player.update(.key(key)) }
    guard case .search(let search) = effects.first, let found = search.run() else {
      Issue.record("\(effects)")
      return
    }
    #expect(search.run(goesOn: { false }) != nil, "a short search is over before it is asked")
    var gone = player
    _ = gone.update(.key(.character(" ")))
    let place = gone.place
    _ = gone.receive(found)
    #expect(gone.place == place)
    _ = player.receive(found)
    #expect(player.address == "v[0,0,0]")
  }
}

@Suite struct SeedTests {
  private func player(_ words: String, seed: UInt64, _ scheme: WeightScheme) throws -> Player {
    let words = words.split(separator: " ").map(String.init)
    let shape = try Shape(9, 9, 1)
    let network = try Network(
      input: shape, layers: words.map { try LayerSpecification(parsing: $0) }, seed: seed,
      scheme: scheme)
    return prepared(
      Player(
        Presentation(
          title: "Seeded", network: network, input: try Tensor.seeded(shape, seed: seed),
          command: ["explore"]), size: Size(columns: 80, rows: 24)))
  }

  @Test(arguments: [
    (UInt64(0), WeightScheme.small), (7, .small), (1 << 63, .signs), (3, .fewTaps(2)),
  ])
  func `new weights come from the network's own seed, in its own way`(
    seed: UInt64, scheme: WeightScheme
  ) throws {
    // A filter of 3 grown to 4, as if the network had been typed so.
    var player = try player("conv:3,name=v batchnorm conv:2,name=w", seed: seed, scheme)
    try player.press("e Down Down Right Enter")
    let anew = try self.player(
      "conv:4,name=v batchnorm conv:2,name=w", seed: seed, scheme)
    let (weights, expected) = (
      player.network.layers[0].parameters?.weights, anew.network.layers[0].parameters?.weights
    )
    #expect(weights != nil && weights == expected)
    // What keeps its size keeps its numbers.
    #expect(player.network.layers[2].parameters == anew.network.layers[2].parameters)
  }
}
