import ConvolutionEngine
import ExactNumbers
import Testing
import Walkthrough

@testable import Lessons

/// A bar of 4s under a filter that copies; its left edge is to be told from its right one. The
/// windows of v are 0 0 4, 0 4 4, 4 4 0 and 4 0 0, and the bias is 2.
private let bar = """
  title: A bar
  summary: Find its edges.
  input: {size: 6x1x1, depths: ["0 0 4 4 0 0"]}
  layers:
    - {kind: conv, name: v, size: 3x1, weights: [["0 1 0"]], bias: [2]}
  stops:
    - title: Edges
      at: "v[3,0,0]"
      text: Change it.
      question:
        ask: Find the edges.
        change: Ker ; X[0,0,0]
        until: count(v > 2) = 2 ; v[1,0,0] < 2
        answer: Ker[1,0,0] = 0 ; Ker[0,0,0] = 1 ; Ker[2,0,0] = -1
        hint: [Sum to 0., Left against right.]
        why: So.
  """

@Suite struct `A task of a stop` {
  /// How far it is after changes such as `Ker[1,0,0]`, `0`.
  private func standing(
    _ changes: [(String, String)], of text: String = bar
  ) throws -> Question.Standing? {
    let lesson = try lesson(text)
    let scene = try #require(lesson.scenes[Scene.main])
    var made = (network: scene.network, input: scene.input)
    for (name, value) in changes {
      let change = try NumberChange(parsing: name, value, in: made.network)
      made = try #require(change.made(in: made.network, made.input))
    }
    return lesson.standing(ofTaskAt: lesson.stops[0], made.network, made.input)
  }

  @Test func `is judged by what the engine computes`() throws {
    // 0 + 2, 4 + 2, 4 + 2, 0 + 2
    #expect(try standing([]) == .open(["v[1,0,0] < 2: now 6."]))
    #expect(
      try standing([("Ker[1,0,0]", "0")])
        == .open(["count(v > 2) = 2: now 0.", "v[1,0,0] < 2: now 2."]))
    // 0 − 4 + 2, 0 − 4 + 2, 4 − 0 + 2, 4 − 0 + 2
    let edges = [("Ker[1,0,0]", "0"), ("Ker[0,0,0]", "1"), ("Ker[2,0,0]", "−1")]
    #expect(try standing(edges) == .done)
    // Another way: 0 + 5·4 − 7·4 and so on; only what is wanted counts.
    #expect(
      try standing([("Ker[1,0,0]", "5"), ("Ker[0,0,0]", "1"), ("Ker[2,0,0]", "-7")]) == .done)
    let unequal = bar.replacing("v[1,0,0] < 2", with: "v[0,0,0] > v[1,0,0]")
    #expect(problems(unequal).count == 1)
    #expect(
      try standing(
        edges,
        of: bar.replacing("until: ", with: "until: X[0,0,0] = 3 ; ")
          .replacing("answer: ", with: "answer: X[0,0,0] = 3 ; "))
        == .open(["X[0,0,0] = 3: now 0."]))
  }

  @Test(arguments: [("X[1,0,0]", "9"), ("b", "3")])
  func `is not done by what may not be changed`(name: String, value: String) throws {
    #expect(
      try standing([(name, value)]) == .beside("Here only Ker and X[0,0,0] may be changed."))
    let before = name == "b" ? "2" : "0"
    #expect(
      try standing([(name, value), (name, before)]) == .open(["v[1,0,0] < 2: now 6."]))
  }

  @Test(arguments: [
    (
      "count(v > 2) = 2 ; v[1,0,0] < 2", "v[1,0,0] = 6",
      ["\"v[1,0,0] = 6\" holds before", "does not do the task (v[1,0,0] = 6: now −2.)"]
    ),
    ("; Ker[2,0,0] = -1", "", ["the answer does not do the task (v[1,0,0] < 2: now 2.)"]),
    ("Ker ; X[0,0,0]", "X", ["does not do the task (Here only X may be changed.)"]),
    ("Ker ; X[0,0,0]", "v", ["v is computed; an input, a weight or a bias can be changed."]),
    ("Ker ; X[0,0,0]", "Ker1", ["There is no Ker1 here."]),
    ("Ker ; X[0,0,0]", "X[6,0,0]", ["There is no X[6,0,0]; X is 6×1×1."]),
    ("Ker[0,0,0] = 1", "Ker[0,0,0] = 1/2", ["1/2 is not a whole number"]),
    ("Ker[0,0,0] = 1", "Ker = 1", ["Say which number of Ker"]),
    ("Ker[0,0,0] = 1", "Ker[0,0,0]", ["\"Ker[0,0,0]\" changes nothing"]),
    ("; v[1,0,0] < 2", "; v[1,0,0]", ["\"v[1,0,0]\" is nothing that holds or does not"]),
    ("; v[1,0,0] < 2", "; w[1,0,0] < 2", ["there is no layer \"w\""]),
    ("; v[1,0,0] < 2", "; v[1,0,0] <", ["there is nothing to compute"]),
    ("change: Ker ; X[0,0,0]", "choices: [a, b]", ["has no change; add it"]),
    (
      "change: Ker ; X[0,0,0]", "slips: [{answer: 1, says: No.}]\n      change: Ker",
      ["slips and until"]
    ),
    ("hint: [Sum to 0., Left against right.]", "hint: []", ["hint of the question of stop 1"]),
    ("size: 6x1x1, depths: [\"0 0 4 4 0 0\"]", "size: 400x400x1", ["needs more than 262144"]),
  ])
  func `is refused where it cannot be judged, or is no task`(
    old: String, new: String, expected: [String]
  ) {
    let found = problems(bar.replacing(old, with: new))
    #expect(found.count == expected.count, "\(found)")
    for (problem, text) in zip(found, expected) { #expect(problem.contains(text), "\(problem)") }
  }

  @Test func `is printed with what is wanted, and its solution among the answers`() throws {
    let lines = HandOut.lines(of: try lesson(bar), .text)
    let asked = "To be changed: Ker and X[0,0,0]. Wanted: count(v > 2) = 2 and v[1,0,0] < 2."
    let place = try #require(lines.firstIndex(of: asked))
    let answer = "Question 1. Ker[1,0,0] = 0, Ker[0,0,0] = 1, Ker[2,0,0] = -1"
    #expect(lines.firstIndex(of: answer).map { $0 > place } == true)
    #expect(!HandOut.lines(of: try lesson(bar), .text, hasAnswers: false).contains(answer))
  }
}

@Suite struct `A number that is changed` {
  /// Two convolutions, so that their filters are named with their layers, and a dense layer.
  private let network = try? Network(
    input: Shape(5, 4, 2),
    layers: [
      "conv:2,filters=3,name=a", "batchnorm,name=n", "conv:2,name=b,bias=no", "flatten",
      "dense:4,name=s",
    ].map { try LayerSpecification(parsing: $0) })

  @Test(arguments: [
    ("X[4,3,1]", NumberPlace.input(Cell(4, 3, 1))),
    ("a_Ker2[1,0,1]", .weight(layer: 0, map: 2, Cell(1, 0, 1))),
    ("b_Ker[0,1,2]", .weight(layer: 2, map: 0, Cell(0, 1, 2))),
    ("s_W3[0,0,5]", .weight(layer: 4, map: 3, Cell(0, 0, 5))), ("a_b1", .bias(layer: 0, map: 1)),
    ("s_b0", .bias(layer: 4, map: 0)), ("n_gamma[2]", .weight(layer: 1, map: 2, Cell(0, 0, 0))),
    ("n_beta[0]", .bias(layer: 1, map: 0)),
  ])
  func `is found by its name in any layer, and is alone in being another`(
    name: String, place: NumberPlace
  ) throws {
    let network = try #require(network)
    let input = try Tensor.seeded(network.input, seed: 1)
    let change = try NumberChange(parsing: name, "17", in: network)
    #expect(change == NumberChange(place, to: 17))
    let made = try #require(change.made(in: network, input))
    #expect(made.network.changedPlaces(made.input, from: network, input) == [place])
    #expect(network.changedPlaces(input, from: network, input) == [])
  }

  @Test(arguments: [
    ("X", "Say which number of X: x, y and depth, as in X[0,0,0]."),
    ("X[5,0,0]", "There is no X[5,0,0]; X is 5×4×2."), ("X[1,1]", "Say which number of X"),
    ("a_Ker3[0,0,0]", "There is no a_Ker3 here."), ("Ker0[0,0,0]", "There is no Ker0 here."),
    ("n_gamma", "Say which number of n_gamma: its map, as in n_gamma[0]."),
    ("n_gamma[3]", "There is no n_gamma[3]; of n_gamma there are 3."),
    ("n_beta[0,0,1]", "Say which number of n_beta"), ("n_mean[0]", "There is no n_mean here."),
    ("b_b", "b has no bias."), ("a[0,0,0]", "a is computed"), ("", "There is no such place here."),
  ])
  func `is refused where there is none`(name: String, problem: String) throws {
    let network = try #require(network)
    let error = #expect(throws: NumberChangeError.self) {
      try NumberPlace(parsing: name, in: network)
    }
    #expect(error?.description.hasPrefix(problem) == true, "\(error.map { "\($0)" } ?? "")")
  }

  @Test func `is no difference of numbers alone where a layer is another one`() throws {
    let network = try #require(network)
    let other = try Network(
      input: network.input,
      layers: [
        "conv:2,filters=3,name=a,stride=1", "conv:2,name=b,bias=no,padding=1", "flatten",
        "dense:4,name=s",
      ]
      .map { try LayerSpecification(parsing: $0) })
    let input = try Tensor.seeded(network.input, seed: 1)
    #expect(other.changedPlaces(input, from: network, input) == nil)
  }
}
