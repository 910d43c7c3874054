import CPseudoTerminal
import Glibc

/// A program that runs in a terminal which the test types into and reads.
final class PseudoTerminal {
  let process: StartedProcess
  private var controller: Int32
  private let terminal: Int32
  /// The modes before the program could change them.
  let modesAtStart: [UInt32]
  /// What the program has sent and nobody has taken.
  private var untaken: [UInt8] = []
  /// How many bytes the program has sent.
  private(set) var byteCount = 0
  /// Whether they all were ASCII.
  private(set) var sentOnlyASCII = true

  /// - Parameter term: the value of `TERM`; nil leaves it unset.
  init(
    _ program: String, _ arguments: [String] = [], columns: Int32 = 80, rows: Int32 = 24,
    term: String? = "xterm-256color", environment: [String: String] = [:],
    directory: String? = nil, deadline: UInt32 = 60
  ) throws {
    var controller: Int32 = -1
    var terminal: Int32 = -1
    guard pseudo_terminal_open(columns, rows, &controller, &terminal) else {
      throw TestHarnessError(description: "there is no pseudo-terminal")
    }
    self.controller = controller
    self.terminal = terminal
    _ = fcntl(controller, F_SETFL, O_NONBLOCK)
    modesAtStart = terminalModes(terminal)
    process = try StartedProcess(
      program, arguments, environment: testEnvironment(environment, terminal: term),
      directory: directory, standard: (terminal, terminal, terminal), controlsTerminal: true,
      deadline: deadline)
  }

  deinit {
    close(terminal)
    if controller >= 0 { close(controller) }
  }

  func send(_ text: String) { send(Array(text.utf8)) }

  /// Types; what the program has not room for waits until it reads on, if it ever does.
  func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    let deadline = monotonicMilliseconds() + 20_000
    while !rest.isEmpty, monotonicMilliseconds() < deadline {
      let count = rest.withUnsafeBytes { write(controller, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
        continue
      }
      guard errno == EAGAIN, !waitUntilReadable([process.watch], milliseconds: 0) else { return }
      // It reads nothing while it waits for somebody to read what it writes.
      receive(milliseconds: 10)
    }
  }

  func resize(columns: Int32, rows: Int32) {
    _ = pseudo_terminal_resize(controller, columns, rows)
  }

  /// Closes the terminal's window, so to say. Nothing can be read after that.
  func hangUp() {
    close(controller)
    controller = -1
  }

  func signal(_ number: Int32) { kill(process.id, number) }

  /// Reads up to and with a marker; returns what came since the last read. Throws, with what came
  /// instead, if the marker does not come in time.
  ///
  /// The stream is not the screen: a text of several words may come in pieces.
  @discardableResult
  func read(until marker: String, seconds: Int = 20) throws -> String {
    let wanted = Array(marker.utf8)
    let deadline = monotonicMilliseconds() + seconds * 1000
    while true {
      if let end = firstEnd(of: wanted, in: untaken[...]) {
        defer { untaken.removeFirst(end) }
        return String(decoding: untaken[..<end], as: UTF8.self)
      }
      let left = deadline - monotonicMilliseconds()
      guard left > 0, receive(milliseconds: Int32(left)) else {
        let came = String(decoding: untaken, as: UTF8.self)
        throw TestHarnessError(
          description: "\(marker.debugDescription) did not come, but \(came.debugDescription)")
      }
    }
  }

  /// Waits for the program's end; returns how it ended and what nobody had taken.
  func finish() throws -> (ending: Ending, output: String) {
    (try end(), String(decoding: take(), as: UTF8.self))
  }

  /// Waits for the program's end and receives all that it sent.
  func end() throws -> Ending {
    while !waitUntilReadable([process.watch], milliseconds: 0) {
      guard waitUntilReadable([process.watch, controller], milliseconds: 20_000) else {
        throw TestHarnessError(description: "neither output nor the end came")
      }
      receive(milliseconds: 0)
    }
    while receive(milliseconds: 0) {}
    return try process.wait()
  }

  /// What has come and was not taken before; it is kept no longer.
  func take() -> [UInt8] {
    defer { untaken.removeAll(keepingCapacity: true) }
    return untaken
  }

  /// What was typed and nobody has read: a shell would take it for a command line.
  var unread: [UInt8] {
    var state = termios()
    tcgetattr(terminal, &state)
    cfmakeraw(&state)
    tcsetattr(terminal, TCSANOW, &state)
    var bytes: [UInt8] = []
    while waitUntilReadable([terminal], milliseconds: 0) {
      var some = [UInt8](repeating: 0, count: 4096)
      let count = some.withUnsafeMutableBytes { Glibc.read(terminal, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      bytes += some[..<count]
    }
    return bytes
  }

  /// What `stty -g` tells: every mode and control character of the terminal.
  var modes: [UInt32] { terminalModes(terminal) }

  /// Receives what has come; false if nothing comes in time.
  @discardableResult
  func receive(milliseconds: Int32, limit: Int = 65_536) -> Bool {
    guard waitUntilReadable([controller], milliseconds: milliseconds) else { return false }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = bytes.withUnsafeMutableBytes {
      Glibc.read(controller, $0.baseAddress, $0.count)
    }
    guard count > 0 else { return false }
    untaken += bytes[..<count]
    byteCount += count
    sentOnlyASCII = sentOnlyASCII && bytes[..<count].allSatisfy { $0 < 0x80 }
    return true
  }
}

private func firstEnd(of wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
  guard bytes.count >= wanted.count else { return nil }
  for start in bytes.startIndex...(bytes.endIndex - wanted.count)
  where bytes[start..<start + wanted.count].elementsEqual(wanted) {
    return start + wanted.count
  }
  return nil
}

private func terminalModes(_ terminal: Int32) -> [UInt32] {
  var state = termios()
  guard tcgetattr(terminal, &state) == 0 else { return [] }
  let characters = withUnsafeBytes(of: state.c_cc) { $0.map { UInt32($0) } }
  return [state.c_iflag, state.c_oflag, state.c_cflag, state.c_lflag] + characters
}
