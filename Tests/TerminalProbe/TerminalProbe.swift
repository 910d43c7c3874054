import Canvas
import CursesTerminal
import Glibc

/// A program to test the terminal with: shows what reaches it, and dies in the ways it is asked to.
///
/// Row 0 is a title, row 1 the size, row 2 how many events came and the last one, row 3 glyphs, and
/// row 4 a word in each role. `!` and a letter makes it crash.
@main
enum TerminalProbe {
  @MainActor static func main() {
    let arguments = CommandLine.arguments
    let terminal: Terminal
    do throws(TerminalError) {
      terminal = try Terminal(
        Terminal.Options(
          ascii: arguments.contains("--ascii"), mouse: !arguments.contains("--no-mouse"),
          monochrome: arguments.contains("--monochrome")))
    } catch {
      writeError("terminal-probe: \(error)\n")
      exit(69)
    }
    let patience = arguments.contains("--ticks") ? 10 : nil
    var probe = Probe(size: terminal.size)
    loop: while true {
      let isHeldBack = terminal.hasPendingInput()
      if !isHeldBack { terminal.draw(probe.frame) }
      let event = terminal.nextEvent(timeoutMilliseconds: patience)
      // What was pending was no event: only the frame is due.
      if isHeldBack, event == .tick { continue }
      probe.take(event)
      switch event {
      case .interrupted, .key(.character("q")): break loop
      case .key(.character("w")): wakeFromAnotherThread()
      case .key(.character(let letter)) where probe.wasAskedToCrash: crash(letter)
      default: break
      }
    }
    terminal.close()
    print("goodbye after \(probe.count)")
    terminal.dieOfReceivedSignal()
  }
}

struct Probe {
  var size: Size
  var count = 0
  var last: Event?
  var wasAskedToCrash = false

  mutating func take(_ event: Event) {
    if case .resized(let size) = event { self.size = size }
    wasAskedToCrash = last == .key(.character("!"))
    count += 1
    last = event
  }

  var frame: Frame {
    var frame = Frame(size)
    frame.put("terminal-probe", 0, 0, .heading)
    frame.put("size:\(size.columns)x\(size.rows);", 0, 1)
    frame.put("event:\(count):\(last.map(describe) ?? "none");", 0, 2)
    frame.put("glyphs:▸×·é;", 0, 3)
    var column = 0
    for role in Role.allCases { column = frame.put("\(role)", column, 4, role) + 1 }
    frame.put("corner", size.columns - 6, size.rows - 1)
    return frame
  }

  private func describe(_ event: Event) -> String {
    switch event {
    case .key(.character(let scalar)): "char-\(scalar.value)"
    case .key(let key): "\(key)"
    case .pasted(let text): "pasted-\(text)"
    case .click(let place): "click-\(place.column),\(place.row)"
    case .wheel(let up, let place): "wheel-\(up ? "up" : "down")-\(place.column),\(place.row)"
    case .resized(let size): "resized-\(size.columns)x\(size.rows)"
    case .foundWideGlyphs: "wide"
    case .tick: "tick"
    case .interrupted: "interrupted"
    }
  }
}

@MainActor private func crash(_ letter: Unicode.Scalar) {
  switch letter {
  case "f": fatalError("asked to fail")
  case "i": print([1, 2][CommandLine.arguments.count + 5])
  case "o": print(endless(0))
  case "O": overflowOnAnotherThread()
  case "a": abort()
  case "s": raise(SIGSEGV)
  case "b": raise(SIGBUS)
  case "t": raise(SIGTRAP)
  case "p": raise(SIGFPE)
  case "e":
    writeError("left without closing\n")
    exit(3)
  case "h": while true { pause() }
  default: break
  }
}

/// Not tail-recursive, so that the stack overflows.
private func endless(_ depth: Int) -> Int {
  depth < 0 ? depth : endless(depth + 1) + endless(depth + 2)
}

private func overflowOnAnotherThread() {
  onAnotherThread { _ in
    Terminal.guardThread()
    print(endless(0))
    return nil
  }
}

private func wakeFromAnotherThread() {
  onAnotherThread { _ in
    Terminal.wake()
    return nil
  }
}

private func onAnotherThread(
  _ body: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer?
) {
  var thread = pthread_t()
  pthread_create(&thread, nil, body, nil)
  pthread_join(thread, nil)
}

private func writeError(_ text: String) {
  _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) }
}
