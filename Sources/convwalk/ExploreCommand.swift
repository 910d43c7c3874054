import ArgumentParser
import Player

/// `convwalk explore`: the player on any subject.
struct ExploreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explore",
    abstract: "Walk through a subject on the screen.",
    discussion: """
      For example, to begin at the last product of a layer with 105,415,200 of them:

        $ convwalk explore 227x227x3 conv:11,filters=96,stride=4 --at 'conv[54,54,95]@[10,10,2]'

      ? on the screen lists the keys.

      \(SubjectOptions.grammar)
      """)

  @OptionGroup var subject: SubjectOptions
  @OptionGroup var start: StartOptions
  @OptionGroup var terminal: TerminalOptions

  func run() throws {
    let presentation = try subject.presentation()
    try MainActor.assumeIsolated {
      try PlayerSession.run(
        terminal: terminal.options, library: LessonLibrary(folder: subject.lessons)
      ) { size, options throws(CommandFailure) in
        var player = Player(presentation, size: size, options: options)
        try start.prepare(&player)
        return (player, [])
      }
    }
  }
}
