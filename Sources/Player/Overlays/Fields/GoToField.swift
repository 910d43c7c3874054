import Canvas
import ConvolutionEngine
import Walkthrough

/// The line after `g`: an address, a step's number, or a distance.
struct GoToField: LineContent {
  static let help = "go to v[1,1,0], 40 or +5"

  var field: TextField

  /// What a number alone means: that of a stop, or of a step.
  private let numberTitle: String

  init(_ text: String = "", isAtStop: Bool = false) {
    field = TextField(limit: Self.longest, text)
    numberTitle = isAtStop ? "a stop's number" : "a step number"
  }

  var overlay: Overlay { .goTo(self) }
  var label: String { "Go to: " }

  func explanation(_ view: View) -> String {
    let shape = view.layer.output
    let cell = Cell(min(1, shape.width - 1), min(1, shape.height - 1), 0)
    return "An address like \(view.layer.name)\(cell), \(numberTitle), or +5. "
      + "\(view.key(.goTo))\(view.key(.goTo)): start."
  }

  /// All text is text, except the key that began it at once again, as in `gg`.
  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    let isAgain = field.text.isEmpty && player.command(for: key) == .open(.goTo)
    // Where a layer's name begins with g, a second g may be that name's; then Enter decides.
    if isAgain, !player.network.hasLayer(beginningWith: key) {
      return .close(player.goToStart())
    }
    return type(key, on: &player)
  }

  func submit(_ typed: String, on player: inout Player) -> Reaction {
    let text = typed.filter { $0 != " " }
    if text == player.key(.goTo), player.network.layer(named: text) == nil {
      return .close(player.goToStart())
    }
    if text.isEmpty { return .close }
    if text.hasPrefix("+") || text.hasPrefix("-"), let distance = Int(text) {
      return .close(player.moveSteps(distance))
    }
    if let number = Int(text) {
      return .close(
        player.course?.isWandering == false
          ? player.goToStop(number) : player.goToPosition(number))
    }
    do throws(AddressError) {
      let address = try Address(parsing: text)
      _ = try player.walk.place(of: address)
      return .close(player.visit(address))
    } catch {
      player.fail("\(error)")
      return .stay
    }
  }
}

extension Network {
  fileprivate func hasLayer(beginningWith key: Key) -> Bool {
    guard case .character(let scalar) = key else { return false }
    return layers.contains { $0.name.unicodeScalars.first == scalar }
  }
}
