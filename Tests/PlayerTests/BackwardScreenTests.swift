import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import TestSupport
import Testing
import Walkthrough

@testable import Player

/// The walk turned round: what flows back, one number after another.
@Suite struct BackwardScreenTests {
  /// Stands where the weight `Ker0[0,3,0]` meets `X[4,5,0]`.
  private func example() throws -> Player {
    var player = try lesson("worked-example")
    try player.press("g v[2,1,0]@[0,3,0] Enter B ] ]")
    return player
  }

  private func title(_ player: Player) -> [String] {
    player.rows[0].split(separator: " ").map(String.init)
  }

  private func address(_ player: Player) throws -> String {
    let screen = try #require(opened(player))
    return player.network.text(of: screen.step.address)
  }

  private func opened(_ player: Player) -> BackwardScreen? {
    if case .backward(let screen) = player.overlay { screen } else { nil }
  }

  /// The texts behind the last `=` of the rows with products, by what stands before.
  private func sums(_ player: Player) -> [(label: String, value: String)] {
    player.rows[3..<17].compactMap { row in
      let scalars = Array(row.unicodeScalars)
      guard let equals = scalars.lastIndex(of: "="), equals > 28 else { return nil }
      func text(_ range: Range<Int>) -> String {
        String(String.UnicodeScalarView(scalars[range])).trimmingSpaces
      }
      return (text(28..<equals), text(equals + 1..<scalars.count))
    }
  }

  private func whole(_ text: String) throws -> Int {
    try #require(Int(text.replacing("−", with: "-")))
  }

  @Test func `it opens at the input's cell that the step looks at`() throws {
    let player = try example()
    #expect(title(player).suffix(4) == ["dX[4,5,0]", "60", "of", "484"])
    #expect(player.rows[0].hasPrefix(" ◂ The worked example"))
    // Six windows along v's columns 0 to 2 and rows 1 and 2 read it.
    // torch 2.15: p.sum() is 30, and these are v.grad, X.grad in row 5, and X.grad there.
    #expect(player.rows[1] == " The loss is the sum of all numbers of p, 30.")
    #expect(player.rows[5].hasPrefix(" 1[ 0  1  0] 0"))
    #expect(player.rows[6].hasPrefix(" 2[ 0  1  0] 0"))
    #expect(player.rows.contains { $0.contains(" 5  0  0  0 −3[ 1] ·") })
    #expect(sums(player).last?.value == "1")
    var pool = try lesson("worked-example")
    try pool.press("Tab 3Space B")
    #expect(try address(pool) == "dv[0,2,0]")
  }

  @Test(arguments: [
    "g v[2,1,0]@[0,3,0] Enter B ] ]", "6Space B 77Space", "6Space B 2d", "Tab Space B 5Space",
    "6Space B W 9Space", "6Space B W W Space", "6Space B W 3d f",
  ])
  func `what stands before the last line adds up to it, as it is printed`(keys: String) throws {
    var player = try lesson("worked-example")
    try player.press(keys)
    let lines = sums(player)
    let total = try whole(try #require(lines.last).value)
    var (share, shares, sum) = (0, 0, 0)
    var hasShares = false
    for line in lines.dropLast() {
      let value = try whole(line.value)
      if line.label.contains(" of ") {
        #expect(value == sum, "\(line)")
        (shares, sum, hasShares) = (shares + value, 0, true)
        share += 1
      } else {
        sum += value
      }
    }
    #expect((hasShares ? shares : sum) == total)
  }

  @Test func `its numbers and its code are those of the account`() throws {
    var player = try example()
    let network = player.network
    var backward = Backward(player.activations, from: network.sum(ofLayer: 1))
    for keys in ["", "3Space", "d", "W", "f", "W"] {
      try player.press(keys)
      let screen = try #require(opened(player))
      let cell = try #require(screen.step.cell)
      try backward.evaluateReaders(of: screen.target)
      let account = try #require(try backward.account(of: cell, in: screen.target))
      #expect(sums(player).last?.value == account.total.text)
      let code = GradientCode(network, .numpy).line(account)
      #expect(
        player.rows[17...18].map(\.trimmingSpaces).joined(separator: " ").trimmingSpaces == code)
      let promise = try #require(GradientWords(network).sentences(account).last)
      let prose = player.rows[19...21].map(\.trimmingSpaces).joined(separator: " ")
      #expect(prose.contains(promise))
    }
  }

  @Test func `keys go from number to number, depth to depth and layer to layer`() throws {
    var player = try example()
    for (keys, wanted) in [
      ("Space", "dX[5,5,0]"), ("Bksp", "dX[4,5,0]"), ("Up", "dX[4,4,0]"), ("h", "dX[3,4,0]"),
      ("j l", "dX[4,5,0]"), ("d", "dX[4,5,1]"), ("2D", "dX[4,5,3]"), ("$", "dX[10,5,3]"),
      ("0", "dX[0,5,3]"), ("G", "dX[10,10,3]"), ("60G", "dX[4,5,0]"), ("S-Tab", "dv[0,0,0]"),
      ("S-Tab", "dp[0,0,0]"), ("2Tab", "dX[0,0,0]"), ("Bksp", "dX"), ("Bksp", "db1"),
    ] {
      try player.press(keys)
      #expect(try address(player) == wanted, "\(keys)")
    }
  }

  @Test func `W goes to the weights, to their bias, and back`() throws {
    var player = try example()
    try player.press("W f W")
    #expect(try address(player) == "db1")
    try player.press("W")
    #expect(try address(player) == "dX[4,5,0]")
    try player.press("S-Tab W")
    #expect(try address(player) == "dv[0,0,0]")
    #expect(player.messageRow == "No layer with weights reads it; Tab goes on.")
  }

  @Test func `the walk forward stands where it stood`() throws {
    var player = try lesson("worked-example")
    try player.press("6Space")
    let rows = player.rows
    for keys in ["B Esc", "B B", "B 5Space d W q"] {
      try player.press(keys)
      #expect(player.rows == rows, "\(keys)")
    }
  }

  @Test func `the line of code is in the notation that is chosen`() throws {
    var player = try example()
    #expect(
      player.rows[17].hasPrefix(" dX[4,5,0] = np.sum(dv[0:3, 1:3, 0] * Ker0[4::-2, 3:0:-2, 0])"))
    try player.press("v")
    #expect(player.messageRow == "Code in PyTorch.")
    #expect(player.rows[17].hasPrefix(" dX[0,5,4] = torch.sum(dv[0, 1:3, 0:3]"))
  }

  @Test(arguments: ["p", "z", "i", "s"])
  func `what does nothing here says so`(key: String) throws {
    var player = try example()
    let before = try address(player)
    try player.press(key)
    #expect(player.messageRow == "\(key) does nothing on the way back; ? lists its keys.")
    #expect(try address(player) == before)
  }

  @Test
  func `nothing is computed by a key: it is asked for, told how far it is, and can be cancelled`()
    throws
  {
    var player = try explore("12x12x2 conv:3,filters=4 relu maxpool:2 flatten dense:3")
    func press(_ script: String) -> [Player.Effect] {
      Key.keys(parsing: script).flatMap { player.update(.key($0)) }
    }
    var wanted: GradientWork?
    for case .evaluateGradients(let search) in press("Space B") { wanted = search }
    let search = try #require(wanted)
    #expect(player.rows[3].trimmingSpaces == "Computing for ◂ dX …")
    player.receive(gradientProgress: 0.5)
    #expect(player.rows[3].contains("[##########··········]  50%  Esc cancels"))
    // Asked for once.
    #expect(press("Space").isEmpty)
    #expect(press("Esc") == [.cancelGradients])
    #expect(player.messageRow == "Cancelled; Space computes it.")
    let found = try #require(search.run())
    // What comes too late is not taken.
    _ = player.receive(found)
    #expect(player.rows[3].trimmingSpaces.hasPrefix("What flows back to it is not computed"))
    #expect(press("Space").count == 1)
    _ = player.receive(found)
    #expect(player.rows[2].contains("◂ what came back"))
    #expect(search.run { _ in false } == nil)
  }

  @Test func `a layer that the last one is not made of has nothing flowing back`() throws {
    var player = try explore("6x6x1 conv:3,name=a conv:3,from=X,name=b")
    try player.press("B")
    #expect(opened(player) != nil)
    var other = try explore("6x6x1 conv:3,name=a conv:2,name=c,from=a conv:3,from=X,name=b")
    try other.press("g c[0,0,0] Enter B")
    #expect(opened(other) == nil)
    #expect(
      other.messageRow == "The loss is not made of a, so nothing flows back to it.")
  }

  @Test(arguments: [
    "9x8x2 conv:3,filters=3,stride=2,padding=1,name=v maxpool:2,stride=1",
    "5x5x4 conv:2,filters=4,groups=2,name=a relu conv:2,dilation=2,name=b avgpool:2",
    "4x4x2 flatten dense:40 relu dense:3 softmax", "6x6x1 depthwise:3,multiplier=3 sigmoid",
    "4x4x2 conv:1,filters=2,name=a conv:3,padding=1,filters=2,name=b add,from=a+b",
    "3x3x70 conv:2,filters=90",
  ])
  func `whatever key is pressed on the way back, the screen is whole`(subject: String) throws {
    var chance = Chance(state: 3)
    let letters = Array(" hjkldDfFW0$GvxR+-?B123zwgc/nNm'".unicodeScalars)
    let keys: [Key] =
      letters.map { .character($0) } + [
        .backspace, .tab, .backTab, .home, .end, .left, .up, .right, .enter, .escape,
      ]
    for columns in [80, 132] {
      var player = try explore(subject, size: Size(columns: columns, rows: columns / 3))
      try player.press("Space B")
      for _ in 0..<150 {
        if opened(player) == nil { try player.press("B") }
        let key = try #require(keys.randomElement(using: &chance))
        try player.send(.key(key))
        try holdScreenPromises(player)
      }
    }
  }

  @Test(arguments: [3, 4, 6, 9, 14, 30, 400])
  func `folded rows add up to all of them, in the room that there is`(room: Int) throws {
    for (filters, size) in [(2, 5), (9, 3), (40, 2)] {
      let network = try Network(
        input: Shape(9, 9, 1),
        layers: [LayerSpecification(parsing: "conv:\(size),filters=\(filters),name=v")])
      let input = try Tensor.seeded(Shape(9, 9, 1), seed: 4)
      var backward = Backward(Activations(network, input: input), from: network.sum(ofLayer: 0))
      try backward.evaluateReaders(of: .source(.input))
      let account = try #require(
        try backward.account(of: Cell(4, 4, 0), in: .source(.input)))
      guard case .sum(let shares) = account.working else { return }
      let rows = TermRows(shares, room: room).rows
      #expect(rows.count <= max(room, 1))
      var (shown, total, count) = (Number.zero, Number.zero, 0)
      for row in rows {
        switch row {
        case .term(let term, _): (shown, count) = (.sum([shown, term.product]), count + 1)
        case .zeros(let zeros): count += zeros
        case .rest(let rest, let sum): (shown, count) = (.sum([shown, sum]), count + rest)
        case .share(let share):
          if count > 0 {
            #expect(shown == share.sum && count == share.terms.count)
          }
          (shown, total, count) = (.zero, .sum([total, share.sum]), 0)
        case .shares(_, let sum): total = .sum([total, sum])
        }
      }
      #expect(total == account.total)
    }
  }
}
