import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Testing

struct NetworkTests {
  private func names(_ layers: String...) throws -> [String] {
    try Network(Shape(8, 8, 4), layers).layers.map(\.name)
  }

  @Test func `a layer is named by its kind, numbered where that is not unique`() throws {
    #expect(
      try names("conv:3", "relu", "maxpool:2", "flatten", "dense:3")
        == ["conv", "relu", "maxpool", "flatten", "dense"])
    #expect(
      try names("conv:3", "relu", "conv:3", "relu") == ["conv1", "relu1", "conv2", "relu2"])
  }

  @Test func `a name that is given is kept, and never given again`() throws {
    #expect(try names("conv:3,name=v", "conv:3") == ["v", "conv"])
    #expect(try names("conv:3", "relu,name=conv") == ["conv1", "conv"])
    #expect(try names("conv:3,name=conv1", "conv:3", "conv:1") == ["conv1", "conv2", "conv3"])
  }

  @Test func `a name twice, or that is none, is refused`() throws {
    #expect(throws: NetworkError.duplicateName("v")) { try names("conv:3,name=v", "relu,name=v") }
    #expect(throws: NetworkError.duplicateName("X")) { try names("conv:3,name=X") }
    #expect(throws: NetworkError.badName(".a")) { try names("conv:3,name=.a") }
    #expect(throws: NetworkError.badName("a b")) { try names("conv:3,name=a b") }
    #expect(throws: NetworkError.noLayers) { try names() }
    for name in ["a", "_", "conv1.weight", "Z9"] { #expect(Network.isName(name)) }
    for name in ["", ".a", "é", "a[0]", "a-b", "a\u{301}"] {
      #expect(!Network.isName(name))
      #expect(!Network.isLayerName(name))
    }
    for name in ["0", "features.0", "1a"] {
      #expect(Network.isLayerName(name))
      #expect(Network.isName(name) == (name == "features.0"))
    }
  }

  @Test func `a layer takes the previous one, or the one that it names`() throws {
    let network = try Network(
      Shape(8, 8, 1), ["conv:3,name=a", "relu,name=b", "relu,name=c,from=a", "maxpool:2,from=X"])
    #expect(network.layers.map(\.sources) == [[.input], [.layer(0)], [.layer(0)], [.input]])
    #expect(network.layers.map { network.name(of: $0.sources[0]) } == ["X", "a", "a", "X"])
    #expect(network.layers[3].output == (try Shape(4, 4, 1)))
    #expect(network.layer(named: "c")?.index == 2)
    #expect(network.layer(named: "d") == nil)
  }

  @Test func `a layer cannot take itself, a later one or an unknown one`() throws {
    for source in ["b", "c", "nothing"] {
      #expect(
        throws: NetworkError.unknownSource(layer: "b", source: source, known: ["X", "a"])
      ) { try names("relu,name=a", "relu,name=b,from=" + source, "relu,name=c") }
    }
  }

  @Test func `the wording of what is wrong`() {
    #expect(
      NetworkError.duplicateName("v").description
        == "the name v is used twice; names must differ, the input's too (name=… sets one).")
    #expect(
      NetworkError.badName("a b").description
        == #""a b" is not a layer name; use letters, digits, _ and ., not starting with a dot."#)
    #expect(
      NetworkError.unknownSource(layer: "b", source: "c", known: ["X", "a"]).description
        == #"layer b takes "c", which is none of the layers before it: X, a."#)
    let many = (1...14).map { "r\($0)" }
    #expect(
      NetworkError.unknownSource(layer: "b", source: "c", known: many).description
        == #"layer b takes "c", which is none of the layers before it: "#
        + "\(many.prefix(12).joined(separator: ", ")) and 2 more.")
    #expect(
      NetworkError.noLayers.description
        == "there is no layer; name at least one, for example conv:3.")
  }

  @Test func `branches are evaluated from the layers that they name`() throws {
    let shape = try Shape(2, 2, 1)
    let network = try Network(
      shape, ["relu,name=a", "maxpool:2,name=b", "avgpool:2,name=c,from=X", "relu,name=d,from=c"])
    let input = Tensor(shape, [-9, 1, 2, 3])
    var activations = Activations(network, input: input)
    #expect(try activations.evaluate(3).values == [.zero])
    #expect(activations.output(of: 2)?.values == [Number(-9 + 1 + 2 + 3, over: 4)])
    #expect(activations.output(of: 0) == nil)
    #expect(try activations.account(of: Cell(0, 0, 0), in: 1) == nil)
    #expect(try activations.value(of: Cell(0, 0, 0), in: 1) == nil)
    try activations.evaluateInputs(of: 1)
    #expect(try activations.value(of: Cell(0, 0, 0), in: 1) == Number(3))
    #expect(activations.output(of: 1) == nil)
  }

  @Test func `a stored output stands for its evaluation`() throws {
    let shape = try Shape(2, 1, 1)
    let network = try Network(shape, ["relu,name=a", "relu,name=b"])
    var activations = Activations(network, input: Tensor(shape, [1, 2]))
    activations.store(Tensor(shape, [5, -6]), for: 0)
    #expect(try activations.evaluate(1).values == [Number(5), Number(0)])
  }

  @Test func `the last of ten thousand layers is evaluated`() throws {
    let shape = try Shape(1, 1, 1)
    let network = try Network(shape, Array(repeating: "relu", count: 10_000))
    #expect(try evaluated(network, Tensor(shape, [3])).values == [Number(3)])
  }

  @Test func `a place in the walk's order and its cell are one another's inverse`() throws {
    let shape = try Shape(3, 2, 2)
    let cells = (0..<shape.count).map(shape.cell(at:))
    #expect(cells.prefix(4) == [Cell(0, 0, 0), Cell(1, 0, 0), Cell(2, 0, 0), Cell(0, 1, 0)])
    #expect(cells[6] == Cell(0, 0, 1))
    #expect(cells.map(shape.index) == Array(0..<12))
    #expect(cells.allSatisfy(shape.contains))
    for outside in [Cell(3, 0, 0), Cell(0, 2, 0), Cell(0, 0, 2), Cell(-1, 0, 0)] {
      #expect(!shape.contains(outside))
    }
  }
}
