import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// A search through a layer's outputs from the current cell on: asked for by the player, run outside
/// of `update`.
package struct OutputSearch: Sendable, Equatable {
  private let search: Search
  private let shown: ShownWalk
  private let isForward: Bool

  /// So many cells are looked at, at most, so that it answers soon.
  private static let most = 200_000

  /// What was found, and from where.
  package struct Found: Sendable {
    let network: Network
    let place: Place
    let search: Search
    let isForward: Bool
    /// nil: nothing in that direction.
    let cell: Cell?
  }

  init(_ search: Search, on shown: ShownWalk, forward: Bool) {
    self.search = search
    self.shown = shown
    isForward = forward
  }

  /// - Parameter goesOn: asked now and then; ends the search by false.
  /// - Returns: nil where it was ended.
  package func run(goesOn: () -> Bool = { true }) -> Found? {
    let shape = shown.layer.output
    let largest = largestOfMaps
    let current = shown.step.cell.map { shape.index($0) } ?? (isForward ? -1 : shape.count)
    for distance in 1...max(1, min(shape.count, OutputSearch.most)) {
      guard distance % 256 != 0 || goesOn() else { return nil }
      let index = current + (isForward ? distance : -distance)
      guard (0..<shape.count).contains(index) else { break }
      let cell = shape.cell(at: index)
      if matches(cell, largest) { return found(cell) }
    }
    return found(nil)
  }

  private func found(_ cell: Cell?) -> Found {
    Found(
      network: shown.network, place: shown.place, search: search, isForward: isForward, cell: cell)
  }

  /// The largest number of each map, where that is what is looked for and the maps are evaluated.
  private var largestOfMaps: [Number] {
    guard search == .max, let output = shown.activations.output(of: shown.place.layer) else {
      return []
    }
    let shape = output.shape
    return (0..<shape.depth).map { map in
      (map * shape.plane + 1..<(map + 1) * shape.plane).reduce(output[map * shape.plane]) {
        $0 < output[$1] ? output[$1] : $0
      }
    }
  }

  private func matches(_ cell: Cell, _ largest: [Number]) -> Bool {
    let (activations, layer) = (shown.activations, shown.place.layer)
    switch search {
    case .change: return shown.isChanged(cell, of: shown.layer)
    case .tie:
      // A cell that does not fit has no tie; its screen says what is wrong with it.
      guard let account = try? activations.account(of: cell, in: layer),
        case .maximum(let candidates) = account.working
      else { return false }
      return candidates.winners.count > 1
    case .negative: return (try? activations.value(of: cell, in: layer))?.isNegative ?? false
    case .zero: return (try? activations.value(of: cell, in: layer))?.isZero ?? false
    case .max:
      guard let value = activations.output(of: layer)?[cell] else { return false }
      return !(value < largest[cell.depth])
    }
  }
}
