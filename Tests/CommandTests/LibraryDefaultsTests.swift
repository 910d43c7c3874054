import Testing

/// Files of the libraries, with the values that torch, Keras and numpy give for them in float64.
@Suite struct `A library's files` {
  private let cases = "\(projectFolder)/Tests/Cases"

  private func numbers(_ command: String) throws -> [Double] {
    let words = ["compute"] + command.split(separator: " ").map(String.init)
    let result = try run(words, directory: cases)
    #expect(result.status == 0, "\(result.stderr)")
    // What stands in brackets is a place.
    return result.stdout.split(separator: "\n").dropFirst().flatMap { line in
      line.split(separator: "]").suffix(1).joined().split(separator: " ")
        .compactMap { Double($0.drop { $0 == "~" }) }
    }
  }

  private func isNear(_ found: [Double], _ expected: [Double]) -> Bool {
    found.count == expected.count
      && zip(found, expected).allSatisfy { abs($0 - $1) <= 2e-7 * max(1, abs($1)) }
  }

  @Test(arguments: [
    (
      "x232.npy flatten,name=fl batchnorm,name=bn,epsilon=0.001 dense:2,name=d --axes yxd "
        + "--weights flatten-bn-dense.npz", [9.568394, -23.595217]
    ),
    (
      "x232.npy conv:1,filters=2,name=ca flatten,name=fa conv:2,filters=3,name=cb,from=X "
        + "flatten,name=fb concat,from=fa+fb,name=cat dense:2,name=d --axes yxd "
        + "--weights two-flattens-concat.npz", [48, -20]
    ),
    (
      "x232.npy flatten,name=fa conv:1,filters=2,name=ca,from=X flatten,name=fb "
        + "add,from=fa+fb,name=s dense:2,name=d --axes yxd --weights two-flattens-add.npz",
      [4, -38]
    ),
    ("x232.npy flatten --axes yxd", [3, 4, 0, 4, 2, 2, 3, 1, 4, 0, 1, 1]),
    ("bnx.npy batchnorm,name=bn1 --axes dyx --weights bn.npz", [39.98001498751093]),
    ("bnx.npy batchnorm,name=bn1 --weights bn.npz", [39.98001498751093]),
    ("bnx.npy batchnorm,name=bn1 --axes yxd --weights bn.npz", [38.13850402832031]),
    ("a44.npy avgpool:3,stride=2,padding=same --axes dyx", [6, 7.5, 12, 13.5]),
  ])
  func `gives the library's numbers`(command: String, expected: [Double]) throws {
    let found = try numbers(command)
    #expect(isNear(found, expected), "\(found)")
  }

  @Test func `has PyTorch's alpha, over the size`() throws {
    let result = try run(
      ["compute", "lrn.npy", "lrn:5,alpha=0.0001,beta=0.75,k=1", "--axes", "dyx"],
      directory: cases)
    #expect(result.stdout.contains("[0]   ~9.795016\n  [1]  ~19.144789\n"))
  }

  @Test func `tells what a default decided`() throws {
    let result = try run(
      ["compute", "bnx.npy", "batchnorm,name=bn1", "--axes", "dyx", "--weights", "bn.npz"],
      directory: cases)
    #expect(result.stderr == "convwalk: defaults (PyTorch's): bn1 epsilon=0.00001\n")
    let written = try run(
      [
        "compute", "bnx.npy", "batchnorm,name=bn1,epsilon=0.00001", "--axes", "dyx", "--weights",
        "bn.npz",
      ], directory: cases)
    #expect(written.stderr == "")
    #expect(written.stdout == result.stdout)
  }

  @Test(arguments: [
    ("lrn:5,alpha=0.5,k=1", "lrn alpha over its size"),
    ("lrn:5,k=1", "lrn alpha=0.0001, alpha over its size"),
  ])
  func `tells that PyTorch divides an alpha, whoever wrote it`(layer: String, note: String) throws {
    let result = try run(["compute", "4x4x8", layer, "--axes", "dyx"])
    #expect(result.stderr == "convwalk: defaults (PyTorch's): \(note)\n")
  }

  /// A network means what its file says; where that says nothing, `--axes` decides.
  @Test(arguments: [
    ("dyx", "flatten dense:2", nil), ("yxd", "flatten dense:2", "flatten order=yxd"),
    ("dyx", "batchnorm,name=b flatten dense:2", "b epsilon=0.00001"),
    ("dyx", "batchnorm,epsilon=0.5 flatten dense:2", nil),
  ])
  func `tells what a default decided of a new head`(
    axes: String, head: String, note: String?
  ) throws {
    let result = try run(
      ["compute", "--network", "lenet-5", "--head", head, "--axes", axes],
    )
    let library = axes == "dyx" ? "PyTorch's" : "Keras's"
    #expect(result.stderr == (note.map { "convwalk: defaults (\(library)): \($0)\n" } ?? ""))
  }

  @Test(arguments: [
    ("bias=false", "false"), ("bias=No", "No"), ("bias=none", "none"), ("bias=0", "0"),
  ])
  func `takes no other language's word for a bias`(setting: String, word: String) throws {
    let result = try run(["compute", "4x4x1", "conv:3,\(setting)"])
    #expect(result.status == 65 || result.status == 64)
    #expect(
      result.stderr == "convwalk: in the layer \"conv:3,\(setting)\": bias is \"\(word)\"; it must "
        + "be yes, no or a file such as b.npy.\n")
  }

  @Test(arguments: [
    ("batchnorm,name=bn1", true), ("batchnorm,name=bn1,epsilon=0.001", false),
    ("batchnorm,name=bn1,epsilon=0.00001", false),
  ])
  func `tells that names are PyTorch's where epsilon is not`(layer: String, isTold: Bool) throws {
    let result = try run(
      ["compute", "bnx.npy", layer, "--axes", "yxd", "--weights", "bn.npz"], directory: cases)
    let note =
      "convwalk: bn.npz: running_var is PyTorch's name, and its epsilon 0.00001 unless another was "
      + "set; bn1 has 0.001.\n"
    #expect(result.stderr.contains(note) == isTold, "\(result.stderr)")
    #expect(result.status == 0)
  }
}
