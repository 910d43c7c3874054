import ConvolutionEngine
import ExactNumbers
import Testing

@testable import TensorFiles

@Suite struct `weights of a whole network` {
  private let network: Network

  init() throws {
    network = try Network(
      input: Shape(3, 3, 1),
      layers: [
        "conv:2,filters=2,name=conv1", "batchnorm,name=bn1", "flatten", "dense:1,name=fc",
      ].map { text in try LayerSpecification(parsing: text) })
  }

  /// Everything that the network needs, in PyTorch's order and names: floats from 0.5 up.
  private let arrays: [(name: String, shape: String, count: Int)] = [
    ("conv1.weight", "(2, 1, 2, 2)", 8), ("conv1.bias", "(2,)", 2), ("bn1.weight", "(2,)", 2),
    ("bn1.bias", "(2,)", 2), ("bn1.running_mean", "(2,)", 2), ("bn1.running_var", "(2,)", 2),
    ("fc.weight", "(1, 8)", 8), ("fc.bias", "(1,)", 1),
  ]

  private func floats(_ numbers: [Float]) -> [UInt8] {
    numbers.flatMap { number in bytes(Int(number.bitPattern), size: 4) }
  }

  private func archive(_ arrays: [(name: String, shape: String, count: Int)]) -> [UInt8] {
    ZipBytes(
      members: arrays.map { array in
        let numbers = (0..<array.count).map { Float($0) + 0.5 }
        return .init(name: "\(array.name).npy", data: npy("<f4", array.shape, floats(numbers)))
      }
    ).bytes
  }

  private func parameters(
    _ bytes: [UInt8], axes: AxisOrder = .dyx
  ) throws -> [String: GivenParameters] {
    try ArrayMatch(NamedArrays(bytes), network).parameters(of: network, axes: axes)
  }

  @Test func `arrays are found by their layers' names`() throws {
    let given = try parameters(archive(arrays))
    #expect(given["conv1"]?.weights == .float32([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5]))
    #expect(given["conv1"]?.bias == .float32([0.5, 1.5]))
    // γ, β, μ and σ², two maps each.
    #expect(given["bn1"]?.normalization == .float32([0.5, 1.5, 0.5, 1.5, 0.5, 1.5, 0.5, 1.5]))
    #expect(given["fc"]?.bias == .float32([0.5]))
    #expect(given["flatten"] == nil)
  }

  /// A broken checksum would be found by unpacking the numbers.
  @Test(arguments: ["(3, 1, 2, 2)", "(2, 1, 2, 3)", "(2,)", "(2, 0, 2, 2)"])
  func `an array of another size is refused before it is unpacked`(shape: String) throws {
    let members = arrays.map { array in
      let isBroken = array.name == "conv1.weight"
      let numbers = [Float](repeating: 1, count: isBroken ? 12 : array.count)
      return ZipBytes.Member(
        name: "\(array.name).npy",
        data: npy("<f4", isBroken ? shape : array.shape, floats(numbers)),
        checksum: isBroken ? 1 : nil)
    }
    let text = try #require(refusal { try parameters(ZipBytes(members: members).bytes) })
    #expect(text.contains("conv1.weight") && text.contains("shape"), "\(text)")
    #expect(!text.contains("damaged") && !text.contains("checksum"), "\(text)")
  }

  @Test(arguments: ["/", "."], ["", ":0"])
  func `Keras's names and orders are taken too`(separator: String, ending: String) throws {
    let names = [
      ("conv1", "kernel", "(2, 2, 1, 2)"), ("conv1", "bias", "(2,)"), ("bn1", "gamma", "(2,)"),
      ("bn1", "beta", "(2,)"), ("bn1", "moving_mean", "(2,)"), ("bn1", "moving_variance", "(2,)"),
      ("fc", "kernel", "(8, 1)"), ("fc", "bias", "(1,)"),
    ]
    // Only a name with a slash has Keras's old ending.
    let suffix = separator == "/" ? ending : ""
    let keras = zip(names, arrays).map { name, array in
      (name: "\(name.0)\(separator)\(name.1)\(suffix)", shape: name.2, count: array.count)
    }
    let given = try parameters(archive(keras), axes: .yxd)
    // The filter is the fastest axis in the file, then x.
    #expect(given["conv1"]?.weights == .float32([0.5, 2.5, 4.5, 6.5, 1.5, 3.5, 5.5, 7.5]))
    // The flat row lies in Keras's order, so its weights stay as they are.
    #expect(given["fc"]?.weights == .float32([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5]))
  }

  /// In another order numbers of these shapes would be taken transposed, without a word.
  @Test(arguments: [
    ("conv:3,filters=3,name=v", "v/kernel:0", "(3, 3, 3, 3)", 81, AxisOrder.yxd),
    ("conv:3,filters=3,name=v", "v.kernel", "(3, 3, 3, 3)", 81, .yxd),
    ("dense:27,name=v", "v/kernel", "(27, 27)", 729, .yxd),
  ])
  func `weights that fit two orders are read in that of the library whose names they have`(
    layer: String, name: String, shape: String, count: Int, owner: AxisOrder
  ) throws {
    let network = try Network(
      input: layer.hasPrefix("dense") ? Shape(1, 1, 27) : Shape(3, 3, 3),
      layers: [LayerSpecification(parsing: layer + ",bias=no")])
    let numbers = (0..<count).map { Float($0) }
    let file = ZipBytes(members: [
      .init(name: "\(name).npy", data: npy("<f4", shape, floats(numbers)))
    ]).bytes
    let match = ArrayMatch(try NamedArrays(file), network)
    for axes in AxisOrder.allCases where axes != owner {
      let text = try #require(refusal { try match.parameters(of: network, axes: axes) })
      #expect(
        text.hasSuffix(
          "its shape fits --axes \(axes.rawValue) and --axes yxd alike, and the names are Keras's; "
            + "say --axes yxd."), "\(text)")
    }
    // Filter 0 at x = 1, y = 0, depth 0 is the fourth place along Keras's second axis: 9.
    let weights = try #require(match.parameters(of: network, axes: owner)["v"]?.weights)
    #expect(weights[1].text == (count == 81 ? "9" : "27"))
  }

  @Test func `PyTorch's names beside them tell the order of weights too`() throws {
    let network = try Network(
      input: Shape(3, 3, 3),
      layers: ["conv:3,filters=3,bias=no,name=v", "batchnorm,name=n"].map { text in
        try LayerSpecification(parsing: text)
      })
    func file(_ endings: [String]) -> [UInt8] {
      ZipBytes(
        members: [member(name: "v.weight", shape: "(3, 3, 3, 3)", count: 81)]
          + endings.map { member(name: "n.\($0)", shape: "(3,)", count: 3) }
      ).bytes
    }
    func member(name: String, shape: String, count: Int) -> ZipBytes.Member {
      .init(
        name: "\(name).npy", data: npy("<f4", shape, floats((0..<count).map { Float($0) + 0.5 })))
    }
    let torch = ArrayMatch(
      try NamedArrays(file(["weight", "bias", "running_mean", "running_var"])), network)
    #expect(
      refusal { try torch.parameters(of: network, axes: .xyd) }?.contains("PyTorch's") == true)
    // Filter 0 at x = 1, y = 0, depth 0 is the second number of the last axis.
    #expect(try torch.parameters(of: network, axes: .dyx)["v"]?.weights?[1].text == "1.5")
    let own = ArrayMatch(try NamedArrays(file(["gamma", "beta", "mean", "var"])), network)
    #expect(try own.parameters(of: network, axes: .xyd)["v"]?.weights?[1].text == "9.5")
  }

  @Test(arguments: [
    ("layers/conv2d/vars/0", "{v.path: v.numpy() for v in model.weights}"),
    ("conv1.weight_v", "remove_weight_norm"), ("conv1.weight_orig", "prune.remove"),
    ("conv1.parametrizations.weight.original0", "remove_parametrizations"),
  ])
  func `names of what cannot be used tell how to save it`(name: String, cure: String) {
    let text = refusal { try parameters(archive([(name, "(2, 1, 2, 2)", 8)])) }
    #expect(text?.contains(cure) == true, "\(text ?? "")")
  }

  @Test func `what is missing, left over or of the wrong shape is told at once`() {
    var odd = arrays
    odd[0].shape = "(2, 2, 2, 1)"
    odd[6] = ("fc2.weight", "(1, 8)", 8)
    odd.remove(at: 4)
    #expect(
      refusal { try parameters(archive(odd)) } == """
        the arrays do not fit the network.
          missing: bn1.running_mean (2,), fc.weight (1, 8)
          "conv1.weight": the shape of the weights is (2, 2, 2, 1), expected (2, 1, 2, 2) \
        (filter, depth, y, x); it fits --axes xyd.
          left over: "fc2.weight"
          Arrays are named after layers, as in conv1.weight and conv1.bias.
          The file has "conv1", "bn1", "fc2", "fc"; name= names a layer so, and an archive of \
        arr_0, arr_1 and so on goes by order.
        """)
  }

  @Test func `of many arrays that are missing, left over or unfit the first are named`() throws {
    let layers = try (1...20).map { try LayerSpecification(parsing: "conv:1,bias=no,name=c\($0)") }
    let network = try Network(input: Shape(1, 1, 1), layers: layers)
    // Ten layers' arrays hold text, the others' are not there, and many are for no layer.
    let members =
      (1...10).map { ZipBytes.Member(name: "c\($0).weight.npy", data: [1]) }
      + (1...6000).map { ZipBytes.Member(name: "e\($0).npy", data: npy("|u1", "(1,)", [7])) }
    let arrays = try NamedArrays(ZipBytes(members: members, isWide: true).bytes)
    let text = refusal {
      try ArrayMatch(arrays, network).parameters(of: network, axes: .dyx)
    }
    let lines = try #require(text).split(separator: "\n")
    #expect(
      lines[1] == "  missing: "
        + (11...18).map { "c\($0).weight (1, 1, 1, 1)" }.joined(separator: ", ") + " and 2 more")
    #expect(lines[2...9].allSatisfy { $0.contains("this is not a .npy file") })
    #expect(lines[10] == "  and 2 more that do not fit")
    #expect(
      lines[11] == "  left over: "
        + (1...8).map { "\"e\($0)\"" }.joined(separator: ", ") + " and 5992 more")
    #expect(lines.count == 14)
  }

  @Test func `PyTorch's count of batches is passed over, where there is such a layer`() throws {
    let counted = arrays + [("bn1.num_batches_tracked", "()", 1)]
    #expect(try parameters(archive(counted)).count == 3)
    let elsewhere = arrays + [("fc.num_batches_tracked", "()", 1)]
    #expect(
      refusal { try parameters(archive(elsewhere)) }?
        .contains("left over: \"fc.num_batches_tracked\"") == true)
  }

  @Test func `what is left over and no array of numbers is told as such`() {
    var members = arrays.map { array in
      ZipBytes.Member(
        name: "\(array.name).npy",
        data: npy("<f4", array.shape, floats(Array(repeating: 0.5, count: array.count))))
    }
    members.append(.init(name: "settings.npy", data: npy("|O", "()", [0x80, 4])))
    #expect(
      refusal { try parameters(ZipBytes(members: members).bytes) } == """
        the arrays do not fit the network.
          "settings": the array holds Python objects ("|O"), expected bools, integers or floats; \
        save x.astype('f4'), or x.item() where it is a dictionary.
        """)
  }

  @Test func `NaN is told with its array and its place`() {
    var members = arrays.map { array in
      ZipBytes.Member(
        name: "\(array.name).npy",
        data: npy("<f4", array.shape, floats(Array(repeating: 0.5, count: array.count))))
    }
    members[1].data = npy("<f4", "(2,)", floats([0.5, .nan]))
    #expect(
      refusal { try parameters(ZipBytes(members: members).bytes) }?
        .contains("\n  \"conv1.bias\": the number at [1] is nan, expected finite numbers") == true)
  }

  @Test func `a variance below 0 is told with its map`() {
    var members = arrays.map { array in
      ZipBytes.Member(
        name: "\(array.name).npy",
        data: npy("<f4", array.shape, floats(Array(repeating: 0.5, count: array.count))))
    }
    members[5].data = npy("<f4", "(2,)", floats([0.5, -0.5]))
    #expect(
      refusal { try parameters(ZipBytes(members: members).bytes) } == """
        the arrays do not fit the network.
          "bn1.running_var": the variance of map 1: found −0.5, expected 0 or more.
        """)
  }

  @Test func `a normalization of whole numbers and of float32 is float32`() throws {
    var members = arrays.map { array in
      ZipBytes.Member(
        name: "\(array.name).npy",
        data: npy("<f4", array.shape, floats(Array(repeating: 0.5, count: array.count))))
    }
    members[3].data = npy("<i4", "(2,)", bytes(0, size: 4) + bytes(-7, size: 4))
    let given = try parameters(ZipBytes(members: members).bytes)
    #expect(given["bn1"]?.normalization == .float32([0.5, 0.5, 0, -7, 0.5, 0.5, 0.5, 0.5]))
    members[3].data = npy("<i4", "(2,)", bytes(0, size: 4) + bytes(16_777_217, size: 4))
    #expect(
      refusal { try parameters(ZipBytes(members: members).bytes) }?
        .contains("\n  \"bn1.bias\": 16777217 is no float32, as the layer's other numbers are")
        == true)
  }

  @Test func `Keras's depthwise filters are y, x, depth and multiplier`() throws {
    let network = try Network(
      input: Shape(2, 1, 2),
      layers: [LayerSpecification(parsing: "depthwise:2x1,multiplier=2,bias=no,name=dw")])
    let file = npy("<i2", "(1, 2, 2, 2)", (0..<8).flatMap { bytes($0, size: 2) })
    let archive = ZipBytes(members: [.init(name: "dw/depthwise_kernel.npy", data: file)]).bytes
    let given = try ArrayMatch(NamedArrays(archive), network)
      .parameters(of: network, axes: .yxd)
    // Map 0 is depth 0 with multiplier 0: x = 0 has number 0, x = 1 number 4.
    #expect(given["dw"]?.weights == .stored(.int8([0, 4, 1, 5, 2, 6, 3, 7]), denominator: 1))
  }
}
