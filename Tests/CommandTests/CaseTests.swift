import Testing

/// Small files with what other libraries make of them: torch in float64, Keras and numpy.
@Suite struct `Files as other programs write them` {
  private func run(_ line: String) throws -> CommandResult {
    try CommandTests.run(
      line.split(separator: " ").map(String.init), directory: "\(projectFolder)/Tests/Cases")
  }

  /// The numbers that a command prints, one a line.
  private func numbers(_ line: String) throws -> [Double] {
    let result = try run(line)
    #expect(result.status == 0, "\(result.stderr)")
    return result.stdout.split(separator: "\n").dropFirst().compactMap { line in
      line.split(separator: " ").last.flatMap { Double($0.drop { $0 == "~" }) }
    }
  }

  private func expect(_ found: [Double], _ right: [Double]) {
    #expect(found.count == right.count)
    for (found, right) in zip(found, right) {
      // Each layer is rounded once to float32: a few units of its 24 bits.
      #expect(abs(found - right) <= 2e-6 * abs(right), "\(found), \(right)")
    }
  }

  @Test func `PyTorch's Sequential, whose layers are numbers`() throws {
    let found = try numbers(
      "compute x155.npy conv:3,filters=4,name=0 batchnorm,epsilon=0.00001,name=1 relu "
        + "conv:3,filters=6,groups=2,bias=no,name=3 flatten dense:3,name=5 --axes dyx "
        + "--weights torch-sequential.npz")
    expect(found, [-0.16616863, 0.14010804, -0.34736174])
  }

  @Test func `Keras's Sequential, whose name stands before every layer's`() throws {
    let line =
      "compute x672.npy conv:3,filters=4,name=c1 batchnorm,epsilon=0.001,name=bn relu "
      + "depthwise:3,padding=same,stride=2,multiplier=2,name=dw "
      + "maxpool:2,stride=1,padding=same flatten dense:3,name=d --axes yxd "
      + "--weights keras-sequential.npz"
    expect(try numbers(line), [215.455611, 412.190842, -641.123204])
    let told = "convwalk: keras-sequential.npz: \"sequential/\", with which all names begin, falls "
    #expect(try run(line).stderr.hasPrefix(told + "away: c1, bn, dw, d.\n"))
  }

  @Test func `members without an ending are arrays, as for numpy`() throws {
    let line = "compute 5x5x1 conv:3,filters=2,name=conv --axes dyx --weights nosuffix.npz"
    #expect(try run(line).status == 0)
    #expect(try run("\(line) --layer X").status == 0)
  }

  @Test(arguments: [
    (
      "5x5x1 conv:3,filters=2,name=conv --axes dyx --weights nobias.npz",
      "nobias.npz: the arrays do not fit the network.\n  missing: conv.bias (2,)\n"
        + "  A layer that has none says bias=no: conv."
    ),
    (
      "5x5x1 conv:3,filters=2,name=conv --axes dyx --weights obj.npz",
      "obj.npz: the arrays do not fit the network.\n  \"conv.bias\": the array holds Python objects "
        + "(\"|O\"), expected bools, integers or floats; save x.astype('f4'), or x.item() where it is a "
        + "dictionary."
    ),
    (
      "5x5x1 conv:3,filters=2,name=conv --axes dyx --weights bz2.npz",
      "bz2.npz: the arrays do not fit the network.\n  \"conv.weight\": the member "
        + "\"conv.weight.npy\" is compressed by bzip2, expected none or deflate; save the arrays "
        + "with numpy.savez_compressed.\n  \"conv.bias\": the member \"conv.bias.npy\" is compressed "
        + "by bzip2, expected none or deflate; save the arrays with numpy.savez_compressed."
    ),
    (
      "bf16.npy relu",
      "bf16.npy: the array holds bfloat16 numbers, as numpy saves what it has no type for "
        + "(\"<V2\"), expected bools, integers or floats; save x.astype('float32')."
    ),
    (
      "zero4.npy relu",
      "zero4.npy: the shape (0, 1, 28, 28) is an empty batch, expected a batch of one; save an array "
        + "with a picture in it."
    ),
    (
      "5x5x1 conv:3 --weights p4.pbm",
      "p4.pbm: this is a picture, expected a .npz file; a picture is given by --image."
    ),
  ])
  func `what cannot be taken is told with its cure`(line: String, text: String) throws {
    let result = try run("compute " + line)
    #expect(result.stderr == "convwalk: \(text)\n")
    #expect(result.status == 65)
  }

  @Test func `archives of other programs are called what they are`() throws {
    let folder = try TemporaryFolder()
    for (member, name) in [
      ("net/data.pkl", "a PyTorch file"), ("model.weights.h5", "a Keras file"),
      ("a.txt", "a ZIP archive without arrays"),
    ] {
      try folder.write(storedArchive([(member, [1, 2, 3])]), to: "net.npz")
      for arguments in [
        ["shape", "3x3x1", "conv:2", "--weights", "net.npz"], ["shape", "net.npz", "relu"],
        ["shape", "3x3x1", "conv:2,bias=no,weights=net.npz"],
      ] {
        let result = try CommandTests.run(arguments, directory: folder.path)
        #expect(
          result.stderr.hasPrefix("convwalk: net.npz: this is \(name), expected a .npz file; "))
        #expect(result.status == 65)
      }
    }
  }

  @Test func `bitmaps are read, and their 1 is black`() throws {
    let first = "0 1 0 1 0 1 0 1 0 0"
    #expect(
      try run("compute --image p4.pbm relu").stdout
        == "relu 10×2×1\nrelu[:,:,0]\n  \(first)\n  1 0 1 0 1 0 1 0 1 1\n")
    #expect(
      try run("compute --image p1.pbm relu").stdout
        == "relu 3×2×1\nrelu[:,:,0]\n  0 1 0\n  1 0 1\n")
  }

  @Test(arguments: ["", ",bias=yes"])
  func `weights without a bias are never given an invented one`(setting: String) throws {
    for command in ["compute", "shape", "trace", "frame"] {
      let result = try run(
        "\(command) ca_x.npy conv:3,stride=2,padding=1,weights=ca_k.npy\(setting) --axes dyx")
      #expect(
        result.stderr
          == "convwalk: layer conv (input 5×5×1): its weights are given and its bias is not; write "
          + "bias=no for none, or give the bias too (bias=…).\n")
      #expect(result.status == 64)
    }
  }

  @Test func `weights without a bias are as numpy makes it where that is said`() throws {
    let layer = "conv:3,stride=2,padding=1,weights=ca_k.npy,bias=no"
    #expect(
      try run("compute ca_x.npy \(layer) --axes dyx").stdout
        == "conv 3×3×1\nconv[:,:,0]\n   1  5  6\n   7  8  3\n   3 10  4\n")
  }

  @Test func `a bias without weights is not completed either`() throws {
    let folder = try TemporaryFolder()
    try folder.write(savedIntegers("(2,)", [1, 2]), to: "b.npy")
    for layer in ["conv:3,filters=2,bias=b.npy", "depthwise:3,bias=b.npy"] {
      let result = try CommandTests.run(["compute", "5x5x2", layer], directory: folder.path)
      #expect(result.stderr.contains("its bias is given and its weights are not"))
      #expect(result.status == 64)
    }
  }

  @Test func `a shorter chain leaves over what it does not need, where that is said`() throws {
    let line =
      "compute x155.npy conv:3,name=0 batchnorm,name=1 --axes dyx --weights torch-sequential.npz"
    let refused = try run(line)
    #expect(refused.status == 65)
    #expect(refused.stderr.hasSuffix("\n  --partial leaves over what no layer takes.\n"))
    let taken = try run(line + " --partial")
    #expect(taken.status == 0)
    #expect(
      taken.stderr.hasPrefix(
        "convwalk: torch-sequential.npz: left over: \"3.weight\", \"5.weight\", \"5.bias\".\n"))
    #expect(
      try run("compute 3x3x1 relu --partial").stderr
        == "convwalk: --partial has no effect without --weights.\n")
  }

  @Test func `layers of other names are told which there are`() throws {
    let result = try run(
      "compute x155.npy conv:3 batchnorm relu conv:3,groups=2,bias=no flatten dense:3 --axes dyx "
        + "--weights torch-sequential.npz")
    #expect(
      result.stderr == """
        convwalk: torch-sequential.npz: the arrays do not fit the network.
          there is nothing for conv1, batchnorm, conv2, dense
          Arrays are named after layers, as in conv1.weight and conv1.bias.
          The file has "0", "1", "3", "5"; name= names a layer so, and an archive of arr_0, arr_1 \
        and so on goes by order.

        """)
    #expect(result.status == 65)
  }

  @Test func `another order of axes in which all fits is named`() throws {
    let layers = "conv:3,name=0 --weights torch-sequential.npz --partial"
    #expect(
      try run("compute x155.npy \(layers)").stderr
        == "convwalk: layer 0 (input 1×5×5): the filter spans 3 columns, more than the input's 1; "
        + "use a filter or dilation that fits, or add padding. With --axes dyx everything fits.\n")
  }

  @Test func `a layer that is a number has its brackets in an address`() throws {
    let layers = "5x5x1 conv:3,name=0 relu,name=0.1"
    #expect(try run("trace \(layers) --cell 0[1,2,0]").stdout.hasPrefix("_0[1,2,0] = "))
    #expect(try run("trace \(layers) --cell 0.1[1,2,0]").stdout.hasPrefix("_0_1[1,2,0] = "))
    // Brackets make it an address; without them it is a step.
    let keys = { (keys: String) in
      try CommandTests.run(
        ["frame"] + layers.split(separator: " ").map(String.init) + ["--keys", keys]
      ).stdout
    }
    #expect(try keys("g 0 [ 1 , 2 , 0 ] Enter").contains("  0  8 of 9\n"))
    #expect(try keys("g 0 Enter").contains("  0  0 of 9\n"))
  }
}
