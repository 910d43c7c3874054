import Testing

@Suite struct `The command compute` {
  @Test func `prints each depth as a grid with ASCII signs`() throws {
    let result = try run(["compute", "4x3x2", "conv:2,filters=2"])
    #expect(
      result.stdout == """
        conv 3×2×2
        conv[:,:,0]
          -29 -16 -11
          -25 -21 -32
        conv[:,:,1]
            6  -2   0
            6  27  25

        """)
    #expect(result.status == 0)
  }

  @Test func `prints fractions exactly`() throws {
    let result = try run(["compute", "5x5x1", "avgpool:3"])
    #expect(result.stdout == "avgpool 1×1×1\n  [0]  55/9\n")
  }

  @Test func `evaluates no further than the layer asked for`() throws {
    let result = try run(["compute", "2x2x1", "flatten", "dense:3", "--layer", "flatten"])
    #expect(result.stdout == "flatten 1×1×4\n  [0]  6\n  [1]  5\n  [2]  7\n  [3]  7\n")
  }

  @Test func `writes the input where its name is asked for`() throws {
    let folder = try TemporaryFolder()
    let input = savedIntegers("(3, 1, 1)", [1, -2, 3])
    try folder.write(input, to: "x.npy")
    let result = try run(
      ["compute", "x.npy", "relu", "--layer", "X", "-o", "copy.npy"], directory: folder.path)
    #expect(result.stderr == "")
    #expect(try folder.read("copy.npy") == input)
  }

  @Test(arguments: [
    // X = [[1, 2, 3], [4, 5, 6]] of two columns and three rows in each order of axes.
    ("xyd", "(2, 3, 1)", [1, 2, 3, 4, 5, 6]), ("yxd", "(3, 2, 1)", [1, 4, 2, 5, 3, 6]),
    ("dyx", "(1, 3, 2)", [1, 4, 2, 5, 3, 6]),
  ])
  func `reads and writes an order of axes`(axes: String, shape: String, values: [Int]) throws {
    let folder = try TemporaryFolder()
    try folder.write(savedIntegers(shape, values), to: "x.npy")
    let printed = try run(["compute", "x.npy", "relu", "--axes", axes], directory: folder.path)
    #expect(printed.stdout == "relu 2×3×1\nrelu[:,:,0]\n  1 4\n  2 5\n  3 6\n")
    let written = try run(
      ["compute", "x.npy", "relu", "--axes", axes, "-o", "y.npy"], directory: folder.path)
    #expect(written.stdout == "")
    #expect(written.stderr == "")
    #expect(written.status == 0)
    #expect(try folder.read("y.npy") == savedIntegers(shape, values))
    #expect(folder.names == ["x.npy", "y.npy"])
  }

  @Test func `takes standard input and gives standard output`() throws {
    let array = savedIntegers("(1, 1, 3)", [-1, 0, 7])
    let result = try runProgram(
      product("convwalk"), ["compute", "-", "relu", "-o", "-"], input: array)
    #expect(result.outputBytes == savedIntegers("(1, 1, 3)", [0, 0, 7]))
    #expect(result.status == 0)
  }

  @Test func `takes weights and bias from files`() throws {
    let folder = try TemporaryFolder()
    try folder.write(savedIntegers("(2, 2)", [1, 2, 3, 4]), to: "x.npy")
    // Two filters of two columns, one row and depth 1: (1, 10) and (100, −1).
    try folder.write(savedFloats("(2, 2, 1, 1)", [1, 10, 100, -1]), to: "w.npy")
    try folder.write(savedIntegers("(2,)", [5, 0]), to: "b.npy")
    let result = try run(
      ["compute", "x.npy", "conv:2x1,weights=w.npy,bias=b.npy"], directory: folder.path)
    // 1·1 + 3·10 + 5 = 36 and 2·1 + 4·10 + 5 = 47; 1·100 − 3 = 97 and 2·100 − 4 = 196.
    #expect(
      result.stdout == "conv 1×2×2\nconv[:,:,0]\n   36\n   47\nconv[:,:,1]\n   97\n  196\n")
  }

  @Test func `flattens in the order of Keras, in which its dense weights stand`() throws {
    let folder = try TemporaryFolder()
    // X[y, x, depth]: Keras flattens it to 1, 2, 3, 4, 5, 6, 7, 8.
    try folder.write(savedIntegers("(2, 2, 2)", Array(1...8)), to: "x.npy")
    try folder.write(savedIntegers("(8, 1)", [1, 0, 0, 10, 0, 100, 0, 0]), to: "w.npy")
    let result = try run(
      ["compute", "x.npy", "flatten", "relu", "dense:1,weights=w.npy,bias=no", "--axes", "yxd"],
      directory: folder.path)
    // 1·1 + 4·10 + 6·100
    #expect(result.stdout == "dense 1×1×1\n  [0]  641\n")
  }

  @Test func `evaluates a lesson's network over its input`() throws {
    let result = try run(["compute", "--lesson", "worked-example", "--layer", "p"])
    #expect(result.stdout == "p 2×2×2\np[:,:,0]\n   6  2\n   9  3\np[:,:,1]\n   4  7\n   0 -1\n")
  }

  @Test func `refuses a fraction as int64 and leaves no file`() throws {
    let folder = try TemporaryFolder()
    let result = try run(
      ["compute", "5x5x1", "avgpool:3", "-o", "y.npy"], directory: folder.path)
    #expect(
      result.stderr == "convwalk: avgpool: the number at [0,0,0] is 55/9, which is not a whole "
        + "number, so int64 cannot hold it; write --dtype float64 (rounded once).\n")
    #expect(result.status == 65)
    #expect(folder.names == [])
  }

  @Test func `rounds a fraction once for float64`() throws {
    let result = try run(["compute", "5x5x1", "avgpool:3", "-o", "-", "--dtype", "float64"])
    #expect(result.outputBytes == savedFloats("(1, 1, 1)", [55.0 / 9.0]))
  }

  @Test func `does not touch a file that cannot be written`() throws {
    let result = try run(["compute", "2x2x1", "relu", "-o", "/nowhere/y.npy"])
    #expect(
      result.stderr == "convwalk: cannot write /nowhere/y.npy: its folder does not exist; "
        + "create it or name another.\n")
    #expect(result.status == 73)
  }
}
