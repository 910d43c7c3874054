import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// What `/` looks for among the outputs of a layer.
enum Search: String, Sendable, CaseIterable {
  case negative
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
    case .tie: "tie"
    case .max: "largest output of its map"
    case .change: "changed output"
    }
  }
}

extension Player {
  /// A search looks at this many cells at most, so that it answers at once.
  private static let searchLimit = 200_000

  mutating func search(typed text: String) -> [Effect] {
    guard let search = Search(typed: text) else {
      fail("Search for negative, tie, max or change.")
      return []
    }
    overlay = nil
    lastSearch = search
    return searchAgain(forward: true)
  }

  mutating func searchAgain(forward: Bool) -> [Effect] {
    guard let search = lastSearch else {
      say("Nothing was searched yet; \(key(.search)) searches.")
      return []
    }
    let count = layer.output.count
    let current = step.cell.map { layer.output.index($0) } ?? (forward ? -1 : count)
    for distance in 1...max(1, min(count, Player.searchLimit)) {
      let index = current + (forward ? distance : -distance)
      guard (0..<count).contains(index) else { break }
      let cell = layer.output.cell(at: index)
      guard matches(search, cell) else { continue }
      grain = .window
      let effects = jump(to: Place(layer: place.layer, grain: .window, position: index + 1))
      say(
        "\(layer.name)\(cell): a \(search.title). \(key(.searchNext)) next, \(key(.searchBack)) back."
      )
      return effects
    }
    say("No \(search.title) \(forward ? "after" : "before") this in \(layer.name).")
    return []
  }

  private func matches(_ search: Search, _ cell: Cell) -> Bool {
    switch search {
    case .change: return isChanged(cell, of: layer)
    case .tie:
      guard let account = try? activations.account(of: cell, in: place.layer),
        case .maximum(let candidates) = account.working
      else { return false }
      return candidates.winners.count > 1
    case .negative:
      return (try? activations.value(of: cell, in: place.layer))?.isNegative ?? false
    case .max:
      guard let output = activations.output(of: place.layer) else { return false }
      let value = output[cell]
      return (0..<layer.output.plane).allSatisfy { index in
        let other = Cell(index % layer.output.width, index / layer.output.width, cell.depth)
        return !(value < output[other])
      }
    }
  }
}
