import ConvolutionEngine
import ExactNumbers
import Testing

@testable import Lessons

/// A network's file: what it means, and what is wrong with it.
struct NetworkFileTests {
  private static let sound = """
    title: A small one
    source: nowhere
    input: {size: 8x8x1}
    base: pool2
    blocks:
      stage:
        - conv:3,filters=<filters>,padding=1,name=conv<n>
        - {block: end, n: <n>}
      end:
        - relu,name=relu<n>
        - add,from=<previous>+relu<n>,name=sum<n>
        - maxpool:2,name=pool<n>
    layers:
      - {block: stage, n: [1, 2], filters: [4, 8]}
      - flatten
      - dense:10,name=d<1
    """.replacing("d<1", with: "d1")

  private func file(_ text: String) throws(LessonProblems) -> NetworkFile {
    try NetworkFile(parsing: Array(text.utf8), name: "small", file: "small.yaml")
  }

  private func problems(with part: String, as other: String) -> [String] {
    #expect(Self.sound.contains(part), "the part stands in the file")
    do throws(LessonProblems) {
      _ = try file(Self.sound.replacing(part, with: other))
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  @Test func `a block is written once for each item of its lists`() throws {
    let file = try file(Self.sound)
    #expect(
      file.layers.map(\.description) == [
        "conv:3,filters=4,padding=1,name=conv1", "relu,name=relu1",
        "add,name=sum1,from=conv1+relu1", "maxpool:2,name=pool1",
        "conv:3,filters=8,padding=1,name=conv2", "relu,name=relu2",
        "add,name=sum2,from=conv2+relu2", "maxpool:2,name=pool2", "flatten", "dense:10,name=d1",
      ])
    #expect(file.baseCount == 8)
    #expect(try file.network().layers.last?.output == Shape(1, 1, 10))
  }

  @Test(arguments: [",weights=w.npy", ",bias=b.npy"])
  func `numbers of its layers are refused, not passed over`(setting: String) {
    let found = problems(with: "padding=1,", as: "padding=1\(setting),")
    #expect(found.count == 1)
    #expect(
      found.first?.hasSuffix(
        "a network's file has no numbers of its layers; leave weights and bias out.") == true,
      "\(found)")
  }

  @Test func `another input and another head keep the base`() throws {
    let changes = NetworkFile.Changes(
      input: try Shape(12, 10, 1), head: [LayerSpecification(.globalAverage(GlobalAverage()))])
    let network = try file(Self.sound).network(changes)
    #expect(network.layers.count == 8 + 1)
    #expect(network.layers[7].output == (try Shape(3, 2, 8)))
    #expect(network.layers[8].output == (try Shape(1, 1, 8)))
  }

  @Test func `weights follow their scheme`() throws {
    let signs = try file(Self.sound + "\nweights: {seed: 3, scheme: signs}")
    #expect(signs.seed == 3 && signs.scheme == .signs)
    let taps = try file(Self.sound + "\nweights: {scheme: few-taps, taps: 2}")
    #expect(taps.scheme == .fewTaps(2))
    let weights = try #require(try taps.network().layers[0].parameters?.weights)
    let filters = (0..<4).map { filter in (0..<9).map { weights[filter * 9 + $0] } }
    #expect(filters.allSatisfy { $0.count { !$0.isZero } == 2 })
    #expect(filters.allSatisfy { $0.count { $0 == Number(-1) } == 1 })
  }

  @Test(arguments: [
    (
      "block: stage", "block: stag",
      "14:13: there is no block \"stag\"; the blocks are end, stage."
    ),
    (
      "filters: [4, 8]", "filters: [4]",
      "14:31: filters lists 1 value and a list before it 2; all lists of a block are equally long."
    ),
    (
      "filters=<filters>", "filters=<f>",
      "7:7: \"<f>\" has no value here; there are filters, n, previous, and a number may have +1."
    ),
    (
      "base: pool2", "base: pool3",
      "4:7: base is \"pool3\", which names no layer; name the last layer of the base."
    ),
    (
      "relu,name=relu<n>", "{block: stage, n: 1, filters: 1}",
      "10:7: blocks are nested deeper than 4 levels; write the layers out."
    ),
    (
      "maxpool:2,name=pool<n>", "maxpool:20,name=pool<n>",
      "12:7: layer pool1 (input 8×8×4): the filter spans 20 columns, more than the input's 8; use a filter or dilation that fits, or add padding."
    ),
    (
      "source: nowhere", "source: nowhere\nweights: {scheme: large}",
      "3:19: scheme is \"large\"; it must be small, signs or few-taps."
    ),
    (
      "source: nowhere", "source: nowhere\nweights: {taps: 3}",
      "3:11: taps has no effect without scheme: few-taps."
    ),
    (
      "source: nowhere", "source: nowhere\nweights: {scheme: few-taps, taps: 0}",
      "3:35: taps is \"0\"; it must be a whole number from 1 to 65536."
    ),
    (
      "source: nowhere\n", "",
      "1:1: the network has no source; add it, for example source: K. Simonyan and A. Zisserman, 2014"
    ),
  ])
  func `says what is wrong`(part: String, other: String, problem: String) {
    #expect(problems(with: part, as: other) == ["small.yaml:\(problem)"])
  }

  @Test func `blocks cannot fill the memory`() {
    let many = Array(repeating: "1", count: 4096).joined(separator: ", ")
    #expect(
      problems(with: "n: [1, 2], filters: [4, 8]", as: "n: [\(many)], filters: 1")
        == ["small.yaml:7:7: there are more than 4096 layers; a network has at most so many."])
    let doubled = String(repeating: "<n>", count: 1000)
    let text = """
      title: t
      source: s
      input: {size: 1x1x1}
      blocks:
        a: [{block: b, n: "\(doubled)"}]
        b: [{block: c, n: "\(doubled)"}]
        c: [{block: d, n: "\(doubled)"}]
        d: ["relu,name=<n>"]
      layers: [{block: a, n: x}]
      """
    #expect(throws: LessonProblems.self) { try file(text) }
  }

  @Test(arguments: [
    (
      "n: [1, 2], filters", "n: [1, 2], dilation: 2, filters",
      "14:31: the block stage has no place for \"dilation\"; it has places for filters, n."
    ),
    (
      "block: end, n: <n>}", "block: end, n: <n>, stride: [2]}",
      "8:28: the block end has no place for \"stride\"; it has places for n."
    ),
    (
      "n: [1, 2], filters", "n: [1, 2], previous: v, filters",
      "14:31: the block stage has no place for \"previous\"; it has places for filters, n."
    ),
    (
      "  end:\n", "  other:\n    - relu\n  end:\n",
      "9:3: no layer calls the block \"other\"; call it, or remove it."
    ),
    (
      "input: {size: 8x8x1}", "input: {size: 8x8x1, seed: 3}",
      "3:22: the input of a network has no \"seed\"; it has name, size."
    ),
  ])
  func `a key that nothing reads is refused`(part: String, other: String, problem: String) {
    #expect(problems(with: part, as: other) == ["small.yaml:\(problem)"])
  }

  @Test(arguments: [
    ("padding=1,name=conv<n>", "paddin=<n>,name=conv<n>", "7:7: conv has no setting \"paddin\""),
    ("conv:3,", "conv:<filters>y,", "7:7: conv is \"4y\""),
    ("relu,name=relu<n>", "{kind: relu, nam: relu<n>}", "10:20: relu has no setting \"nam\""),
    ("maxpool:2", "maxpol:2", "12:7: \"maxpol\" is not a layer"),
  ])
  func `a mistake inside a block is told once`(part: String, other: String, problem: String) {
    let found = problems(with: part, as: other)
    #expect(found.count == 1 && found[0].hasPrefix("small.yaml:\(problem)"), "\(found)")
  }

  @Test(arguments: ["{depths: 1 2}", "{file: x.npy}", "{name: A}"])
  func `an input without a size is no network's`(input: String) {
    let found = problems(with: "{size: 8x8x1}", as: input)
    #expect(!found.isEmpty && found.allSatisfy { $0.hasPrefix("small.yaml:3:") }, "\(found)")
  }
}

@Suite("The shipped networks")
struct ShippedNetworkTests {
  private func open(_ name: String) throws -> NetworkFile {
    try NetworkFile.open(name) { () throws(LessonError) in ShippedLessonTests.folder }
  }

  /// From the frameworks' own counts.
  @Test(arguments: [
    ("pytorch-net", 62_006, 651_720), ("keras-binary", 3_453_121, 236_095_488),
    ("lenet-5", 61_706, 416_520), ("alexnet", 60_965_224, 724_406_816),
    ("alexnet-one-tower", 61_100_840, 714_188_480), ("vgg16", 138_357_544, 15_470_264_320),
    ("mobilenet-v1", 4_253_864, 568_740_352), ("resnet-50", 25_636_712, 3_857_973_248),
    ("inception-v3", 23_851_784, 5_713_216_096), ("digits", 1898, 13_600),
  ])
  func `have the frameworks' counts`(name: String, parameters: Int, multiplyAdds: Int) throws {
    let file = try open(name)
    let network = try file.network()
    #expect(network.parameterCount == parameters)
    #expect(network.multiplyAdds == multiplyAdds)
    #expect(file.baseCount != nil)
  }

  /// From the summaries of keras.applications.
  @Test(arguments: [
    ("vgg16", "block3_conv3", "56×56×256", 590_080),
    ("vgg16", "block5_pool", "7×7×512", 0),
    ("vgg16", "fc1", "1×1×4096", 102_764_544),
    ("resnet-50", "conv1_bn", "112×112×64", 256),
    ("resnet-50", "conv2_block1_0_conv", "56×56×256", 16_640),
    ("resnet-50", "conv4_block6_out", "14×14×1024", 0),
    ("resnet-50", "conv5_block1_3_bn", "7×7×2048", 8_192),
    ("mobilenet-v1", "conv_pad_2", "113×113×64", 0),
    ("mobilenet-v1", "conv_dw_2", "56×56×64", 576),
    ("mobilenet-v1", "conv_preds", "1×1×1000", 1_025_000),
    ("inception-v3", "mixed0", "35×35×256", 0),
    ("inception-v3", "mixed3", "17×17×768", 0),
    ("inception-v3", "conv2d_38", "17×17×192", 172_032),
    ("inception-v3", "batch_normalization_93", "8×8×192", 576),
    ("inception-v3", "mixed8", "8×8×1280", 0),
    ("inception-v3", "mixed10", "8×8×2048", 0),
  ])
  func `have Keras's layers`(name: String, layer: String, output: String, count: Int) throws {
    let layer = try #require(try open(name).network().layer(named: layer))
    #expect("\(layer.output)" == output)
    #expect(layer.parameterCount == count)
  }

  @Test func `see as much of the picture as is published`() throws {
    func field(_ name: String, _ layer: String) throws -> ReceptiveField.Span {
      let network = try open(name).network()
      let index = try #require(network.layer(named: layer)).index
      return network.receptiveFields[index].x
    }
    // Araujo and others, Distill 2019: size, stride and padding.
    let vgg = try field("vgg16", "block5_pool")
    #expect([vgg.size, vgg.stride, vgg.offset] == [212, 32, -90])
    #expect(try field("alexnet", "pool5").size == 195)
    #expect(try field("resnet-50", "conv5_block3_out").size == 483)
    #expect(try field("mobilenet-v1", "conv_pw_13_relu").size == 315)
    #expect(try field("inception-v3", "mixed10").size == 1311)
  }

  @Test func `are all that stand in the folder`() {
    #expect(
      Set(NetworkFile.names(in: ShippedLessonTests.folder + "/networks")) == [
        "pytorch-net", "keras-binary", "lenet-5", "alexnet", "alexnet-one-tower", "vgg16",
        "mobilenet-v1", "resnet-50", "inception-v3", "digits",
      ])
  }

  @Test func `an unknown one is told with those that there are`() {
    let error = #expect(throws: LessonError.self) { try open("vgg") }
    #expect(error?.description.hasPrefix("there is no network \"vgg\"; the networks are") == true)
  }
}
