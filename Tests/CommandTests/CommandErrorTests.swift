import Testing

@Suite struct `A command that cannot do what it is told` {
  /// Arguments, the exit status and the whole message after `convwalk: `.
  static let mistakes: [([String], Int32, String)] = [
    (["walk"], 64, "there is no command \"walk\"; 'convwalk --help' lists them."),
    (["shpe", "11x11x4"], 64, "there is no command \"shpe\"; did you mean shape or sheet?"),
    (["11x11x4", "conv:5"], 64, "there is no command \"11x11x4\"; 'convwalk --help' lists them."),
    (
      ["shape", "11*11*4", "conv:5"], 64,
      "\"11*11*4\" is not a size; write width x height x depth as whole "
        + "numbers, for example 11x11x4."
    ),
    (["help", "nope"], 64, #"there is no command "nope"; 'convwalk --help' lists them."#),
    (
      ["help", "shape", "nope"], 64,
      #"there is no command "shape nope"; 'convwalk --help' lists them."#
    ),
    (
      ["lesson", "sliding", "--print", "--plain"], 64,
      "--print and --plain cannot both be given; use one of them."
    ),
    (
      ["lesson", "./a.yaml", "--watch", "--plain"], 64,
      "--plain and --watch cannot both be given; use one of them."
    ),
    (
      ["compute", "5x5x1", "relu", "-o", ""], 73,
      "cannot write '': the name is empty; name a file."
    ),
    (["--zzzzzz"], 64, "Unknown option '--zzzzzz'. See 'convwalk --help'."),
    (
      ["shape", "--format"], 64,
      "Missing value for '--format <format>'. See 'convwalk shape --help'."
    ),
    (
      ["trace", "5x5x1", "relu", "--format", "xml"], 64,
      "The value 'xml' is invalid for '--format <format>'. Please provide one of 'text' and 'json'. "
        + "See 'convwalk trace --help'."
    ),
    (
      ["shape", "5x5x1", "relu", "--sed", "3"], 64,
      #""--sed" is not an option here; write -- before a file's name that starts with a dash, "#
        + "or see --help."
    ),
    (
      ["shape"], 64,
      "there is no input; name one and its layers, for example 11x11x4 conv:5,stride=2."
    ),
    (["shape", "5x5x1"], 64, "there is no layer; name at least one, for example conv:3."),
    (
      ["shape", "conv:3"], 64,
      #""conv:3" is a layer, but the input comes first; begin with its size or file, "#
        + "for example 11x11x4 conv:3."
    ),
    (
      ["shape", "", "relu"], 64,
      #""" is not a size; write width x height x depth as whole numbers, for example 11x11x4."#
    ),
    (
      ["frame", "5x5x1", "relu", "--size", "1001x24"], 64,
      #"the screen's size is "1001x24"; write columns x rows, each from 1 to 1000, "#
        + "for example 80x24."
    ),
    (
      ["frame", "--lesson", "worked-example-plain", "--stop", "x"], 64,
      "worked-example-plain has no stops; leave --stop out."
    ),
    (
      ["lesson", "sliding", "--stop", "-1", "--plain"], 64,
      "sliding has no stop -1; its stops are 1 to 8."
    ),
    (
      ["lesson", "sliding", "--stop", "99", "--print"], 64,
      "sliding has no stop 99; its stops are 1 to 8."
    ),
    (
      ["shape", "99999999999999999999x1x1", "relu"], 64,
      #""99999999999999999999x1x1" is not a size; write width x height x depth as whole numbers, "#
        + "for example 11x11x4."
    ),
    (
      ["shape", "-5x3x1", "relu"], 64, "the input: width -5 is not a size; it must be 1 or more."
    ),
    (
      ["shape", "--seed", "-1", "5x5x1", "relu"], 64,
      #"the seed is "-1"; it must be a whole number from 0 to 18446744073709551615."#
    ),
    (
      ["shape", "5x5x1", "pool:2"], 64,
      #"in the layer "pool:2": "pool" is not a layer; the kinds are conv, depthwise, "#
        + "maxpool, avgpool, globalavgpool, relu, relu6, leakyrelu, sigmoid, softmax, flatten, dense, "
        + "batchnorm, lrn, zeropad, dropout, add, concat."
    ),
    (
      ["shape", "5x5x1", "conv:9"], 64,
      "layer conv (input 5×5×1): the filter spans 9 columns, more than the input's 5; "
        + "use a filter or dilation that fits, or add padding."
    ),
    (
      ["shape", "5x5x1", "conv:3,stride=0"], 64,
      "layer conv (input 5×5×1): stride 0 is not possible; stride must be from 1 to 16777216."
    ),
    (
      ["compute", "20000x20000x1", "relu"], 64,
      "the input is 20000×20000×1, 400000000 numbers: too many to hold at once "
        + "(the limit is 268435456); use a smaller input."
    ),
    (
      ["compute", "5x5x1", "relu", "--dtype", "int64"], 64,
      "--dtype has no effect without -o (what is printed is exact)."
    ),
    (
      ["trace", "5x5x1", "relu", "--layer", "v"], 64,
      #"there is no layer "v"; the layers are relu."#
    ),
    (
      ["trace", "5x5x1", "relu", "--cell", "relu"], 64,
      #""relu" is not a cell; write its layer and x, y and map, for example v[1,0,0]."#
    ),
    (
      ["trace", "5x5x1", "relu", "--cell", "relu[5,0,0]"], 64,
      "relu[5,0,0] lies outside: relu is 5×5×1."
    ),
    (
      ["trace", "5x5x1", "relu", "--cell", "X[0,0,0]"], 64,
      "X[0,0,0] is a cell of the input, which nothing computes; name a layer's cell."
    ),
    (
      ["trace", "5x5x1", "relu", "flatten", "--layer", "relu", "--cell", "flatten[0,0,0]"], 64,
      "flatten[0,0,0] is not a cell of layer relu; leave --layer out or name its cell."
    ),
    (
      ["shape", "--lesson", "worked-example", "5x5x1", "relu"], 64,
      "there is more than one of a lesson, a network and an input with layers; name one of them."
    ),
    (
      ["shape", "--lesson", "worked-exmaple"], 64,
      #"there is no lesson "worked-exmaple"; did you mean worked-example?"#
    ),
    (
      ["shape", "--lesson", "worked-example", "--seed", "1"], 64,
      "--seed has no effect without a typed input."
    ),
    (
      ["shape", "--lessons", "lessons", "5x5x1", "relu"], 64,
      "--lessons has no effect without --lesson or --network."
    ),
    (
      ["shape", "--lesson", "worked-example", "--lessons", "/nowhere"], 66,
      #"--lessons is "/nowhere", which is no folder; name the folder of the lessons."#
    ),
    (
      ["shape", "x.npy", "relu"], 66,
      "cannot read x.npy: there is no such file; check the name."
    ),
    (
      ["shape", "--", "-x.npy", "relu"], 66,
      "cannot read -x.npy: there is no such file; check the name."
    ),
    (
      ["shape", "\u{1B}[31m", "relu"], 66,
      "cannot read \\u{1B}[31m: there is no such file; check the name."
    ),
    (
      ["shape", "\u{202E}x.npy", "relu"], 66,
      "cannot read \\u{202E}x.npy: there is no such file; check the name."
    ),
    (
      ["shape", "5x5x1", "a\u{9B}31m"], 64,
      #"in the layer "a\u{9B}31m": "a\u{9B}31m" is not a layer; the kinds are conv, depthwise, "#
        + "maxpool, avgpool, globalavgpool, relu, relu6, leakyrelu, sigmoid, softmax, flatten, dense, "
        + "batchnorm, lrn, zeropad, dropout, add, concat."
    ),
    (
      ["shape", "/", "relu"], 66, "cannot read /: it is a directory; name a file."
    ),
    (
      ["shape", "-", "relu"], 65,
      "standard input: this is an empty file, expected a .npy file; get the file again."
    ),
    (
      ["trace", "5x5x1", "conv:3,weights=/dev/null"], 65,
      "/dev/null: this is an empty file, expected a .npy file; get the file again."
    ),
  ]

  @Test(arguments: mistakes)
  func `says why in one line and ends with its status`(
    arguments: [String], status: Int32, message: String
  ) throws {
    let result = try run(arguments, directory: "/")
    #expect(result.stderr == "convwalk: \(message)\n")
    #expect(result.stdout == "")
    #expect(result.status == status)
  }

  @Test func `names the layer and the cell that need more than 128 bits`() throws {
    let folder = try TemporaryFolder()
    try folder.write(savedIntegers("(1, 1, 1)", [Int.max]), to: "x.npy")
    let layers = Array(repeating: "conv:1,weights=x.npy,bias=no", count: 3)
    let result = try run(["compute", "x.npy"] + layers, directory: folder.path)
    #expect(
      result.stderr == "convwalk: conv2[0,0,0] needs more than 128 bits, so it cannot be shown "
        + "exactly; use smaller inputs or weights.\n")
    #expect(result.status == 65)
  }

  @Test func `names a file of weights that does not fit its layer`() throws {
    let folder = try TemporaryFolder()
    try folder.write(savedIntegers("(2, 3)", [1, 2, 3, 4, 5, 6]), to: "w.npy")
    for command in ["compute", "shape"] {
      let result = try run(
        [command, "1x1x2", "dense:3,weights=w.npy"], directory: folder.path)
      #expect(
        result.stderr == "convwalk: w.npy: the shape of the weights is (2, 3), expected (3, 2) "
          + "(out, in); it fits --axes yxd.\n")
      #expect(result.status == 65)
    }
  }

  @Test func `says that standard output is closed`() throws {
    let command = "exec \(product("convwalk")) shape 5x5x1 relu >&-"
    let result = try runProgram("/bin/sh", ["-c", command])
    #expect(
      result.stderr
        == "convwalk: standard output is closed; open it, or write to a file with > FILE.\n")
    #expect(result.status == 73)
  }

  /// Words that mean something alone, or nothing anywhere.
  private static let words = [
    "", "-", "--", "-5", "-5x3x1", "--seed", "--axes", "--format", "--cell", "v[0,0,0]", "--layer",
    "-o", "0x0x0", "conv", "conv:,=,", "relu,name=é", "9223372036854775807x1x1",
    "conv:9223372036854775807", "conv:-9223372036854775808", "dense:9223372036854775807",
    "maxpool:1,padding=16777216", "help",
  ]

  @Test(arguments: ["shape", "trace", "compute"])
  func `never traps, whatever the words`(command: String) throws {
    for words in Self.words.flatMap({ [[$0], ["2x2x1", $0], ["2x2x1", "relu", $0]] }) {
      let result = try run([command] + words)
      #expect([0, 64, 65, 66].contains(result.status ?? -1), "\(command) \(words)")
      #expect(result.stderr.split(separator: "\n").count <= 1)
    }
  }
}
