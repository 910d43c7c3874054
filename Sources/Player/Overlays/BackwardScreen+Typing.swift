import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// What is typed on the way back: where to go, what to look for, a number to be changed.
extension BackwardScreen {
  /// A key into the line.
  mutating func type(_ key: Key, _ player: inout Player) -> Reaction {
    guard let typing else { return .stay }
    switch key {
    case .escape: self.typing = nil
    case .backspace where typing.field.text.isEmpty, .delete where typing.field.text.isEmpty:
      self.typing = nil
    case .enter:
      let effects = submit(typing.what, typing.field.text.filter { $0 != " " }, &player)
      return .stay(effects + ask(player))
    default: self.typing?.field.type(key)
    }
    return .stay
  }

  private mutating func submit(
    _ what: Typing, _ text: String, _ player: inout Player
  ) -> [Player.Effect] {
    switch what {
    case .goTo: if go(to: text, &player) { typing = nil }
    case .search:
      guard let kind = GradientSearchKind(typed: text) else {
        player.fail("Search for nonzero, negative or largest.")
        return []
      }
      typing = nil
      search(kind, forward: true, &player)
    case .change: return change(to: text, &player)
    }
    return []
  }

  /// Goes to what was typed; false where that leads nowhere.
  private mutating func go(to text: String, _ player: inout Player) -> Bool {
    if text.isEmpty { return true }
    if text.hasPrefix("+") || text.hasPrefix("-"), let distance = Int(text) {
      goSteps(distance, &player)
      return true
    }
    if let position = Int(text) {
      goToPosition(position, &player)
      return true
    }
    do throws(AddressError) {
      let address = try walk.network.gradientAddress(parsing: text)
      let place = try walk.place(of: address)
      if place.stop != self.place.stop { (chosenMap, origin) = (nil, nil) }
      (self.place, grain) = (place, place.grain)
      return true
    } catch {
      player.fail("\(error)")
      return false
    }
  }

  /// The number that can be changed: what the gradient shown is taken by.
  var changedName: String {
    step.cell.map { walk.network.cellName($0, of: target, mark: "") } ?? ""
  }

  /// Asks for another number in place of the one that the gradient is taken by.
  mutating func beginChange(_ player: inout Player) {
    guard let cell = step.cell else {
      player.say("Stand on a number first; \(player.key(.finer)) makes the steps finer.")
      return
    }
    if case .source(.layer(let index)) = target {
      player.say(
        "\(walk.network.layers[index].name) is computed; inputs, weights and biases can be changed."
      )
      return
    }
    guard let ratio = player.number(of: target, cell)?.ratio?.reduced, ratio.isWhole else {
      player.say("\(changedName) is no whole number; only whole numbers can be put in.")
      return
    }
    typing = TypedLine(
      what: .change, field: TextField(limit: 12, "\(ratio.numerator + 1)", offer: .whole))
  }

  private mutating func change(to text: String, _ player: inout Player) -> [Player.Effect] {
    guard let value = Int(text.replacing("−", with: "-")), value.magnitude <= NumberChange.largest
    else {
      player.fail("Type a whole number from −1,000,000 to 1,000,000.")
      return []
    }
    typing = nil
    guard let cell = step.cell, case .found(let found) = state, let account,
      let before = player.number(of: target, cell), let place = changedPlace(cell)
    else {
      player.say("What flows back to it is not known yet.")
      return []
    }
    guard let changed = player.subject.making(NumberChange(place, to: Int128(value)))
    else {
      player.fail("\(changedName) cannot be changed: its numbers are rounded, or too many.")
      return []
    }
    return [
      .tryPromise(
        PromiseTrial(
          name: changedName, before: before, value: Int128(value),
          gradient: account.precise ?? account.total, backward: found.backward,
          network: changed.network, input: changed.input))
    ]
  }

  private func changedPlace(_ cell: Cell) -> NumberPlace? {
    switch target {
    case .source(.input): return .input(cell)
    case .source: return nil
    case .weights(let layer):
      let (filter, place) = walk.network.layers[layer].filterPlace(of: cell)
      return .weight(layer: layer, map: filter, place)
    case .bias(let layer): return .bias(layer: layer, map: cell.depth)
    }
  }
}

extension Player {
  /// The number that a gradient is taken by.
  fileprivate func number(of target: GradientTarget, _ cell: Cell) -> Number? {
    switch target {
    case .source(.input): return subject.input[cell]
    case .source(.layer(let index)): return activations.output(of: index)?[cell]
    case .weights(let layer):
      if let normalization = network.layers[layer].normalization {
        return normalization[cell.depth].gamma
      }
      let (filter, place) = network.layers[layer].filterPlace(of: cell)
      return network.layers[layer].parameters?.weight(filter, place)
    case .bias(let layer):
      return network.layers[layer].normalization.map { $0[cell.depth].beta }
        ?? network.layers[layer].parameters?.bias?[cell.depth]
    }
  }

  /// Takes in what was found out for `.tryPromise`.
  package mutating func receive(_ found: PromiseTrial.Found) {
    guard case .backward(var screen) = overlay else { return }
    screen.take(found)
    overlay = screen.overlay
  }
}

/// What can be looked for among the numbers of a gradient.
enum GradientSearchKind: String, Sendable, CaseIterable {
  case nonzero, negative, largest

  init?(typed text: String) {
    let text = text.lowercased()
    guard !text.isEmpty,
      let found = GradientSearchKind.allCases.first(where: { $0.rawValue.hasPrefix(text) })
    else { return nil }
    self = found
  }

  var title: String {
    switch self {
    case .nonzero: "number but 0"
    case .negative: "negative number"
    case .largest: "larger number"
    }
  }

  /// The place of the next one; of the largest, the first that no other is larger than, and behind the
  /// last of them the first again.
  ///
  /// - Parameter reach: how far from zero the gradient's numbers get.
  func next(in gradient: Tensor, reach: Double, from index: Int, forward: Bool) -> Int? {
    func isWanted(_ place: Int) -> Bool {
      switch self {
      case .nonzero: !gradient[place].isZero
      case .negative: gradient[place].isNegative
      case .largest: gradient[place].nearestDouble.magnitude == reach
      }
    }
    guard forward else { return (0..<max(0, index)).last(where: isWanted) }
    let count = gradient.shape.count
    return (min(index + 1, count)..<count).first(where: isWanted)
      ?? (self == .largest ? (0..<count).first(where: isWanted) : nil)
  }
}
