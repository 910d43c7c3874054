import ConvolutionEngine

/// What is measured: a network over its input, by a name that the other side knows too.
struct Work {
  let name: String
  let input: Shape
  let layers: [String]
  /// The input's numbers go from 0 to this.
  let brightest: Int

  init(_ name: String, _ input: Shape, _ layers: String, brightest: Int = 255) {
    self.name = name
    self.input = input
    self.layers = layers.split(separator: " ").map(String.init)
    self.brightest = brightest
  }

  static func all() throws -> [Work] {
    try [
      Work("worked-example", Shape(11, 11, 4), "conv:5,filters=2,stride=2", brightest: 9),
      Work("alexnet-conv1", Shape(227, 227, 3), "conv:11,filters=96,stride=4"),
      Work(
        "pytorch-net", Shape(32, 32, 3),
        "conv:5,filters=6 relu maxpool:2 conv:5,filters=16 relu maxpool:2 flatten "
          + "dense:120 relu dense:84 relu dense:10"),
      Work(
        "keras-net", Shape(150, 150, 3),
        "conv:3,filters=32 relu maxpool:2 conv:3,filters=64 relu maxpool:2 "
          + "conv:3,filters=128 relu maxpool:2 conv:3,filters=128 relu maxpool:2 flatten "
          + "dense:512 relu dense:1"),
      Work("vgg16", Shape(224, 224, 3), vgg16),
    ]
  }

  private static var vgg16: String {
    let blocks = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)].map { filters, count in
      String(repeating: "conv:3,filters=\(filters),padding=1 relu ", count: count) + "maxpool:2"
    }
    return blocks.joined(separator: " ") + " flatten dense:4096 relu dense:4096 relu dense:1000"
  }
}
