import Testing

@Suite struct `The command trace` {
  @Test func `shows a cell's code, window, products and sums`() throws {
    let result = try run(["trace", "3x3x1", "conv:2", "--cell", "conv[1,0,0]"])
    // X is 6 5 7 / 7 2 9 / …, so the window is 5 7 / 2 9.
    #expect(
      result.stdout == """
        conv[1,0,0] = np.sum(X[1:3, 0:2, :] * Ker) + b
          depth 0
            5 7    1 −2     5 −14  | −9
            2 9 ×  1 −1 =   2  −9  | −7
            slice sum = −16
          bias b = 2
          conv[1,0,0] = −16 + 2 = −14

        """)
    #expect(result.status == 0)
  }

  @Test func `writes a padded and dilated cell as one JSON object`() throws {
    let result = try run([
      "trace", "3x3x2", "conv:2,dilation=2,padding=1", "--cell", "conv[0,1,0]", "--format", "json",
    ])
    #expect(
      result.stdout == #"{"layer":"conv","cell":{"x":0,"y":1,"k":0},"#
        + #""window":{"x":[-1,2],"y":[0,3]},"dilation":{"x":2,"y":2},"slices":["#
        + #"{"depth":0,"input":[[0,5],[0,7]],"filter":[[1,-2],[1,-1]],"#
        + #""products":[[0,-10],[0,-7]],"sum":-17},"#
        + #"{"depth":1,"input":[[0,4],[0,8]],"filter":[[-1,-2],[1,0]],"#
        + #""products":[[0,-8],[0,0]],"sum":-8}],"bias":2,"total":-23}"# + "\n")
  }

  @Test func `names a pool's candidates and all its winners`() throws {
    let result = try run([
      "trace", "4x4x1", "maxpool:2", "--cell", "maxpool[1,0,0]", "--format", "json",
    ])
    #expect(
      result.stdout == #"{"layer":"maxpool","cell":{"x":1,"y":0,"k":0},"#
        + #""window":{"x":[2,4],"y":[0,2]},"candidates":["#
        + #"{"x":2,"y":0,"k":0,"value":7},{"x":3,"y":0,"k":0,"value":7},"#
        + #"{"x":2,"y":1,"k":0,"value":6},{"x":3,"y":1,"k":0,"value":7}],"#
        + #""winners":[{"x":2,"y":0,"k":0},{"x":3,"y":0,"k":0},{"x":3,"y":1,"k":0}],"total":7}"#
        + "\n")
  }

  @Test func `walks every layer in order, a heading above each`() throws {
    let result = try run(["trace", "2x1x1", "conv:1", "relu"])
    #expect(
      result.stdout == """
        X 2×1×1 → conv 2×1×1
          for x, y, k in np.ndindex(2, 1, 1):
              conv[x,y,k] = np.sum(X[x:x+1, y:y+1, :] * Ker) + b

        conv[0,0,0] = np.sum(X[0:1, 0:1, :] * Ker) + b
          depth 0  6 · 1 = 6
          bias b = 2
          conv[0,0,0] = 6 + 2 = 8

        conv[1,0,0] = np.sum(X[1:2, 0:1, :] * Ker) + b
          depth 0  5 · 1 = 5
          bias b = 2
          conv[1,0,0] = 5 + 2 = 7

        conv 2×1×1 → relu 2×1×1
          relu = np.maximum(conv, 0)

        relu[0,0,0] = np.maximum(conv[0,0,0], 0)
          relu[0,0,0] = max(8, 0) = 8

        relu[1,0,0] = np.maximum(conv[1,0,0], 0)
          relu[1,0,0] = max(7, 0) = 7

        """)
  }

  @Test func `keeps to one layer where that is asked for`() throws {
    let result = try run([
      "trace", "2x1x1", "conv:1", "relu", "--layer", "relu", "--format", "json",
    ])
    #expect(
      result.stdout == #"{"layer":"relu","cell":{"x":0,"y":0,"k":0},"input":8,"total":8}"# + "\n"
        + #"{"layer":"relu","cell":{"x":1,"y":0,"k":0},"input":7,"total":7}"# + "\n")
  }

  @Test(arguments: [
    ("pytorch", "conv[0,0,1] = torch.sum(X[:, 0:2, 1:3] * Ker) + b\n"),
    ("keras", "conv[0,1,0] = ops.sum(X[0:2, 1:3, :] * Ker) + b\n"),
  ])
  func `shows another library's code`(notation: String, code: String) throws {
    let result = try run([
      "trace", "3x3x1", "conv:2", "--cell", "conv[1,0,0]", "--notation", notation,
    ])
    #expect(result.stdout.hasPrefix(code))
  }

  @Test func `takes another seed's numbers`() throws {
    let one = try run(["trace", "3x3x1", "conv:2", "--seed", "1"])
    let two = try run(["trace", "3x3x1", "conv:2", "--seed", "2"])
    #expect(one.status == 0)
    #expect(one.stdout != two.stdout)
  }

  @Test func `of one cell does not evaluate the cell's own layer`() throws {
    // 2²⁸ cells would be too many to hold, and these are more.
    let result = try run([
      "trace", "128x128x1", "conv:1,filters=16385", "--cell", "conv[7,5,16384]", "--format", "json",
    ])
    #expect(result.stdout.hasPrefix(#"{"layer":"conv","cell":{"x":7,"y":5,"k":16384}"#))
    #expect(result.status == 0)
  }

  @Test func `ends quietly when its reader has seen enough`() throws {
    let result = try runProgram(
      "/bin/sh",
      [
        "-c",
        // Without the end of the pipe this would be 47,628 cells.
        #"{ "$0" trace 128x128x3 conv:3,filters=3 --format json; echo "status $?" >&2; } | head -c 5"#,
        product("convwalk"),
      ])
    #expect(result.stdout == #"{"lay"#)
    #expect(result.stderr == "status 0\n")
  }

  @Test func `says that a full disk cannot be written`() throws {
    let result = try runProgram(
      "/bin/sh", ["-c", #""$0" trace 5x5x1 relu > /dev/full"#, product("convwalk")])
    #expect(
      result.stderr == "convwalk: standard output cannot be written: no space left on device; "
        + "make room or write elsewhere.\n")
    #expect(result.status == 73)
  }
}
