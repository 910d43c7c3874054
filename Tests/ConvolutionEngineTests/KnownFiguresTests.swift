import ConvolutionEngine
import ExactNumbers
import Testing

/// Figures of the source material and of well-known networks.
struct KnownFiguresTests {
  @Test func `AlexNet's first layer`() throws {
    let network = try Network(
      Shape(227, 227, 3), ["conv:11,filters=96,stride=4", "maxpool:3,stride=2"])
    let layer = network.layers[0]
    #expect(layer.output == (try Shape(55, 55, 96)))
    #expect(layer.parameters?.count == 34_944)
    #expect(layer.parameters?.countText == "96·(11·11·3) + 96 = 34944")
    #expect(layer.multiplyAdds == 105_415_200)
    #expect(layer.windows?.x.formula.text == "(227 − 11 + 2·0)/4 + 1 = 216/4 + 1 = 55")
    #expect(layer.windows?.x.unread == [])
    #expect(network.layers[1].output == (try Shape(27, 27, 96)))
    #expect(network.parameterCount == 34_944)
    #expect(network.multiplyAdds == 105_415_200)
  }

  @Test func `224 instead of 227 leaves a column and a row unread`() throws {
    let layer = try Network(Shape(224, 224, 3), ["conv:11,filters=96,stride=4"]).layers[0]
    #expect(layer.output == (try Shape(54, 54, 96)))
    // The last of 54 windows begins at 53·4 = 212 and ends with 222.
    #expect(layer.windows?.x.unread == [223])
    #expect(layer.windows?.y.unread == [223])
    #expect(layer.windows?.x.formula.remainder == 1)
  }

  @Test func `the worked example`() throws {
    let network = try Network(
      Shape(11, 11, 4), ["conv:5,filters=2,stride=2,name=v", "maxpool:2,name=p"])
    let layer = network.layers[0]
    #expect(layer.output == (try Shape(4, 4, 2)))
    #expect(layer.parameters?.countText == "2·(5·5·4) + 2 = 202")
    #expect(layer.multiplyAdds == 5 * 5 * 4 * 4 * 4 * 2)
    #expect(layer.productsPerCell == 100)
    let windows = try #require(layer.windows)
    #expect(
      (0..<4).map { windows.x.start(of: $0) } == [0, 2, 4, 6], "X[:5], X[2:7], X[4:9], X[6:11]")
    #expect(network.layers[1].output == (try Shape(2, 2, 2)))
    #expect(network.layers[1].multiplyAdds == 0)
  }

  @Test func `how many cells of a map read one place of the worked example`() throws {
    let layer = try Network(Shape(11, 11, 4), ["conv:5,stride=2"]).layers[0]
    let windows = try #require(layer.windows)
    func readers(_ x: Int, _ y: Int) -> Int {
      windows.x.readers(of: x).count * windows.y.readers(of: y).count
    }
    #expect(readers(0, 0) == 1)
    #expect(readers(4, 4) == 3 * 3)
    #expect(readers(5, 5) == 2 * 2)
    #expect(windows.x.readers(of: 4).map(\.position) == [0, 1, 2])
    #expect(windows.x.readers(of: 4).map(\.tap) == [4, 2, 0])
  }

  /// CS231n: "if there are 7×7 inputs and 3×3 filters": stride 1 gives 5×5, stride 2 gives 3×3,
  /// stride 3 does not fit.
  @Test func `CS231n's 7×7 under a 3×3 filter`() throws {
    #expect(try Network(Shape(7, 7, 1), ["conv:3"]).layers[0].output == Shape(5, 5, 1))
    #expect(try Network(Shape(7, 7, 1), ["conv:3,stride=2"]).layers[0].output == Shape(3, 3, 1))
    #expect(throws: NetworkError.self) {
      try Network(Shape(7, 7, 1), ["conv:3,stride=3,rounding=strict"])
    }
    #expect(try Network(Shape(7, 7, 1), ["conv:3,padding=1"]).layers[0].output == Shape(7, 7, 1))
    // CS231n's other: W = 10, P = 0, F = 3, S = 2 gives 4.5.
    let formula = try WindowAxis(.x, input: 10, filter: 3, stride: 2).formula
    #expect(formula.unrounded == Number(9, over: 2))
  }

  @Test func `VGG16 has 138 million parameters and 15 thousand million multiply-adds`() throws {
    let blocks = [[64, 64], [128, 128], [256, 256, 256], [512, 512, 512], [512, 512, 512]]
    var layers: [String] = []
    for block in blocks {
      for filters in block { layers += ["conv:3,filters=\(filters),padding=1", "relu"] }
      layers.append("maxpool:2")
    }
    layers += ["flatten", "dense:4096", "relu", "dense:4096", "relu", "dense:1000"]
    let network = try Network(Shape(224, 224, 3), layers)
    #expect(network.layers.last?.output == (try Shape(1, 1, 1000)))
    #expect(network.parameterCount == 138_357_544)
    #expect(network.multiplyAdds == 15_470_264_320)
  }

  @Test func `a depthwise convolution has one slice a filter`() throws {
    let layer = try Network(
      Shape(8, 8, 32), ["conv:3,filters=32,groups=32,padding=1,bias=no"]
    ).layers[0]
    #expect(layer.parameters?.countText == "32·(3·3·1) = 288")
    #expect(layer.multiplyAdds == 3 * 3 * 8 * 8 * 32)
  }
}
