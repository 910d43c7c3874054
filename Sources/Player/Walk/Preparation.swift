import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// What a screen needs to know of the numbers and a moment finds out: outputs of layers that cost
/// little, how wide numbers get, pictures of maps. The player asks for it and takes it in again;
/// whoever runs the player finds it out.
package struct Preparation: Sendable, Equatable {
  let activations: Activations
  /// Layers to evaluate, each after what it takes.
  let layers: [Int]
  /// Tensors whose widest numbers are to be found.
  let measured: [Source]
  /// The layer whose working is to be measured.
  let working: Int?
  let pictures: [PictureWish]
  let statistics: [TensorStatistics.Wish]
  /// What pictures need that is known.
  let sheets: [SheetWish: Sheet]
  /// Pictures that are there on another scale, by what is wished for.
  let rescaled: [PictureWish: KeptPicture]
  /// The numbers before a live change, and the layers to evaluate of them.
  var earlier: EarlierNumbers?
  var layersBefore: [Int] = []

  /// Whether what another one finds out is what this one asks for, though layers may have been
  /// evaluated since.
  func isAnswered(by other: Preparation) -> Bool {
    activations.network == other.activations.network
      && activations.input == other.activations.input && layers == other.layers
      && measured == other.measured && working == other.working && pictures == other.pictures
      && statistics == other.statistics && layersBefore == other.layersBefore
  }

  package func run() -> Prepared {
    var prepared = Prepared(activations: activations, earlier: earlier)
    prepared.earlier?.evaluate(layersBefore)
    for index in layers where prepared.activations.inputs(of: index) != nil {
      do throws(ArithmeticError) {
        try prepared.activations.evaluate(index)
      } catch {
        prepared.unfit[index] = error
      }
    }
    for source in measured {
      guard let tensor = prepared.activations.tensor(of: source) else { continue }
      prepared.widths[source] = tensor.widestText(atMost: ShownWalk.widestColumn)
      prepared.scales[source] = ToneScale(tensor, .linear)
    }
    if let working, let input = prepared.activations.inputs(of: working)?.first {
      prepared.measures[working] = Measures(activations.network.layers[working], input: input)
    }
    for wish in statistics {
      guard let tensor = prepared.activations.tensor(of: wish.source) else { continue }
      prepared.statistics[wish] = TensorStatistics(tensor, map: wish.map)
    }
    for wish in pictures {
      guard let tensor = prepared.activations.tensor(of: wish.source) else { continue }
      let sheet = wish.sheet.map { prepared.sheet($0, of: tensor, knowing: sheets) }
      let known = rescaled[wish].flatMap { $0.tensor == tensor ? $0.picture : nil }
      prepared.pictures[wish] = KeptPicture(
        tensor: tensor, picture: MapPicture(wish, of: tensor, sheet, knowing: known))
    }
    return prepared
  }
}

/// What was found out.
package struct Prepared: Sendable {
  fileprivate(set) var activations: Activations
  fileprivate(set) var earlier: EarlierNumbers?
  /// Layers of which a cell does not fit, and which.
  fileprivate(set) var unfit: [Int: ArithmeticError] = [:]
  fileprivate(set) var widths: [Source: Int] = [:]
  fileprivate(set) var scales: [Source: ToneScale] = [:]
  fileprivate(set) var measures: [Int: Measures] = [:]
  fileprivate(set) var pictures: [PictureWish: KeptPicture] = [:]
  fileprivate(set) var sheets: [SheetWish: Sheet] = [:]
  fileprivate(set) var statistics: [TensorStatistics.Wish: TensorStatistics] = [:]

  /// What all maps of a tensor have in common, measured where it is not known.
  fileprivate mutating func sheet(
    _ wish: SheetWish, of tensor: Tensor, knowing known: [SheetWish: Sheet]
  ) -> Sheet {
    if let sheet = known[wish] ?? sheets[wish] { return sheet }
    let others = known.filter { $0.key.source == wish.source }.map(\.value)
    let sheet = Sheet(tensor, wish.curve, knowing: others)
    sheets[wish] = sheet
    return sheet
  }
}

extension ShownWalk {
  /// Layers up to this many multiply-adds are evaluated for a screen without being asked for, larger
  /// ones only where they must be.
  static let cheap = 2_000_000

  /// Whether what the current layer takes is there, or costs little and fits.
  var inputsAreNear: Bool {
    let missing = activations.missing(before: place.layer)
    return areCheap(missing) && missing.allSatisfy { unfit[$0] == nil }
  }

  private func areCheap(_ layers: [Int]) -> Bool {
    let work = layers.reduce(0) { min(ShownWalk.cheap, $0) + network.layers[$1].work }
    return work <= ShownWalk.cheap
  }

  /// The layers that reaching a goal takes, in the order in which they stand.
  func layers(for goal: EvaluationGoal) -> [Int] {
    switch goal {
    case .inputs(let layer): return activations.missing(before: layer)
    case .layer(let layer):
      return activations.missing(before: layer)
        + (activations.output(of: layer) == nil ? [layer] : [])
    case .others:
      var cannot: Set<Int> = []
      return network.layers.indices.filter { index in
        let sources = network.layers[index].sources
        let isCut = sources.contains { source in
          if case .layer(let before) = source { cannot.contains(before) } else { false }
        }
        if isCut || unfit[index] != nil { cannot.insert(index) }
        return !cannot.contains(index) && activations.output(of: index) == nil
      }
    }
  }

  /// The same, where they cost little; none else.
  func layersNear(_ goal: EvaluationGoal) -> [Int] {
    let layers = layers(for: goal)
    return areCheap(layers) ? layers : []
  }

  /// What has to be found out for a screen with these pictures; nil where it is known.
  ///
  /// - Parameters:
  ///   - statistics: what is said of tensors.
  ///   - goal: what is wanted besides, as far as it costs little.
  func preparation(
    pictures wishes: [PictureWish], _ statistics: [TensorStatistics.Wish],
    _ goal: EvaluationGoal? = nil
  ) -> Preparation? {
    let (layers, near) = layersWanted(goal.map(layersNear) ?? [])
    func isThere(_ source: Source) -> Bool {
      if case .layer(let index) = source, near.contains(index) { return true }
      return activations.tensor(of: source) != nil
    }
    let shown = layer.sources + [place.layer, place.layer + 1].map { .layer($0) }
    let measured = ([.input] + shown).reduce(into: [Source]()) { sources, source in
      if isKnown(source), widths[source] == nil, isThere(source), !sources.contains(source) {
        sources.append(source)
      }
    }
    let isMeasured = layer.parameters == nil || measures[place.layer] != nil
    let working = isMeasured || !layer.sources.allSatisfy(isThere) ? nil : place.layer
    let pictures = wishes.filter { wish in
      guard let tensor = activations.tensor(of: wish.source) else { return isThere(wish.source) }
      return self.pictures[wish]?.tensor != tensor
    }
    let statistics = statistics.filter { self.statistics[$0] == nil && isThere($0.source) }
    guard
      !layers.isEmpty || !measured.isEmpty || working != nil || !pictures.isEmpty
        || !statistics.isEmpty
    else { return preparationBefore }
    return Preparation(
      activations: activations, layers: layers, measured: measured, working: working,
      pictures: pictures, statistics: statistics, sheets: sheets, rescaled: rescaled(pictures))
  }

  /// What is there of pictures on another scale.
  private func rescaled(_ wishes: [PictureWish]) -> [PictureWish: KeptPicture] {
    var known: [PictureWish: KeptPicture] = [:]
    for wish in wishes {
      if let other = wish.others.lazy.compactMap({ pictures[$0] }).first { known[wish] = other }
    }
    return known
  }

  /// What is to be known of the numbers before a live change, once all else is: those of the layers
  /// that are shown, as far as they are known after it.
  private var preparationBefore: Preparation? {
    guard let earlier = beforeChange else { return nil }
    var layers: Set<Int> = []
    for index in [place.layer, place.layer + 1]
    where network.layers.indices.contains(index) && activations.inputs(of: index) != nil {
      layers.formUnion(earlier.activations.missing(before: index))
      let isMade = earlier.activations.output(of: index) != nil
      if activations.output(of: index) != nil, !isMade { layers.insert(index) }
    }
    let wanted = layers.subtracting(earlier.unfit).sorted()
    guard !wanted.isEmpty else { return nil }
    return Preparation(
      activations: activations, layers: [], measured: [], working: nil, pictures: [],
      statistics: [], sheets: [:], rescaled: [:], earlier: earlier, layersBefore: wanted)
  }

  private func isKnown(_ source: Source) -> Bool {
    if case .layer(let index) = source { return network.layers.indices.contains(index) }
    return true
  }

  /// The layers to evaluate: what the current one takes, it, and the one behind it, as far as they
  /// cost little.
  ///
  /// - Parameter others: what is evaluated before them.
  private func layersWanted(_ others: [Int]) -> (layers: [Int], near: Set<Int>) {
    var near = Set(others)
    var layers = others
    for index in inputsAreNear ? activations.missing(before: place.layer) : []
    where near.insert(index).inserted { layers.append(index) }
    for index in [place.layer, place.layer + 1]
    where network.layers.indices.contains(index) && !near.contains(index) {
      let layer = network.layers[index]
      let canBe = layer.sources.allSatisfy { source in
        if case .layer(let index) = source, near.contains(index) { return true }
        return activations.tensor(of: source) != nil
      }
      guard canBe, activations.output(of: index) == nil, unfit[index] == nil,
        layer.work <= ShownWalk.cheap
      else { continue }
      layers.append(index)
      near.insert(index)
    }
    return (layers, near)
  }

  /// Takes in what was found out; false where it is of another network or input.
  mutating func take(_ prepared: Prepared) -> Bool {
    guard take(prepared.activations) else { return false }
    unfit.merge(prepared.unfit) { _, new in new }
    widths.merge(prepared.widths) { _, new in new }
    scales.merge(prepared.scales) { _, new in new }
    measures.merge(prepared.measures) { _, new in new }
    pictures.merge(prepared.pictures) { _, new in new }
    sheets.merge(prepared.sheets) { _, new in new }
    statistics.merge(prepared.statistics) { _, new in new }
    if let found = prepared.earlier { beforeChange?.take(found) }
    return true
  }

  /// Takes in the layers that were evaluated. A live change may have come in between.
  mutating func take(_ evaluated: Activations) -> Bool {
    guard evaluated.network == network, evaluated.input == subject.input else { return false }
    for index in network.layers.indices where activations.output(of: index) == nil {
      if let output = evaluated.output(of: index) { activations.store(output, for: index) }
    }
    return true
  }
}

/// The numbers before a live change.
struct EarlierNumbers: Sendable, Equatable {
  var activations: Activations
  /// The layers of which a cell does not fit, and those behind them.
  private(set) var unfit: Set<Int> = []

  init(_ activations: Activations) { self.activations = activations }

  mutating func evaluate(_ layers: [Int]) {
    for index in layers {
      do throws(ArithmeticError) {
        try activations.evaluate(index)
      } catch {
        unfit.insert(index)
      }
    }
  }

  /// Takes in what was found out of the same numbers.
  mutating func take(_ other: EarlierNumbers) {
    guard other.activations.network == activations.network,
      other.activations.input == activations.input
    else { return }
    self = other
  }
}

extension Layer {
  /// An exponential takes as long as hundreds of products.
  private var costPerCell: Int {
    operation.isSlow ? 500 : placesPerCell
  }

  /// What evaluating it costs, in products or in visits.
  package var work: Int {
    max(multiplyAdds, output.count * (windows.map { $0.x.filter * $0.y.filter } ?? costPerCell))
  }
}
