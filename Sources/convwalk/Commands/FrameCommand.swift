import ArgumentParser
import ExactNumbers
import Canvas
import Player
import Walkthrough

/// `convwalk frame`: one screen as text, after some keys; no terminal is needed.
struct FrameCommand: ParsableCommand {
  private static let examples = [
    "frame 11x11x4 conv:5,filters=2 maxpool:2 --keys 'Tab 3Space'",
    "frame --image photo.ppm conv:3 relu --keys o",
    "frame --lesson worked-example --stop 3",
    "frame --network lenet-5 --keys t",
    "frame --network lenet-5 --input 36x36x1 --head flatten --keys t",
  ]

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "frame",
      abstract: "Print a screen as text, a picture or a recording.",
      discussion: """
        The screen of explore or lesson after some keys, by the same code:

          $ convwalk frame --lesson worked-example --keys '6Space' --size 80x24

        --format svg makes a picture for a page or a slide, ansi text in colours for a
        terminal, cast a recording of some steps for an asciinema player:

          $ convwalk frame --lesson worked-example --format svg --light > window.svg
          $ convwalk frame --lesson worked-example --steps 40 --format cast > walk.cast

        Keys are named Space, Enter, Bksp, Tab, S-Tab, Up, Down, Left, Right, Home, End, PgUp, PgDn
        and Esc; anything else is typed letter by letter.

        \(SubjectOptions.grammar(examples))
        """)
  }

  @OptionGroup var subject: SubjectOptions
  @OptionGroup var start: StartOptions
  @OptionGroup var way: WayBackOptions

  @Option(
    parsing: .unconditional,
    help: "The stop of the lesson, from 1; without it the lesson's network is walked.")
  var stop: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The screen's columns x rows; 80x24 unless given.", valueName: "size"))
  var size: String?

  @Flag(help: "Draw with ASCII characters only.")
  var ascii = false

  @Option(help: "text, ansi, svg, or cast: a recording (asciicast v2).")
  var format = FrameFormat.text

  @Option(
    parsing: .unconditional,
    help: "The steps that a recording shows, one every 0.7 s, after the keys.")
  var steps: String?

  @OptionGroup var colours: ColourOptions

  func run() throws {
    let steps = try stepCount()
    let size = try size.map(FrameCommand.size) ?? Size(columns: 80, rows: 24)
    let named = try subject.subject(.numbers)
    var player = Player(
      try subject.presentation(of: named, way), size: size,
      options: Player.Options(ascii: ascii))
    if let stop {
      guard let lesson = named.lesson else {
        throw CommandFailure.usage(.needs(option: "--stop", needed: "--lesson"))
      }
      player.carryOut(player.open(lesson, at: try lesson.index(ofStop: stop)))
    }
    try start.prepare(&player)
    player.carryOut(player.evaluateWanted())
    var output = StandardOutput()
    let frame = player.screen().frame
    switch format {
    case .text: for line in frame.lines { try output.write(line: line) }
    case .ansi: for line in frame.ansiLines(depth, on: ground) { try output.write(line: line) }
    case .svg:
      let lines = frame.svgLines(title: player.subject.title, depth, on: ground)
      for line in lines { try output.write(line: line) }
    case .cast: try record(&player, steps: steps, &output)
    }
    try output.flush()
  }

  /// Writes the screen, and again after each step; stops where nothing changes any more.
  private func record(
    _ player: inout Player, steps: Int, _ output: inout StandardOutput
  ) throws {
    var recording = Recording(size: player.size, depth, on: ground)
    try output.write(line: recording.header(title: player.subject.title).text)
    var shown = player.screen().frame
    try output.write(line: recording.event(showing: shown).text)
    for _ in 0..<steps {
      player.carryOut(player.update(.key(.character(" "))))
      let frame = player.screen().frame
      if frame == shown { break }
      shown = frame
      try output.write(line: recording.event(showing: shown).text)
    }
  }

  private var depth: ColourDepth { colours.areUnused ? .monochrome : .full }
  private var ground: Ground { colours.ground ?? .dark }

  /// The most steps of a recording.
  private static let mostSteps = 10_000

  private func stepCount() throws(CommandFailure) -> Int {
    guard let steps else { return 0 }
    guard format == .cast else { throw .usage(.needs(option: "--steps", needed: "--format cast")) }
    guard let count = Int(steps), (0...FrameCommand.mostSteps).contains(count) else {
      throw .stepCount(steps, most: FrameCommand.mostSteps)
    }
    return count
  }

  /// The most columns and rows.
  static let largestSize = 1000

  /// Reads `80x24`.
  private static func size(_ text: String) throws(CommandFailure) -> Size {
    let numbers = text.typedSides
    guard numbers.count == 2, let columns = numbers[0], let rows = numbers[1],
      (1...largestSize).contains(columns), (1...largestSize).contains(rows)
    else { throw .frameSize(text) }
    return Size(columns: columns, rows: rows)
  }
}
