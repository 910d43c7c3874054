import ConvolutionEngine
import Testing

@testable import TensorFiles

/// An archive of arrays that hold nothing but their place, by their names.
private func archive(_ names: [String], shapes: [String] = []) throws -> NamedArrays {
  try NamedArrays(
    ZipBytes(
      members: names.enumerated().map { place, name in
        .init(
          name: name + ".npy",
          data: npy("|u1", shapes.isEmpty ? "(1,)" : shapes[place], [UInt8(place % 256), 0, 0, 0]))
      }, isWide: true
    ).bytes)
}

private func matched(
  _ names: [String], _ layers: [String], isPartial: Bool = false
) throws -> ArrayMatch {
  let specifications = try layers.map { text in try LayerSpecification(parsing: text) }
  let layers = try Network.names(of: specifications, inputName: "X")
  return ArrayMatch(
    try archive(names), layers: Array(zip(layers, specifications)), isPartial: isPartial)
}

extension ArrayMatch {
  /// The names that a layer takes, in the file's order.
  fileprivate func names(_ layer: String) -> [String] {
    (taken[layer]?.places.values.sorted() ?? []).map { arrays.names[$0] }
  }
}

@Suite struct `finding a layer's arrays by name` {
  private let pair = ["conv:3,name=a", "dense:2,name=b"]

  @Test(arguments: [
    ["a.weight", "a.bias", "b.weight", "b.bias"], ["a/kernel", "a/bias", "b/kernel", "b/bias"],
    ["a/kernel:0", "a/bias:0", "b/kernel:0", "b/bias:0"],
  ])
  func `exact names are taken without a word`(names: [String]) throws {
    let match = try matched(names, pair)
    #expect(match.names("a") == Array(names[..<2]))
    #expect(match.names("b") == Array(names[2...]))
    #expect(match.notes.isEmpty)
    #expect(match.leftOver.isEmpty)
  }

  @Test(arguments: ["module.", "sequential/", "model/", "a/", "net.model._orig_mod."])
  func `what all names begin with falls away, which is told once`(prefix: String) throws {
    let names = ["a.weight", "a.bias", "b.weight", "b.bias"].map { prefix + $0 }
    let match = try matched(names, pair)
    #expect(match.names("a") == Array(names[..<2]))
    #expect(match.names("b") == Array(names[2...]))
    #expect(
      match.notes == ["\"\(prefix)\", with which all names begin, falls away: a, b."])
  }

  @Test func `the end of a path is enough where no other ends so`() throws {
    let names = ["x/stem/a/kernel", "x/stem/a/bias", "y/b/kernel", "y/b/bias", "y/step"]
    let match = try matched(names, pair)
    #expect(match.names("a") == Array(names[..<2]))
    #expect(
      match.notes == [
        #"a takes "x/stem/a/kernel", "x/stem/a/bias" by the end of the path."#,
        #"b takes "y/b/kernel", "y/b/bias" by the end of the path."#,
      ])
    #expect(match.leftOver == [4])
  }

  @Test func `where two paths end so, more of the path decides`() throws {
    let names = ["x/a/kernel", "x/a/bias", "y/a/kernel", "y/a/bias"]
    let first = try matched(names, ["conv:3,name=a"])
    #expect(first.names("a") == [])
    #expect(first.ambiguous.map(\.layer) == ["a"])
    #expect(first.ambiguous.first?.paths == ["x/a", "y/a"])
    let second = try matched(names, ["conv:3,name=y.a", "conv:3,name=x.a"])
    #expect(second.names("y.a") == Array(names[2...]))
    #expect(second.names("x.a") == Array(names[..<2]))
    // Each group belongs to one layer only.
    let third = try matched(
      ["p/y/a/kernel", "p/y/a/bias", "q/b/kernel"], ["conv:3,name=y.a", "conv:3,name=a"])
    #expect(third.names("y.a").count == 2)
    #expect(third.names("a") == [])
  }

  @Test func `a part's own arrays are found by the end of the layers' names`() throws {
    let match = try matched(
      ["0.weight", "0.bias"], ["conv:3,name=features.0", "dense:2,name=classifier.1"])
    #expect(match.names("features.0") == ["0.weight", "0.bias"])
    #expect(match.unmatched == ["classifier.1"])
    let both = try matched(
      ["0.weight", "0.bias"], ["conv:3,name=features.0", "dense:2,name=classifier.0"])
    #expect(both.unmatched == ["features.0", "classifier.0"])
    #expect(
      try matched(["weight", "bias"], ["conv:3,name=c"]).names("c") == ["weight", "bias"])
  }

  @Test func `a second Keras model is found by counting`() throws {
    let layers = ["conv:3,name=conv2d", "conv:3,name=conv2d_1", "dense:2,name=dense"]
    // Counted on from 1, so that conv2d_1 is there, and is not the layer of that name.
    for first in [1, 2, 9] {
      let names = [
        "conv2d_\(first)/kernel", "conv2d_\(first)/bias", "conv2d_\(first + 1)/kernel",
        "conv2d_\(first + 1)/bias", "dense_\(first)/kernel", "dense_\(first)/bias",
      ]
      for prefix in ["", "sequential_1/"] {
        let match = try matched(names.map { prefix + $0 }, layers)
        #expect(match.names("conv2d") == names[..<2].map { prefix + $0 })
        #expect(match.names("conv2d_1") == names[2..<4].map { prefix + $0 })
        #expect(match.names("dense") == names[4...].map { prefix + $0 })
        #expect(match.notes.count == 3)
      }
    }
    let doubled = ["conv_1/conv_1/kernel:0", "conv_1/conv_1/bias:0"]
    #expect(try matched(doubled, ["conv:3"]).names("conv") == doubled)
    #expect(try matched(doubled, ["conv:3,name=conv_1"]).names("conv_1") == doubled)
    let halves = ["conv/conv_1/kernel:0", "conv/conv_1/bias:0"]
    #expect(try matched(halves, ["conv:3"]).names("conv") == halves)
  }

  @Test func `counting needs as many, or a shorter chain that counts alike`() throws {
    let names = (3...5).flatMap { ["conv2d_\($0)/kernel", "conv2d_\($0)/bias"] }
    let layers = ["conv:3,name=conv2d", "conv:3,name=conv2d_1"]
    #expect(try matched(names, layers).unmatched == ["conv2d", "conv2d_1"])
    #expect(try matched(names, layers, isPartial: true).names("conv2d_1") == Array(names[2..<4]))
    // Counting back, or with gaps, is no second model; PyTorch does not count at all.
    for (first, second, numbers, weight) in [
      ("conv2d_2", "conv2d_5", [1, 2], "kernel"), ("conv2d", "conv2d_1", [0, 2], "kernel"),
      ("conv2d", "conv2d_3", [0, 1], "kernel"), ("conv2d_2", "conv2d_3", [1, 2], "kernel"),
      ("conv2d_1", "conv2d_2", [2, 3], "kernel"), ("conv2d", "conv2d_1", [1, 2], "weight"),
    ] {
      let names = numbers.flatMap { number in
        ["\(number == 0 ? "conv2d" : "conv2d_\(number)")/"].flatMap {
          [$0 + weight, $0 + "bias"]
        }
      }
      let match = try matched(names, ["conv:3,name=\(first)", "conv:3,name=\(second)"])
      #expect(!match.unmatched.isEmpty, "\(names)")
      for layer in [first, second] where !match.unmatched.contains(layer) {
        #expect(match.names(layer) == names.filter { $0.hasPrefix("\(layer)/") }, "\(names)")
      }
    }
    let apart = ["conv:3,name=conv2d", "conv:3,name=conv2d_7"]
    #expect(try matched(names, apart, isPartial: true).unmatched == ["conv2d", "conv2d_7"])
  }

  @Test func `a separable convolution is two layers, the second with the bias`() throws {
    let names = ["s/depthwise_kernel", "s/pointwise_kernel", "s/bias"]
    for second in ["conv:1", "conv:1,name=s.pointwise"] {
      let match = try matched(names, ["depthwise:3,bias=no,name=s", second])
      #expect(match.names("s") == [names[0]])
      #expect(match.names(second == "conv:1" ? "conv" : "s.pointwise") == Array(names[1...]))
      #expect(match.notes.count == 1)
    }
    // Nothing else is taken for the second half.
    let wide = try matched(names, ["depthwise:3,bias=no,name=s", "conv:3"])
    #expect(wide.unmatched == ["conv"])
    // With a bias of its own, it would be another's.
    #expect(try matched(names, ["depthwise:3,name=s", "conv:1"]).names("s") == [names[0]])
  }

  @Test func `Flax keeps a normalization's numbers in two collections`() throws {
    let names = [
      "params/bn/scale", "params/bn/bias", "batch_stats/bn/mean", "batch_stats/bn/var",
    ]
    #expect(try matched(names, ["batchnorm,name=bn"]).names("bn") == names)
  }

  @Test func `arrays without names go by their numbers`() throws {
    let layers = ["conv:3", "batchnorm", "relu", "dense:2"]
    // Written as numpy numbers them and out of order in the file; one is PyTorch's count.
    let numbers = [0, 1, 10, 2, 3, 4, 5, 6, 7, 8, 9].filter { $0 < 9 }
    let names = numbers.map { "arr_\($0)" }
    let shapes = numbers.map { $0 == 6 ? "()" : "(1,)" }
    let specifications = try layers.map { text in try LayerSpecification(parsing: text) }
    let match = ArrayMatch(
      try archive(names, shapes: shapes),
      layers: Array(zip(["conv", "batchnorm", "relu", "dense"], specifications)))
    #expect(match.names("conv") == ["arr_0", "arr_1"])
    #expect(match.names("batchnorm") == ["arr_2", "arr_3", "arr_4", "arr_5"])
    #expect(match.names("dense") == ["arr_7", "arr_8"])
    #expect(match.leftOver.isEmpty)
    #expect(
      match.notes == [
        #"conv takes "arr_0", "arr_1" by order."#,
        #"batchnorm takes "arr_2", "arr_3", "arr_4", "arr_5" by order."#,
        #"dense takes "arr_7", "arr_8" by order."#,
      ])
  }

  @Test func `what a shorter chain leaves over is told`() throws {
    let names = ["a.weight", "a.bias", "b.weight", "b.bias"]
    let match = try matched(names, ["conv:3,name=a"], isPartial: true)
    #expect(match.notes == [#"left over: "b.weight", "b.bias"."#])
  }

  @Test func `tens of thousands of names are looked up in a table`() throws {
    // As many comparisons as names times layers would take minutes.
    let names = (0..<21_000).map { "m.l\($0 % 7000).x.weight\($0 / 7000 == 0 ? "" : "\($0)")" }
    let layers = (0..<1000).map { "conv:1,bias=no,name=l\($0).x" }
    let match = try matched(names, layers)
    #expect(match.unmatched.isEmpty)
    #expect(match.leftOver.count == 20_000)
  }
}
