import ConvolutionEngine
import Testing
import Walkthrough

@Suite struct `A layer's kind in words` {
  /// Before a step of the layer, its title and what it is for.
  @Test(
    arguments: [
      ("conv:1", "convolution", "One filter reads all 4 depths of X and makes 1 map."),
      (
        "conv:1,filters=6", "convolution",
        "Each of 6 filters reads all 4 depths of X and makes 1 map."
      ),
      (
        "conv:1,filters=2,groups=2", "convolution",
        "Each of 2 filters reads its group's depths of X and makes 1 map."
      ),
      (
        "conv:1,filters=8,groups=4", "convolution",
        "Each of 8 filters reads 1 depth of X and makes 1 map."
      ),
      (
        "depthwise:2", "depthwise convolution",
        "Each of 4 filters reads 1 depth of X and makes 1 map."
      ),
      (
        "maxpool:2", "max pooling",
        "Max pooling keeps the largest of each window. It has nothing to learn."
      ),
      (
        "avgpool:2", "average pooling",
        "Average pooling keeps the mean of each window. It has nothing to learn."
      ),
      (
        "globalavgpool", "global average pooling",
        "Global average pooling keeps one number of each map, its mean. It has nothing to learn."
      ), ("relu", "ReLU", "ReLU cuts negative numbers to 0. It has nothing to learn."),
      (
        "relu6", "ReLU6", "ReLU6 cuts what is below 0 or above 6. It has nothing to learn."
      ), ("sigmoid", "sigmoid", "Sigmoid squeezes every number between 0 and 1."),
      ("softmax", "softmax", "Softmax turns the depths of each place into shares of 1."),
      (
        "batchnorm", "batch normalization",
        "Batch normalization shifts and scales each map by four numbers of its own."
      ),
      (
        "lrn:5", "local response normalization",
        "Local response normalization divides by what the neighbouring maps hold."
      ),
      (
        "zeropad:1", "zero padding",
        "Zero padding puts zeros around its input. No number changes."
      ),
      (
        "dropout:0.5", "dropout",
        "Dropout does something in training only. No number changes here."
      ), ("add,from=X+X", "addition", "Addition adds its inputs cell by cell."),
      (
        "concat,from=X+X", "concatenation",
        "Concatenation puts the maps of its inputs behind each other."
      ), ("flatten", "flatten", "Flatten lays all cells in one row. No number changes."),
    ])
  func `is a title and a purpose`(layer: String, title: String, purpose: String) throws {
    let walk = Walk(try network(Shape(3, 2, 4), layer + ",name=v"))
    #expect(walk.network.layers[0].kindTitle == title)
    #expect(walk.purpose(of: walk.network.layers[0]) == purpose)
    let start = walk.narration(walk.start(.window), account: nil)
    #expect(start.sentences == ["Nothing of v is computed yet.", purpose])
  }

  @Test func `of one depth, and of a row, is said so`() throws {
    let walk = Walk(try network(Shape(1, 1, 1), "conv:1,filters=2,name=v", "dense:3,name=d"))
    #expect(
      walk.network.layers.map { walk.purpose(of: $0) } == [
        "Each of 2 filters reads the one depth of X and makes 1 map.",
        "Each output is one dot product with the whole input.",
      ])
    #expect(walk.network.layers[1].kindTitle == "dense")
  }

  @Test func `stands at the end of a layer, and before the next`() throws {
    let walk = Walk(
      try network(Shape(2, 2, 2), "conv:2,filters=3,name=v", "depthwise:1,name=w", "relu,name=r"))
    func narration(_ layer: Int, _ grain: Grain, _ position: Int) -> Narration {
      walk.narration(Place(layer: layer, grain: grain, position: position), account: nil)
    }
    let whole = narration(0, .layer, 1)
    #expect(
      whole.sentences
        == ["v is done: 1×1×3.", "Each of 3 filters reads all 2 depths of X and makes 1 map."])
    #expect(whole.next == "Next: w, depthwise convolution.")
    let map = narration(0, .map, 2)
    // 2·2·2 products in the one window.
    #expect(
      map.sentences
        == ["v_Ker1 over the only window: 1 · 8 = 8 products, one map.", "3 filters, 3 maps."])
    #expect(map.next == "Next: v_Ker2 makes map 2.")
    let last = narration(2, .map, 3)
    #expect(last.sentences == ["Map 2 of r is done: 1 cell."])
    #expect(last.next == "This is the last step.")
    #expect(narration(2, .map, 1).next == "Next: map 1.")
    #expect(narration(0, .layer, 0).next == "Next: v, convolution.")
  }
}
