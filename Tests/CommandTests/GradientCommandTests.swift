import Testing

@Suite struct `Gradients without a terminal` {
  /// The gradient at the pool of the worked example: map 0 is `1 −2 / 3 0`, map 1 `0 1 / 2 −1`.
  private func workedExample(_ arguments: [String]) throws -> CommandResult {
    let folder = try TemporaryFolder()
    // Axes x, y, map.
    try folder.write(savedIntegers("(2, 2, 2)", [1, 0, 3, 2, -2, 1, 0, -1]), to: "g.npy")
    return try run(
      [arguments[0], "--lesson", "worked-example", "--upstream", "g.npy"] + arguments.dropFirst(),
      environment: ["CONVWALK_LESSONS": "\(projectFolder)/lessons"], directory: folder.path)
  }

  @Test func `compute prints what flows back, the same as autograd`() throws {
    #expect(
      try workedExample(["compute", "--gradient", "v"]).stdout == """
        dv 4×4×2
        dv[:,:,0]
           0  0 -2  0
           0  1  0  0
           0  3  0  0
           0  0  0  0
        dv[:,:,1]
           0  0  0  0
           0  0  1  0
           0  2  0 -1
           0  0  0  0

        """)
    #expect(
      try workedExample(["compute", "--gradient", "v.bias"]).stdout
        == "db 1×1×2\n  [0]  2\n  [1]  2\n")
    let weights = try workedExample(["compute", "--gradient", "v.weight"]).stdout
    #expect(
      weights.hasPrefix(
        """
        dKer0 5×5×4
        dKer0[:,:,0]
           3  0  6  4  7
          -2  1  6  6  6
           1  3  6  8  5
           0  0  8  8  8
          -1 -3  4  4  3

        """))
    let input = try workedExample(["compute", "--gradient", "X"]).stdout
    #expect(
      input.contains(
        """
           0  0  0 -1  1  1 -3 -1  0  0  0
           0  0  0 -1  1  1  1  1  0  0  0
           0  0  0 -6  2 -2  0  1  1  1  0

        """))
  }

  @Test func `trace shows one number's products, which add up`() throws {
    let result = try workedExample(["trace", "--cell", "dX[4,5,0]"])
    #expect(
      result.stdout == """
        dX[4,5,0] = np.sum(dv[0:3, 1:3, 0] * Ker0[4::-2, 3:0:-2, 0]) + np.sum(dv[0:3, 1:3, 1] * Ker1[4::-2, 3:0:-2, 0])
          filter 0 of v
            dv[0,1,0]  0 × Ker0[4,3,0]  0 = 0
            dv[1,1,0]  1 × Ker0[2,3,0]  1 = 1
            dv[2,1,0]  0 × Ker0[0,3,0]  0 = 0
            dv[0,2,0]  0 × Ker0[4,1,0]  0 = 0
            dv[1,2,0]  3 × Ker0[2,1,0]  1 = 3
            dv[2,2,0]  0 × Ker0[0,1,0]  0 = 0
            sum = 4
          filter 1 of v
            dv[0,1,1]  0 × Ker1[4,3,0]   0 =  0
            dv[1,1,1]  0 × Ker1[2,3,0]   0 =  0
            dv[2,1,1]  1 × Ker1[0,3,0]   0 =  0
            dv[0,2,1]  0 × Ker1[4,1,0]   0 =  0
            dv[1,2,1]  2 × Ker1[2,1,0]  −1 = −2
            dv[2,2,1]  0 × Ker1[0,1,0]   0 =  0
            sum = −2
          dX[4,5,0] = 4 + −2 = 2
        X[4,5,0] was read by 6 windows of 2 filters.
        If X[4,5,0] grew by 1 (and no maximum changed hands), the loss would grow by 2.

        """)
  }

  @Test func `in JSON every sum is there with its terms`() throws {
    let result = try workedExample(["trace", "--cell", "dp[1,1,1]", "--format", "json"])
    #expect(
      result.stdout
        == #"{"gradient":"dp[1,1,1]","cell":{"x":1,"y":1,"k":1},"loss":{"kind":"given","gradient":-1},"total":-1}"#
        + "\n")
    let pool = try workedExample(["trace", "--cell", "dv[1,1,0]", "--format", "json"])
    #expect(
      pool.stdout
        == #"{"gradient":"dv[1,1,0]","cell":{"x":1,"y":1,"k":0},"shares":[{"layer":"p","terms":[{"at":{"x":0,"y":0,"k":0},"gradient":1,"by":1,"product":1}],"sum":1}],"total":1}"#
        + "\n")
  }

  @Test(arguments: [
    (
      ["--gradient", "relu.weight"],
      "convwalk: relu.weight does not exist: relu has no weights to take a gradient by.\n"
    ),
    (
      ["--gradient", "foo"], "convwalk: there is no layer \"foo\"; the layers are X, conv, relu.\n"
    ),
    (
      ["--gradient", "relu", "--layer", "conv"],
      "convwalk: drelu is nothing the loss depends on: that is made of conv's numbers; name what "
        + "comes before, or move the loss with --layer.\n"
    ),
    (
      ["--gradient", "X", "--loss", "hinge"],
      "convwalk: --loss has no effect without --target.\n"
    ),
    (
      ["--loss", "hinge", "--target", "1"],
      "convwalk: --loss has no effect without --gradient.\n"
    ),
    (
      ["--gradient", "X", "--loss", "hinge", "--target", "1", "--upstream", "g.npy"],
      "convwalk: --upstream and --loss cannot both be given; use one of them.\n"
    ),
    (
      ["--gradient", "X", "--loss", "squared", "--target", "1"],
      "convwalk: relu is 3×3×1, so a class says nothing of its places; give the target as an array "
        + "of that size, or a loss over a flat layer (1×1×N) with --layer.\n"
    ),
  ])
  func `what cannot be asked for is refused`(arguments: [String], message: String) throws {
    let result = try run(["compute", "5x5x1", "conv:3", "relu"] + arguments)
    #expect(result.stderr == message)
    #expect(result.status == 64)
  }

  @Test(arguments: [
    (["--gradient", "a.gamma"], "there is no layer \"a.gamma\"; the layers are X, a, n, "),
    (["--cell", "dn_gamma[1]"], "dn_gamma[1] lies outside: dn_gamma is 1×1×1.\n"),
    (["--cell", "db0"], "\"db0\" does not say of which layer; write da_b0, dd_b0.\n"),
    (["--cell", "dKer0[0,0,0]"], "\"dKer0\" does not say of which layer; write da_Ker0.\n"),
    (["--cell", "dW7[0]"], "\"dW7\" does not say of which layer; write dd_W7.\n"),
    (["--cell", "dd_W7[0]"], "dd_W7[0] lies outside: "),
  ])
  func `of several layers' weights it is to be said whose`(
    arguments: [String], message: String
  ) throws {
    let chain = ["3x3x1", "conv:2,name=a", "batchnorm,name=n", "flatten", "dense:2,name=d"]
    let result = try run(["trace"] + chain + arguments)
    #expect(result.stderr.contains("convwalk: " + message))
    #expect(result.status == 64)
  }

  @Test(arguments: [
    ("dX[5,0,0]", "convwalk: dX[5,0,0] lies outside: dX is 5×5×1.\n"),
    ("dKer[3,0,0]", "convwalk: dKer[3,0,0] lies outside: dKer is 3×3×1.\n"),
    ("dKer[0,0,1]", "convwalk: dKer[0,0,1] lies outside: a filter is 3×3×1.\n"),
    (
      "dKer",
      "convwalk: \"dKer\" is not one number of a gradient; write dX[4,5,0], dKer0[1,2,0], dW3[7] "
        + "or db0.\n"
    ),
    (
      "dX[0,0]",
      "convwalk: \"dX[0,0]\" is not a gradient's address; write dX, dX[4,5,0], dKer0[1,2,0], "
        + "dW3[7] or db0.\n"
    ),
  ])
  func `a cell of a gradient that is not there is refused`(cell: String, message: String) throws {
    let result = try run(["trace", "5x5x1", "conv:3", "relu", "--cell", cell])
    #expect(result.stderr == message)
    #expect(result.status == 64)
  }

  @Test func `an exact layer name wins`() throws {
    let result = try run(
      ["compute", "2x1x1", "relu,name=v", "dropout:0.5,name=v.weight", "--gradient", "v.weight"])
    #expect(result.stdout == "dv.weight 2×1×1\ndv.weight[:,:,0]\n  1 1\n")
    let cell = try run(["trace", "1x1x1", "relu,name=dX", "relu", "--cell", "dX[0,0,0]"])
    #expect(cell.stdout.hasPrefix("dX[0,0,0] = np.maximum"))
  }

  /// DeepLearning.AI's course, "Convolutional Neural Networks: Step by Step", which prints the means
  /// of `conv_backward` for numpy's random numbers of seed 1: ten examples, here one by one.
  @Test func `the course's convolution has the course's means`() throws {
    let folder = try TemporaryFolder()
    let cases = "\(projectFolder)/Tests/Cases"
    let examples = try floats("\(cases)/conv-backward-a.npy")
    var sums = ["X": 0.0, "v.weight": 0.0, "v.bias": 0.0]
    for example in 0..<10 {
      let numbers = examples[example * 48..<(example + 1) * 48].map { UInt64($0.bitPattern) }
      try folder.write(savedFloats("(1, 4, 4, 3)", numbers), to: "a.npy")
      let convolution =
        "conv:2,filters=8,stride=2,padding=2,name=v,weights=\(cases)/conv-backward-w.npy,"
        + "bias=\(cases)/conv-backward-b.npy"
      let words = ["compute", "a.npy", convolution, "--axes", "yxd"]
      #expect(try run(words + ["-o", "z.npy"], directory: folder.path).status == 0)
      for name in sums.keys {
        let result = try run(
          words + ["--upstream", "z.npy", "--gradient", name, "-o", "g.npy"],
          directory: folder.path)
        #expect(result.stderr == "")
        let gradient = try floats("\(folder.path)/g.npy")
        sums[name, default: 0] += gradient.reduce(0) { $0 + Double($1) }
      }
    }
    for (name, count, mean) in [
      ("X", 480.0, 1.45243777754), ("v.weight", 96, 1.72699145831), ("v.bias", 8, 7.83923256462),
    ] {
      let found = (sums[name] ?? 0) / count
      #expect(abs(found - mean) < 1e-6 * mean, "\(name): \(found)")
    }
  }

  /// A loss that bends grows by more than its gradient where a number grows by a whole 1.
  @Test(arguments: [
    ("cross-entropy", "grew a little", "times that."), ("hinge", "grew by 1", "the loss would"),
  ])
  func `promises no more than the loss keeps`(loss: String, growth: String, end: String) throws {
    let result = try run([
      "trace", "2x1x1", "flatten", "dense:3", "--gradient", "X", "--loss", loss, "--target", "1",
    ])
    #expect(result.status == 0, "\(result.stderr)")
    let promises = result.stdout.split(separator: "\n").filter { $0.hasPrefix("If X") }
    #expect(promises.count == 2)
    for promise in promises where !promise.hasSuffix("would not change.") {
      #expect(promise.contains(growth) && promise.contains(end), "\(promise)")
    }
  }

  /// The numbers of a float32 array.
  private func floats(_ path: String) throws -> [Float] {
    let bytes = try runProgram("/bin/cat", [path]).outputBytes
    let start = 10 + Int(bytes[8]) + 256 * Int(bytes[9])
    return stride(from: start, to: bytes.count, by: 4).map { place in
      let word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << (8 * $1) }
      return Float(bitPattern: word)
    }
  }

  private func savedFloats(_ shape: String, _ bits: [UInt64]) -> [UInt8] {
    let whole = savedArray("<f4", shape, [])
    return whole
      + bits.flatMap { bits in (0..<4).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) } }
  }
}
