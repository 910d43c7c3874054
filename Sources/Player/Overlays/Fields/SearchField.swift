import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// The line after `/`: what to look for among the outputs of a layer.
struct SearchField: LineContent {
  static let help = "search; again; back"

  var field = TextField(limit: longest)

  var overlay: Overlay { .search(self) }
  var label: String { "Search: " }

  func explanation(_ view: View) -> String {
    "negative, zero, tie, max or change; \(view.key(.searchNext)) and \(view.key(.searchBack)) find the "
      + "next and the one before."
  }

  func submit(_ text: String, on player: inout Player) -> Reaction {
    guard let search = Search(typed: text) else {
      player.fail("Search for negative, zero, tie, max or change.")
      return .stay
    }
    player.trail.lastSearch = search
    return .close(player.searchAgain(forward: true))
  }
}

/// What `/` looks for among the outputs of a layer.
enum Search: String, Sendable, CaseIterable {
  case negative
  case zero
  case tie
  case max
  case change

  init?(typed text: String) {
    let text = text.lowercased()
    guard !text.isEmpty, let found = Search.allCases.first(where: { $0.rawValue.hasPrefix(text) })
    else { return nil }
    self = found
  }

  var title: String {
    switch self {
    case .negative: "negative output"
    case .zero: "zero"
    case .tie: "tie"
    case .max: "largest output of its map"
    case .change: "changed output"
    }
  }
}

extension Player {
  mutating func searchAgain(forward: Bool) -> [Effect] {
    guard let search = trail.lastSearch else {
      say("Nothing was searched yet; \(key(.search)) searches.")
      return []
    }
    return [.search(OutputSearch(search, on: shown, forward: forward))]
  }

  /// Takes in what was searched for; returns what is still to be done.
  package mutating func receive(_ found: OutputSearch.Found) -> [Effect] {
    // The person may have gone on meanwhile.
    guard found.network == network, found.place == place else { return [] }
    guard let cell = found.cell else {
      say(
        "No \(found.search.title) \(found.isForward ? "after" : "before") this in \(layer.name).")
      return []
    }
    shown.grain = .window
    let index = layer.output.index(cell)
    let effects = jump(to: Place(layer: place.layer, grain: .window, position: index + 1))
    say(
      "\(layer.name)\(cell): a \(found.search.title). \(key(.searchNext)) next, "
        + "\(key(.searchBack)) back.")
    return effects + evaluateWanted()
  }
}
