import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// What the numbers of a layer are like: of all of them, and of one map.
struct StatisticsScreen: OverlayContent {
  static let help = "statistics of the layer"

  private(set) var source: Source
  private(set) var map: Int

  init(_ walk: some ShowsWalk) {
    source = .layer(walk.place.layer)
    map = walk.step.cell?.depth ?? walk.step.map
  }

  init(_ overview: OverviewScreen) { (source, map) = (overview.source, overview.map) }

  var overlay: Overlay { .statistics(self) }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    switch player.command(for: key) {
    case .move(.nextLayer): moveLayer(by: 1, player.network)
    case .move(.previousLayer): moveLayer(by: -1, player.network)
    case .move(.nextMap), .move(.right), .move(.down): moveMap(by: 1, player.network)
    case .move(.previousMap), .move(.left), .move(.up): moveMap(by: -1, player.network)
    case .move(.nextPicture), .move(.previousPicture):
      guard case .move(let motion) = player.command(for: key) else { return .stay }
      return .stay(player.perform(.move(motion)))
    case .program(.leave) where player.evaluating?.goal.isForOverview == true:
      return .stay(player.cancelEvaluation())
    default: return player.commonReaction(to: key) ?? .close
    }
    if player.activations.tensor(of: source) == nil { player.status.givenUp = nil }
    return .stay
  }

  private mutating func moveLayer(by distance: Int, _ network: Network) {
    var index = -1
    if case .layer(let layer) = source { index = layer }
    let next = min(max(-1, index + distance), network.layers.count - 1)
    source = next < 0 ? .input : .layer(next)
    map = 0
  }

  private mutating func moveMap(by distance: Int, _ network: Network) {
    map = cycled(map, by: distance, of: network.shape(of: source).depth)
  }

  func goal(_ view: View) -> EvaluationGoal? {
    guard case .layer(let layer) = source, view.activations.output(of: layer) == nil,
      view.shown.layers(for: .layer(layer)).allSatisfy({ view.shown.unfit[$0] == nil })
    else { return nil }
    return .layer(layer)
  }

  func statistics(_ view: View) -> [TensorStatistics.Wish] {
    let all = TensorStatistics.Wish(source: source, map: nil)
    return view.network.shape(of: source).isFlat
      ? [all] : [all, TensorStatistics.Wish(source: source, map: map)]
  }

  func footer(_ view: View) -> Footer {
    let layers = [view.key(.nextLayer), view.key(.previousLayer)].joined(separator: " ")
    let isFlat = view.network.shape(of: source).isFlat
    return .keys(
      [Hint(keys: layers, label: "layer")]
        + (isFlat ? [] : [Hint(keys: view.keys(.left, .right), label: "map")])
        + [Hint(keys: "any other key", label: "back")])
  }

  func draw(on screen: inout Screen, _ view: View) {
    let shape = view.network.shape(of: source)
    let name = view.network.name(of: source)
    screen.put(
      "Statistics of \(name) \(shape)", 1, 0, .heading, before: view.size.columns)
    let wishes = statistics(view)
    let width = min(60, (view.size.columns - 2) / wishes.count)
    for (index, wish) in wishes.enumerated() {
      let title =
        wish.map.map { "map [\($0)]" } ?? (shape.isFlat ? "its numbers" : "all of its maps")
      draw(
        view.shown.statistics[wish], title, of: name, on: &screen, 1 + index * width,
        width: width - 2)
    }
    view.drawStatus(&screen)
  }

  private func draw(
    _ statistics: TensorStatistics?, _ title: String, of name: String, on screen: inout Screen,
    _ column: Int, width: Int
  ) {
    let end = column + width
    screen.put(title, column, 2, .heading, before: end)
    guard let statistics else {
      screen.put("\(name) is not computed yet.", column, 4, before: end)
      return
    }
    let room = width - 11
    let lines = [
      ("numbers", grouped(statistics.count)), ("least", statistics.least.text),
      ("greatest", statistics.greatest.text), ("mean", mean(statistics.mean, fitting: room)),
      ("zeros", share(statistics.zeros, of: statistics.count, fitting: room)),
      ("below zero", share(statistics.negatives, of: statistics.count, fitting: room)),
    ]
    for (line, (label, text)) in lines.enumerated() {
      screen.frame.put(label, column, 3 + line, .faint)
      screen.put(text, column + 11, 3 + line, .result, before: end)
    }
    drawHistogram(statistics, on: &screen, column, 10, end: end)
  }

  /// `4.5`, `−1417/32 = −44.28125`, where there is no room for both the decimals alone.
  private func mean(_ mean: Number?, fitting room: Int) -> String {
    guard let mean else { return "beyond 128 bits" }
    guard mean.text.contains("/") else { return mean.text }
    let decimals = Number.unrounded(mean.exactValue)
    let texts = ["\(mean.text) \(decimals.relation) \(decimals.digits)", decimals.text]
    return texts.first { $0.unicodeScalars.count <= room } ?? decimals.text(fitting: room)
  }

  /// `48 of 64 = 75%`, `31 of 64 ≈ 48.4%`: rounded to a tenth; `of 64`, which stands above it, only
  /// where there is room.
  private func share(_ part: Int, of whole: Int, fitting room: Int) -> String {
    let tenths = (2000 * part + whole) / (2 * whole)
    let relation = tenths * whole == 1000 * part ? "=" : "≈"
    let percent = "\(relation) \(Number(Int128(tenths), over: 10).text)%"
    let text = "\(grouped(part)) of \(grouped(whole)) \(percent)"
    return text.unicodeScalars.count <= room ? text : "\(grouped(part)) \(percent)"
  }

  /// A bar a part of the way from the least to the greatest, with where it begins.
  private func drawHistogram(
    _ statistics: TensorStatistics, on screen: inout Screen, _ column: Int, _ row: Int, end: Int
  ) {
    guard statistics.least != statistics.greatest else { return }
    let most = statistics.bins.max() ?? 1
    let counts = statistics.bins.map { grouped($0) }
    let countWidth = counts.map(\.count).max() ?? 1
    let (least, greatest) = (statistics.least.nearestDouble, statistics.greatest.nearestDouble)
    let room = end - column - 11 - countWidth - 1
    for (line, bin) in statistics.bins.enumerated() {
      let start = least + (greatest - least) * Double(line) / Double(statistics.bins.count)
      screen.frame.put(
        Number.float32(Float(start)).text(fitting: 9), endingAt: column + 9, row + line, .faint)
      let length = bin == 0 ? 0 : max(1, bin * room / max(1, most))
      let tone = Tone(0.75, .diverging)
      for place in 0..<length {
        screen.frame.put(tone, over: tone, column + 11 + place, row + line)
      }
      screen.frame.put(counts[line], endingAt: end, row + line, bin == 0 ? .faint : .result)
    }
  }
}

extension Player {
  mutating func showStatistics() -> [Effect] {
    guard !view.hidesResult else {
      say("That might answer the question.")
      return []
    }
    return open(StatisticsScreen(self))
  }
}
