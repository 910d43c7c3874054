/// A line of help: commands that belong together, and what they do.
struct HelpLine {
  let commands: [Command]
  let explanation: String

  /// The commands as help lists them.
  static let all: [HelpLine] =
    moving + [
      HelpLine(.open(.goTo), explanation: GoToField.help),
      HelpLine(.jump(.mark), .jump(.jumpToMark), explanation: "set a mark, go to it"),
      HelpLine(.program(.autoplay), explanation: "play by itself"),
      HelpLine(.program(.slower), .program(.faster), explanation: "slower, faster"),
      HelpLine(
        .open(.search), .jump(.searchNext), .jump(.searchBack), explanation: SearchField.help),
      HelpLine(.open(.predict), explanation: Prediction.help),
      HelpLine(.open(.settings), explanation: SettingsEditor.help),
      HelpLine(.open(.change), explanation: ChangeField.help),
      HelpLine(.change(.undo), .change(.reset), explanation: "undo, reset live changes"),
      HelpLine(.open(.readers), explanation: ReadersScreen.help),
      HelpLine(.open(.weightUse), explanation: WeightUseScreen.help),
      HelpLine(.program(.notation), explanation: "numpy, PyTorch or Keras"),
      HelpLine(.open(.formula), explanation: FormulaScreen.help),
      HelpLine(.open(.commandLine), explanation: CommandLineScreen.help),
      HelpLine(.open(.overview), explanation: OverviewScreen.help),
      HelpLine(.look(.scale), .look(.largestFirst), explanation: "scale, largest first"),
      HelpLine(.open(.table), explanation: NetworkTable.help),
      HelpLine(.open(.path), explanation: PathScreen.help),
      HelpLine(.open(.backward), explanation: BackwardScreen.help),
      HelpLine(.stop(.nextStop), .stop(.previousStop), explanation: "next, previous stop"),
      HelpLine(.stop(.returnToStop), explanation: "return to the stop"),
      HelpLine(.open(.help), explanation: HelpScreen.help),
      HelpLine(.program(.leave), explanation: "one level up"),
      HelpLine(.program(.quit), explanation: "close this, then quit"),
      HelpLine(.program(.redraw), explanation: "draw the screen again"),
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
    HelpLine(.move(.rowStart), .move(.rowEnd), explanation: "ends of the row"),
    HelpLine(.move(.first), .move(.last), explanation: "layer's start, last step"),
    HelpLine(
      .move(.nextPicture), .move(.previousPicture), explanation: "next, previous picture"),
  ]

  private init(_ commands: Command..., explanation: String) {
    self.commands = commands
    self.explanation = explanation
  }

  /// Whether it says something only in a lesson.
  var isForLessons: Bool {
    if case .stop = commands[0] { true } else { false }
  }
}
