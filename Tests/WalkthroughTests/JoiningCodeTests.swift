import ExactNumbers
import ConvolutionEngine
import FastEvaluation
import Testing
import Walkthrough

@Suite struct `The code of layers that join, pad and normalize` {
  private let layers = [
    "relu6,name=r", "add,from=X+r,name=a", "concat,from=X+a,name=c", "zeropad:1,name=z",
    "batchnorm,scale=no,name=bn", "lrn:3,name=l", "softmax,name=s", "sigmoid,name=g",
    "dropout:0.5,name=d",
  ]

  private func checked() throws -> Network {
    try Network(input: Shape(2, 3, 2), layers: layers.map { try LayerSpecification(parsing: $0) })
  }

  @Test func `is the source's own for one cell`() throws {
    let network = try checked()
    let cell = Cell(1, 2, 1)
    let lines = network.layers.map { CellCode($0, in: network, .numpy).line(cell) }
    #expect(
      lines == [
        "r[1,2,1] = np.clip(X[1,2,1], 0, 6)",
        "a[1,2,1] = X[1,2,1] + r[1,2,1]",
        "c[1,2,1] = X[1,2,1]",
        "z[1,2,1] = c[0,1,1]",
        "bn[1,2,1] = (z[1,2,1] - bn_mean[1]) / np.sqrt(bn_var[1] + 0.001) + bn_beta[1]",
        "l[1,2,1] = bn[1,2,1] / (2 + 0.0001 * np.sum(bn[1, 2, 0:3]**2))**0.75",
        "s[1,2,1] = np.exp(l[1,2,1] - np.max(l[1, 2, :])) "
          + "/ np.sum(np.exp(l[1, 2, :] - np.max(l[1, 2, :])))",
        "g[1,2,1] = 1 / (1 + np.exp(-s[1,2,1]))",
        "d[1,2,1] = g[1,2,1]",
      ])
    let deep = try #require(network.layer(named: "c"))
    #expect(CellCode(deep, in: network, .pytorch).line(Cell(0, 1, 3)) == "c[3,1,0] = a[1,1,0]")
    let edge = try #require(network.layer(named: "z"))
    #expect(CellCode(edge, in: network, .keras).line(Cell(0, 1, 3)) == "z[1,0,3] = 0")
  }

  @Test func `is one layer object for a whole layer`() throws {
    let network = try checked()
    func lines(_ notation: Notation) -> [String] {
      network.layers.flatMap { LayerCode($0, in: network, notation).lines }
    }
    #expect(
      lines(.pytorch) == [
        "r = nn.ReLU6()", "a = X + r", "c = torch.cat([X, a], dim=1)",
        "z = nn.ZeroPad2d((1, 1, 1, 1))", "bn = nn.BatchNorm2d(4, eps=0.001)",
        "l = nn.LocalResponseNorm(3, alpha=0.0003, beta=0.75, k=2)", "s = nn.Softmax(dim=1)",
        "g = nn.Sigmoid()", "d = nn.Dropout(0.5)",
      ])
    #expect(
      lines(.keras) == [
        "r = layers.ReLU(max_value=6)", "a = layers.Add()([X, r])",
        "c = layers.Concatenate()([X, a])", "z = layers.ZeroPadding2D(((1, 1), (1, 1)))",
        "bn = layers.BatchNormalization(epsilon=0.001, scale=False)",
        "# Keras has no layer like lrn:3,name=l", "s = layers.Softmax()",
        "g = layers.Activation('sigmoid')", "d = layers.Dropout(0.5)",
      ])
  }

  @Test func `a depthwise convolution is Keras's own layer and PyTorch's grouped one`() throws {
    let network = try network(
      Shape(4, 4, 3), "depthwise:3,multiplier=2,padding=same,bias=no,name=d")
    let layer = network.layers[0]
    #expect(
      LayerCode(layer, in: network, .pytorch).lines
        == ["d = nn.Conv2d(3, 6, 3, padding=1, groups=3, bias=False)"])
    #expect(
      LayerCode(layer, in: network, .keras).lines == [
        "d = layers.DepthwiseConv2D(3, padding='same', depth_multiplier=2, use_bias=False)"
      ])
  }
}

@Suite struct `What a step says of layers that join, pad and normalize` {
  private func said(_ layer: String, _ cell: Cell, _ numbers: [Int128]) throws -> [String] {
    let network = try network(Shape(2, 1, 2), layer)
    let input = Tensor(network.input, numbers)
    let account = try network.layers[0].account(of: cell, inputs: [input])
    let place = Place(
      layer: 0, grain: .window, position: network.layers[0].output.index(cell) + 1)
    return [account.equation] + Walk(network).narration(place, account: account).sentences
  }

  @Test func `names what was cut, dropped, padded or shared`() throws {
    #expect(
      try said("relu6", Cell(0, 0, 0), [7, 0, 0, 0])
        == ["min(max(7, 0), 6) = 6", "7 is above 6: ReLU6 cuts it to 6."])
    #expect(
      try said("zeropad:1", Cell(0, 0, 0), [7, 0, 0, 0])
        == ["0", "This place is padding: a 0 that the layer puts around its input."])
    #expect(
      try said("dropout:0.5", Cell(0, 0, 0), [7, 0, 0, 0])
        == [
          "7",
          "Training would drop 0.5 of the cells by chance; afterwards dropout lets all through.",
        ])
    #expect(
      try said("softmax", Cell(0, 0, 0), [1, 0, 1, 0])
        == [
          "e^(1 − 1)/2 = 0.5", "e^(1 − 1) = 1, of the sum 2.",
          "Kept as the nearest float32, ≈0.5.",
        ])
    #expect(
      try said("sigmoid", Cell(0, 0, 0), [-1, 0, 0, 0])
        == [
          "1/(1 + e^1) ≈ 0.268941421", "e^−1 ≈ 0.367879441.",
          "Kept as the nearest float32, ≈0.26894143.",
        ])
  }

  @Test func `names the numbers of a normalization and the neighbours that count`() throws {
    #expect(
      try said("relu6", Cell(0, 0, 0), [-7, 0, 0, 0])
        == ["min(max(−7, 0), 6) = 0", "−7 is negative: ReLU6 cuts it to 0."])
    #expect(
      try said("relu6", Cell(0, 0, 0), [5, 0, 0, 0])
        == ["min(max(5, 0), 6) = 5", "5 lies from 0 to 6: ReLU6 lets it through."])
    #expect(
      try said("zeropad:1", Cell(1, 1, 1), [0, 0, 5, 0])
        == ["5", "X[0,0,1] moves inward."])
    // The digits are from Python's `decimal`.
    #expect(
      try said("lrn:3", Cell(0, 0, 0), [3, 0, -4, 0]) == [
        "3/(2 + 0.0001·25)^0.75 ≈ 1.78214018", "2 maps around it count.",
        "Kept as the nearest float32, ≈1.7821401.",
      ])
    #expect(
      try said("lrn:1", Cell(0, 0, 0), [0, 0, 0, 0]) == [
        "0/(2 + 0.0001·0)^0.75 ≈ 0", "1 map counts.", "Kept as the nearest float32, ≈0.",
      ])
    for (weights, epsilon, expected) in [
      ([1, 0, 0, 2], "0.001", "Less the mean 0, divided by √(2 + 0.001) ≈ 1.4145671."),
      ([3, 1, 2, 3], "0.75", "Less the mean 2, divided by √(3 + 0.75) ≈ 1.9364917."),
      ([3, 1, -2, 0], "0.25", "Less the mean −2, divided by √(0 + 0.25) = 0.5."),
    ] as [([Int128], String, String)] {
      let network = try network(
        Shape(1, 1, 1), "batchnorm,epsilon=\(epsilon)", weights: weights)
      let account = try network.layers[0].account(
        of: Cell(0, 0, 0), inputs: [Tensor(network.input, [2])])
      let place = Place(layer: 0, grain: .window, position: 1)
      #expect(Walk(network).narration(place, account: account).sentences.first == expected)
    }
    let joined = try network(
      Shape(1, 1, 2), "relu,name=a", "concat,from=X+a,name=c", "add,from=X+a")
    let tensor = Tensor(joined.input, [3, -4])
    func sentences(_ layer: Int, _ depth: Int) throws -> [String] {
      let account = try joined.layers[layer].account(
        of: Cell(0, 0, depth), inputs: [tensor, tensor])
      let place = Place(layer: layer, grain: .window, position: depth + 1)
      return Walk(joined).narration(place, account: account).sentences
    }
    #expect(try sentences(1, 3) == ["Map 3 is map 1 of a. No number changes."])
    #expect(try sentences(2, 1) == ["The cell's place in X and a: −4 − 4 = −8."])
  }

  @Test func `adds, joins and normalizes in its equation`() throws {
    let network = try network(
      Shape(1, 1, 2), "relu,name=a", "add,from=X+a,name=s", "batchnorm,name=n", "lrn:1,name=l")
    let input = Tensor(network.input, [-3, 4])
    var activations = Activations(network, input: input)
    try activations.evaluate(3)
    let equations = try network.layers.compactMap {
      try activations.account(of: Cell(0, 0, 0), in: $0.index)?.equation
    }
    let map = try #require(network.layers[2].normalization?[0])
    let root = try #require(map.root)
    #expect(
      equations.prefix(3) == [
        "max(−3, 0) = 0", "−3 + 0 = −3",
        "\(map.gamma.text)·(−3 − \(map.mean.text))/\(root.text) + \(map.beta.text) = "
          + "\(try activations.evaluate(2)[Cell(0, 0, 0)].text)",
      ])
    #expect(
      equations[3].hasPrefix("\(try activations.evaluate(2)[Cell(0, 0, 0)].text)/(2 + 0.0001·"))
  }
}
