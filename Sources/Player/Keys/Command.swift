/// What a person can ask for with a key: by what it is about, so that each group is carried out in
/// one function, and a new command is missed where it is not.
package enum Command: Sendable, Hashable, CaseIterable {
  case move(Motion)
  case jump(Jump)
  case open(Opening)
  case change(Change)
  case stop(StopMove)
  case look(Look)
  case program(Program)

  /// Along the walk and across it.
  package enum Motion: String, Sendable, CaseIterable {
    case next, back
    case coarser, finer
    case left, down, up, right
    case nextDepth, previousDepth
    case nextMap, previousMap
    case nextLayer, previousLayer
    case rowStart, rowEnd, first, last
    case nextPicture, previousPicture
  }

  /// To a place that was kept or is looked for.
  package enum Jump: String, Sendable, CaseIterable {
    case mark, jumpToMark
    case searchNext, searchBack
    case toTerm, toReader
  }

  /// What lies over the walk then.
  package enum Opening: String, Sendable, CaseIterable {
    case goTo, search
    case predict, settings, change, readers, weightUse
    case formula, commandLine
    case overview, table, path, stops, statistics, words
    case backward
    case help
  }

  /// Of what was changed live.
  package enum Change: String, Sendable, CaseIterable {
    case undo, redo, reset
  }

  /// From stop to stop of a lesson.
  package enum StopMove: String, Sendable, CaseIterable {
    case nextStop, previousStop, returnToStop
  }

  /// How numbers are shown.
  package enum Look: String, Sendable, CaseIterable {
    case scale, largestFirst, tint
  }

  /// The program as such.
  package enum Program: String, Sendable, CaseIterable {
    case autoplay, slower, faster
    case notation
    case leave, quit, redraw
  }

  package static let allCases: [Command] =
    Motion.allCases.map(Command.move) + Jump.allCases.map(Command.jump)
    + Opening.allCases.map(Command.open) + Change.allCases.map(Command.change)
    + StopMove.allCases.map(Command.stop) + Look.allCases.map(Command.look)
    + Program.allCases.map(Command.program)

  var name: String {
    switch self {
    case .move(let motion): motion.rawValue
    case .jump(let jump): jump.rawValue
    case .open(let opening): opening.rawValue
    case .change(let change): change.rawValue
    case .stop(let move): move.rawValue
    case .look(let look): look.rawValue
    case .program(let program): program.rawValue
    }
  }

  /// Whether it leaves the place, and so a stop of a lesson.
  var leavesStop: Bool {
    switch self {
    case .move(.next), .move(.back), .move(.nextDepth), .move(.previousDepth),
      .move(.nextPicture), .move(.previousPicture):
      false
    case .move: true
    case .jump(let jump): jump == .searchNext || jump == .searchBack
    case .program(let program): program == .autoplay
    case .open, .change, .stop, .look: false
    }
  }

  var isArrow: Bool {
    switch self {
    case .move(.left), .move(.right), .move(.up), .move(.down): true
    case .move, .jump, .open, .change, .stop, .look, .program: false
    }
  }

  /// Whether the walk may go on playing by itself.
  var letsPlay: Bool { self == .program(.slower) || self == .program(.faster) }
}
