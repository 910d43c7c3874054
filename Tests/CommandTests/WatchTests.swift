import Glibc
import Testing

@Suite struct `A lesson that is read again when it is saved` {
  private func lesson(_ title: String, _ layers: String = "[relu]") -> [UInt8] {
    Array("title: \(title)\nsummary: B\ninput: {size: 3x3x1}\nlayers: \(layers)\n".utf8)
  }

  @Test func `shows what stands there now, and tells what is wrong with it`() throws {
    let folder = try TemporaryFolder()
    defer {
      for name in ["lock", "progress"] { unlink("\(folder.path)/convwalk/\(name)") }
      rmdir("\(folder.path)/convwalk")
    }
    let path = "\(folder.path)/mine.yaml"
    try folder.write(lesson("First"), to: "mine.yaml")
    let terminal = try ScreenTerminal(
      ["lesson", path, "--watch"], environment: ["XDG_STATE_HOME": folder.path])
    try terminal.wait { $0.lines[0].contains("First") }
    try folder.write(lesson("The second one"), to: "mine.yaml")
    try terminal.wait {
      $0.lines[0].contains("The second one")
        && $0.lines[21...22].joined().contains("is read again.")
    }
    try folder.write(lesson("Wrong", "[relo]\ncolour: red"), to: "mine.yaml")
    try terminal.wait {
      $0.lines.contains { $0.contains("2 problems:") }
        && $0.lines[15...22].joined().contains("colour")
    }
    #expect(terminal.screen.lines[0].contains("The second one"))
    unlink(path)
    #expect(mkfifo(path, 0o600) == 0)
    try terminal.wait { $0.lines[21...22].joined().contains("it is not a regular file") }
    unlink(path)
    try folder.write(lesson("The last"), to: "mine.yaml")
    try terminal.wait { $0.lines[0].contains("The last") }
    terminal.send("\u{3}")
    #expect(try terminal.finish() == .exited(0))
  }
}
