import Canvas

/// What names keys to the person: the player, and what its screens are drawn from.
package protocol NamesKeys {
  var options: Player.Options { get }
}

/// A key in the footer, and what it does there.
struct Hint {
  let keys: String
  let label: String
  var text: String { "\(keys) \(label)" }

  static let noKey = "(no key)"
}

extension NamesKeys {
  /// The first key of a command; `(no key)` where the person has taken all away.
  func key(_ command: Command) -> String {
    let name = options.bindings.name(of: command, ascii: options.ascii)
    return name.isEmpty ? Hint.noKey : name
  }

  func key(_ motion: Command.Motion) -> String { key(Command.move(motion)) }
  func key(_ jump: Command.Jump) -> String { key(Command.jump(jump)) }
  func key(_ opening: Command.Opening) -> String { key(Command.open(opening)) }
  func key(_ change: Command.Change) -> String { key(Command.change(change)) }
  func key(_ move: Command.StopMove) -> String { key(Command.stop(move)) }
  func key(_ look: Command.Look) -> String { key(Command.look(look)) }
  func key(_ program: Command.Program) -> String { key(Command.program(program)) }

  /// A key of one character where the command has one.
  func shortKey(_ command: Command) -> String {
    let names = options.bindings.keys(of: command).map { $0.name(ascii: options.ascii) }
    return names.first { $0.unicodeScalars.count == 1 } ?? key(command)
  }

  /// The first keys of commands that belong together: `↑↓`, or `Up Down` where each is a word.
  func keys(_ motions: Command.Motion...) -> String { joined(motions.map(key)) }

  /// A key pressed twice.
  func twice(_ key: String) -> String { joined([key, key]) }

  private func joined(_ names: [String]) -> String {
    names.joined(separator: names.allSatisfy { $0.unicodeScalars.count == 1 } ? "" : " ")
  }

  /// The keys that move what is in brackets.
  var arrows: String {
    let standard: [(Command.Motion, Key)] = [
      (.left, .left), (.down, .down), (.up, .up), (.right, .right),
    ]
    let isStandard = standard.allSatisfy { motion, key in
      options.bindings.keys(of: .move(motion)).first == key
    }
    return isStandard && options.ascii ? "arrows" : keys(.left, .down, .up, .right)
  }

  /// A key's name, or `That key` for a character that takes no single column.
  func name(of key: Key) -> String {
    let name = key.name(ascii: options.ascii)
    guard case .character(let scalar) = key else { return name }
    let isShown = options.ascii ? scalar.isASCII : visibleScalar(scalar) == scalar
    return isShown ? name : "That key"
  }
}
