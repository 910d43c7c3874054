import ConvolutionEngine
import Testing

/// Tables that PyTorch 2 gave for the same numbers, in its order (x fastest, then y, then map).
struct FrameworkTests {
  private func output(
    _ width: Int, _ height: Int, _ depth: Int, _ layer: String, filters: Int = 0, weights: Int = 0
  ) throws -> Tensor {
    let shape = try Shape(width, height, depth)
    let network = try Network(
      shape, layer, weights: weights > 0 ? scattered(weights, from: 5) : nil,
      bias: filters > 0 ? scattered(filters, from: 11) : nil)
    return try evaluated(network, Tensor(shape, small: scattered(shape.count)))
  }

  @Test func `ceil_mode adds a last window that hangs over`() throws {
    let output = try output(6, 5, 2, "maxpool:3x2,stride=2,rounding=ceil")
    #expect(output.shape == (try Shape(3, 3, 2)))
    #expect(
      output.values(times: 1) == [8, 8, 2, 2, 8, 8, -4, 8, 0, -2, 7, 8, 2, 8, 8, 8, 2, 7])
  }

  @Test func `ceil_mode drops a last window that would start in the padding`() throws {
    let output = try output(3, 3, 1, "maxpool:2,padding=1,rounding=ceil")
    #expect(output.shape == (try Shape(2, 2, 1)))
    #expect(output.values(times: 1) == [-8, 7, 7, 8])
  }

  @Test func `a dilated maximum skips places`() throws {
    let plain = try output(7, 6, 1, "maxpool:2x3,stride=1x2,dilation=3x2")
    #expect(plain.shape == (try Shape(4, 1, 1)))
    #expect(plain.values(times: 1) == [7, 2, 8, 7])
    let ceil = try output(6, 6, 1, "maxpool:2x3,stride=2,padding=1,dilation=2,rounding=ceil")
    #expect(ceil.shape == (try Shape(4, 3, 1)))
    #expect(ceil.values(times: 1) == [-5, 7, 7, 2, -5, 7, 8, 8, -8, 7, 8, 8])
  }

  @Test func `an average that counts padding is cut at the padded edge`() throws {
    let ceil = try output(4, 4, 1, "avgpool:3,stride=2,padding=1,rounding=ceil")
    #expect(ceil.shape == (try Shape(3, 3, 1)))
    #expect(ceil.values(times: 36) == [-48, -4, 12, -48, -108, -60, -66, -30, -27])
    let floor = try output(5, 4, 1, "avgpool:3,stride=2,padding=1")
    #expect(floor.shape == (try Shape(3, 2, 1)))
    #expect(floor.values(times: 36) == [-72, 60, 56, -36, -60, -36])
  }

  @Test func `an average that does not count padding divides by the real places`() throws {
    let ceil = try output(4, 4, 1, "avgpool:3,stride=2,padding=1,rounding=ceil,count-padding=no")
    #expect(ceil.values(times: 36) == [-108, -6, 36, -72, -108, -120, -198, -60, -108])
    let floor = try output(5, 4, 1, "avgpool:3,stride=2,padding=1,count-padding=no")
    #expect(floor.values(times: 36) == [-162, 90, 126, -54, -60, -54])
  }

  @Test func `groups split the depths and the filters`() throws {
    let output = try output(
      5, 4, 4, "conv:3x2,filters=4,groups=2,stride=2x1", filters: 4, weights: 4 * 2 * 2 * 3)
    #expect(output.shape == (try Shape(2, 3, 4)))
    #expect(
      output.values(times: 1) == [
        -35, -167, 157, -58, 75, 100, -236, -97, -46, 35, 94, -92,
        -7, -29, 101, 43, 62, -70, -68, 64, 45, 103, -27, -5,
      ])
  }

  @Test func `each side is padded on its own`() throws {
    let output = try output(
      5, 4, 2, "conv:3x2,filters=2,stride=2x3,left=1,right=2,bottom=1", filters: 2,
      weights: 2 * 2 * 2 * 3)
    #expect(output.shape == (try Shape(3, 2, 2)))
    #expect(
      output.values(times: 1) == [-16, -227, 75, -92, 36, 60, -138, -42, 26, -105, 57, 11])
  }

  @Test func `a dilated convolution skips places`() throws {
    let output = try output(7, 6, 1, "conv:3x2,dilation=2x3,padding=1,bias=no", weights: 6)
    #expect(output.shape == (try Shape(5, 5, 1)))
    #expect(
      output.values(times: 1) == [
        9, -24, -9, 76, -16, -64, 76, 76, -16, -73, -32, 44, 8,
        32, -36, 52, 64, 68, -96, -13, 12, -44, 1, -40, 84,
      ])
  }

  @Test func `flatten goes in PyTorch's order and dense follows it`() throws {
    let shape = try Shape(3, 2, 2)
    let network = try Network(
      input: shape,
      layers: [LayerSpecification(parsing: "flatten"), LayerSpecification(parsing: "dense:3")]
    ).mixing([
      "dense": GivenParameters(
        weights: Coefficients(scattered(36, from: 5)), bias: Coefficients(scattered(3, from: 11)))
    ])
    let output = try evaluated(network, Tensor(shape, small: scattered(12)))
    #expect(output.shape == (try Shape(1, 1, 3)))
    #expect(output.values(times: 1) == [90, -40, -88])
  }

  /// TensorFlow documents `SAME` with the remainder of the input: "if in % stride == 0: pad =
  /// max(filter - stride, 0), else pad = max(filter - in % stride, 0)"; half of it, rounded
  /// down, goes before.
  @Test func `same pads as TensorFlow documents it, more at the right and bottom`() throws {
    for input in 1...9 {
      for filter in 1...5 {
        for stride in 1...4 {
          for dilation in 1...2 {
            let spread = (filter - 1) * dilation + 1
            let over = input % stride
            let padding = max(spread - (over == 0 ? stride : over), 0)
            let windows = WindowSettings(
              size: Pair(filter), stride: Pair(stride), padding: .same, dilation: Pair(dilation))
            for axis in Axis.allCases {
              let lie = try windows.windows(axis, over: input)
              #expect(lie.paddingBefore == padding / 2)
              #expect(lie.paddingAfter == padding - padding / 2)
              #expect(lie.positions == Array(Swift.stride(from: 0, to: input, by: stride)).count)
            }
          }
        }
      }
    }
  }
}
