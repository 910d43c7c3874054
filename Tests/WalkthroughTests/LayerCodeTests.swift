import ConvolutionEngine
import Testing
import Walkthrough

@Suite struct `A layer's code` {
  private func code(_ layer: String, over input: Shape, _ notation: Notation) throws -> [String] {
    let network = try network(input, layer + ",name=v")
    return LayerCode(network.layers[0], in: network, notation).lines
  }

  /// Each proven equal to the engine by running it in PyTorch.
  @Test(arguments: [
    ("conv:5,filters=2,stride=2", "nn.Conv2d(4, 2, 5, stride=2)"),
    (
      "conv:3x1,filters=4,left=1,groups=2,bias=no",
      "nn.Sequential(nn.ZeroPad2d((1, 0, 0, 0)), nn.Conv2d(4, 4, (1, 3), groups=2, bias=False))"
    ),
    ("maxpool:3,padding=1,rounding=ceil", "nn.MaxPool2d(3, padding=1, ceil_mode=True)"),
    // What pads a maximum must not win: a zero would, over negative numbers.
    (
      "maxpool:2,stride=1,left=1",
      "nn.Sequential(nn.ConstantPad2d((1, 0, 0, 0), -torch.inf), nn.MaxPool2d(2, stride=1))"
    ),
    // PyTorch compares a pool's padding with its window as it is before dilation.
    (
      "maxpool:3,padding=2,dilation=2",
      "nn.Sequential(nn.ConstantPad2d((2, 2, 2, 2), -torch.inf), nn.MaxPool2d(3, dilation=2))"
    ),
    (
      "avgpool:2,stride=1,left=1",
      "nn.Sequential(nn.ZeroPad2d((1, 0, 0, 0)), nn.AvgPool2d(2, stride=1))"
    ),
  ])
  func `in PyTorch makes the same numbers`(layer: String, code: String) throws {
    #expect(try self.code(layer, over: Shape(9, 9, 4), .pytorch) == ["v = \(code)"])
  }

  @Test(arguments: [
    ("avgpool:2,stride=1,left=1,count-padding=no", Notation.pytorch),
    // Padded beforehand, one more window would start in the padding.
    ("maxpool:2,right=2,rounding=ceil", .pytorch),
    ("maxpool:2,padding=1", .keras),
    ("maxpool:2,rounding=ceil", .keras),
    ("avgpool:2,padding=same", .keras),
    ("conv:2,stride=2,dilation=2", .keras),
  ])
  func `is a comment where the library has no such layer`(
    layer: String, notation: Notation
  ) throws {
    let specification = try LayerSpecification(parsing: layer + ",name=v")
    #expect(
      try code(layer, over: Shape(9, 9, 4), notation)
        == ["# \(notation.title) has no layer like \(specification)"])
  }

  @Test(arguments: [
    ("conv:5x3,filters=2,padding=same", "layers.Conv2D(2, (3, 5), padding='same')"),
    (
      "conv:3,right=2,top=1",
      "keras.Sequential([layers.ZeroPadding2D(((1, 0), (0, 2))), layers.Conv2D(1, 3)])"
    ),
    ("maxpool:2,padding=same", "layers.MaxPooling2D(2, padding='same')"),
    ("avgpool:2,padding=same,count-padding=no", "layers.AveragePooling2D(2, padding='same')"),
    ("globalavgpool", "layers.GlobalAveragePooling2D()"),
  ])
  func `in Keras counts rows first`(layer: String, code: String) throws {
    #expect(try self.code(layer, over: Shape(9, 9, 4), .keras) == ["v = \(code)"])
  }

  @Test func `in numpy is the loop over windows`() throws {
    #expect(
      try code("conv:3,filters=4,stride=2x1,padding=1,groups=2", over: Shape(9, 7, 4), .numpy) == [
        "Xp = np.pad(X, ((1, 1), (1, 1), (0, 0)))",
        "for x, y, k in np.ndindex(5, 7, 4):",
        "    v[x,y,k] = np.sum(Xp[2*x:2*x+3, y:y+3, k//2*2:(k//2+1)*2] * Ker[k]) + b[k]",
      ])
  }
}
