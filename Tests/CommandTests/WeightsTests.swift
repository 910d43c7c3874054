import Testing

/// `--weights`, the numbers of all layers from a `.npz` file, and float32 in files.
@Suite struct WeightsTests {
  private let folder: TemporaryFolder

  /// Two arrays, stored: `conv1.weight` = [[[[0.1, −1.5]]]] and `conv1.bias` = [0.25], float32.
  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      storedArchive([
        ("conv1.weight.npy", savedFloat32("(1, 1, 1, 2)", [0.1, -1.5])),
        ("conv1.bias.npy", savedFloat32("(1,)", [0.25])),
      ]), to: "net.npz")
    try folder.write(savedIntegers("(1, 3)", [3, 1, 2]), to: "x.npy")
    try folder.write(savedFloat32("(1, 3)", [3.5, 1, 2]), to: "f.npy")
  }

  private func run(_ line: String) throws -> CommandResult {
    try CommandTests.run(
      line.split(separator: " ").map(String.init), directory: folder.path)
  }

  private let layer = "conv:2x1,name=conv1 --axes dyx --weights net.npz"

  @Test func `float32 weights make an integer input's layer float32, rounded once`() throws {
    let result = try run("compute x.npy \(layer) -o -")
    // 3·0.1 − 1.5 + 0.25 and 0.1 − 3 + 0.25, where 0.1 is the float32.
    let expected = [Float(Double(Float(0.1)) * 3 - 1.25), Float(Double(Float(0.1)) - 2.75)]
    #expect(result.stderr == "")
    #expect(result.outputBytes == savedFloat32("(1, 1, 2)", expected))
  }

  @Test func `float32 is read and, where nothing is rounded, written as it was`() throws {
    let result = try run("compute f.npy relu --layer X --axes dyx -o -")
    #expect(result.outputBytes == savedFloat32("(1, 1, 3)", [3.5, 1, 2]))
  }

  @Test func `an exact result is rounded once to float32 where that is asked for`() throws {
    try folder.write(savedIntegers("(1, 1)", [16_777_217]), to: "odd.npy")
    let result = try run("compute odd.npy relu --dtype float32 -o -")
    #expect(result.outputBytes == savedFloat32("(1, 1, 1)", [16_777_216]))
  }

  @Test func `a cell says its products, its exact sum and how it was rounded`() throws {
    let result = try run("trace x.npy \(layer) --cell conv1[0,0,0]")
    #expect(
      result.stdout == """
        conv1[0,0,0] = np.sum(X[0:2, 0:1, :] * Ker) + b
          depth 0
            3 1 × ≈0.1 −1.5 = ≈0.300000004         −1.5  | ≈−1.2
            slice sum ≈ −1.2
          bias b = 0.25
          conv1[0,0,0] = ≈−1.2 + 0.25 ≈ −0.95
          exactly −127506841·2^−27
          rounded to the nearest float32, by ≈7.4505806e−9

        """)
    // 0.1 as a float32 is 13421773·2^−27; 3·13421773 − 1.25·2^27 = −127506841.
    let sum = 3 * 13_421_773 - 5 * (1 << 25)
    #expect(sum == -127_506_841)
  }

  @Test func `shape and frame take it too`() throws {
    #expect(try run("shape x.npy \(layer)").status == 0)
    let frame = try run("frame x.npy \(layer) --keys Space")
    #expect(frame.stderr == "")
    #expect(frame.stdout.contains("≈"))
  }

  @Test func `a network is walked with its own weights over an input of one's own`() throws {
    try folder.write(
      Array(
        """
        title: Two
        source: here
        input: {size: 5x1x1}
        layers:
          - conv:2x1,name=conv1

        """.utf8), to: "two.yaml")
    let result = try run(
      "compute --network two.yaml --input x.npy --axes dyx --weights net.npz --dtype float32 -o -")
    #expect(result.stderr == "")
    #expect(try run("compute x.npy \(layer) -o -").outputBytes == result.outputBytes)
  }

  @Test func `what does not fit is told at once and is the file's mistake`() throws {
    let result = try run("compute x.npy conv:2x1,name=conv2 --axes dyx --weights net.npz")
    #expect(result.status == 65)
    #expect(
      result.stderr == """
        convwalk: net.npz: the arrays do not fit the network.
          missing: conv2.weight (1, 1, 1, 2), conv2.bias (1,)
          left over: "conv1.weight", "conv1.bias"
          Arrays are named after layers, as in conv1.weight and conv1.bias.
          The file has "conv1"; name= names a layer so, and an archive of arr_0, arr_1 and so on \
        goes by order.

        """)
  }

  @Test func `the filters are counted by the archive, in whatever order its axes are`() throws {
    let filters = savedFloat32("(2, 1, 1, 2)", [0.5, 1, 2, 3])
    try folder.write(
      storedArchive([("c.weight.npy", filters), ("c.bias.npy", savedFloat32("(2,)", [0, 0]))]),
      to: "two.npz")
    let layer = "conv:2x1,name=c --weights two.npz"
    #expect(
      try run("shape x.npy \(layer) --axes dyx --format json").stdout.contains("\"filters\":2,"))
    #expect(
      try run("shape x.npy \(layer) --axes yxd").stderr.contains("it fits --axes dyx.") == true)
  }

  @Test func `a file of one array is one array without a name`() throws {
    let refused = try run("compute x.npy conv:2x1 --weights x.npy --axes dyx")
    #expect(refused.status == 65)
    #expect(refused.stderr.hasPrefix("convwalk: x.npy: the arrays do not fit the network.\n"))
    try folder.write(savedIntegers("(1, 1, 1, 2)", [5, -1]), to: "w.npy")
    let taken = try run("compute x.npy conv:2x1,bias=no --weights w.npy --axes dyx")
    // 5·3 − 1 and 5·1 − 2.
    #expect(taken.stdout == "conv 2×1×1\nconv[:,:,0]\n  14  3\n")
    #expect(taken.stderr == "convwalk: w.npy: conv takes \"arr_0\" by order.\n")
  }

  @Test func `what begins as an archive and does not end so was cut short`() throws {
    try folder.write(Array("PK\u{3}\u{4}nothing".utf8), to: "x.npz")
    #expect(
      try run("compute x.npz relu").stderr
        == "convwalk: x.npz: the end of the archive is missing; the file was cut short, save the "
        + "arrays again with numpy.savez.\n")
  }

  @Test func `a lesson has its own weights`() throws {
    let result = try run("compute --lesson worked-example --weights net.npz")
    #expect(
      result.stderr
        == "convwalk: --weights has no effect without typed layers or --network.\n")
    #expect(result.status == 64)
  }

  private func savedFloat32(_ shape: String, _ values: [Float]) -> [UInt8] {
    let halves = savedArray("<f4", shape, values.map { UInt64($0.bitPattern) })
    // Every other four bytes of what was written as 64 bits.
    let start = halves.count - 8 * values.count
    return Array(halves[..<start])
      + values.indices.flatMap { halves[(start + 8 * $0)..<(start + 8 * $0 + 4)] }
  }
}

/// A ZIP archive of stored members.
func storedArchive(_ members: [(name: String, data: [UInt8])]) -> [UInt8] {
  func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
  /// CRC-32 bit by bit, as its polynomial defines it.
  func checksum(_ data: [UInt8]) -> Int {
    var remainder: UInt32 = .max
    for byte in data {
      remainder ^= UInt32(byte)
      for _ in 0..<8 {
        remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1
      }
    }
    return Int(~remainder)
  }
  var archive: [UInt8] = []
  var table: [UInt8] = []
  for (name, data) in members {
    let sizes = number(checksum(data), 4) + number(data.count, 4) + number(data.count, 4)
    let common = number(20, 2) + number(0, 8) + sizes + number(name.utf8.count, 2) + number(0, 2)
    table += [0x50, 0x4B, 1, 2] + number(20, 2) + common + number(0, 10)
    table += number(archive.count, 4) + Array(name.utf8)
    archive += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + data
  }
  let record =
    number(0, 4) + number(members.count, 2) + number(members.count, 2) + number(table.count, 4)
    + number(archive.count, 4) + number(0, 2)
  return archive + table + [0x50, 0x4B, 5, 6] + record
}
