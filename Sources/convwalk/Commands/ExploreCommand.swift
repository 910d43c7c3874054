import ArgumentParser
import CursesTerminal
import Player
import TensorFiles

/// `convwalk explore`: the player on any subject.
struct ExploreCommand: ParsableCommand {
  private static let examples = [
    "explore 11x11x4 conv:5,filters=2,stride=2 maxpool:2",
    "explore --image photo.ppm conv:3,filters=4",
    "explore --lesson worked-example --at 'v[1,1,0]'",
    "explore --network pytorch-net --image photo.ppm",
    "explore --network lenet-5 --input 36x36x1 --head globalavgpool",
  ]

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "explore",
      abstract: "Walk through a subject on the screen.",
      discussion: """
        For example, to begin in the last map of a layer of 105,415,200 products:

          $ convwalk explore 227x227x3 conv:11,filters=96,stride=4 --at 'conv[9,9,95]'

        ? on the screen lists the keys. B walks back from a loss: the sum of the last
        layer's numbers, or another by --loss and --target, as compute takes them.
        --plain says both ways as sentences, and takes keys and addresses line by line.

        \(SubjectOptions.grammar(examples))
        """)
  }

  @OptionGroup var subject: SubjectOptions
  @OptionGroup var start: StartOptions
  @OptionGroup var way: WayBackOptions
  @OptionGroup var terminal: TerminalOptions

  @Flag(help: "Say it as sentences, and take keys and addresses as lines.")
  var plain = false

  func run() throws {
    let named = try subject.subject(.numbers)
    let start = start
    if plain { return try sayPlainly(named) }
    try ExploreCommand.play(
      try subject.presentation(of: named, way), lessons: subject.lessons, terminal: terminal.options
    ) { player throws(CommandFailure) in
      player.tell(named.notes + (named.file == nil ? [] : player.notesOnWeights))
      try start.prepare(&player)
    }
  }

  private func sayPlainly(_ named: Subject) throws(CommandFailure) {
    var player = Player(try subject.presentation(of: named, way), size: Player.smallest)
    player.tell(named.notes + (named.file == nil ? [] : player.notesOnWeights))
    try start.prepare(&player)
    var walk = PlainWalk(player)
    try walk.hold()
  }

  /// Opens an input and its layers, each as it is typed.
  static func run(subject words: [String]) throws {
    var chain = SubjectChain(
      input: words[0], layers: Array(words.dropFirst()), seed: 0, axes: .xyd)
    let subject = try chain.subject(.numbers)
    try play(
      Presentation(
        title: "Explore", network: subject.network, input: try subject.input(),
        command: ["explore"] + words))
  }

  private static func play(
    _ presentation: Presentation, lessons: String? = nil,
    terminal: Terminal.Options = Terminal.Options(),
    prepare: sending (inout Player) throws(CommandFailure) -> Void = { _ in }
  ) throws {
    try MainActor.assumeIsolated {
      try PlayerSession.run(terminal: terminal, library: LessonLibrary(folder: lessons)) {
        size, options throws(CommandFailure) in
        var player = Player(presentation, size: size, options: options)
        try prepare(&player)
        return (player, [])
      }
    }
  }
}
