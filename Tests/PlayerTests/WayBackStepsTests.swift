import Canvas
import ConvolutionEngine
import ExactNumbers
import Lessons
import TestSupport
import Testing
import Walkthrough

@testable import Player

/// The steps of the way back, where its keys lead, and what the gradient promises.
@Suite struct WayBackStepsTests {
  private func opened(_ player: Player) -> BackwardScreen? {
    if case .backward(let screen) = player.overlay { screen } else { nil }
  }

  private func address(_ player: Player) throws -> String {
    player.network.text(of: try #require(opened(player)).step.address)
  }

  /// Stands where `Ker0[0,3,0]` is multiplied with `X[4,5,0]`, turned round.
  private func product() throws -> Player {
    var player = try lesson("worked-example")
    try player.press("g v[2,1,0]@[0,3,0] Enter B")
    return player
  }

  @Test func `B opens at the product that it undoes, and w leads back to it`() throws {
    var player = try product()
    #expect(try address(player) == "dX[4,5,0]@[2,1,0]")
    // dv is 1 at (1, 1) and (1, 2); the third product of six of this filter.
    #expect(player.rows.contains { $0.hasPrefix(" 1  0  1[ 0] 0") })
    #expect(player.rows[19...21].joined().contains("Product 3 of 12."))
    try player.press("w")
    #expect(opened(player) == nil)
    #expect(player.address == "v[2,1,0]@[0,3,0]")
    try player.press("B 2Space w")
    #expect(player.address == "v[1,2,0]@[2,1,0]")
    // A number leads to its first product that is not 0: dv[1,1,0] · Ker0[2,3,0].
    try player.press("B ] ] w")
    #expect(player.address == "v[1,1,0]@[2,3,0]")
  }

  @Test func `steps get coarser and finer around the same number`() throws {
    var player = try product()
    for (key, wanted) in [
      ("]", "dX[4,5,0]@0"), ("]", "dX[4,5,0]"), ("]", "dX[:,:,0]"), ("]", "dX"),
      ("]", "dX"), ("-", "dX[:,:,0]"), ("-", "dX[0,0,0]"), ("60G", "dX[4,5,0]"),
      ("-", "dX[4,5,0]@0"), ("Space", "dX[4,5,0]@1"), ("Space", "dX[5,5,0]@0"),
      ("2Bksp", "dX[4,5,0]@0"), ("-", "dX[4,5,0]@[0,1,0]"), ("12Space", "dX[5,5,0]@[1,1,0]"),
      ("Left", "dX[4,5,0]@[0,1,0]"), ("-", "dX[4,5,0]@[0,1,0]"),
    ] {
      try player.press(key)
      #expect(try address(player) == wanted, "\(key)")
    }
    #expect(player.messageRow == "There are no finer steps here.")
  }

  @Test func `d goes through the depths of what is shown whole`() throws {
    var player = try product()
    func depths(_ keys: String) throws -> [String] {
      try keys.split(separator: " ").map { key in
        try player.press(String(key))
        let row = try #require(player.rows[2..<17].last { $0.hasPrefix(" ◂ d") })
        return String(row.dropFirst(3).prefix(24)).trimmingSpaces
      }
    }
    // All of dX, four depths; then one depth, whose step has no other; then one filter.
    let whole = Array(try depths("] ] ] ] d D D").suffix(4))
    #expect(whole == [0, 1, 0, 3].map { "dX 11×11×4  depth [\($0)]" })
    #expect(try depths("- d") == ["dX 11×11×4  depth [0]", "dX 11×11×4  depth [1]"])
    #expect(try depths("W d d").last == "dKer0 5×5×4  depth [2]")
    #expect(player.rows.contains { $0.hasPrefix(" ◂ dv 4×4×2  map [0]") })
    #expect(try depths("Space d") == ["dKer1 5×5×4  depth [0]", "dKer1 5×5×4  depth [1]"])
    #expect(player.rows.contains { $0.hasPrefix(" ◂ dv 4×4×2  map [1]") })
  }

  @Test func `the sum grows product by product to what the number is`() throws {
    var player = try product()
    try player.press("2Bksp")
    var sum = 0
    for number in 1...12 {
      let screen = try #require(opened(player))
      guard case .sum(let shares) = try #require(screen.account).working else { return }
      let term = shares.flatMap(\.terms)[number - 1]
      sum += Int(try #require(term.product.ratio).numerator)
      let text = sum < 0 ? "−\(-sum)" : "\(sum)"
      let row = try #require(
        player.rows[2..<17].last { $0.contains(number < 12 ? "so far" : "dX[4,5,0]") })
      #expect(row.hasSuffix(" \(text)"), "\(number): \(row)")
      #expect(player.rows.contains { $0.contains("Product \(number) of 12.") })
      try player.press("Space")
    }
    #expect(try address(player) == "dX[5,5,0]@[1,1,0]")
  }

  @Test func `g goes to any number by its address, to a step and so many further`() throws {
    var player = try product()
    for (typed, wanted) in [
      ("dKer0[2,1,0]", "dKer0[2,1,0]"), ("db1", "db1"), ("dv[1,2,0]", "dv[1,2,0]"),
      ("dX[:,:,2]", "dX[:,:,2]"), ("dX[4,5,0]@1", "dX[4,5,0]@1"), ("+1", "dX[5,5,0]@0"),
      ("dX[4,5,0]", "dX[4,5,0]"), ("61", "dX[5,5,0]"), ("-1", "dX[4,5,0]"),
    ] {
      try player.press("g \(typed) Enter")
      #expect(try address(player) == wanted, "\(typed)")
    }
    try player.press("g dX[11,0,0] Enter")
    #expect(player.messageRow == "dX[11,0,0] lies outside: dX is 11×11×4.")
    try player.press("Esc g v[0,0,0] Enter")
    #expect(player.rows.contains { $0.contains("is not a gradient's address") })
  }

  @Test func `a search finds the next number of its kind, and again and back`() throws {
    var player = try lesson("worked-example")
    try player.press("6Space B g 1 Enter")
    // torch 2.15: the first rows of X.grad[0, 0] of p.sum().
    let screen = try #require(opened(player))
    guard case .found(let found) = screen.state else { return }
    let gradient = try #require(found.gradient)
    let negative = (1..<gradient.shape.count).filter { gradient[$0].isNegative }
    for (keys, index) in [
      ("/ negative Enter", negative[0]), ("n", negative[1]), ("n", negative[2]),
      ("N", negative[1]),
    ] {
      try player.press(keys)
      #expect(try #require(opened(player)).step.cell == gradient.shape.cell(at: index), "\(keys)")
    }
    try player.press("/ zzz Enter")
    #expect(player.messageRow == "Search for nonzero, negative or largest.")
  }

  @Test func `a mark is come back to`() throws {
    var player = try product()
    try player.press("m a ] ] W 3Space ' a")
    #expect(try address(player) == "dX[4,5,0]@[2,1,0]")
    try player.press("' b")
    #expect(player.messageRow == "There is no mark b; m and a letter set one.")
  }

  /// What is said of a changed number, by a lesson's text and keys.
  private func said(_ input: String, _ layers: String, _ loss: String, _ keys: String) throws
    -> String
  {
    let text = """
      title: A promise
      summary: A number changed.
      input: {depths: ["\(input)"]}
      layers: [\(layers)]
      loss: \(loss)
      """
    let lesson = try Lesson(parsing: text, name: "promise") { path throws(LessonFileError) in
      throw .missing(path)
    }
    var player = prepared(Player(Presentation(lesson), size: Size(columns: 80, rows: 24)))
    try player.press("Space B \(keys)")
    return player.rows[19...21].map(\.trimmingSpaces).joined(separator: " ").trimmingSpaces
  }

  @Test func `a changed number is held against the promise, and why they differ is said`() throws {
    let conv = "{kind: conv, size: 1, name: v, weights: [[\"3\"]], bias: [0]}"
    #expect(
      try said("1 2\\n3 4", conv, "{kind: sum}", "c 5 Enter")
        .hasPrefix(
          "X[0,0,0] from 1 to 5: the loss goes from 30 to 42, by 12. The gradient promised 4 · 3 = "
            + "12. It kept its promise."))
    #expect(
      try said("-1 2\\n3 4", "\"relu,name=r\"", "{kind: sum}", "c Bksp 2 Enter")
        == "X[0,0,0] from −1 to 2: the loss goes from 9 to 11, by 2. The gradient promised 3 · 0 = 0. "
        + "They differ: a ReLU opened at r[0,0,0].")
    #expect(
      try said(
        "3 2\\n0 1", "\"maxpool:2,name=p\"", "{kind: sum}", "g dX[1,0,0] Enter c Bksp 5 Enter")
        == "X[1,0,0] from 2 to 5: the loss goes from 3 to 5, by 2. The gradient promised 3 · 0 = 0. "
        + "They differ: a maximum changed hands in p.")
    #expect(
      try said(
        "1", conv, "{kind: squared, target: [\"5\"]}", "g dKer[0,0,0] Enter c Enter")
        == "Ker[0,0,0] from 3 to 4: the loss goes from 2 to 0.5, by −1.5. The gradient promised −2. "
        + "They differ: the loss is curved, and the gradient tells how it starts to grow.")
    let normalization =
      "{kind: batchnorm, name: n, epsilon: 1/4, gamma: [2], beta: [1], mean: [3], variance: [15/4]}"
    // Roots of 4: z is −1, −1/2, 0 and 1/2.
    #expect(
      try said("1 2\\n3 4", normalization, "{kind: sum}", "g dn_gamma[0] Enter c 5 Enter")
        == "n_gamma[0] from 2 to 5: the loss goes from 2 to −1, by −3. The gradient promised 3 · (−1) = "
        + "−3. It kept its promise.")
    #expect(
      try said("1 2\\n3 4", normalization, "{kind: sum}", "g dn_beta[0] Enter c Enter")
        == "n_beta[0] from 1 to 2: the loss goes from 2 to 6, by 4. The gradient promised 4. It kept its "
        + "promise.")
    var player = try lesson("worked-example")
    try player.press("g p[0,0,0] Enter B c")
    #expect(player.messageRow == "v is computed; inputs, weights and biases can be changed.")
  }
}
