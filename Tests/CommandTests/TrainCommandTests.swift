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
          loss = max(0, 2 − 0 + 1) = 3 = 3
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
      [], 64,
      "convwalk: train says nothing without --plain, and keeps nothing without -o FILE; give one of them.\n"
    ),
    (
      ["--plain", "--rate", "0"], 64,
      "convwalk: the rate is 0; it must be above 0, for example 1/16.\n"
    ),
    (
      ["--plain", "--rate", "x"], 64,
      "convwalk: the rate is \"x\"; it must be a number above 0, for example 1/16.\n"
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
}
