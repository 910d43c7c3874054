import Glibc

/// Standard output, written a block at a time so that memory does not grow with what is written.
///
/// Whoever writes must `flush` at the end.
struct StandardOutput: ~Copyable {
  private var buffer: [UInt8] = []

  private static let blockSize = 1 << 16

  /// - Throws: `CommandFailure.closedPipe` when nobody reads any more, `.output` when it cannot
  ///   be written.
  mutating func write(line: String) throws(CommandFailure) {
    buffer += line.utf8
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= StandardOutput.blockSize { try flush() }
  }

  /// Lines with an empty one before them, unless they are the first.
  mutating func write(paragraph: [String], isFirst: Bool) throws(CommandFailure) {
    if !isFirst { try write(line: "") }
    for line in paragraph { try write(line: line) }
  }

  mutating func flush() throws(CommandFailure) {
    var written = 0
    while written < buffer.count {
      let count = buffer[written...].withUnsafeBytes {
        Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
      }
      if count >= 0 {
        written += count
      } else {
        try recover(from: errno)
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Returns when writing may be tried again.
  private func recover(from problem: Int32) throws(CommandFailure) {
    switch problem {
    case EINTR: return
    case EAGAIN:
      var watched = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
      poll(&watched, 1, -1)
    case EPIPE: throw .closedPipe
    default: throw .output(problem)
    }
  }
}

extension StandardOutput {
  /// How wide text may be: `COLUMNS`, else the terminal's width; nil for neither.
  static var columns: Int? {
    if let text = getenv("COLUMNS").map({ String(cString: $0) }), let columns = Int(text) {
      return columns
    }
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
