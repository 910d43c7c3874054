import Canvas
import ExactNumbers
import Lessons

/// A file of one's own keys: a command a line, and after it the keys that ask for it.
///
/// ```
/// # The left hand rests.
/// next  Space n
/// search-next  N
/// search-back
/// ```
///
/// A line replaces all standard keys of its command; one without keys takes them away. A key that
/// a line gives to a command is no standard key of any other. Lines that are empty or begin with `#`
/// are passed over.
package struct KeysFile: Sendable, Equatable {
  package let bindings: Bindings
  /// That commands have lost their last key to others' lines.
  package let notes: [String]

  /// No file.
  package static let none = KeysFile(bindings: .standard, notes: [])

  private init(bindings: Bindings, notes: [String]) {
    (self.bindings, self.notes) = (bindings, notes)
  }

  /// Bytes; a line for every command needs a twentieth.
  package static let largestSize = 1 << 16

  /// - Throws: every problem of the file, in the order of its lines.
  package init(_ bytes: [UInt8]) throws(KeysProblems) {
    var reading = KeysReading()
    // Some editors begin a file with a byte order mark.
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let lines = String(decoding: bytes[start...], as: UTF8.self).lines
    for (index, line) in lines.enumerated() { reading.take(line, number: index + 1) }
    bindings = Bindings(reading.entries())
    let lost = reading.lost.map(\.nameInFile).joined(separator: ", ")
    notes =
      lost.isEmpty
      ? [] : ["Your file of keys leaves none for \(lost). A line for it, empty or not, mends that."]
    guard reading.problems.isEmpty else { throw KeysProblems(problems: reading.problems) }
  }

  /// Bindings as such a file.
  package static func lines(of bindings: Bindings) -> [String] {
    let width = Command.allCases.map { $0.nameInFile.count }.max() ?? 0
    return HelpLine.all.flatMap { group in
      ["# \(group.explanation)"]
        + group.commands.map { command in
          let name = command.nameInFile
          let gap = String(repeating: " ", count: width + 2 - name.count)
          let keys = bindings.names(of: command, ascii: true)
          return keys.isEmpty ? name : name + gap + keys
        }
    }
  }
}

extension Command {
  /// `nextDepth` is `next-depth`.
  var nameInFile: String {
    name.reduce(into: "") { name, letter in
      name += letter.isUppercase ? "-\(letter.lowercased())" : String(letter)
    }
  }
}

/// What was read of the file so far.
private struct KeysReading {
  private var lines: [Command: (number: Int, keys: [Key])] = [:]
  private(set) var problems: [KeysProblem] = []
  /// Commands whose last key a line gives to another.
  private(set) var lost: [Command] = []

  mutating func take(_ line: Substring, number: Int) {
    let words = line.split { $0.isWhitespace }.map(String.init)
    guard let name = words.first, !name.hasPrefix("#") else { return }
    guard let command = Command.allCases.first(where: { $0.nameInFile == name }) else {
      return problems.append(KeysProblem(line: number, cause: .unknownCommand(name)))
    }
    if let first = lines[command]?.number {
      return problems.append(KeysProblem(line: number, cause: .again(name, line: first)))
    }
    var keys: [Key] = []
    for word in words.dropFirst() {
      switch key(word, for: command) {
      case .success(let key): if !keys.contains(key) { keys.append(key) }
      case .failure(let cause): problems.append(KeysProblem(line: number, cause: cause))
      }
    }
    lines[command] = (number, keys)
  }

  private func key(_ word: String, for command: Command) -> Result<Key, KeysProblem.Cause> {
    guard let key = Key.named(word) ?? single(word) else { return .failure(.unknownKey(word)) }
    if case .character("1"..."9") = key { return .failure(.digit(word)) }
    if let fixed = Bindings.fixed.first(where: { $0.key == key }), fixed.command != command {
      return .failure(.fixed(word, fixed.command.nameInFile))
    }
    return .success(key)
  }

  private func single(_ word: String) -> Key? {
    guard let scalar = word.unicodeScalars.first, word.unicodeScalars.count == 1,
      visibleScalar(scalar) == scalar
    else { return nil }
    return .character(scalar)
  }

  /// The bindings in help's order; a key that two commands ask for is one more problem.
  mutating func entries() -> [Bindings.Entry] {
    var entries: [Bindings.Entry] = []
    let given = Dictionary(
      lines.flatMap { command, line in line.keys.map { ($0, command) } },
      uniquingKeysWith: { first, _ in first })
    for command in Command.allCases {
      let own = lines[command]?.keys ?? standardKeys(of: command, without: given)
      let fixed = Bindings.fixed.filter { $0.command == command && !own.contains($0.key) }
      entries += own.map { Bindings.Entry($0, command) } + fixed
    }
    var owners: [Key: Command] = [:]
    for entry in entries {
      if let other = owners[entry.key] {
        problems.append(conflict(entry.key, other, entry.command))
      }
      owners[entry.key] = entry.command
    }
    problems.sort { $0.line < $1.line }
    return entries
  }

  /// The keys of a command that has no line, as far as no line gives them to another.
  private mutating func standardKeys(of command: Command, without given: [Key: Command]) -> [Key] {
    let standard = Bindings.standard.keys(of: command)
    let left = standard.filter { given[$0] == nil }
    if left.isEmpty, !standard.isEmpty { lost.append(command) }
    return left
  }

  private func conflict(_ key: Key, _ first: Command, _ second: Command) -> KeysProblem {
    // The later line of both is the one to look at.
    let (wrong, other) =
      (lines[first]?.number ?? 0) > (lines[second]?.number ?? 0) ? (first, second) : (second, first)
    return KeysProblem(
      line: lines[wrong]?.number ?? 1,
      cause: .taken(
        key.name(ascii: true), by: other.nameInFile, line: lines[other]?.number ?? 1))
  }
}
