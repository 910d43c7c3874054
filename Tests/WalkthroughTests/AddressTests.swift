import ConvolutionEngine
import Testing
import Walkthrough

@Suite struct `An address` {
  @Test(
    arguments: [
      ("v", .layer), ("features.0", .layer), ("v[:,:,1]", .map(1)),
      ("v[2,3,1]", .cell(Cell(2, 3, 1))), ("v[2,3,1]@2", .slice(Cell(2, 3, 1), depth: 2)),
      ("v[2,3,1]@[0,4,2]", .product(Cell(2, 3, 1), place: Cell(0, 4, 2))),
      ("v[-1,0,0]@-2", .slice(Cell(-1, 0, 0), depth: -2)),
    ] as [(String, Address.Part)])
  func `is read as it is written`(text: String, part: Address.Part) throws {
    let address = try Address(parsing: text)
    #expect(address == Address(layer: text.hasPrefix("v") ? "v" : text, part: part))
    #expect("\(address)" == text)
    #expect(try Address(parsing: " " + text.replacing(",", with: ", ")) == address)
  }

  @Test(
    arguments: [
      "", " ", "@2", "[1,2,3]", ".v", "v@2", "v@", "v[]", "v[1,2]", "v[1,2,3,4]", "v[1,2,x]",
      "v[1,2,3", "v1,2,3]", "v[1,2,]", "v[:,:,1]@2", "v[:,:,x]", "v[:,:,1", "v[:,1,:]",
      "v[1,2,3]@", "v[1,2,3]@x", "v[1,2,3]@[1,2]", "v[1,2,3]@[1,2,3", "v[1,2,3]@2@3",
      "v[99999999999999999999,0,0]", "v[1,2,3]@99999999999999999999",
    ])
  func `is refused where it is none`(text: String) {
    let error = #expect(throws: AddressError.self) { try Address(parsing: text) }
    #expect(
      error?.description
        == "\"\(text)\" is not an address; write v, v[2,3,1], v[2,3,1]@2 or v[2,3,1]@[0,4,2].")
  }

  /// Outputs of 3×3×4, 1×1×4 and 1×1×4; the filters of `v` are 2×2×2.
  private func walk() throws -> Walk {
    Walk(
      try network(
        Shape(4, 4, 4), "conv:2,filters=4,groups=2,name=v", "maxpool:3,name=p", "flatten,name=f"))
  }

  @Test(
    arguments: [
      ("v", 0, .layer, 1), ("v[:,:,1]", 0, .map, 2),
      // 1 + 2·3 + 3·9 cells come before it, each of 2 slices and 8 products.
      ("v[1,2,3]", 0, .window, 34 + 1), ("v[1,2,3]@3", 0, .slice, 34 * 2 + 1 + 1),
      ("v[1,2,3]@[1,0,3]", 0, .product, 34 * 8 + 1 + 4 * 1 + 1), ("p[:,:,3]", 1, .map, 4),
      // Each map of a flat layer is one cell.
      ("f[:,:,2]", 2, .window, 3), ("f[0,0,2]", 2, .window, 3),
    ] as [(String, Int, Grain, Int)])
  func `leads to the step that computes it`(
    text: String, layer: Int, grain: Grain, position: Int
  ) throws {
    let place = try walk().place(of: Address(parsing: text))
    #expect(place == Place(layer: layer, grain: grain, position: position))
  }

  @Test func `of every step leads back to it`() throws {
    let walk = Walk(
      try network(
        Shape(3, 2, 2), "conv:2,filters=2,groups=2,padding=1,name=v", "avgpool:2,name=p",
        "flatten,name=f", "dense:2,name=d"))
    for layer in walk.network.layers {
      for grain in layer.grains {
        for position in 1...layer.stepCount(grain) {
          let place = Place(layer: layer.index, grain: grain, position: position)
          let text = "\(walk.address(of: place))"
          #expect(try walk.place(of: Address(parsing: text)) == place, "\(text)")
        }
        let start = Place(layer: layer.index, grain: grain, position: 0)
        #expect(walk.address(of: start) == Address(layer: layer.name, part: .layer))
      }
    }
  }

  @Test(
    arguments: [
      ("w", #"there is no layer "w"; the layers are v, p, f."#),
      ("v[3,0,0]", "v[3,0,0] lies outside: v is 3×3×4."),
      ("v[:,:,4]", "v[:,:,4] lies outside: v is 3×3×4."),
      ("v[:,:,-1]", "v[:,:,-1] lies outside: v is 3×3×4."),
      ("v[0,0,3]@1", "v[0,0,3]@1 lies outside: the filter is 2×2×2."),
      (
        "v[0,0,3]@-9223372036854775808",
        "v[0,0,3]@-9223372036854775808 lies outside: the filter is 2×2×2."
      ), ("v[0,4,0]@[0,0,0]", "v[0,4,0]@[0,0,0] lies outside: v is 3×3×4."),
      ("v[0,0,0]@[2,0,0]", "v[0,0,0]@[2,0,0] lies outside: the filter is 2×2×2."),
      (
        "v[0,0,3]@[0,0,-9223372036854775808]",
        "v[0,0,3]@[0,0,-9223372036854775808] lies outside: the filter is 2×2×2."
      ), ("p[0,0,0]@0", "p[0,0,0]@0 does not exist: p has no slice steps."),
      ("p[0,0,1]@[0,0,0]", "p[0,0,1]@[0,0,0] does not exist: p has no product steps."),
    ])
  func `that leads nowhere says why`(text: String, expected: String) throws {
    let walk = try walk()
    let error = #expect(throws: AddressError.self) { try walk.place(of: Address(parsing: text)) }
    #expect(error?.description == expected)
  }

  @Test func `of no layer names the nearest of many`() throws {
    let layers = try (1...13).map { try LayerSpecification(parsing: "relu,name=r\($0)") }
    let walk = Walk(try Network(input: Shape(1, 1, 1), layers: layers))
    let error = #expect(throws: AddressError.self) { try walk.place(of: Address(parsing: "r13x")) }
    // `r13` agrees in three letters, `r1` and `r10` to `r12` in two.
    #expect(
      error?.description
        == #"there is no layer "r13x"; of its 13 layers the nearest are r13, r1, r10."#)
  }

  @Test(arguments: [
    ("conv5_3", "block5_conv3, block5_conv3_relu, block1_conv3"),
    ("BLOCK2-CONV2", "block2_conv2, block2_conv2_relu, block2_conv1"),
    ("block4pool", "block4_pool, block4_conv1, block4_conv2"),
  ])
  func `of no layer names those that share most parts of its name`(
    typed: String, nearest: String
  ) {
    let names = (1...5).flatMap { block in
      (1...3).flatMap { ["block\(block)_conv\($0)", "block\(block)_conv\($0)_relu"] }
        + ["block\(block)_pool"]
    }
    #expect(
      AddressError.unknownLayer(typed, known: names).description
        == "there is no layer \"\(typed)\"; of its 35 layers the nearest are \(nearest).")
  }

  @Test func `no walk goes farther than its steps can be counted`() throws {
    let walk = try walk()
    let place = Place(layer: 0, grain: .product, position: 1)
    #expect(walk.place(place, movedBy: .max, wanted: .product) == nil)
    #expect(walk.place(place, movedBy: .min, wanted: .product) == nil)
    #expect(walk.place(place, movedBy: 7, wanted: .product)?.position == 8)
  }
}
