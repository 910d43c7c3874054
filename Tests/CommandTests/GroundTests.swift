import TestSupport
import Testing

private let subject = ["explore", "5x5x1", "conv:3"]

@Suite struct `A terminal that is asked for its background` {
  /// Whether a colour of xterm's 256 was used for text.
  private func uses(_ colour: Int, _ screen: ScreenInterpreter) -> Bool {
    screen.looks.contains { ";\($0);".contains(";38;5;\(colour);") }
  }

  @Test func `has dark ground's colours until it says that it is light`() throws {
    let terminal = try ScreenTerminal(subject)
    try terminal.wait(forLines: try frame(["5x5x1", "conv:3"], keys: ""))
    // The key names' teal, for dark ground and for light.
    #expect(uses(80, terminal.screen) && !uses(23, terminal.screen))
    #expect(terminal.screen.commands == ["11;?\\"])
    terminal.send("\u{1B}]11;rgb:fdfd/f6f6/e3e3\u{1B}\\")
    try terminal.wait { uses(23, $0) }
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
    terminal.expectGivenBack("after q")
  }

  @Test(arguments: [("--light", 23), ("--dark", 80)])
  func `is not where that is said`(option: String, teal: Int) throws {
    let terminal = try ScreenTerminal([subject[0], option] + subject.dropFirst())
    try terminal.wait(forLines: try frame(["5x5x1", "conv:3"], keys: ""))
    #expect(uses(teal, terminal.screen))
    #expect(terminal.screen.commands == [])
    terminal.send("q")
    #expect(try terminal.finish() == .exited(0))
  }
}
