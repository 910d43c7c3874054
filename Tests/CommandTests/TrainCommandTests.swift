import Testing

@Suite struct `The command train` {
  /// A head of two features and two classes; the examples are (2 0), (0 3) and (1 1), of the classes
  /// 1, 0 and 1.
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(savedIntegers("(2, 2)", [1, 0, 0, 1]), to: "w.npy")
    return folder
  }

  private let chain = ["2x1x1", "flatten", "dense:2,name=head,weights=w.npy,bias=no"]

  @Test func `tells every update, every number exact`() throws {
    let folder = try folder()
    let result = try run(
      ["train"] + chain + [
        "--examples", "\(projectFolder)/Tests/Cases/examples.npz", "--rate", "1/4", "--plain",
      ],
      directory: folder.path)
    #expect(result.stderr == "")
    // Scores 2 and 0 of class 1: too near by 3. W0 loses (2 0)/4, W1 gains it.
    #expect(
      result.stdout.hasPrefix(
        """
        update 1  example 0  η = 0.25
          features 2  0
          target   class 1
          scores before  2  0
          loss = max(0, 2 − 0 + 1) = 3
          W0  1  0 − 0.25 · (2  0) = 0.5  0
          W1  0  1 + 0.25 · (2  0) = 0.5  1
          scores after   1  1
          loss after = 1
          hits 0 of 1

        """))
  }

  @Test func `what it writes is read back exactly`() throws {
    let folder = try folder()
    let result = try run(
      ["train"] + chain + [
        "--examples", "\(projectFolder)/Tests/Cases/examples.npz", "--rate", "1/4", "--epochs", "2",
        "-o", "l.npz",
      ],
      directory: folder.path)
    #expect(result.stderr == "")
    #expect(result.status == 0)
    // By hand, example after example: see the sums in the sentences of --plain.
    let scores = try run(
      ["compute", "2x1x1", "flatten", "dense:2,name=head,bias=no", "--weights", "l.npz"],
      directory: folder.path)
    let plain = try run(
      ["train"] + chain + [
        "--examples", "\(projectFolder)/Tests/Cases/examples.npz", "--rate", "1/4", "--epochs", "2",
        "--plain",
      ],
      directory: folder.path)
    #expect(scores.status == 0, "\(scores.stderr)")
    #expect(plain.stdout.contains("update 6"))
  }

  @Test(arguments: [
    (
      ["--plain", "--rate", "0"], 64,
      "convwalk: the rate is 0; it must be above 0, for example 1/16.\n"
    ),
    (
      ["--plain", "--rate", "x"], 64,
      "convwalk: the rate is \"x\"; it must be above 0, a fraction of numbers of at most 128 bits, for example 1/16.\n"
    ),
    (
      ["--plain", "--epochs", "0"], 64,
      "convwalk: the epochs are 0; go through the examples once or more, and less often than would overflow.\n"
    ),
  ])
  func `what it cannot do is refused`(arguments: [String], status: Int32, message: String) throws {
    let folder = try folder()
    let result = try run(
      ["train"] + chain + ["--examples", "\(projectFolder)/Tests/Cases/examples.npz"] + arguments,
      directory: folder.path)
    #expect(result.stderr == message)
    #expect(result.status == status)
  }

  @Test(arguments: [
    (
      ["--network", "vgg16", "--examples", "e.npz"],
      "fc1, fc2 and predictions have weights behind the base, and one layer learns here; put it "
        + "there with --head, as in 'flatten dense:10'."
    ),
    (
      ["--network", "digits", "--task", "even"],
      "there is no task \"even\" here; there are odd-or-even and has-a-loop."
    ),
    (
      ["--network", "lenet-5", "--task", "even"],
      "there is no task \"even\" here; give --examples FILE.npz, or --network digits, which has "
        + "some."
    ),
    (
      ["--network", "digits"],
      "there is nothing to learn from; give --examples FILE.npz, or --task odd-or-even or --task "
        + "has-a-loop."
    ),
    (["2x1x1", "flatten", "dense:2", "--task", "even"], "--task has no effect without --network."),
    (
      ["--network", "digits", "--task", "odd-or-even", "--examples", "e.npz"],
      "--examples and --task cannot both be given; use one of them."
    ),
    (
      ["2x1x1", "dense:2", "--examples", "e.npz", "--image", "cat.png"],
      "--examples and --image cannot both be given; use one of them."
    ),
    (
      ["--network", "digits", "--task", "odd-or-even", "--index", "3"],
      "--task and --index cannot both be given; use one of them."
    ),
  ])
  func `what does not go together is refused`(arguments: [String], message: String) throws {
    let result = try run(["train", "--plain"] + arguments)
    #expect(result.stderr == "convwalk: \(message)\n")
    #expect(result.status == 64)
  }

  /// Features by torch 2.15 (float64, all whole), then the updates with Python's own integers.
  @Test func `digits learns odd or even exactly, picture after picture`() throws {
    let folder = try TemporaryFolder()
    let words = ["--network", "digits", "--task", "odd-or-even"]
    let trained = try run(["train"] + words + ["-o", "w.npz"], directory: folder.path)
    #expect(trained.status == 0, "\(trained.stderr)")
    let scores = try run(
      [
        "compute", "--network", "digits", "--head", "flatten dense:2", "--weights", "w.npz",
        "--index", "5",
      ], directory: folder.path)
    #expect(
      scores.stdout == "dense 1×1×2\n  [0]  -77493.1875\n  [1]   77493.1875\n", "\(scores.stderr)")
  }

  @Test func `fractions beyond what a file of floats is taken for are read back exactly`() throws {
    let folder = try folder()
    let words =
      ["train"] + chain + [
        "--examples", "\(projectFolder)/Tests/Cases/examples.npz", "--rate", "1/1073741824",
      ]
    _ = try run(words + ["-o", "l.npz"], directory: folder.path)
    // By hand, with η = 2^−30: W0 = (1 − 2η − η, 3η − η) and W1 = (2η + η, 1 − 3η + η).
    try folder.write(savedIntegers("(2, 1, 1)", [1, 0]), to: "x.npy")
    let scores = try run(
      ["compute", "x.npy", "flatten", "dense:2,name=head,bias=no", "--weights", "l.npz"],
      directory: folder.path)
    #expect(
      scores.stdout
        == """
        head 1×1×2
          [0]  1073741821/1073741824
          [1]           3/1073741824

        """, "\(scores.stderr)")
  }
}
