import ConvolutionEngine
import FastEvaluation
import Testing

/// Every way in which sizes do not go together, and what is said about it.
struct ShapeErrorTests {
  private func description(_ input: Shape, _ layers: String...) -> String? {
    let error = #expect(throws: NetworkError.self) { try Network(input, layers) }
    return error?.description
  }

  @Test func `a side below 1 or beyond what is allowed`() {
    func description(_ width: Int, _ height: Int, _ depth: Int) -> String? {
      #expect(throws: ShapeError.self) { try Shape(width, height, depth) }?.description
    }
    #expect(description(0, 3, 1) == "width 0 is not a size; it must be 1 or more.")
    #expect(description(3, -3, 1) == "height -3 is not a size; it must be 1 or more.")
    #expect(description(3, 3, 0) == "depth 0 is not a size; it must be 1 or more.")
    #expect(
      description(16_777_217, 1, 1)
        == "16777217×1×1 is too large: a side may be 16777216 and a tensor 1099511627776 numbers "
        + "at most.")
    #expect(
      description(1 << 20, 1 << 20, 2)
        == "1048576×1048576×2 is too large: a side may be 16777216 and a tensor 1099511627776 "
        + "numbers at most.")
  }

  @Test func `settings out of their range`() throws {
    let input = try Shape(8, 8, 4)
    let cases = [
      (
        "conv:0",
        "layer conv (input 8×8×4): filter size 0 is not possible; filter size must be from 1 to 16777216."
      ),
      (
        "conv:3,stride=0",
        "layer conv (input 8×8×4): stride 0 is not possible; stride must be from 1 to 16777216."
      ),
      (
        "conv:3,stride=1x-1",
        "layer conv (input 8×8×4): stride -1 is not possible; stride must be from 1 to 16777216."
      ),
      (
        "conv:3,dilation=0",
        "layer conv (input 8×8×4): dilation 0 is not possible; dilation must be from 1 to 16777216."
      ),
      (
        "conv:3,top=-1",
        "layer conv (input 8×8×4): padding -1 is not possible; padding must be from 0 to 16777216."
      ),
      (
        "conv:3,stride=0,padding=same",
        "layer conv (input 8×8×4): stride 0 is not possible; stride must be from 1 to 16777216."
      ),
      (
        "conv:3,filters=0",
        "layer conv (input 8×8×4): filters 0 is not possible; filters must be 1 or more."
      ),
      (
        "conv:3,groups=-2",
        "layer conv (input 8×8×4): groups -2 is not possible; groups must be 1 or more."
      ),
    ]
    for (layer, expected) in cases { #expect(description(input, layer) == expected) }
    #expect(
      description(input, "flatten", "dense:0")
        == "layer dense (input 1×1×256): outputs 0 is not possible; outputs must be 1 or more.")
  }

  @Test func `a filter that does not fit`() throws {
    #expect(
      description(try Shape(4, 8, 1), "conv:5")
        == "layer conv (input 4×8×1): the filter spans 5 columns, more than the input's 4; "
        + "use a filter or dilation that fits, or add padding.")
    #expect(
      description(try Shape(8, 3, 1), "maxpool:2x3,dilation=1x3,top=1,bottom=1")
        == "layer maxpool (input 8×3×1): the filter spans 7 rows, more than the input's 3 "
        + "with its padding (5); use a filter or dilation that fits, or add padding.")
  }

  @Test func `a remainder where rounding is strict`() throws {
    #expect(
      description(try Shape(8, 8, 1), "conv:3,stride=2,rounding=strict")
        == "layer conv (input 8×8×1): width: (W − F + 2P)/S + 1 = (8 − 3 + 2·0)/2 + 1 "
        + "is not a whole number (remainder 1); change a size, stride or padding, "
        + "or use rounding=floor.")
  }

  @Test func `a window of nothing but padding`() throws {
    #expect(
      description(try Shape(4, 4, 1), "maxpool:2,top=2")
        == "layer maxpool (input 4×4×1): window 0 along the height would see only padding "
        + "(the input has 4 rows); use less padding.")
    #expect(
      description(try Shape(4, 4, 1), "maxpool:2,right=2")
        == "layer maxpool (input 4×4×1): window 2 along the width would see only padding "
        + "(the input has 4 columns); use less padding.")
  }

  @Test func `groups that do not divide`() throws {
    #expect(
      description(try Shape(8, 8, 4), "conv:3,filters=3,groups=3")
        == "layer conv (input 8×8×4): 3 groups do not divide the input's depth 4; "
        + "both the input's depth and the filters must be multiples of the groups.")
    #expect(
      description(try Shape(8, 8, 4), "conv:3,filters=3,groups=2")
        == "layer conv (input 8×8×4): 2 groups do not divide the filters 3; "
        + "both the input's depth and the filters must be multiples of the groups.")
  }

  @Test func `weights and biases of another count`() throws {
    func description(weights: Int, bias: Int) -> String? {
      #expect(throws: NetworkError.self) {
        try Network(
          Shape(5, 5, 2), "conv:3,filters=2", weights: scattered(weights), bias: scattered(bias))
      }?.description
    }
    #expect(
      description(weights: 9, bias: 2)
        == "layer v (input 5×5×2): the weights: found 9 numbers, "
        + "expected 2 filters of 3×3×2: 36.")
    #expect(
      description(weights: 36, bias: 1)
        == "layer v (input 5×5×2): the bias: found 1 numbers, expected 2, one a filter.")
    #expect(
      #expect(throws: NetworkError.self) {
        try Network(Shape(3, 3, 1), "conv:3", weights: [1, 2])
      }?.description
        == "layer v (input 3×3×1): the weights: found 2 numbers, expected 1 filter of 3×3×1: 9.")
    #expect(
      #expect(throws: NetworkError.self) {
        try Network(Shape(3, 3, 1), "batchnorm", weights: [1, 2, 3])
      }?.description
        == "layer v (input 3×3×1): the weights: found 3 numbers, expected 4 for each of 1 map: 4.")
  }

  @Test func `dense over what is not flat`() throws {
    #expect(
      description(try Shape(2, 2, 3), "dense:10")
        == "layer dense (input 2×2×3): dense needs a flat input (1×1×N), found 2×2×3; "
        + "put flatten before it.")
  }

  @Test func `inputs of another number`() throws {
    #expect(
      description(try Shape(2, 2, 3), "relu,name=a", "relu,name=b,from=X+a")
        == "layer b (input 2×2×3): it takes one input, found 2.")
    #expect(
      ShapeError.unlike(try Shape(1, 2, 3), try Shape(4, 5, 6), why: "widths differ").description
        == "inputs of 1×2×3 and 4×5×6: widths differ.")
  }

  @Test func `a layer that is given no input names the network's`() throws {
    let specification = LayerSpecification(.relu(ReLU()), inputs: [])
    let input = try Shape(2, 2, 3)
    #expect(
      throws: NetworkError.layer(
        name: "relu", number: 1, input: input, .inputs(found: 0, expected: "one input"))
    ) { try Network(input: input, layers: [specification]) }
  }

  @Test func `more filters, weights or maps than can be numbered`() throws {
    let limits =
      " is too large: a side may be 16777216 and a tensor 1099511627776 numbers at most."
    #expect(
      description(try Shape(2, 2, 2), "depthwise:1,multiplier=9223372036854775807")
        == "layer depthwise (input 2×2×2): 9223372036854775807 filters for each depth of 2×2×2"
        + limits)
    #expect(
      description(try Shape(1024, 1024, 4), "conv:1024,filters=524288")
        == "layer conv (input 1024×1024×4): 524288 filters of 1024×1024×4" + limits)
    #expect(
      description(try Shape(1, 1, 1 << 40), "concat,from=X+X")
        == "layer concat (input 1×1×1099511627776): 2 inputs one behind the other" + limits)
  }

  @Test func `a network of more steps than can be counted`() throws {
    #expect(
      description(try Shape(1 << 20, 1 << 20, 1), "conv:1024,padding=same")
        == "layer conv (input 1048576×1048576×1): with its 1048576×1048576×1 cells the network "
        + "takes more than 72057594037927936 steps; use a smaller input, filter or output.")
  }

  @Test func `a tensor too large to hold`() throws {
    let network = try Network(Shape(1 << 20, 1 << 10, 1), ["relu"])
    let small = Tensor(try Shape(1, 1, 1), [1])
    let error = #expect(throws: ArithmeticError.self) { try network.layers[0].evaluate([small]) }
    #expect(
      error?.description
        == "relu is 1048576×1024×1, 1073741824 numbers: too many to hold at once "
        + "(the limit is 268435456); use a smaller input.")
    #expect(ArithmeticError.cancelled.description == "the evaluation was cancelled.")
  }
}
