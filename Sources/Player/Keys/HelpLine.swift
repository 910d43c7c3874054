/// A line of help: commands that belong together, and what they do.
struct HelpLine {
  let commands: [Command]
  let explanation: String

  /// What belongs together, as help and a file of keys list it.
  static let groups: [(title: String, lines: [HelpLine])] = [
    ("Move", moving), ("Look", looking), ("Change", changing), ("Learn", learning),
  ]

  /// The commands in that order.
  static let all: [HelpLine] = groups.flatMap(\.lines)

  /// What the keys do in the list of lessons.
  static let list = [
    HelpLine(.move(.next), explanation: "begin the lesson, or go on"),
    HelpLine(.move(.up), .move(.down), explanation: "choose"),
    HelpLine(.stop(.previousStop), .stop(.nextStop), explanation: "ten up, ten down"),
    HelpLine(.move(.first), .move(.last), explanation: "first, last"),
    HelpLine(.open(.search), explanation: "only lessons with a word"),
    HelpLine(.open(.predict), explanation: "practice without end"),
    HelpLine(.open(.table), explanation: "final test of twenty"),
    HelpLine(.jump(.mark), explanation: "a missed question again"),
    HelpLine(.open(.overview), explanation: "a small trained network"),
    HelpLine(.look(.largestFirst), explanation: "VGG16 on a picture"),
    HelpLine(.open(.words), explanation: WordsScreen.help),
    HelpLine(.change(.reset), explanation: "forget your progress"),
    HelpLine(.open(.help), explanation: HelpScreen.help),
    HelpLine(.program(.quit), explanation: "quit"),
  ]

  private static let moving = [
    HelpLine(.move(.next), explanation: "next step, or go on"),
    HelpLine(.move(.back), explanation: "previous step"),
    HelpLine(.move(.coarser), .move(.finer), explanation: "coarser, finer steps"),
    HelpLine(
      .move(.left), .move(.down), .move(.up), .move(.right), explanation: "move what is in brackets"
    ),
    HelpLine(.move(.nextDepth), .move(.previousDepth), explanation: "show another depth"),
    HelpLine(.move(.nextMap), .move(.previousMap), explanation: "same window, another map"),
    HelpLine(.move(.nextLayer), .move(.previousLayer), explanation: "another layer"),
    HelpLine(
      .move(.rowStart), .move(.rowEnd), .move(.first), .move(.last),
      explanation: "ends of row and layer"),
    HelpLine(
      .move(.nextPicture), .move(.previousPicture), explanation: "next, previous picture"),
    HelpLine(.open(.goTo), explanation: GoToField.help),
    HelpLine(.jump(.toTerm), .jump(.toReader), explanation: "largest term, a reader"),
    HelpLine(.jump(.mark), .jump(.jumpToMark), explanation: "set a mark, go to it"),
    HelpLine(
      .open(.search), .jump(.searchNext), .jump(.searchBack), explanation: SearchField.help),
    HelpLine(
      .program(.autoplay), .program(.slower), .program(.faster), explanation: "play; slower, faster"
    ),
  ]

  private static let looking = [
    HelpLine(.open(.overview), explanation: OverviewScreen.help),
    HelpLine(
      .look(.scale), .look(.largestFirst), .look(.tint), explanation: "scale, by size, tint"),
    HelpLine(.open(.table), .open(.statistics), explanation: "table; layer's statistics"),
    HelpLine(.open(.path), explanation: PathScreen.help),
    HelpLine(.open(.backward), explanation: BackwardScreen.help),
    HelpLine(.open(.formula), .open(.words), explanation: "sizes' formula; words"),
    HelpLine(.program(.notation), explanation: "numpy, PyTorch or Keras"),
    HelpLine(.open(.readers), .open(.weightUse), explanation: "uses of this cell, weight"),
    HelpLine(.open(.commandLine), explanation: CommandLineScreen.help),
  ]

  private static let changing = [
    HelpLine(.open(.settings), explanation: SettingsEditor.help),
    HelpLine(.open(.change), explanation: ChangeField.help),
    HelpLine(
      .change(.undo), .change(.redo), .change(.reset), explanation: "undo, redo, reset changes"),
  ]

  private static let learning = [
    HelpLine(.open(.predict), explanation: Prediction.help),
    HelpLine(
      .stop(.nextStop), .stop(.previousStop), .stop(.returnToStop),
      explanation: "stop: next, last, this"),
    HelpLine(.open(.stops), explanation: StopList.help),
    HelpLine(.program(.leave), .program(.quit), explanation: "one level up; quit"),
    HelpLine(.open(.help), .program(.redraw), explanation: "this help; draw anew"),
  ]

  private init(_ commands: Command..., explanation: String) {
    self.commands = commands
    self.explanation = explanation
  }

  /// Whether it says something only in a lesson.
  var isForLessons: Bool {
    switch commands[0] {
    case .stop, .open(.stops): true
    default: false
    }
  }
}
