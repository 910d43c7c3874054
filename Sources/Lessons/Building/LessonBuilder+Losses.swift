import ConvolutionEngine
import Walkthrough

extension LessonBuilder {
  /// A loss over a network's numbers; nil after a problem, or where none is named.
  mutating func loss(_ draft: LossDraft?, in network: Network) -> PlacedLoss? {
    guard let draft else { return nil }
    var index = network.layers.count - 1
    if let name = draft.layer {
      guard let layer = network.layer(named: name.value) else {
        let known = network.layers.map(\.name)
        log.add(.address(.unknownLayer(name.value, known: known)), at: name.place)
        return nil
      }
      index = layer.index
    }
    switch draft.kind {
    case .upstream(let grids):
      guard let gradient = tensor(grids) else { return nil }
      return placed(at: grids.place) { () throws(LossError) in
        try network.upstream(gradient, ofLayer: index)
      }
    case .named(let kind, let target):
      var wanted: Loss.Target?
      switch target {
      case .label(let label): wanted = .label(label.value)
      case .numbers(let grids):
        guard let numbers = tensor(grids) else { return nil }
        wanted = .array(numbers)
      case nil: break
      }
      return placed(at: target?.place ?? draft.place) { () throws(LossError) in
        try network.loss(kind, target: wanted, ofLayer: index)
      }
    }
  }

  private mutating func placed(
    at place: TextPlace, _ body: () throws(LossError) -> PlacedLoss
  ) -> PlacedLoss? {
    do throws(LossError) {
      return try body()
    } catch {
      log.add(.stops(.loss(error)), at: place)
      return nil
    }
  }
}
