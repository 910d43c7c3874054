import TestSupport
import Testing

/// The shipped network that was trained, as a person meets it.
@Suite struct `The network digits` {
  private func screen(_ keys: String, at place: String = "scores[0,0,5]") throws -> [String] {
    let result = try run(
      ["frame", "--network", "digits", "--at", place, "--keys", keys, "--size", "80x24"])
    #expect(result.status == 0)
    return result.stdout.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  @Test func `opens on its first picture, and x and X take the others at the same place`() throws {
    #expect(try screen("")[0].hasPrefix(" Digits 0: zero "))
    #expect(try screen("x")[0].hasPrefix(" Digits 1: one "))
    #expect(try screen("7xX")[0].hasPrefix(" Digits 6: six "))
    #expect(try screen("x")[0].hasSuffix(" scores  6 of 10"))
    #expect(try screen("X").contains { $0.contains("This is picture 0, the first is 0.") })
  }

  /// The scores are those of `digits.py`; behind its name each is a bar.
  @Test func `puts names to its scores`() throws {
    let lines = try screen("5x")
    #expect(lines.contains { $0.hasSuffix("4 four    │*     893") })
    #expect(lines.contains { $0.hasSuffix("5 five    │***[ 2275]") })
  }

  /// The order of axes is that of arrays of one's own; the network's weights keep theirs.
  @Test(arguments: ["xyd", "yxd", "dyx"])
  func `means the same whatever the axes of other arrays are`(axes: String) throws {
    let result = try run(["compute", "--network", "digits", "--index", "5", "--axes", axes])
    #expect(result.stdout.contains("  [4]    893\n  [5]   2275\n"))
  }

  @Test func `says as a command line which picture is shown`() throws {
    let lines = try screen("5xXy")
    #expect(lines.joined(separator: " ").contains("convwalk explore --network digits --index 4 "))
  }

  @Test(arguments: [
    (["--index", "1797"], "the network has 1797 pictures, and --index is \"1797\"; write a whole"),
    (["--index", "-1"], "the network has 1797 pictures, and --index is \"-1\"; write a whole"),
    (["--index", "1", "--input", "9x9x1"], "--index and --input cannot both be given"),
  ])
  func `refuses a picture that it has not`(options: [String], problem: String) throws {
    let result = try run(["compute", "--network", "digits"] + options)
    #expect(result.status == 64)
    #expect(result.stderr.contains(problem))
  }

  @Test func `says where there are no other pictures`() throws {
    let result = try run(["compute", "--network", "lenet-5", "--index", "1"])
    #expect(result.status == 64)
    #expect(result.stderr.contains("--index has no effect without a network with pictures"))
    let others = try run(["frame", "5x5x1", "conv:3", "--keys", "x"])
    #expect(others.stdout.contains("This network brings no other pictures."))
  }
}
