import Testing

/// A picture as the input of every command.
@Suite struct ImageTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Array("P2 4 2 255  0 1 2 3  10 11 12 13\n".utf8), to: "ramp.pgm")
    let header = "P7\nWIDTH 2\nHEIGHT 1\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n"
    try folder.write(Array(header.utf8) + [1, 2, 3, 255, 4, 5, 6, 0], to: "clear.pam")
  }

  private func run(_ line: String) throws -> CommandResult {
    try CommandTests.run(
      line.split(separator: " ").map(String.init), directory: folder.path)
  }

  @Test func `a grey picture is an input of depth 1`() throws {
    let result = try run("compute --image ramp.pgm relu --layer X")
    #expect(result.stdout == "X 4×2×1\nX[:,:,0]\n   0  1  2  3\n  10 11 12 13\n")
    #expect(result.status == 0)
  }

  @Test func `a size scales the picture until it covers that and cuts the rest off evenly`() throws
  {
    // The middle 2×2 of 4×2: (1 + 2 + 11 + 12)/4 = 6.5, rounded up.
    let result = try run("compute --image ramp.pgm 1x1x1 relu --layer X")
    #expect(result.stdout == "X 1×1×1\n  [0]  7\n" || result.stdout == "X 1×1×1\n  7\n")
  }

  @Test func `opacity is left out, and that is said`() throws {
    let result = try run("compute --image clear.pam relu --layer X")
    #expect(
      result.stdout
        == "X 2×1×3\nX[:,:,0]\n  1 4\nX[:,:,1]\n  2 5\nX[:,:,2]\n  3 6\n")
    #expect(result.stderr == "convwalk: clear.pam: the opacity channel is left out.\n")
  }

  @Test func `a depth that is not the picture's is refused`() throws {
    let result = try run("shape --image ramp.pgm 4x2x3 relu")
    #expect(result.status == 64)
    #expect(
      result.stderr
        == "convwalk: ramp.pgm: the picture has depth 1, grey, expected depth 3; "
        + "ask for a size of depth 1, or convert the picture.\n")
  }

  @Test(arguments: [[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0xFF, 0xD8, 0xFF, 0xE0]])
  func `a picture that this build cannot read, or a damaged one, is refused`(
    bytes: [UInt8]
  ) throws {
    try folder.write(bytes, to: "picture")
    let result = try run("shape --image picture relu")
    #expect(result.status == 65)
    let kind = bytes[0] == 0x89 ? "PNG" : "JPEG"
    let texts = [
      "convwalk: picture: this is a \(kind) picture, which this build does not read; convert it to "
        + "PPM, or build with --traits PNGAndJPEG (it needs libpng and libjpeg).\n",
      "convwalk: picture: this \(kind) picture is damaged",
    ]
    #expect(texts.contains { result.stderr.hasPrefix($0) }, "\(result.stderr)")
  }

  @Test func `a picture is no input for a lesson`() throws {
    let result = try run("shape --lesson worked-example --image ramp.pgm")
    #expect(
      result.stderr == "convwalk: --image has no effect without typed layers or --network.\n")
    #expect(result.status == 64)
  }

  private static let network = """
    title: Small
    source: made for this test
    input: {size: 2x1x1}
    base: pool
    layers:
      - avgpool:1,name=pool
      - relu,name=out
    """

  @Test func `a picture is scaled and cut to a network's size`() throws {
    try folder.write(Array(Self.network.utf8), to: "small.yaml")
    // 4×2 covers 2×1 when each new pixel is the average of four.
    let result = try run("compute --network small.yaml --image ramp.pgm --layer X")
    #expect(result.stdout == "X 2×1×1\nX[:,:,0]\n  6 8\n")
    let larger = try run("compute --network small.yaml --input 4x2x1 --image ramp.pgm --layer out")
    #expect(larger.stdout == "out 4×2×1\nout[:,:,0]\n   0  1  2  3\n  10 11 12 13\n")
    let deep = try run("shape --network small.yaml --input 4x2x3 --image ramp.pgm")
    #expect(deep.stderr.contains("the picture has depth 1, grey, expected depth 3"))
    #expect(deep.status == 64)
  }

  @Test func `a network takes no typed layers, with a picture or without`() throws {
    try folder.write(Array(Self.network.utf8), to: "small.yaml")
    let expected =
      "convwalk: there is more than one of a lesson, a network and an input with layers; "
      + "name one of them.\n"
    for line in [
      "shape --network small.yaml --image ramp.pgm relu", "shape --network small.yaml 2x1x1",
    ] {
      let result = try run(line)
      #expect(result.stderr == expected)
      #expect(result.status == 64)
    }
  }

  @Test func `the command line that leads to a screen of a network names the picture`() throws {
    try folder.write(Array(Self.network.utf8), to: "small.yaml")
    let result = try run("frame --network small.yaml --image ramp.pgm --keys y")
    #expect(
      result.stdout.contains("convwalk explore --image ramp.pgm --network small.yaml --at"))
  }

  @Test func `the command line that leads to a screen names the picture`() throws {
    let result = try run("frame --image ramp.pgm 4x2x1 avgpool:2 --keys y")
    #expect(
      result.stdout.contains(
        "convwalk explore --image ramp.pgm 4x2x1 avgpool:2 --at avgpool"))
  }
}
