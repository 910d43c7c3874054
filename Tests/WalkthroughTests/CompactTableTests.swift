import ConvolutionEngine
import Testing
import Walkthrough

/// The table of a line a layer.
@Suite struct CompactTableTests {
  private func network(_ input: String, _ layers: String) throws -> Network {
    let sides = input.split(separator: "x").compactMap { Int($0) }
    return try Network(
      input: try Shape(sides[0], sides[1], sides[2]),
      layers: try layers.split(separator: " ").map { try LayerSpecification(parsing: String($0)) })
  }

  @Test func `a layer has a line with what goes in and what share of the parameters it has`() throws
  {
    let table = CompactTable(try network("11x11x4", "conv:5,filters=2,stride=2,name=v maxpool:2"))
    #expect(
      table.lines == [
        "layer    kind     input    output   parameters  share  multiply-adds",
        "X        input             11×11×4",
        "v        conv     11×11×4  4×4×2           202   100%          3,200",
        "maxpool  maxpool  4×4×2    2×2×2             0   0.0%              0",
        "total                                      202   100%          3,200",
        // 11·11·4 + 4·4·2 = 516 numbers.
        "peak memory  2.0 KiB, while v is computed; four bytes a number",
      ])
  }

  @Test func `memory holds what later layers are still to read`() throws {
    // X is added at the end: 100 + 100 + 400 numbers while a is computed, 100 + 400 + 400 while b
    // is, 100 + 400 + 100 while c is, 300 while they are added.
    let adding = try network(
      "10x10x1", "conv:1,filters=4,name=a relu,name=b conv:1,name=c add,from=X+c")
    let lines = CompactTable(adding).lines
    #expect(lines.last == "peak memory  3.5 KiB, while b is computed; four bytes a number")
    #expect(lines.contains { $0.hasPrefix("add    add    2 of 10×10×1") })
    // A layer that nobody reads is a result, and is kept.
    let split = try network("10x10x1", "conv:1,filters=9,name=a conv:1,from=X,name=b relu,name=c")
    #expect(
      CompactTable(split).lines.last
        == "peak memory  4.3 KiB, while b is computed; four bytes a number")
  }

  @Test func `shares are rounded, but never to nothing or to all`() throws {
    // 10 of 20010 parameters are less than a two-thousandth.
    let table = CompactTable(
      try network("1x1x4", "dense:2,name=a dense:6667,name=b,bias=yes")
    ).lines
    #expect(table[2].contains(" <0.1% ") && table[3].contains(" >99.9% "))
    #expect(
      try CompactTable(network("4x4x1", "relu")).lines.map { $0.contains("%") }
        == [false, false, false, false, false])
  }

  @Test func `what several inputs come to is said in one`() throws {
    let shapes = [try Shape(7, 5, 2), try Shape(7, 5, 3)]
    #expect(shapes.joinedText == "7×5×(2 + 3)")
    #expect([shapes[0], shapes[0]].joinedText == "2 of 7×5×2")
    #expect([shapes[0]].joinedText == "7×5×2")
    #expect([shapes[0], try Shape(1, 1, 2)].joinedText == "7×5×2 + 1×1×2")
  }
}

/// Layers that belong together.
@Suite struct `Blocks of a network` {
  private func blocks(_ layers: String) throws -> [String] {
    let network = try Network(
      input: try Shape(8, 8, 2),
      layers: try layers.split(separator: " ").map { try LayerSpecification(parsing: String($0)) })
    let blocks = network.blocks
    #expect(blocks.flatMap(\.layers) == Array(network.layers.indices))
    return blocks.map { "\($0.name) \($0.layers.count)" }
  }

  @Test func `are branches up to where they meet`() throws {
    let names = try blocks(
      "conv:1,name=stem conv:1,name=a conv:1,name=b conv:1,name=c,from=stem concat,from=b+c,name=mixed "
        + "relu,name=last")
    #expect(names == ["stem 1", "mixed 4", "last 1"])
  }

  @Test func `are what the input too takes part in`() throws {
    #expect(
      try blocks("conv:1,filters=2,name=a add,from=X+a,name=sum relu") == ["sum 2", "relu 1"])
  }

  @Test func `are what bears the name of a block`() throws {
    #expect(
      try blocks("conv:1,name=block1_conv1 maxpool:2,name=block1_pool conv:1,name=block2_conv1")
        == ["block1 2", "block2 1"])
    #expect(
      try blocks("conv:1,name=conv2_block1_1_conv relu,name=conv2_block1_out relu,name=block12")
        == ["conv2_block1 2", "block12 1"])
  }

  @Test func `are a layer and those that are named after it`() throws {
    #expect(
      try blocks("conv:1,name=pw_1 relu,name=pw_1_bn relu,name=pw_1_relu conv:1,name=pw_10")
        == ["pw_1 3", "pw_10 1"])
    #expect(try blocks("conv:1 relu relu relu") == ["conv 1", "relu1 1", "relu2 1", "relu3 1"])
  }

  @Test func `of a network with two ends are whole`() throws {
    #expect(try blocks("conv:1,name=a relu,from=X,name=b").count >= 1)
  }
}
