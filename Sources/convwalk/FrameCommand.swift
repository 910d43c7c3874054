import ArgumentParser
import Canvas
import Player

/// `convwalk frame`: one screen as text, after some keys; no terminal is needed.
struct FrameCommand: ParsableCommand {
  private static let examples = [
    "frame 11x11x4 conv:5,filters=2 maxpool:2 --keys 'Tab 3Space'",
    "frame --image photo.ppm conv:3 relu --keys o",
    "frame --lesson worked-example --stop 3",
    "frame --network lenet-5 --keys t",
    "frame --network lenet-5 --input 36x36x1 --head flatten --keys t",
  ]

  static let configuration = CommandConfiguration(
    commandName: "frame",
    abstract: "Print a screen as text.",
    discussion: """
      The screen of explore or lesson after some keys, by the same code:

        $ convwalk frame --lesson worked-example --keys '6Space' --size 80x24

      Keys are named Space, Enter, Bksp, Tab, S-Tab, Up, Down, Left, Right, Home, End, PgUp, PgDn
      and Esc; anything else is typed letter by letter.

      \(SubjectOptions.grammar(examples))
      """)

  @OptionGroup var subject: SubjectOptions
  @OptionGroup var start: StartOptions

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

  func run() throws {
    let size = try size.map(FrameCommand.size) ?? Size(columns: 80, rows: 24)
    let named = try subject.subject(.numbers)
    var player = Player(
      try subject.presentation(of: named), size: size,
      options: Player.Options(ascii: ascii))
    if let stop {
      guard let lesson = named.lesson else {
        throw CommandFailure.needs(option: "--stop", needed: "--lesson")
      }
      start.perform(player.open(lesson, at: try lesson.index(ofStop: stop)), on: &player)
    }
    try start.prepare(&player)
    var output = StandardOutput()
    for line in player.screen().frame.lines { try output.write(line: line) }
    try output.flush()
  }

  /// The most columns and rows.
  static let largestSize = 1000

  /// Reads `80x24`.
  private static func size(_ text: String) throws(CommandFailure) -> Size {
    let numbers = text.replacing("×", with: "x")
      .split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let columns = numbers[0], let rows = numbers[1],
      (1...largestSize).contains(columns), (1...largestSize).contains(rows)
    else { throw .frameSize(text) }
    return Size(columns: columns, rows: rows)
  }
}
