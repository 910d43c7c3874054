import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Testing

/// Sizes that no one means: each is a typed error at once, never a trap and never a long wait.
struct HostileSizeTests {
  private static let absurd = [
    Int.min, Int.min + 1, -1 << 32, -1, 1 << 24 + 1, 1 << 31, 1 << 32, 1 << 60, 1 << 62, .max - 1,
    .max,
  ]

  @Test(.timeLimit(.minutes(1)), arguments: HostileSizeTests.absurd)
  func `an absurd setting is refused`(value: Int) throws {
    let input = try Shape(8, 8, 4)
    for layer in [
      "conv:\(value)", "conv:\(value)x3", "conv:3x\(value)", "conv:3,stride=\(value)",
      "conv:3,dilation=\(value)", "conv:3,padding=\(value)", "conv:3,left=\(value)",
      "conv:3,top=\(value),bottom=\(value)", "conv:3,filters=\(value),groups=\(value)",
      "conv:3,groups=\(value)", "maxpool:\(value)", "avgpool:\(value)", "maxpool:3,stride=\(value)",
      "avgpool:3,padding=\(value)", "maxpool:2,dilation=\(value)",
      "conv:3,stride=\(value),padding=same", "conv:3,dilation=\(value),padding=same",
      "conv:\(value),padding=same", "conv:3,padding=\(value),rounding=strict",
      "maxpool:3,padding=\(value),rounding=ceil",
    ] {
      #expect(throws: NetworkError.self, "\(layer)") { try Network(input, [layer]) }
    }
    #expect(throws: (any Error).self) {
      try Network(input, ["flatten", "dense:\(-abs(value / 2))"])
    }
    #expect(throws: ShapeError.self) { try Shape(value, 1, 1) }
    #expect(throws: ShapeError.self) { try Shape(1, value, 1) }
    #expect(throws: ShapeError.self) { try Shape(value, value, value) }
    #expect(throws: ShapeError.self) { try WindowAxis(.x, input: value, filter: 1) }
  }

  @Test(.timeLimit(.minutes(1)), arguments: [1 << 41, 1 << 60, Int.max])
  func `more filters or outputs than can be numbered are refused`(value: Int) throws {
    let input = try Shape(8, 8, 4)
    #expect(throws: NetworkError.self) { try Network(input, ["conv:3,filters=\(value)"]) }
    #expect(throws: NetworkError.self) { try Network(input, ["flatten", "dense:\(value)"]) }
    #expect(throws: ShapeError.self) { try Shape(1, 1, value) }
  }

  @Test(.timeLimit(.minutes(1)))
  func `the largest settings that are allowed do not overflow`() throws {
    let side = Shape.longestSide
    let line = try Shape(side, 1, 1)
    let widths: [(layer: String, width: Int?)] = [
      ("conv:\(side)x1", 1), ("conv:1,stride=\(side)", 1),
      ("conv:\(side)x1,padding=same", side), ("conv:1,left=\(side),right=\(side)", nil),
      ("conv:2x1,dilation=\(side),left=\(side),right=\(side)", nil),
      ("avgpool:3,padding=\(side)", nil),
      ("maxpool:\(side)x1,stride=16,left=\(side - 1)", side / 16),
      ("maxpool:1,stride=\(side),rounding=ceil", 1), ("globalavgpool", 1),
    ]
    for (layer, width) in widths {
      #expect((try? Network(line, [layer]))?.layers[0].output.width == width, "\(layer)")
    }
    let corner = try Shape(1 << 20, 1 << 20, 1)
    #expect(throws: NetworkError.self) { try Network(corner, ["conv:2,padding=\(side)"]) }
  }

  @Test(.timeLimit(.minutes(1)))
  func `totals of many large layers are refused before they overflow`() throws {
    let layers = Array(repeating: "conv:1,filters=262144", count: 200)
    let error = #expect(throws: NetworkError.self) { try Network(Shape(1024, 1024, 1), layers) }
    guard case .layer(_, _, _, .tooManySteps) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `finding unread places takes no longer for a large dilated filter`() throws {
    let axis = try WindowAxis(
      .x, input: 1 << 19, filter: 1 << 17, stride: 512, dilation: 2)
    // Windows begin at even places and step by two, so odd places are skipped; so is the end.
    let end = axis.start(of: axis.positions - 1) + axis.extent
    let unread = (0..<axis.input).filter { $0 >= end || $0 % 2 == 1 }
    #expect(axis.unread == unread)
  }

  @Test(.timeLimit(.minutes(1)))
  func `an account under much padding looks at its window alone`() throws {
    let shape = try Shape(2, 1, 1)
    let network = try Network(shape, "avgpool:2x1,stride=1,padding=8000000x0")
    let input = Tensor(shape, [1, 2])
    for step in 0..<1_000 {
      let cell = Cell(7_999_000 + step, 0, 0)
      let total = try network.layers[0].account(of: cell, inputs: [input]).total
      #expect(total == (step == 999 ? Number(0 + 1, over: 2) : .zero))
    }
  }

  @Test(.timeLimit(.minutes(1)), arguments: [Representation.exact, .floats])
  func `what one window sees is not held where it is too much`(
    representation: Representation
  ) throws {
    // 400 million places, all but one of them padding.
    let layer = try Network(
      Shape(1, 1, 1), ["conv:20000,left=9999,right=10000,top=9999,bottom=10000"]
    ).layers[0]
    #expect(layer.output == (try Shape(1, 1, 1)))
    let stops = EvaluationSettings { _ in false }
    #expect(throws: ArithmeticError.cancelled) {
      try layer.evaluate([representation.input(layer.input, [1])], settings: stops)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `numbers that no one can type as text are refused as text`() {
    for text in ["9223372036854775808", "1e9", "٣", "½", "", " 3", "--3"] {
      #expect(throws: LayerTextError.self) {
        try LayerSpecification(parsing: "conv:3,stride=\(text)")
      }
      #expect(throws: LayerTextError.self) { try LayerSpecification(parsing: "dense:\(text)") }
    }
  }
}
