import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// The walk being shown, where it stands, and what is known of its numbers: what every screen draws
/// from.
package struct ShownWalk: Sendable, Equatable {
  package internal(set) var subject: Presentation
  package internal(set) var walk: Walk
  package internal(set) var place: Place
  /// The grain that the person chose; a layer without it shows the one that stands for it.
  package internal(set) var grain: Grain
  /// The input depth that the grids show, where the person chose one.
  var chosenDepth: Int?
  package internal(set) var notation: Notation
  package var activations: Activations
  /// What was computed of the way back.
  var backward: Backward?
  /// The numbers before the last live change, to mark what changed: what of them is looked at and was
  /// not computed then is so after it.
  var beforeChange: EarlierNumbers?
  /// The layers of which a cell does not fit: they are never evaluated as a whole, and each of
  /// their cells says itself what is wrong with it.
  var unfit: [Int: ArithmeticError] = [:]
  /// The pictures on the screen, made once.
  var pictures: [PictureWish: KeptPicture] = [:]
  /// What all maps of a layer have in common, measured once.
  var sheets: [SheetWish: Sheet] = [:]
  var statistics: [TensorStatistics.Wish: TensorStatistics] = [:]
  /// Whether the input is a colour picture: three depths of light, none of it below zero.
  let isInputInColour: Bool
  /// The widest text of each tensor that was evaluated, so that columns never move.
  var widths: [Source: Int] = [:]
  /// And between which numbers its own lie.
  var scales: [Source: ToneScale] = [:]
  /// How wide the numbers of each visited layer's working get.
  var measures: [Int: Measures] = [:]

  init(_ subject: Presentation, grain: Grain = .window, notation: Notation = .numpy) {
    self.subject = subject
    self.grain = grain
    self.notation = notation
    walk = Walk(subject.network)
    activations = Activations(subject.network, input: subject.input)
    place = walk.start(grain)
    isInputInColour =
      subject.input.shape.depth == 3 && !subject.input.shape.isFlat
      && subject.input.isNowhereNegative
  }

  /// Columns are never wider than this; a longer number is shown `≈` there and exact below.
  static let widestColumn = 7
}

/// What has a walk to show: the player, and what its screens are drawn from.
package protocol ShowsWalk {
  var shown: ShownWalk { get }
  var layer: Layer { get }
  var step: Step { get }
  /// How the current cell is computed; nil at a start, for maps and layers, and while what the
  /// layer takes is not evaluated.
  func account() throws(ArithmeticError) -> CellAccount?
}

extension ShownWalk: ShowsWalk {
  package var shown: ShownWalk { self }
}

extension ShowsWalk {
  package var subject: Presentation { shown.subject }
  package var network: Network { shown.subject.network }
  package var walk: Walk { shown.walk }
  package var place: Place { shown.place }
  package var grain: Grain { shown.grain }
  package var notation: Notation { shown.notation }
  package var activations: Activations { shown.activations }
  package var layer: Layer { shown.walk.layer(shown.place) }
  package var step: Step { Step(shown.place, in: shown.walk) }
  package var names: CodeNames { CodeNames(network) }

  package func account() throws(ArithmeticError) -> CellAccount? {
    guard let cell = step.cell else { return nil }
    return try activations.account(of: cell, in: place.layer)
  }

  /// The input depths that the current filter, or the current map, reads.
  var shownDepths: Range<Int> {
    switch layer.form {
    case .filters:
      let first = layer.firstDepth(ofMap: step.map)
      return first..<first + (layer.parameters?.filter.depth ?? 1)
    case .dotProducts: return 0..<1
    case .pool, .cellwise: return step.map..<step.map + 1
    }
  }

  /// The input depth that the grids show: the chosen one, else the one being multiplied.
  var shownDepth: Int {
    let depths = shownDepths
    if let chosen = shown.chosenDepth, depths.contains(chosen) { return chosen }
    return defaultDepth
  }

  /// The depth that the grids show where nobody chose one.
  var defaultDepth: Int {
    let depths = shownDepths
    let slice = place.grain < .window ? step.slice ?? 0 : 0
    return depths.lowerBound + min(slice, depths.count - 1)
  }

  /// The layer that takes this one's output, if there is one: its map is shown as what is to come.
  var nextLayer: Layer? {
    network.layers.first { $0.sources.contains(.layer(place.layer)) }
  }

  /// Whether the last live change changed this cell of a layer; false while that is not known.
  func isChanged(_ cell: Cell, of layer: Layer) -> Bool {
    guard let before = try? shown.beforeChange?.activations.value(of: cell, in: layer.index),
      let now = try? activations.value(of: cell, in: layer.index)
    else { return false }
    return before != now
  }

  /// The tap of the filter that was multiplied last, at the grain of products; nil at any other.
  var multipliedTap: Cell? {
    guard place.grain == .product, let cell = step.cell, step.productsDone > 0,
      layer.parameters != nil
    else { return nil }
    return layer.tap(step.productsDone - 1, of: cell)
  }
}

extension ShowsWalk {
  /// The width of a layer's numbers: measured where the layer is evaluated, else a bound.
  func width(of source: Source) -> Int {
    min(shown.widths[source] ?? boundWidth(of: source), ShownWalk.widestColumn)
  }

  /// The widest text that a layer's numbers can have, by the sizes of what goes into them.
  private func boundWidth(of source: Source) -> Int {
    guard case .layer(let index) = source else { return ShownWalk.widestColumn }
    guard let measures = shown.measures[index] else {
      return network.layers[index].parameters == nil
        ? network.layers[index].sources.map(width).max() ?? 1 : ShownWalk.widestColumn
    }
    return measures.total
  }

  /// How wide the numbers of the layer's working get; nil for a layer without weights.
  var measuresOfLayer: Measures? { shown.measures[place.layer] }

  /// The widest weight of the layer.
  var weightWidth: Int { measuresOfLayer?.weight ?? 1 }
}

extension Tensor {
  fileprivate var isNowhereNegative: Bool {
    numerators.map { $0.bounds.lowerBound >= 0 } ?? floats?.allSatisfy { $0 >= 0 } ?? false
  }
}

extension Activations: Equatable {
  /// Two are equal when they came from the same network and input and hold the same layers.
  package static func == (first: Activations, second: Activations) -> Bool {
    first.network == second.network && first.input == second.input
      && first.network.layers.indices.allSatisfy { first.output(of: $0) == second.output(of: $0) }
  }
}
