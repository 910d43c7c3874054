import ConvolutionEngine
import ExactNumbers
import Testing

/// The parts of an account; that they add up is checked on every geometry by `Evaluator`.
struct CellAccountTests {
  @Test func `padding is nil among a window's numbers, and its product is 0`() throws {
    let shape = try Shape(2, 2, 1)
    let network = try Network(shape, "conv:3,padding=1", weights: Array(1...9), bias: [10])
    let input = Tensor(shape, [1, 2, 3, 4])
    let account = try network.layers[0].account(of: Cell(0, 0, 0), inputs: [input])
    let sum = try #require(account.weightedSum)
    #expect(
      sum.inputs
        == [nil, nil, nil, nil, Number(1), Number(2), nil, Number(3), Number(4)])
    #expect(sum.weights == (1...9).map { Number($0) })
    let products: [Int128] = [0, 0, 0, 0, 1 * 5, 2 * 6, 0, 3 * 8, 4 * 9]
    #expect(sum.products == products.map { Number($0) })
    #expect(sum.bias == Number(10))
    #expect(account.total == Number(1 * 5 + 2 * 6 + 3 * 8 + 4 * 9 + 10))
  }

  @Test func `rows and slices are sums of their products`() throws {
    let shape = try Shape(2, 2, 2)
    let network = try Network(shape, "conv:2,bias=no", weights: [1, 2, 3, 4, 5, 6, 7, 8])
    let input = Tensor(shape, [1, 1, 2, 2, 3, 3, 4, 4])
    let sum = try #require(
      try network.layers[0].account(of: Cell(0, 0, 0), inputs: [input]).weightedSum)
    #expect(sum.slice(0) == 0..<4)
    #expect(sum.slice(1) == 4..<8)
    #expect(sum.row(0, ofSlice: 0) == 0..<2)
    #expect(sum.row(1, ofSlice: 1) == 6..<8)
    #expect(sum.sum(sum.slice(0)) == Number(1 * 1 + 1 * 2 + 2 * 3 + 2 * 4))
    #expect(sum.sum(sum.row(1, ofSlice: 1)) == Number(4 * 7 + 4 * 8))
    #expect(sum.bias == nil)
  }

  @Test func `a later group's filter begins at its own depth`() throws {
    let shape = try Shape(1, 1, 4)
    let network = try Network(
      shape, "conv:1,filters=2,groups=2,bias=no", weights: [1, 10, 100, 1000])
    let input = Tensor(shape, [2, 3, 5, 7])
    let account = try network.layers[0].account(of: Cell(0, 0, 1), inputs: [input])
    let sum = try #require(account.weightedSum)
    #expect(sum.firstDepth == 2)
    #expect(sum.filter == (try Shape(1, 1, 2)))
    #expect(sum.inputs == [Number(5), Number(7)])
    #expect(account.total == Number(5 * 100 + 7 * 1000))
  }

  @Test func `a ReLU shows what went in, a flatten where from`() throws {
    let shape = try Shape(2, 2, 2)
    let input = Tensor(shape, [1, -2, 3, -4, 5, -6, 7, -8])
    let cut = try Network(shape, "relu").layers[0].account(of: Cell(1, 0, 1), inputs: [input])
    #expect(cut.working == .mapped(Number(-6), by: .relu(ReLU())))
    #expect(cut.total == .zero)
    let moved = try Network(shape, "flatten").layers[0].account(of: Cell(0, 0, 6), inputs: [input])
    #expect(moved.working == .moved(Cell(0, 1, 1), Number(7)))
    #expect(moved.total == Number(7))
  }

  @Test func `an average has its places, sum and divisor`() throws {
    let shape = try Shape(2, 2, 1)
    let input = Tensor(shape, [1, 2, 3, 5])
    let network = try Network(shape, "avgpool:2,stride=1,padding=1")
    let average = try #require(
      try network.layers[0].account(of: Cell(1, 0, 0), inputs: [input]).average)
    #expect(average.cells == [Cell(0, 0, 0), Cell(1, 0, 0)])
    #expect(average.values == [Number(1), Number(2)])
    #expect(average.sum == Number(1 + 2))
    #expect(average.divisor == 2 * 2)
  }

  @Test func `the account of a late cell of a large layer needs only its window`() throws {
    let shape = try Shape(1 << 12, 1 << 12, 1)
    let network = try Network(shape, "maxpool:2,stride=1", weights: nil)
    let input = Tensor(shape, Integers.int8(Array(repeating: 3, count: shape.count)))
    let account = try network.layers[0].account(of: Cell(4094, 4094, 0), inputs: [input])
    #expect(account.total == Number(3))
    #expect(account.candidates?.cells.last == Cell(4095, 4095, 0))
  }
}
