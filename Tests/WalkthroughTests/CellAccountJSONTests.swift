import ConvolutionEngine
import ExactNumbers
import FastEvaluation
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

  /// A cell of the last layer, over that layer's own inputs.
  private func json(
    _ cell: Cell, of network: Network, inputs: [(numbers: [Int128], over: Int128)]
  ) throws -> String {
    let layer = network.layers[network.layers.count - 1]
    let tensors = zip(layer.inputs, inputs).map { Tensor($0, $1.numbers, over: $1.over) }
    return try layer.account(of: cell, inputs: tensors).json(in: network).text
  }

  private func cell(_ x: Int, _ y: Int, _ depth: Int) -> String {
    #"{"x":\#(x),"y":\#(y),"k":\#(depth)}"#
  }

  @Test func `tells how far apart a window's places are`() throws {
    let network = try network(
      Shape(3, 1, 1), "conv:2x1,dilation=2x1,bias=no", weights: [2, -1])
    #expect(
      try json(Cell(0, 0, 0), of: network, inputs: [([3, 4, 5], 1)])
        == #"{"layer":"v","cell":\#(cell(0, 0, 0)),"window":{"x":[0,3],"y":[0,1]},"#
        + #""dilation":{"x":2,"y":1},"slices":[{"depth":0,"input":[[3,5]],"filter":[[2,-1]],"#
        + #""products":[[6,-5]],"sum":1}],"bias":null,"total":1}"#)
  }

  @Test func `names a maximum's candidates, winners and what they stand over`() throws {
    let network = try network(Shape(2, 2, 1), "maxpool:2,name=v")
    #expect(
      try json(Cell(0, 0, 0), of: network, inputs: [([3, 5, 5, -1], 2)])
        == #"{"layer":"v","cell":\#(cell(0, 0, 0)),"window":{"x":[0,2],"y":[0,2]},"#
        + #""candidates":[{"x":0,"y":0,"k":0,"value":3},{"x":1,"y":0,"k":0,"value":5},"#
        + #"{"x":0,"y":1,"k":0,"value":5},{"x":1,"y":1,"k":0,"value":-1}],"#
        + #""winners":[\#(cell(1, 0, 0)),\#(cell(0, 1, 0))],"inputDenominator":2,"denominator":2,"#
        + #""total":5}"#)
    // 0.1 as float32 is 0.100000001490116…
    let floats = Tensor.float32(network.input, [0.5, 0.1, -1, -2], isRounded: false)
    let text = try network.layers[0].account(of: Cell(0, 0, 0), inputs: [floats])
      .json(in: network).text
    #expect(text.contains(#"{"x":1,"y":0,"k":0,"value":0.10000000149011612}"#))
    #expect(text.hasSuffix(#""winners":[\#(cell(0, 0, 0))],"total":0.5}"#))
  }

  @Test func `has the numbers of averages and cuts over their denominators`() throws {
    #expect(
      try json(
        Cell(0, 0, 0), of: network(Shape(2, 1, 1), "avgpool:2x1,name=v"), inputs: [([3, 4], 2)])
        == #"{"layer":"v","cell":\#(cell(0, 0, 0)),"window":{"x":[0,2],"y":[0,1]},"#
        + #""candidates":[{"x":0,"y":0,"k":0,"value":3},{"x":1,"y":0,"k":0,"value":4}],"#
        + #""sum":7,"divisor":2,"inputDenominator":2,"denominator":4,"total":7}"#)
    #expect(
      try json(Cell(0, 0, 0), of: network(Shape(1, 1, 1), "relu6,name=v"), inputs: [([13], 2)])
        == #"{"layer":"v","cell":\#(cell(0, 0, 0)),"input":13,"inputDenominator":2,"#
        + #""denominator":2,"total":12}"#)
  }

  @Test func `tells what was joined, framed and added`() throws {
    let joined = try network(Shape(1, 1, 1), "relu,name=a", "concat,from=X+a,name=v")
    #expect(
      try json(Cell(0, 0, 1), of: joined, inputs: [([1], 2), ([4], 3)])
        == #"{"layer":"v","cell":\#(cell(0, 0, 1)),"fromInput":1,"from":\#(cell(0, 0, 0)),"#
        + #""input":4,"inputDenominator":3,"denominator":6,"total":8}"#)
    let framed = try network(Shape(1, 1, 1), "zeropad:1,name=v")
    #expect(
      try json(Cell(2, 1, 0), of: framed, inputs: [([3], 2)])
        == #"{"layer":"v","cell":\#(cell(2, 1, 0)),"from":null,"denominator":2,"total":0}"#)
    #expect(
      try json(Cell(1, 1, 0), of: framed, inputs: [([3], 2)])
        == #"{"layer":"v","cell":\#(cell(1, 1, 0)),"from":\#(cell(0, 0, 0)),"input":3,"#
        + #""inputDenominator":2,"denominator":2,"total":3}"#)
    let added = try network(Shape(1, 1, 1), "relu,name=a", "add,from=X+a+X,name=v")
    #expect(
      try json(Cell(0, 0, 0), of: added, inputs: [([3], 2), ([4], 3), ([6], 2)])
        == #"{"layer":"v","cell":\#(cell(0, 0, 0)),"terms":["3/2","4/3",3],"denominator":6,"#
        + #""total":35}"#)
    let third = Tensor(try Shape(1, 1, 1), [1], over: 3)
    let half = Tensor.float32(try Shape(1, 1, 1), [0.5], isRounded: false)
    let float = try network(Shape(1, 1, 1), "relu,name=a", "add,from=X+a,name=v")
    #expect(
      try float.layers[1].account(of: Cell(0, 0, 0), inputs: [third, half]).json(in: float).text
        == #"{"layer":"v","cell":\#(cell(0, 0, 0)),"terms":["1/3",0.5],"#
        + #""total":0.8333333134651184,"unrounded":"5/6"}"#)
  }

  @Test func `has a normalization's numbers, and its root where that is a fraction`() throws {
    // 3·(5 − 2)/√(1/4 + 3/4) + 1, then 2/√(2 + 1/1000): the digits are from Python's `decimal`.
    let fraction = try network(
      Shape(1, 1, 1), "batchnorm,epsilon=0.75", weights: [12, 4, 8, 1], over: 4)
    #expect(
      try json(Cell(0, 0, 0), of: fraction, inputs: [([5], 1)])
        == #"{"layer":"v","cell":\#(cell(0, 0, 0)),"input":5,"gamma":3,"beta":1,"mean":2,"#
        + #""variance":"1/4","epsilon":"3/4","root":1,"total":10}"#)
    let root = try network(Shape(1, 1, 1), "batchnorm", weights: [1, 0, 0, 2])
    #expect(
      try json(Cell(0, 0, 0), of: root, inputs: [([2], 1)])
        == #"{"layer":"v","cell":\#(cell(0, 0, 0)),"input":2,"gamma":1,"beta":0,"mean":0,"#
        + #""variance":2,"epsilon":"1/1000","root":null,"total":1.4138600826263428,"#
        + #""precise":1.4138601415098047}"#)
  }

  @Test func `has the digits of what no fraction is`() throws {
    let column = [([1, 0] as [Int128], Int128(1))].map { (numbers: $0.0, over: $0.1) }
    #expect(
      try json(
        Cell(0, 0, 0), of: network(Shape(1, 1, 2), "lrn:3,name=v"), inputs: [([3, -4], 1)])
        == #"{"layer":"v","cell":\#(cell(0, 0, 0)),"input":3,"neighbours":["#
        + #"{"k":0,"value":3},{"k":1,"value":-4}],"sumOfSquares":25,"#
        + #""total":1.7821401357650757,"precise":1.7821401770079557}"#)
    #expect(
      try json(Cell(0, 0, 0), of: network(Shape(1, 1, 2), "sigmoid,name=v"), inputs: column)
        == #"{"layer":"v","cell":\#(cell(0, 0, 0)),"input":1,"exponential":0.36787944117144233,"#
        + #""total":0.7310585975646973,"precise":0.7310585786300049}"#)
    #expect(
      try json(Cell(0, 0, 1), of: network(Shape(1, 1, 2), "softmax,name=v"), inputs: column)
        == #"{"layer":"v","cell":\#(cell(0, 0, 1)),"inputs":[1,0],"largest":1,"#
        + #""exponentials":[1.0,0.36787944117144233],"sum":1.3678794411714423,"#
        + #""total":0.2689414322376251,"precise":0.2689414213699951}"#)
  }

  @Test func `escapes what JSON and ASCII cannot hold`() {
    #expect(JSON.string("a\"\\\n\u{7F}é😀").text == #""a\"\\\u000a\u007f\u00e9\ud83d\ude00""#)
    #expect(JSON.integer(.min).text == "-170141183460469231731687303715884105728")
  }
}
