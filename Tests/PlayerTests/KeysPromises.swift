import Canvas
import TestSupport

@testable import Player

/// Holds the reader of keys to bindings in which each key asks for one thing and the way out is
/// open, and which are written so that they are read again; or to problems with lines.
func holdKeysPromises(_ bytes: [UInt8]) throws {
  let bindings: Bindings
  do {
    bindings = try KeysFile(bytes).bindings
  } catch {
    try hold(!error.problems.isEmpty, "there is a problem")
    let lines = bytes.count { $0 == 0x0A || $0 == 0x0D } + 1
    for problem in error.problems {
      try hold((1...lines).contains(problem.line), "line \(problem.line) is in the file")
      try holdReadable("\(problem.cause)")
    }
    return
  }
  let keys = Set(bindings.entries.map(\.key))
  try hold(keys.count == bindings.entries.count, "a key asks for one thing")
  for entry in Bindings.fixed {
    try hold(bindings.command(for: entry.key) == entry.command, "\(entry.command) has its key")
  }
  let text = KeysFile.lines(of: bindings).joined(separator: "\n")
  try hold((try? KeysFile(Array(text.utf8)).bindings) == bindings, "it is read again: \(text)")
}
