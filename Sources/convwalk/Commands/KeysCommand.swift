import ArgumentParser
import Player

/// `convwalk keys`: the keys, as a file of one's own has them.
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys",
    abstract: "Print the commands and their keys, in the form of a file of your own keys.",
    discussion: """
      Your own keys stand in ~/.config/convwalk/keys (or under XDG_CONFIG_HOME): a command a line,
      then all the keys that shall ask for it.

        $ convwalk keys > ~/.config/convwalk/keys

      A key is one character, or Space, Enter, Bksp, Del, Tab, S-Tab, Up, Down, Left, Right, Home,
      End, PgUp, PgDn or Ctrl-L. A command without keys on its line has none; a key that you give to a
      command is taken from the one that has it else. Help is always ?, leave Esc and quit q. A line
      that begins with # is a note.
      """)

  @Flag(help: "Print the standard keys, not your own.")
  var standard = false

  func run() throws {
    let bindings = standard ? .standard : try KeysFile.own().bindings
    var output = StandardOutput()
    for line in KeysFile.lines(of: bindings) { try output.write(line: line) }
    try output.flush()
  }
}
