import ConvolutionEngine
import Testing
import Walkthrough

@Suite struct `A cell's account as JSON` {
  private func json(_ cell: Cell, of layer: Int, in network: Network, over input: [Int128]) throws
    -> String
  {
    var activations = Activations(network, input: Tensor(network.input, input))
    try activations.evaluateInputs(of: layer)
    return try #require(try activations.account(of: cell, in: layer)).json(in: network).text
  }

  @Test func `stands over denominators where there are fractions`() throws {
    let network = try network(Shape(2, 1, 1), "avgpool:2x1", "conv:1,padding=1,bias=no")
    #expect(
      try json(Cell(0, 0, 0), of: 0, in: network, over: [3, 4])
        == #"{"layer":"avgpool","cell":{"x":0,"y":0,"k":0},"window":{"x":[0,2],"y":[0,1]},"#
        + #""candidates":[{"x":0,"y":0,"k":0,"value":3},{"x":1,"y":0,"k":0,"value":4}],"#
        + #""sum":7,"divisor":2,"denominator":2,"total":7}"#)
    // Nothing but padding lies under this window, and its zeros stand over 2 all the same.
    let padding = try json(Cell(0, 0, 0), of: 1, in: network, over: [3, 4])
    #expect(padding.contains(#""window":{"x":[-1,0],"y":[-1,0]}"#))
    #expect(padding.contains(#""input":[[0]]"#))
    #expect(padding.hasSuffix(#""bias":null,"inputDenominator":2,"denominator":2,"total":0}"#))
  }

  @Test func `tells what ReLU and flatten took`() throws {
    let network = try network(Shape(1, 2, 1), "relu", "flatten")
    #expect(
      try json(Cell(0, 1, 0), of: 0, in: network, over: [5, -3])
        == #"{"layer":"relu","cell":{"x":0,"y":1,"k":0},"input":-3,"total":0}"#)
    #expect(
      try json(Cell(0, 0, 0), of: 1, in: network, over: [5, -3])
        == #"{"layer":"flatten","cell":{"x":0,"y":0,"k":0},"from":{"x":0,"y":0,"k":0},"#
        + #""input":5,"total":5}"#)
  }

  @Test func `writes a matrix row by row`() throws {
    let network = try network(Shape(2, 3, 1), "conv:2x3")
    let text = try json(Cell(0, 0, 0), of: 0, in: network, over: [1, 2, 3, 4, 5, 6])
    #expect(text.contains(#""input":[[1,2],[3,4],[5,6]]"#))
  }

  @Test func `escapes what JSON and ASCII cannot hold`() {
    #expect(JSON.string("a\"\\\n\u{7F}é😀").text == #""a\"\\\u000a\u007f\u00e9\ud83d\ude00""#)
    #expect(JSON.integer(.min).text == "-170141183460469231731687303715884105728")
  }
}
