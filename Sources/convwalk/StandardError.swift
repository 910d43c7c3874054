import Glibc

/// What is told beside a result.
enum StandardError {
  /// One sentence; a reader who has gone away misses it.
  static func note(_ text: String) {
    let bytes = Array("convwalk: \(text)\n".utf8)
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
