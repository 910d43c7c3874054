import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Testing

@Suite struct `A flatten's order` {
  /// X[x,y,d] = 100·x + 10·y + d, 3×2×2.
  private func input() throws -> Tensor {
    let shape = try Shape(3, 2, 2)
    let numbers = (0..<shape.count).map { index in
      let cell = shape.cell(at: index)
      return Int128(100 * cell.x + 10 * cell.y + cell.depth)
    }
    return Tensor(shape, Integers(numbers))
  }

  private func flat(_ text: String, _ order: FlatOrder = .dyx) throws -> [Number] {
    let input = try input()
    let network = try Network(
      input: input.shape, layers: [LayerSpecification(parsing: text)], flatOrder: order)
    let result = try network.layers[0].evaluate([input])
    return (0..<result.shape.depth).map { result[Cell(0, 0, $0)] }
  }

  /// By numpy: `X.transpose(2, 1, 0).ravel()` of an array `[x, y, d]`.
  private let walk = [0, 100, 200, 10, 110, 210, 1, 101, 201, 11, 111, 211]
  /// By numpy: `X.transpose(1, 0, 2).ravel()`, which is what Keras makes of `[y, x, d]`.
  private let keras = [0, 1, 100, 101, 200, 201, 10, 11, 110, 111, 210, 211]

  @Test func `is the walk's unless its settings or its network say other`() throws {
    let (walk, keras) = (walk.map { Number(Int128($0)) }, keras.map { Number(Int128($0)) })
    #expect(try flat("flatten") == walk)
    #expect(try flat("flatten,order=dyx") == walk)
    #expect(try flat("flatten,order=yxd") == keras)
    #expect(try flat("flatten", .yxd) == keras)
    #expect(try flat("flatten,order=dyx", .yxd) == walk)
  }

  @Test func `is written where it is not the walk's`() throws {
    let network = try Network(
      input: Shape(3, 2, 2), layers: [LayerSpecification(parsing: "flatten")], flatOrder: .yxd)
    #expect("\(network.layers[0].specification)" == "flatten,order=yxd")
    #expect("\(try LayerSpecification(parsing: "flatten,order=dyx"))" == "flatten,order=dyx")
    #expect("\(try LayerSpecification(parsing: "flatten"))" == "flatten")
    #expect(throws: LayerTextError.value(key: "order", found: "xyd", expected: "dyx or yxd")) {
      try LayerSpecification(parsing: "flatten,order=xyd")
    }
  }

  @Test(arguments: FlatOrder.allCases, [(1, 1, 5), (4, 3, 1), (2, 3, 4), (3, 1, 2)])
  func `finds every place again, and moves float32 as integers`(
    order: FlatOrder, size: (Int, Int, Int)
  ) throws {
    let shape = try Shape(size.0, size.1, size.2)
    let network = try Network(
      input: shape, layers: [LayerSpecification(parsing: "flatten")], flatOrder: order)
    let layer = network.layers[0]
    let floats = Tensor.float32(shape, (0..<shape.count).map { Float($0) + 0.5 })
    let row = try layer.evaluate([floats])
    for place in 0..<shape.count {
      let cell = order.cell(at: place, in: shape)
      #expect(order.place(of: cell, in: shape) == place)
      #expect(row[Cell(0, 0, place)] == floats[cell])
      #expect(try layer.value(of: Cell(0, 0, place), inputs: [floats]) == floats[cell])
    }
  }
}

@Suite struct `Defaults of the libraries` {
  @Test func `are PyTorch's or Keras's where it is asked for`() throws {
    func operation(_ text: String, _ defaults: SettingDefaults) throws -> Operation {
      try LayerSpecification(parsing: text, defaults: defaults).operation
    }
    #expect(
      try operation("batchnorm", .pytorch)
        == .batchNormalization(.init(epsilon: Ratio(1, over: 100_000))))
    #expect(
      try operation("batchnorm", .keras)
        == .batchNormalization(.init(epsilon: Ratio(1, over: 1000))))
    #expect(try operation("batchnorm", .own) == operation("batchnorm", .keras))
    // nn.LocalResponseNorm(5): alpha 0.0001 over its size, beta 0.75, k 1.
    #expect(
      try operation("lrn:5", .pytorch)
        == .responseNormalization(
          .init(size: 5, alpha: Ratio(1, over: 50_000), beta: Ratio(3, over: 4), offset: Ratio(1))))
    #expect(
      try operation("lrn:3,alpha=0.01,k=2", .pytorch)
        == .responseNormalization(
          .init(size: 3, alpha: Ratio(1, over: 300), beta: Ratio(3, over: 4), offset: Ratio(2))))
    #expect(try operation("lrn:5", .own) == operation("lrn:5", .keras))
  }

  @Test func `write a layer so that it is read again as it is`() throws {
    for text in ["lrn:3", "batchnorm", "flatten", "avgpool:2,padding=same", "lrn:5,alpha=0.1"] {
      for defaults in [SettingDefaults.own, .pytorch, .keras] {
        let layer = try LayerSpecification(parsing: text, defaults: defaults)
        #expect(try LayerSpecification(parsing: "\(layer)") == layer)
      }
    }
  }

  /// TensorFlow and Keras never count the padding of `same`; PyTorch counts numbered padding.
  @Test func `count no padding of same, unless it is asked for`() throws {
    func counts(_ text: String) throws -> Bool? {
      guard case .averagePool(let pool) = try LayerSpecification(parsing: text).operation else {
        return nil
      }
      return pool.countsPadding
    }
    #expect(try counts("avgpool:3,padding=same") == false)
    #expect(try counts("avgpool:3,padding=same,count-padding=yes") == true)
    #expect(try counts("avgpool:3,padding=1") == true)
    #expect(try counts("avgpool:3,padding=1,count-padding=no") == false)
  }

  @Test func `are told in one line where libraries differ and nothing is written`() throws {
    let texts = [
      "batchnorm,name=bn", "avgpool:3,padding=same", "lrn:3,k=1", "batchnorm,epsilon=0.5",
      "flatten", "relu",
    ]
    func note(_ defaults: SettingDefaults) throws -> String? {
      let network = try Network(
        input: Shape(4, 4, 2),
        layers: texts.map { try LayerSpecification(parsing: $0, defaults: defaults) },
        flatOrder: defaults.flatOrder)
      let written = texts.enumerated().map { ($0, LayerSpecification.writtenKeys($1)) }
      return network.defaultsNote(defaults, written: Dictionary(uniqueKeysWithValues: written))
    }
    #expect(
      try note(.pytorch) == "defaults (PyTorch's): bn epsilon=0.00001; "
        + "avgpool count-padding=no (TensorFlow's, as padding=same is); lrn alpha=0.0001, alpha over its size"
    )
    #expect(try note(.keras)?.hasSuffix("lrn alpha=0.0001; flatten order=yxd") == true)
    #expect(
      try Network(input: .init(1, 1, 1), layers: [LayerSpecification(.relu(ReLU()))])
        .defaultsNote(.own, written: [0: []]) == nil)
  }
}
