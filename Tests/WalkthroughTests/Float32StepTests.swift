import ConvolutionEngine
import ExactNumbers
import Testing
import Walkthrough

/// What is said of a cell that float32 rounds.
@Suite struct `A rounded cell` {
  private func account(
    _ input: Tensor, weights: [Float], bias: Coefficients? = nil
  ) throws -> (CellAccount, Walk) {
    let text = "conv:2x1,name=v" + (bias == nil ? ",bias=no" : "")
    let network = try Network(
      input: input.shape, layers: [LayerSpecification(parsing: text)]
    ).taking(["v": GivenParameters(weights: .float32(weights), bias: bias)])
    let account = try network.layers[0].account(of: Cell(0, 0, 0), inputs: [input])
    return (account, Walk(network))
  }

  private func floats(_ numbers: [Float]) throws -> Tensor {
    .float32(try Shape(2, 1, 1), numbers, isRounded: false)
  }

  @Test func `is written with ≈ where an exact one has =`() throws {
    let (account, walk) = try account(floats([0.1, 0.7]), weights: [0.5, -0.25])
    // A tie: the sum has 25 bits, and −0.125 is even.
    #expect(account.equation == "≈−0.124999996 ≈ −0.125")
    #expect(
      walk.transcript(account).suffix(3) == [
        "  v[0,0,0] = ≈−0.124999996 ≈ −0.125", "  exactly −33554431·2^−28",
        "  rounded to the nearest float32, by ≈−3.7252903e−9",
      ])
  }

  @Test func `says what was rounded`() throws {
    let (account, walk) = try account(floats([0.1, 0.7]), weights: [0.1, 0.1])
    let place = Place(layer: 0, grain: .window, position: 1)
    #expect(
      walk.narration(place, account: account).sentences.last
        == "The exact value, ≈0.0800000001, was rounded once, to the nearest float32.")
    let (whole, _) = try self.account(floats([0.5, 2]), weights: [1, 1])
    #expect(
      walk.narration(place, account: whole).sentences.last
        == "That is a float32, so rounding changed nothing.")
  }

  @Test func `is JSON of whole numbers where they are`() throws {
    let bias = Coefficients.stored(Integers([12] as [Int128]), denominator: 4)
    let input = Tensor(try Shape(2, 1, 1), [4, 6], over: 2)
    let (account, walk) = try account(input, weights: [0.1, -3], bias: bias)
    // 2 · 0.1 − 9 + 3, where 0.1 is 13421773·2^−27.
    #expect(
      account.json(in: walk.network).text.hasSuffix(
        #""slices":[{"depth":0,"input":[[2,3]],"filter":[[0.10000000149011612,-3.0]],"#
          + #""products":[[0.20000000298023224,-9.0]],"sum":-8.799999997019768}],"bias":3,"#
          + #""total":-5.800000190734863,"unrounded":"-389231411/67108864"}"#))
  }

  @Test func `is JSON of values, with the exact total as a fraction`() throws {
    let input = Tensor(try Shape(2, 1, 1), [2, 1], over: 4)
    let bias = Coefficients.stored(Integers([3] as [Int128]), denominator: 2)
    let (account, walk) = try account(input, weights: [0.5, -3], bias: bias)
    #expect(
      account.json(in: walk.network).text
        == #"{"layer":"v","cell":{"x":0,"y":0,"k":0},"window":{"x":[0,2],"y":[0,1]},"#
        + #""slices":[{"depth":0,"input":[[0.5,0.25]],"filter":[[0.5,-3.0]],"#
        + #""products":[[0.25,-0.75]],"sum":-0.5}],"bias":1.5,"total":1.0,"unrounded":"1"}"#)
  }
}
