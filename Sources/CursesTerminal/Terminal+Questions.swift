import CNcurses
import Canvas
import Glibc

/// What is known of the columns that the terminal's glyphs take.
enum WidthQuestion: Equatable {
  case notAsked
  /// - since: when, in milliseconds.
  case asked(since: Int)
  /// - after: how many milliseconds the answer took.
  case answered(after: Int)
}

extension Terminal {
  /// One of each sort of glyph that the screens are made of: some terminals draw them, or some of
  /// them, two columns wide, whatever the C library says.
  private static let asked = "×·▸▀≈…─✓"

  /// Asks how far those glyphs move the cursor. Nothing waits for the answer, and a terminal that
  /// gives none has glyphs of one column.
  func askForWidth() {
    guard session_ask_cursor(Terminal.asked) else { return }
    widthQuestion = .asked(since: now())
  }

  /// Takes where the cursor is; returns an event if that changes what can be drawn.
  func take(cursor place: Point) -> Event? {
    guard case .asked(let since) = widthQuestion, place.row == Int(SESSION_ASKED_ROW) else {
      return nil
    }
    widthQuestion = .answered(after: now() - since)
    guard isUnicode, place.column > Terminal.asked.unicodeScalars.count else { return nil }
    isUnicode = false
    pictureCells = nil
    redrawAll()
    return .foundWideGlyphs
  }

  /// Asks what colour the background is, where the answer matters. Nothing waits for it: until it
  /// comes, and where none does, the background is taken for dark.
  func askForGround() {
    guard has_colors(), ColourDepth(count: Int(curses_color_count())) == .full else { return }
    session_ask_background()
  }

  /// Takes what the background is like; whether other colours are needed for it than were drawn.
  func take(ground answer: Ground) -> Bool {
    guard answer != ground else { return false }
    ground = answer
    templates = cellTemplates(monochrome: false, on: ground)
    if pictureCells != nil { pictureCells = PictureCells(on: ground) }
    redrawAll()
    return true
  }

  /// Has the terminal send nothing unasked any more, and reads away what is still on its way: a
  /// shell would take the mouse's reports, or a late answer, for a command line.
  ///
  /// A terminal that has answered before is asked once more, and what comes before that answer
  /// is all that there is; of any other a moment's silence has to do.
  func hush() {
    let mouseWasReported = session_stop_reports()
    guard !inputHasEnded, receivedSignal != SIGHUP else { return }
    switch widthQuestion {
    // The answer was read together with the key that leaves.
    case .asked where waiting.contains(where: \.isCursor): break
    case .asked(let since) where now() - since < patience(1000):
      readAway(untilAnswered: true, within: patience(isRemote ? 500 : 150))
    case .answered(let delay) where mouseWasReported:
      if session_ask_end() {
        readAway(untilAnswered: true, within: patience(min(1000, 3 * delay + 100)))
      }
    default:
      if mouseWasReported { readAway(untilAnswered: false, within: patience(isRemote ? 150 : 30)) }
    }
  }

  /// A wait in milliseconds, longer where the person said that the line is slower.
  private func patience(_ usual: Int) -> Int { max(usual, lineDelay ?? 0) }

  /// Reads what comes within so many milliseconds, or up to the answer of where the cursor is.
  private func readAway(untilAnswered: Bool, within milliseconds: Int) {
    let end = now() + milliseconds
    while case let left = end - now(), left > 0 {
      if session_wait(Int32(left)) {
        guard let inputs = readInputs() else { return }
        if untilAnswered, inputs.contains(where: \.isCursor) { return }
      } else if session_take_notices().quit_signal != 0 {
        return
      }
    }
  }
}
