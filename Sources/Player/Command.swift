import Canvas

/// What a person can ask for with a key.
package enum Command: String, Sendable, Hashable, CaseIterable {
  case next, back
  case coarser, finer
  case left, down, up, right
  case nextDepth, previousDepth
  case nextMap, previousMap
  case nextLayer, previousLayer
  case rowStart, rowEnd, first, last
  case goTo, mark, jumpToMark
  case autoplay, slower, faster
  case notation, formula, commandLine
  case predict, settings, change, undo, reset, readers, weightUse
  case search, searchNext, searchBack
  case overview, table, path
  case nextStop, previousStop, returnToStop
  case help, leave, quit, redraw

  /// Whether it leaves the place, and so a stop of a lesson.
  var isMotion: Bool {
    switch self {
    case .coarser, .finer, .left, .down, .up, .right, .nextMap, .previousMap, .nextLayer,
      .previousLayer, .rowStart, .rowEnd, .first, .last, .searchNext, .searchBack, .autoplay:
      true
    default: false
    }
  }

  /// The commands as help lists them, those that belong together on one line.
  static let helpLines: [(commands: [Command], explanation: String)] = [
    ([.next], "next step, or go on"), ([.back], "previous step"),
    ([.coarser, .finer], "coarser, finer steps"),
    ([.left, .down, .up, .right], "move what is in brackets"),
    ([.nextDepth, .previousDepth], "show another depth"),
    ([.nextMap, .previousMap], "same window, another map"),
    ([.nextLayer, .previousLayer], "another layer"),
    ([.rowStart, .rowEnd], "ends of the row"),
    ([.first, .last], "layer's start, last step"),
    ([.goTo], "go to v[1,1,0], 40 or +5"),
    ([.mark, .jumpToMark], "set a mark, go to it"),
    ([.autoplay], "play by itself"), ([.slower, .faster], "slower, faster"),
    ([.search, .searchNext, .searchBack], "search; again; back"),
    ([.predict], "predict the next result"),
    ([.settings], "change the settings, live"), ([.change], "change a value, live"),
    ([.undo, .reset], "undo, reset live changes"),
    ([.readers], "who uses this input cell"), ([.weightUse], "what this weight meets"),
    ([.notation], "numpy, PyTorch or Keras"), ([.formula], "sizes, with the formula"),
    ([.commandLine], "this as a command line"),
    ([.overview], "the maps as pictures"), ([.table], "the network as a table"),
    ([.path], "path back to the picture"),
    ([.nextStop, .previousStop], "next, previous stop"),
    ([.returnToStop], "return to the stop"),
    ([.help], "this help"), ([.leave], "one level up"),
    ([.quit], "close this, then quit"), ([.redraw], "draw the screen again"),
  ]

  /// Whether it does something only in a lesson.
  var isForLessons: Bool {
    switch self {
    case .nextStop, .previousStop, .returnToStop: true
    default: false
    }
  }
}
