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
    ("avgpool:2,padding=same,count-padding=yes", .keras),
    ("conv:2,stride=2,dilation=2", .keras),
    // Keras's own padding does not count, what is put on beforehand does.
    ("avgpool:2,padding=1,count-padding=no", .keras),
    // PyTorch's alpha is three times this, which no 128 bits hold.
    ("lrn:3,alpha=100000000000000000000000000000000000000", .pytorch),
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
    ("avgpool:2,padding=same", "layers.AveragePooling2D(2, padding='same')"),
    ("globalavgpool", "layers.GlobalAveragePooling2D()"),
    (
      "avgpool:2x3,stride=1,left=1",
      "keras.Sequential([layers.ZeroPadding2D(((0, 0), (1, 0))), "
        + "layers.AveragePooling2D((3, 2), strides=1)])"
    ),
  ])
  func `in Keras counts rows first`(layer: String, code: String) throws {
    #expect(try self.code(layer, over: Shape(9, 9, 4), .keras) == ["v = \(code)"])
  }

  /// Each has been run in PyTorch: behind `flatten` an array has no columns and rows.
  @Test(arguments: [
    ("maxpool:1", "nn.Sequential(nn.Unflatten(1, (12, 1, 1)), nn.MaxPool2d(1))"),
    (
      "conv:1,filters=3",
      "nn.Sequential(nn.Unflatten(1, (12, 1, 1)), nn.Conv2d(12, 3, 1))"
    ),
    (
      "zeropad:1",
      "nn.Sequential(nn.Unflatten(1, (12, 1, 1)), nn.ZeroPad2d((1, 1, 1, 1)))"
    ),
    ("globalavgpool", "nn.Sequential(nn.Unflatten(1, (12, 1, 1)), nn.AdaptiveAvgPool2d(1))"),
    (
      "lrn:3",
      "nn.Sequential(nn.Unflatten(1, (12, 1)), "
        + "nn.LocalResponseNorm(3, alpha=0.0003, beta=0.75, k=2), nn.Flatten())"
    ),
    ("batchnorm", "nn.BatchNorm1d(12, eps=0.001)"),
    ("batchnorm,scale=no,center=no", "nn.BatchNorm1d(12, eps=0.001, affine=False)"),
    ("dense:4", "nn.Linear(12, 4)"), ("relu", "nn.ReLU()"),
  ])
  func `in PyTorch gives a vector its axes back`(layer: String, code: String) throws {
    let network = try network(Shape(3, 2, 2), "flatten,name=f", layer + ",name=v")
    #expect(LayerCode(network.layers[1], in: network, .pytorch).lines == ["v = \(code)"])
  }

  @Test(arguments: [
    ("maxpool:1", "keras.Sequential([layers.Reshape((1, 1, 12)), layers.MaxPooling2D(1)])"),
    (
      "conv:1,bias=no,filters=3",
      "keras.Sequential([layers.Reshape((1, 1, 12)), layers.Conv2D(3, 1, use_bias=False)])"
    ),
    ("batchnorm,center=no", "layers.BatchNormalization(epsilon=0.001, center=False)"),
    ("dense:4,bias=no", "layers.Dense(4, use_bias=False)"), ("softmax", "layers.Softmax()"),
  ])
  func `in Keras gives a vector its axes back`(layer: String, code: String) throws {
    let network = try network(Shape(3, 2, 2), "flatten,name=f", layer + ",name=v")
    #expect(LayerCode(network.layers[1], in: network, .keras).lines == ["v = \(code)"])
  }

  /// The PyTorch lines have been run; the first input's axes are the sum's.
  @Test func `joins vectors with maps of one place`() throws {
    let network = try network(
      Shape(3, 2, 2), "flatten,name=f", "dense:3,name=d", "conv:3x2,filters=3,from=X,name=c",
      "add,from=d+c,name=a", "concat,from=c+d,name=e")
    func lines(_ notation: Notation) -> [String] {
      network.layers.suffix(2).flatMap { LayerCode($0, in: network, notation).lines }
    }
    #expect(
      lines(.pytorch)
        == ["a = d + c.flatten(1)", "e = torch.cat([c, d.unflatten(1, (3, 1, 1))], dim=1)"])
    #expect(
      lines(.keras) == [
        "a = layers.Add()([d, layers.Flatten()(c)])",
        "e = layers.Concatenate()([c, layers.Reshape((1, 1, 3))(d)])",
      ])
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
