import Glibc
import Testing

/// The way back through the built program: in sentences, and on the screen of a lesson. Gradients by
/// torch 2.15.
@Suite struct `The way back in the real program` {
  @Test func `explore says the walk in sentences, forwards and back`() throws {
    let result = try run(
      [
        "explore", "5x4x1", "conv:2,filters=1,name=v,bias=no", "--plain", "--axes", "dyx",
      ], stdin: "v[1,0,0]\n\nB\ndX[4,3,0]\n-\n+\nW\nB\nq\n")
    #expect(result.stderr == "" && result.status == 0)
    let said = result.stdout.split(separator: "\n").filter { $0.hasPrefix("At ") }
    #expect(
      said.map { String($0.dropFirst(3).prefix { $0 != ":" }) } == [
        "v.", "v[1,0,0]", "v[2,0,0]", "dX[2,0,0]", "dX[4,3,0]", "dX[4,3,0]@0", "dX[4,3,0]",
        "dKer[0,0,0]", "v[2,0,0]",
      ])
    // One window of four reads the last corner, by its last weight.
    #expect(result.stdout.contains("X[4,3,0] was read by 1 window of 1 filter."))
    #expect(result.stdout.contains("\nIf X[4,3,0] grew by 1, the loss would "))
  }

  @Test func `explore ends with its input, and says what it does not take`() throws {
    let result = try run(
      ["explore", "3x3x1", "conv:2,name=v", "--plain"], stdin: "B\nnonsense\ndX[9,9,9]")
    #expect(result.status == 0 && result.stderr == "")
    #expect(result.stdout.contains("\nAt dX[0,0,0]: "))
    #expect(!result.stdout.contains("\u{1B}"))
    #expect(!result.stdout.contains("At dX[9,9,9]"))
  }

  @Test func `W leads from a stop's number to the weights, and r back to the stop`() throws {
    let state = try TemporaryFolder()
    defer {
      for name in ["progress", "lock"] { unlink("\(state.path)/convwalk/\(name)") }
      rmdir("\(state.path)/convwalk")
    }
    let terminal = try ScreenTerminal(
      ["lesson", "back-through-window"], environment: ["XDG_STATE_HOME": state.path])
    try terminal.wait { $0.lines[1].hasPrefix(" ◂ dX[1,0,0] ") }
    terminal.send("W")
    // What came back, 4, times what the weight met, 1.
    try terminal.wait {
      $0.lines[0].contains(" dKer[0,0,0] ")
        && $0.lines[3].hasSuffix(" dv[0,0,0]      4 × X[0,0,0]       1 =             4")
    }
    terminal.send("r")
    try terminal.wait { $0.lines[1].hasPrefix(" ◂ dX[1,0,0] ") }
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack("after q")
  }
}
