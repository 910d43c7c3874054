/// Something that a reader promises, whatever it is given, and did not keep.
///
/// Promises are told by throwing, so that tests and the guided fuzzing (`Tests/Fuzzing`) share them.
package struct BrokenPromise: Error, CustomStringConvertible {
  package let description: String
}

/// - Throws: `BrokenPromise` where the promise is not kept.
package func hold(
  _ isKept: Bool, _ promise: @autoclosure () -> String
) throws(BrokenPromise) {
  guard isKept else { throw BrokenPromise(description: promise()) }
}

/// Holds what a person is told to be sentences of bounded length, the last of which ends with its
/// point or an example to copy, and which do nothing to a terminal.
package func holdReadable(_ text: String) throws(BrokenPromise) {
  let isWhole = text.hasSuffix(".") || text.contains("; add it, for example ")
  try hold(isWhole, "it is a sentence: \(text.debugDescription)")
  try hold(text.utf8.count < 2000, "it is short: \(text.debugDescription)")
  for scalar in text.unicodeScalars where scalar != "\n" {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator:
      throw BrokenPromise(description: "it is shown: \(text.debugDescription)")
    default: break
    }
  }
}

/// What a reader makes of an input; nil after a refusal that a person can read.
package func taken<Value>(_ read: () throws -> Value) throws(BrokenPromise) -> Value? {
  do {
    return try read()
  } catch {
    try holdReadable("\(error)")
    return nil
  }
}
