import ConvolutionEngine
import FastEvaluation
import Testing
import Walkthrough

@Suite struct BackwardWalkTests {
  static let chains = [
    ["conv:3,filters=2,stride=2,name=v", "maxpool:2,name=p"],
    ["conv:2,filters=4,groups=2,stride=3,dilation=2,left=1,name=v", "relu"],
    ["depthwise:3,multiplier=2,padding=same", "flatten", "dense:3", "softmax"],
    ["conv:1,filters=2,name=a", "conv:3,padding=1,filters=2,name=b", "add,from=a+b"],
    ["conv:2,filters=3,name=v", "batchnorm,name=n", "relu", "flatten", "dense:2", "batchnorm"],
  ]

  static func walk(_ layers: [String]) throws -> BackwardWalk {
    let network = try Network(
      input: Shape(7, 6, 2), layers: layers.map { try LayerSpecification(parsing: $0) })
    return BackwardWalk(network, from: network.sum(ofLayer: layers.count - 1))
  }

  @Test func `the way back goes from the loss to the input, weights before what they read`() throws
  {
    let walk = try BackwardWalkTests.walk(BackwardWalkTests.chains[0])
    #expect(
      walk.targets == [
        .source(.layer(1)), .source(.layer(0)), .weights(layer: 0), .bias(layer: 0),
        .source(.input),
      ])
    let branches = try BackwardWalkTests.walk(BackwardWalkTests.chains[3])
    // What a and b read comes once all who read it are done.
    #expect(
      branches.targets == [
        .source(.layer(2)), .source(.layer(1)), .weights(layer: 1), .bias(layer: 1),
        .source(.layer(0)), .weights(layer: 0), .bias(layer: 0), .source(.input),
      ])
  }

  @Test(arguments: chains)
  func `every step's address leads back to it, and its text is read as it is written`(
    layers: [String]
  ) throws {
    let walk = try BackwardWalkTests.walk(layers)
    for (stop, target) in walk.targets.enumerated() {
      for grain in walk.grains(target) {
        let count = walk.count(target, grain)
        for position in 1...count {
          let place = BackwardPlace(stop: stop, grain: grain, position: position)
          let address = walk.address(of: place)
          let text = walk.network.text(of: address)
          #expect(try walk.network.gradientAddress(parsing: text) == address, "\(text)")
          // What nothing flows back to is one number and no product.
          if case .cell = address.part, grain < .window { continue }
          #expect(try walk.place(of: address) == place, "\(text)")
        }
      }
    }
  }

  @Test(arguments: chains)
  func `a number's steps are its products and shares, in the order of its account`(
    layers: [String]
  ) throws {
    let walk = try BackwardWalkTests.walk(layers)
    let input = try Tensor.seeded(Shape(7, 6, 2), seed: 1)
    var backward = Backward(Activations(walk.network, input: input), from: walk.loss)
    for (stop, target) in walk.targets.enumerated() where walk.grains(target).contains(.slice) {
      try backward.evaluateReaders(of: target)
      let shape = walk.shape(target)
      var positions: [Grain: Int] = [.product: 0, .slice: 0]
      for index in 0..<shape.count {
        let cell = shape.cell(at: index)
        let account = try #require(try backward.account(of: cell, in: target))
        guard case .sum(let shares) = account.working else { continue }
        let terms = shares.flatMap(\.terms)
        for (grain, wanted) in [
          (Grain.product, terms.map { GradientAddress.Part.product(cell, place: $0.place) }),
          (.slice, shares.map { $0.address(cell) }),
        ] {
          for part in wanted.isEmpty ? [.cell(cell)] : wanted {
            positions[grain, default: 0] += 1
            let place = BackwardPlace(
              stop: stop, grain: grain, position: positions[grain, default: 0])
            #expect(walk.address(of: place).part == part)
          }
        }
      }
      for (grain, position) in positions { #expect(walk.count(target, grain) == position) }
    }
  }

  @Test(arguments: chains)
  func `finer and coarser again leads back, and every walk has one order`(
    layers: [String]
  ) throws {
    let walk = try BackwardWalkTests.walk(layers)
    for (stop, target) in walk.targets.enumerated() {
      let grains = walk.grains(target)
      for (coarse, fine) in zip(grains.dropFirst(), grains) {
        for position in 1...walk.count(target, coarse) {
          let place = BackwardPlace(stop: stop, grain: coarse, position: position)
          let finer = walk.place(place, at: fine)
          #expect(walk.place(finer, at: coarse) == place)
        }
      }
    }
    var place = walk.start(0, .window)
    var steps = 0
    while let next = walk.place(place, movedBy: 1, wanted: .window) {
      #expect(walk.place(next, movedBy: -1, wanted: .window) == place)
      place = next
      steps += 1
    }
    #expect(walk.place(walk.start(0, .window), movedBy: steps, wanted: .window) == place)
  }

  @Test(arguments: [
    "dKer9223372036854775807", "dKer9223372036854775807[0,0,1]", "dKer4611686018427387904[0,0,0]",
    "dX[0,0,1]@[0,0,-9223372036854775808]", "dX[0,0,1]@[0,0,9223372036854775807]",
    "dX[:,:,9223372036854775807]",
  ])
  func `an address is refused however far outside it is`(text: String) throws {
    let walk = try BackwardWalkTests.walk(["conv:3,filters=2,groups=2"])
    #expect(throws: AddressError.self) {
      _ = try walk.place(of: try walk.network.gradientAddress(parsing: text))
    }
  }

  @Test func `a term leads to the product forward that made it, and back`() throws {
    let walk = try BackwardWalkTests.walk(BackwardWalkTests.chains[0])
    let back = try walk.network.gradientAddress(parsing: "dX[2,2,1]@[1,0,1]")
    let forward = try #require(walk.forward(of: back))
    // Window [1,0] begins at column 2, row 0, so the cell lies under tap 0, 2 of depth 1.
    #expect("\(forward)" == "v[1,0,1]@[0,2,1]")
    #expect(
      walk.gradients(of: forward).map(walk.network.text)
        == ["dX[2,2,1]@[1,0,1]", "dKer1[0,2,1]@[1,0,1]"])
    for address in walk.gradients(of: forward) {
      #expect(walk.forward(of: address) == forward)
    }
  }

  @Test func `a hundred million products are found as fast as one`() throws {
    let network = try Network(
      input: Shape(227, 227, 3),
      layers: [LayerSpecification(parsing: "conv:11,filters=96,stride=4,name=v")])
    let walk = BackwardWalk(network, from: network.sum(ofLayer: 0))
    let count = walk.count(.weights(layer: 0), .product)
    #expect(count == 96 * 3 * 121 * 55 * 55)
    let stop = try #require(walk.targets.firstIndex(of: .weights(layer: 0)))
    let address = walk.address(of: BackwardPlace(stop: stop, grain: .product, position: count))
    #expect(walk.network.text(of: address) == "dKer95[10,10,2]@[54,54,95]")
  }

  @Test func `a step says how far its number has come`() throws {
    let walk = try BackwardWalkTests.walk(BackwardWalkTests.chains[0])
    let input = try Tensor.seeded(Shape(7, 6, 2), seed: 1)
    var backward = Backward(Activations(walk.network, input: input), from: walk.loss)
    let address = try walk.network.gradientAddress(parsing: "dX[2,2,0]")
    try backward.evaluateReaders(of: address.target)
    let account = try #require(
      try backward.account(of: Cell(2, 2, 0), in: address.target))
    let window = try walk.place(of: address)
    var place = walk.place(window, at: .product)
    // Two columns of windows, two rows, two filters.
    for done in 1...8 {
      let step = BackwardStep(place, in: walk)
      #expect(step.cell == Cell(2, 2, 0))
      #expect(step.productsDone == (done == 8 ? nil : done))
      #expect(
        step.cellsDone == walk.shape(address.target).index(Cell(2, 2, 0)) + (done == 8 ? 1 : 0))
      #expect(walk.sentences(place, account: account)[0] == "Product \(done) of 8.")
      place = try #require(walk.place(place, movedBy: 1, wanted: .product))
    }
    #expect(BackwardStep(place, in: walk).cell == Cell(3, 2, 0))
    #expect(
      walk.sentences(window, account: account)[0]
        == "X[2,2,0] was read by 4 windows of 2 filters.")
  }
}

extension GradientShare {
  fileprivate func address(_ cell: Cell) -> GradientAddress.Part {
    switch part {
    case .filter(let number), .row(let number): .slice(cell, number)
    case .whole: .cell(cell)
    }
  }
}
