import ConvolutionEngine
import FastEvaluation
import Testing
import Walkthrough

@Suite struct `The table of shapes` {
  @Test func `shows unlike axes and kinds, sources and what is unread`() throws {
    let network = try network(
      Shape(224, 112, 3), "conv:3x5,filters=4,stride=2,left=1,bottom=1,name=a",
      "maxpool:2x3,dilation=2,rounding=ceil,name=b", "conv:1,from=a,name=c")
    #expect(
      ShapeTable(network).lines.joined(separator: "\n") == """
        layer  kind     output              parameters  multiply-adds
        X      input    224×112×3
        a      conv     112×55×4   4·(3·5·3) + 4 = 184      1,108,800
          width   (W + P₁ + P₂ − D·(F − 1) − 1)/S + 1
                  = (224 + 1 + 0 − 1·(3 − 1) − 1)/2 + 1 = 222/2 + 1 = 112
          height  (H + P₁ + P₂ − D·(F − 1) − 1)/S + 1
                  = (112 + 0 + 1 − 1·(5 − 1) − 1)/2 + 1 = 108/2 + 1 = 55
        b      maxpool  56×18×4                      0              0
          width   (W + P₁ + P₂ − D·(F − 1) − 1)/S + 1
                  = (112 + 0 + 0 − 2·(2 − 1) − 1)/2 + 1 = 109/2 + 1 = 55.5, ceil 56
                  remainder 1: columns 1, 3, 5, 7, … (56 in all) are never read
          height  (H + P₁ + P₂ − D·(F − 1) − 1)/S + 1
                  = (55 + 0 + 0 − 2·(3 − 1) − 1)/3 + 1 = 50/3 + 1 = 53/3, ceil 18
                  remainder 2: rows 1 and 54 are never read
        c      conv     112×55×1           1·4 + 1 = 5         24,640
          from    a
          width   (W − F + 2P)/S + 1 = (112 − 1 + 2·0)/1 + 1 = 111/1 + 1 = 112
          height  (H − F + 2P)/S + 1 = (55 − 1 + 2·0)/1 + 1 = 54/1 + 1 = 55
        total                                      189      1,133,440
        """)
  }

  @Test func `says where a remainder falls on padding alone`() throws {
    let lines = ShapeTable(try network(Shape(4, 4, 1), "conv:3,stride=2,padding=1")).lines
    #expect(lines.contains { $0.hasSuffix("remainder 1: every column and row is read") })
  }

  @Test func `says what one place is left, and what only the other axis leaves`() throws {
    let lines = ShapeTable(try network(Shape(4, 5, 1), "maxpool:2")).lines
    #expect(lines.contains { $0.hasSuffix("remainder 1: row 4 is never read") })
    #expect(lines.count { $0.contains("never read") } == 1)
  }

  @Test func `counts what training leaves as it is`() throws {
    let network = try network(Shape(4, 4, 1), "conv:3,name=a", "batchnorm,name=n")
    // Of 10 numbers none is trained, of γ, β, μ and σ² the first two are.
    #expect(
      ShapeTable(network, frozen: 1, isFull: true).lines.joined(separator: "\n") == """
        layer      kind       output          parameters  multiply-adds
        X          input      4×4×1
        a          conv       2×2×1   1·(3·3·1) + 1 = 10             36
          width, height  (W − F + 2P)/S + 1 = (4 − 3 + 2·0)/1 + 1 = 1/1 + 1 = 2
          window         3×3, stride 1×1, padding 0
          trainable      0, frozen 10
          sees           3×3, stride 1, offset 0; output 16 B
        n          batchnorm  2×2×1              4·1 = 4              0
          trainable  2, frozen 2
          sees       3×3, stride 1, offset 0; output 16 B
        total                                         14             36
        trainable                                      2
        frozen                                        12
        """)
  }

  @Test func `says what it counts where that is asked for`() throws {
    let network = try network(
      Shape(8, 8, 8), "conv:3,filters=4,dilation=2,groups=4,name=c", "avgpool:2,name=p")
    func lines(_ count: CountedWork) -> [String] { ShapeTable(network, count: count).lines }
    // 4·4·4 cells of 3·3·2 products, and a bias each.
    #expect(lines(.macs)[2].hasSuffix(" 1,152"))
    #expect(lines(.flops)[2].hasSuffix(" 2,304"))
    #expect(lines(.flopsAndBias)[2].hasSuffix(" 2,368"))
    #expect(
      lines(.flopsAndBias).suffix(2) == [
        "flops+bias: two a product with a weight, padded places counted, and one a bias;",
        "pooling, normalization and activations are not.",
      ])
    #expect(ShapeTable(network).lines.last?.hasPrefix("total") == true)
    #expect(ShapeRecords(network, count: .flops).csv.last?.contains(",2304,") == true)
    #expect(network.shapeJSON(count: .flopsAndBias).text.contains(#""flops+bias":2368"#))
    #expect(
      ShapeTable(network, isFull: true).lines
        .contains { $0.hasSuffix("3×3, stride 1×1, padding 0, dilation 2×2, groups 4") })
  }

  @Test func `puts parameters below their layer where a line would be too long`() throws {
    let table = ShapeTable(
      try network(
        Shape(227, 227, 3), "conv:11x7,filters=96,stride=4,name=a_very_long_name_of_a_layer"))
    #expect(
      table.lines == [
        "layer                        kind   output     multiply-adds",
        "X                            input  227×227×3",
        "a_very_long_name_of_a_layer  conv   55×56×96      68,302,080",
        "  parameters  96·(11·7·3) + 96 = 22,272",
        "  width       (W − F + 2P)/S + 1 = (227 − 11 + 2·0)/4 + 1 = 216/4 + 1 = 55",
        "  height      (H − F + 2P)/S + 1 = (227 − 7 + 2·0)/4 + 1 = 220/4 + 1 = 56",
        "total                                             68,302,080",
        "  parameters  22,272",
      ])
  }

  @Test func `takes what stands below a row into columns where there is room`() throws {
    let network = try network(Shape(32, 32, 3), "conv:5,filters=6,name=c1", "relu,name=r1")
    func lines(_ width: Int) -> [String] {
      ShapeTable(network, width: width, isFull: true).lines
    }
    #expect(
      lines(80).filter { $0.contains("sees") } == [
        "  sees           5×5, stride 1, offset 0; output 18.4 KiB",
        "  sees  5×5, stride 1, offset 0; output 18.4 KiB",
      ])
    let wide = lines(160)
    #expect(
      wide[2] == "c1         conv   28×28×6  5×5, stride 1×1, padding 0  "
        + "6·(5·5·3) + 6 = 456        456        352,800  18.4 KiB  5×5, stride 1, offset 0")
    #expect(wide.count == 8)
    for width in 80...160 {
      let said = lines(width).joined(separator: "\n")
      #expect(said.contains("18.4 KiB") && said.contains("padding 0") && said.contains("456"))
      #expect(lines(width).allSatisfy { $0.unicodeScalars.count <= width })
    }
  }

  @Test(arguments: [1, 7, 1000, 65_536], ["", ",stride=64,padding=same", ",left=2,dilation=3"])
  func `fits its width whatever the sizes`(side: Int, more: String) throws {
    let table = ShapeTable(
      try network(
        Shape(side + 6, side + 9, 12), "conv:2x3,filters=96\(more)",
        "maxpool:1,stride=5", "globalavgpool", "dense:1000"))
    #expect(table.lines.filter { $0.unicodeScalars.count > ShapeTable.width } == [])
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (-12_345, "−12,345"), (105_415_200, "105,415,200"),
    (Int.min, "−9,223,372,036,854,775,808"),
  ])
  func `groups digits in threes`(number: Int, text: String) {
    #expect(grouped(number) == text)
  }
}
