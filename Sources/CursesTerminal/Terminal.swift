import CNcurses
import Canvas
import Glibc

/// The terminal, taken for the whole screen: paints frames and reads events.
///
/// From `init` to `close` the terminal belongs to the program; it is given back also at `exit`, by
/// the signals that end a process, and by a crash.
package final class Terminal {
  package struct Options: Sendable {
    /// Draw with ASCII characters only, even where others could be shown.
    package var ascii: Bool
    /// Have clicks and the wheel reported; text is then marked with Shift held.
    package var mouse: Bool
    /// Use no colours, as a `NO_COLOR` in the environment also demands.
    package var monochrome: Bool
    /// Whether the background is dark or light; nil: the terminal is asked.
    package var ground: Ground?

    package nonisolated init(
      ascii: Bool = false, mouse: Bool = true, monochrome: Bool = false, ground: Ground? = nil
    ) {
      self.ascii = ascii
      self.mouse = mouse
      self.monochrome = monochrome
      self.ground = ground
    }
  }

  /// The columns and rows there are now; changes are told by `.resized`.
  package internal(set) var size = Size(columns: 80, rows: 24)
  /// Whether characters beyond ASCII are shown; `draw` replaces them where not. It becomes false
  /// with `.foundWideGlyphs`.
  package internal(set) var isUnicode: Bool
  /// The signal that asked the program to leave, if that was what `.interrupted` told.
  package internal(set) var receivedSignal: Int32?

  /// Whether what is typed comes over a network.
  let isRemote: Bool
  /// How many milliseconds apart bytes that belong together may come, where the person said it.
  let lineDelay: Int?
  var templates: [cchar_t]
  /// The background that the templates are for.
  var ground: Ground
  /// nil where pictures are drawn with characters.
  var pictureCells: PictureCells?
  var shown: Frame?
  /// Its rows as they were sent.
  var sent: [[FrameCell]] = []
  var row: [cchar_t] = []

  var decoder: InputDecoder
  var inputBuffer = [UInt8](repeating: 0, count: 4096)
  /// What was read and not yet returned as an event.
  var waiting: ArraySlice<Input> = []
  var inputHasEnded = false
  var wasWoken = false
  /// Whether the caller has been told to wait with its frame.
  var holdsFrameBack = false
  var widthQuestion = WidthQuestion.notAsked
  private var isOpen = true

  /// Takes the terminal.
  package init(_ options: Options = Options()) throws(TerminalError) {
    chooseLocale()
    isUnicode = !options.ascii && codesetIsUTF8()
    guard isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    guard session_find_keys() else { throw .noKeyboard }
    let name = environment("TERM").flatMap { $0.isEmpty ? nil : $0 }
    switch session_look_at_terminal() {
    case SESSION_TERMINAL_USABLE: break
    case SESSION_TERMINAL_NO_DATABASE where name != nil: throw .noDatabase
    default: throw .unusable(terminal: name)
    }
    isRemote = ["SSH_CONNECTION", "SSH_TTY"].contains { environment($0)?.isEmpty == false }
    lineDelay = environment("ESCDELAY").flatMap { Int($0) }.map { min(max($0, 0), 30_000) }
    decoder = InputDecoder(
      escapeDelay: lineDelay ?? InputDecoder.usualEscapeDelay(isRemote: isRemote))
    guard session_start(options.mouse) else { throw .failed }
    let monochrome = options.monochrome || noColourIsWanted()
    ground = options.ground ?? .dark
    templates = cellTemplates(monochrome: monochrome, on: ground)
    pictureCells = isUnicode && !monochrome ? PictureCells(on: ground) : nil
    measure()
    // In this order: where the cursor is, most terminals can tell, and nothing is awaited then.
    if !monochrome, options.ground == nil { askForGround() }
    if isUnicode { askForWidth() }
  }

  /// Gives the terminal back as it was found. A second time does nothing.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    hush()
    session_end()
  }

  /// Gives the terminal back and dies by the signal that asked for it, so that whoever started
  /// the program sees that; returns if there was none.
  package func dieOfReceivedSignal() {
    close()
    if let receivedSignal { session_die(receivedSignal) }
  }

  /// Has `nextEvent` return `.tick`. May be called on any thread, at any time.
  package nonisolated static func wake() {
    session_wake()
  }

  /// Has a stack overflow of the thread that calls this, too, give the terminal back.
  package nonisolated static func guardThread() {
    session_guard_thread()
  }

  func measure() {
    var columns: Int32 = 0
    var rows: Int32 = 0
    session_measure(&columns, &rows)
    size = Size(columns: Int(columns), rows: Int(rows))
    redrawAll()
  }

  /// Has the next frame painted whole.
  func redrawAll() {
    shown = nil
    curses_repaint()
  }
}

private func environment(_ name: String) -> String? {
  getenv(name).map { String(cString: $0) }
}

private func noColourIsWanted() -> Bool {
  environment("NO_COLOR")?.isEmpty == false
}

/// Takes the person's locale, or where this machine lacks it (over SSH), at least its encoding.
private func chooseLocale() {
  if setlocale(LC_CTYPE, "") != nil { return }
  let name = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty }
  guard let name = name?.lowercased() else { return }
  if name.hasSuffix("utf-8") || name.hasSuffix("utf8") { setlocale(LC_CTYPE, "C.UTF-8") }
}

private func codesetIsUTF8() -> Bool {
  strcasecmp(nl_langinfo(Int32(CODESET)), "UTF-8") == 0
}
