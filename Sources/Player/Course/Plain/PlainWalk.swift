import Canvas
import ConvolutionEngine
import Walkthrough

/// A walk as sentences, forwards and back: for a screen reader, or a terminal that only prints.
///
/// An empty line goes on. Any other is keys, as `--keys` has them; behind a key that opens a field
/// comes what is typed in it, and the end of the line is its Enter: `g dX[4,5,0]`, `c 5`. An address
/// alone is gone to.
package struct PlainWalk: Sendable {
  /// Its screen is never drawn.
  private var player: Player
  package private(set) var isFinished = false

  package init(_ player: Player) {
    self.player = player
    self.player.options.bindings = .standard
    self.player.size = Player.smallest
  }

  /// What is said first.
  package func begin() -> [String] {
    ["\(player.subject.heading). Enter goes on; ? lists what else can be typed; q leaves."]
      + spoken()
  }

  /// Takes a line of input; returns what is said to it.
  package mutating func take(_ line: String) -> [String] {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    guard let first = words.first else { return press([.character(" ")]) }
    if first == "?" { return keys }
    if first == "q", words.count == 1 {
      isFinished = true
      return []
    }
    // `[` alone is a key.
    if first.contains("["), first.unicodeScalars.count > 2 { return go(to: line) }
    if first == "g", words.count == 2 { return go(to: words[1]) }
    return press(Key.keys(parsing: first), then: words.count == 2 ? words[1] : nil)
  }

  /// To a number of a gradient, whichever way the walk goes; else to where the field leads.
  private mutating func go(to text: String) -> [String] {
    guard !isOnWayBack else { return press([.character("g")], then: text) }
    do throws(AddressError) {
      guard let address = try player.network.gradientAddress(typed: text) else {
        return press([.character("g")], then: text)
      }
      player.carryOut(player.turnBack(to: address))
      return told()
    } catch {
      return ["\(error)"]
    }
  }

  private var isOnWayBack: Bool {
    if case .backward = player.overlay { true } else { false }
  }

  private mutating func press(_ keys: [Key], then text: String? = nil) -> [String] {
    for key in keys { update(.key(key)) }
    guard isFieldOpen else {
      for key in text.map(Key.keys(parsing:)) ?? [] { update(.key(key)) }
      return told()
    }
    if let text {
      update(.key(.controlU))
      update(.pasted(text))
    }
    update(.key(.enter))
    let lines = told()
    // What was typed leads nowhere, which has just been said.
    if isFieldOpen { update(.key(.escape)) }
    return lines
  }

  private mutating func update(_ event: Event) {
    if player.carryOut(player.update(event)).contains(.quit) { isFinished = true }
  }

  private var isFieldOpen: Bool {
    var content = player.overlay?.content
    return content?.edit({ _ in }, in: player.view) == true
  }

  /// What the player says, and where it stands.
  private mutating func told() -> [String] {
    guard !isFinished else { return [] }
    if let message = player.status.message, message.isError { return [message.text] }
    var lines = player.status.message.map { [$0.text] } ?? []
    if player.overlay != nil, !isOnWayBack, !isFieldOpen {
      player.overlay = nil
      lines.append("That is drawn on the screen, and not said.")
    }
    return lines + spoken()
  }

  private func spoken() -> [String] {
    guard case .backward(let screen) = player.overlay else { return player.spokenPlace() }
    return screen.trial.isEmpty ? screen.spoken() : screen.trial
  }

  /// What can be typed.
  private var keys: [String] {
    let both = [
      "Enter alone or Space: next. 5Space: five further. Bksp: back.",
      "v[1,1,0] or dX[4,5,0]: goes there, as does g with a layer, a step's number or +5.",
      "Up, Down, Left, Right, d, D: another place, another depth. Tab, S-Tab: another layer.",
      "+ and -: coarser and finer steps, from a layer to a product.",
    ]
    guard isOnWayBack else {
      return both + ["B: back from the loss. / with a number: searches. q: leaves."]
    }
    return both + [
      "W: from an input to the weights, to the biases, and back. w: the step forward that made it.",
      "c 5: puts another number in its place, and tells whether the loss does as promised.",
      "/ largest, / negative, / nonzero: searches; n: again. m a: sets a mark, ' a: goes there.",
      "B: forward again. q: leaves.",
    ]
  }
}
