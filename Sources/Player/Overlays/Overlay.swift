import Canvas

/// What lies over the walk until it is closed. A new one is a file of its own, with a type that is
/// `OverlayContent`, and a case here.
enum Overlay: Sendable, Equatable {
  case help(HelpScreen)
  case formula(FormulaScreen)
  case commandLine(CommandLineScreen)
  case goTo(GoToField)
  case change(ChangeField)
  case search(SearchField)
  case settings(SettingsEditor)
  case readers(ReadersScreen)
  case weightUse(WeightUseScreen)
  case overview(OverviewScreen)
  case table(NetworkTable)
  case path(PathScreen)
  case prediction(Prediction)
  case backward(BackwardScreen)
  case training(TrainingScreen)
  case trainingStart(TrainingStart)
  case practice(PracticeScreen)
  case test(TestScreen)
  case terms(TermList)
  case stops(StopList)
  case statistics(StatisticsScreen)
  case words(WordsScreen)

  /// The one switch over overlays: each does the rest itself.
  var content: any OverlayContent {
    switch self {
    case .help(let content): content
    case .formula(let content): content
    case .commandLine(let content): content
    case .goTo(let content): content
    case .change(let content): content
    case .search(let content): content
    case .settings(let content): content
    case .readers(let content): content
    case .weightUse(let content): content
    case .overview(let content): content
    case .table(let content): content
    case .path(let content): content
    case .prediction(let content): content
    case .backward(let content): content
    case .training(let content): content
    case .trainingStart(let content): content
    case .practice(let content): content
    case .test(let content): content
    case .terms(let content): content
    case .stops(let content): content
    case .statistics(let content): content
    case .words(let content): content
    }
  }
}

/// An overlay's own keys, drawing, footer and help.
protocol OverlayContent: Sendable, Equatable {
  /// Itself, open.
  var overlay: Overlay { get }
  /// What help says of the command that opens it.
  static var help: String { get }
  /// Whether it takes the whole screen; else it is drawn over what stands there.
  var coversScreen: Bool { get }

  /// Takes a key. Meanwhile nothing is open in the player.
  mutating func press(_ key: Key, on player: inout Player) -> Reaction
  /// Takes a click on what its screen says that it means.
  mutating func click(_ action: Screen.Action?, on player: inout Player) -> Reaction
  /// Takes a turn of the wheel, −1 or 1.
  mutating func turnWheel(by distance: Int, in view: View)
  /// Changes the text that is being typed in it; false where no field is open.
  mutating func edit(_ change: (inout TextField) -> Void, in view: View) -> Bool

  func draw(on screen: inout Screen, _ view: View)
  func footer(_ view: View) -> Footer
  /// The pictures that it draws, so that they are made once.
  func pictures(_ view: View) -> [PictureWish]
  /// What it says of tensors, so that it is found out once.
  func statistics(_ view: View) -> [TensorStatistics.Wish]
  /// The layers that it shows and that are not evaluated; nil where none is missing.
  func goal(_ view: View) -> EvaluationGoal?
}

/// What becomes of an overlay by a key.
enum Reaction {
  case stay([Player.Effect])
  case close([Player.Effect])
  /// Another one takes its place.
  case replace(Overlay, [Player.Effect] = [])

  static let stay = Reaction.stay([])
  static let close = Reaction.close([])
}

extension OverlayContent {
  var coversScreen: Bool { true }

  /// Any key closes it.
  func press(_ key: Key, on player: inout Player) -> Reaction {
    .close(player.command(for: key) == .program(.redraw) ? [.redraw] : [])
  }

  func click(_ action: Screen.Action?, on player: inout Player) -> Reaction { .close }

  func turnWheel(by distance: Int, in view: View) {}

  func edit(_ change: (inout TextField) -> Void, in view: View) -> Bool { false }

  func footer(_ view: View) -> Footer { .anyKeyCloses }

  /// Those of the walk behind it are kept.
  func pictures(_ view: View) -> [PictureWish] { view.picturesOfWalk }

  func statistics(_ view: View) -> [TensorStatistics.Wish] { [] }

  func goal(_ view: View) -> EvaluationGoal? { nil }
}

extension Player {
  /// Puts an overlay over the walk.
  mutating func open(_ content: some OverlayContent) -> [Effect] {
    overlay = content.overlay
    return []
  }

  /// Gives a key to what is open.
  mutating func press(_ key: Key, on open: Overlay) -> [Effect] {
    var content = open.content
    overlay = nil
    let reaction = content.press(key, on: &self)
    return settle(reaction, content)
  }

  /// Gives a click to what is open.
  mutating func click(_ action: Screen.Action?, on open: Overlay) -> [Effect] {
    var content = open.content
    overlay = nil
    let reaction = content.click(action, on: &self)
    return settle(reaction, content)
  }

  private mutating func settle(_ reaction: Reaction, _ content: any OverlayContent) -> [Effect] {
    switch reaction {
    case .stay(let effects):
      overlay = content.overlay
      return effects
    case .close(let effects): return effects
    case .replace(let other, let effects):
      overlay = other
      return effects
    }
  }

  /// Says of a key that it does nothing here, and what leads away.
  mutating func sayIdle(_ key: Key, _ wayOut: String) {
    say("\(name(of: key)) does nothing here; \(wayOut).")
  }

  /// What all screens but those with a field answer alike: being drawn again, and help; nil for
  /// any other key.
  func commonReaction(to key: Key) -> Reaction? {
    switch command(for: key) {
    case .program(.redraw): .stay([.redraw])
    case .open(.help): .replace(.help(HelpScreen(isInLesson: course != nil)))
    default: nil
    }
  }

  func command(for key: Key) -> Command? { options.bindings.command(for: key) }
}
