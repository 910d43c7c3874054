import ConvolutionEngine
import ExactNumbers
import Testing
import Walkthrough

/// What `trace` writes of a cell. Each line of code has been run in numpy and PyTorch; the digits
/// are from Python's `decimal`.
@Suite struct `A cell's transcript` {
  /// The text of a cell of the last layer, over that layer's own inputs.
  private func transcript(
    _ cell: Cell, of network: Network, _ inputs: [Tensor], _ notation: Notation = .numpy
  ) throws -> String {
    let layer = network.layers[network.layers.count - 1]
    let account = try layer.account(of: cell, inputs: inputs)
    return Walk(network).transcript(account, notation: notation).joined(separator: "\n")
  }

  private func transcript(
    _ cell: Cell, of network: Network, _ numbers: [Int128], over denominator: Int128 = 1
  ) throws -> String {
    let layer = network.layers[network.layers.count - 1]
    return try transcript(
      cell, of: network, layer.inputs.map { Tensor($0, numbers, over: denominator) })
  }

  @Test func `has a grid for each depth, with a colon for padding`() throws {
    let network = try network(
      Shape(2, 2, 2), "conv:2,padding=1", weights: [1, -2, 3, 4, 5, 6, -7, 8], bias: [10])
    // Window (1, 0) sees padding above and the whole first row below.
    #expect(
      try transcript(Cell(1, 0, 0), of: network, [1, 2, 3, 4, 50, 60, 7, 8]) == """
        v[1,0,0] = np.sum(X[0:2, 0:1, :] * Ker[0:2, 1:2, :]) + b
          depth 0
             :  :    1 −2      0    0  |   0
             1  2 ×  3  4 =    3    8  |  11
            slice sum = 11
          depth 1
             :  :    5  6      0    0  |   0
            50 60 × −7  8 = −350  480  | 130
            slice sum = 130
          bias b = 10
          v[1,0,0] = 11 + 130 + 10 = 151
        """)
  }

  @Test func `has a line for each depth where a filter is one number deep`() throws {
    let grouped = try network(
      Shape(1, 1, 4), "conv:1,filters=2,groups=2,bias=no", weights: [1, 10, 100, 1000])
    #expect(
      try transcript(Cell(0, 0, 1), of: grouped, [2, 3, 5, 7]) == """
        v[0,0,1] = np.sum(X[0:1, 0:1, 2:4] * Ker1)
          depth 2  5 · 100 = 500
          depth 3  7 · 1000 = 7000
          v[0,0,1] = 500 + 7000 = 7500
        """)
    let padded = try network(
      Shape(1, 1, 1), "conv:1,padding=1", weights: [3], bias: [4])
    #expect(
      try transcript(Cell(0, 0, 0), of: padded, [5]) == """
        v[0,0,0] = b
          depth 0  : · 3 = 0
          bias b = 4
          v[0,0,0] = 0 + 4 = 4
        """)
  }

  @Test func `says a number once where it is all there is to add`() throws {
    let network = try network(Shape(2, 1, 1), "conv:2x1,bias=no", weights: [2, -3])
    #expect(
      try transcript(Cell(0, 0, 0), of: network, [4, 5]) == """
        v[0,0,0] = np.sum(X[0:2, 0:1, :] * Ker)
          depth 0
            4 5 ×  2 −3 =   8 −15  | −7
            slice sum = −7
          v[0,0,0] = −7
        """)
  }

  @Test func `marks a maximum's winners`() throws {
    let network = try network(Shape(2, 2, 1), "maxpool:2,name=v")
    #expect(
      try transcript(Cell(0, 0, 0), of: network, [3, 5, 5, -1], over: 2) == """
        v[0,0,0] = np.max(X[0:2, 0:2, 0])
            X[0,0,0] = 1.5
          * X[1,0,0] = 2.5
          * X[0,1,0] = 2.5
            X[1,1,0] = −0.5
          v[0,0,0] = max(1.5, 2.5, 2.5, −0.5) = 2.5
        """)
  }

  @Test func `adds an average up and divides it`() throws {
    let network = try network(Shape(3, 1, 1), "avgpool:3x1,name=v")
    #expect(
      try transcript(Cell(0, 0, 0), of: network, [3, -5, 4]) == """
        v[0,0,0] = np.sum(X[0:3, 0:1, 0]) / 3
            X[0,0,0] = 3
            X[1,0,0] = −5
            X[2,0,0] = 4
          sum 2, divided by 3
          v[0,0,0] = (3 + −5 + 4)/3 = 2/3
        """)
    let floats = Tensor.float32(network.input, [1, 0, 0], isRounded: false)
    #expect(
      try transcript(Cell(0, 0, 0), of: network, [floats]).hasSuffix(
        """
          sum 1, divided by 3
          v[0,0,0] = (1 + 0 + 0)/3 ≈ 0.33333334
          exactly (1)/3
          rounded to the nearest float32, by ≈9.93410746e−9
        """))
  }

  @Test func `says where rounding changes nothing`() throws {
    let network = try network(Shape(2, 1, 1), "avgpool:2x1,name=v")
    let floats = Tensor.float32(network.input, [1, 2], isRounded: false)
    #expect(
      try transcript(Cell(0, 0, 0), of: network, [floats]).hasSuffix(
        """
          v[0,0,0] = (1 + 2)/2 ≈ 1.5
          exactly 3·2^−1
          which is a float32
        """))
  }

  @Test func `names what is added, joined, cut and moved`() throws {
    let shape = try Shape(1, 1, 1)
    func line(_ layers: String..., numbers: [Int128] = [-3], at cell: Cell = Cell(0, 0, 0))
      throws -> String
    {
      let network = try Network(
        input: shape, layers: layers.map { try LayerSpecification(parsing: $0) })
      return try transcript(cell, of: network, numbers)
    }
    #expect(
      try line("relu,name=a", "add,from=X+a,name=v") == """
        v[0,0,0] = X[0,0,0] + a[0,0,0]
            X[0,0,0] = −3
            a[0,0,0] = −3
          v[0,0,0] = −3 + −3 = −6
        """)
    #expect(
      try line("relu,name=a", "concat,from=X+a,name=v", at: Cell(0, 0, 1)) == """
        v[0,0,1] = a[0,0,0]
            a[0,0,0] = −3
          v[0,0,1] = −3
        """)
    #expect(
      try line("relu,name=v") == """
        v[0,0,0] = np.maximum(X[0,0,0], 0)
          v[0,0,0] = max(−3, 0) = 0
        """)
    #expect(
      try line("relu6,name=v", numbers: [9]) == """
        v[0,0,0] = np.clip(X[0,0,0], 0, 6)
          v[0,0,0] = min(max(9, 0), 6) = 6
        """)
    #expect(
      try line("flatten,name=v") == """
        v[0,0,0] = X.flatten(order='F')[0]
          v[0,0,0] = −3
        """)
    #expect(
      try line("zeropad,left=1,name=v") == """
        v[0,0,0] = 0
          v[0,0,0] = 0
        """)
  }

  @Test func `has a normalization's four numbers and its root`() throws {
    let fraction = try network(
      Shape(1, 1, 1), "batchnorm,epsilon=0.75", weights: [12, 4, 8, 1], over: 4)
    #expect(
      try transcript(Cell(0, 0, 0), of: fraction, [5]) == """
        v[0,0,0] = v_gamma[0] * (X[0,0,0] - v_mean[0]) / np.sqrt(v_var[0] + 0.75) + v_beta[0]
            X[0,0,0] = 5
            γ = 3  β = 1  μ = 2  σ² = 0.25
            √(0.25 + 0.75) = 1
          v[0,0,0] = 3·(5 − 2)/1 + 1 = 10
        """)
    let root = try network(Shape(1, 1, 1), "batchnorm", weights: [1, 0, 0, 2])
    #expect(
      try transcript(Cell(0, 0, 0), of: root, [2]) == """
        v[0,0,0] = v_gamma[0] * (X[0,0,0] - v_mean[0]) / np.sqrt(v_var[0] + 0.001) + v_beta[0]
            X[0,0,0] = 2
            γ = 1  β = 0  μ = 0  σ² = 2
            √(2 + 0.001) ≈ 1.4145671
          v[0,0,0] = 1·(2 − 0)/√(2 + 0.001) + 0 ≈ 1.41386014
          rounded to the nearest float32, ≈1.4138601
        """)
  }

  @Test func `has the digits of roots and exponentials`() throws {
    let pair = try Shape(1, 1, 2)
    #expect(
      try transcript(Cell(0, 0, 0), of: network(pair, "lrn:3,name=v"), [3, -4]) == """
        v[0,0,0] = X[0,0,0] / (2 + 0.0001 * np.sum(X[0, 0, 0:2]**2))**0.75
            X[0,0,0] = 3
            X[0,0,1] = −4
          sum of squares 25
          v[0,0,0] = 3/(2 + 0.0001·25)^0.75 ≈ 1.78214018
          rounded to the nearest float32, ≈1.7821401
        """)
    #expect(
      try transcript(Cell(0, 0, 1), of: network(pair, "sigmoid,name=v"), [0, -1]) == """
        v[0,0,1] = 1 / (1 + np.exp(-X[0,0,1]))
            e^−1 ≈ 0.367879441
          v[0,0,1] = 1/(1 + e^1) ≈ 0.268941421
          rounded to the nearest float32, ≈0.26894143
        """)
    #expect(
      try transcript(Cell(0, 0, 1), of: network(pair, "softmax,name=v"), [1, 0]) == """
        v[0,0,1] = np.exp(X[0,0,1] - np.max(X[0, 0, :])) / \
        np.sum(np.exp(X[0, 0, :] - np.max(X[0, 0, :])))
          depth 0  e^(1 − 1) = 1
          depth 1  e^(0 − 1) ≈ 0.367879441
          sum ≈ 1.36787944
          v[0,0,1] = e^(0 − 1)/1.36787944 ≈ 0.268941421
          rounded to the nearest float32, ≈0.26894143
        """)
  }

  @Test func `stands below its layer's heading`() throws {
    let network = try network(Shape(2, 1, 1), "relu,name=a", "add,from=X+a,name=v")
    let walk = Walk(network)
    #expect(
      Notation.allCases.map { walk.heading(network.layers[1], notation: $0) } == [
        ["X 2×1×1, a 2×1×1 → v 2×1×1", "  v = X + a"],
        ["X 2×1×1, a 2×1×1 → v 2×1×1", "  v = X + a"],
        ["X 2×1×1, a 2×1×1 → v 2×1×1", "  v = layers.Add()([X, a])"],
      ])
  }
}
