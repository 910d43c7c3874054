import Canvas
import ConvolutionEngine
import ExactNumbers
import Walkthrough

/// What a cell is made of, the largest first: Enter goes to where one comes from.
struct TermList: OverlayContent {
  static let help = "what a cell is made of"

  private let terms: [Contribution]
  /// Of all up to each, in this order.
  private let sums: [Number]?
  private var selected = 0

  init(_ terms: [Contribution]) {
    self.terms = terms
    guard terms.contains(where: { $0.weight != nil }) else {
      sums = nil
      return
    }
    sums = TermList.sums(of: terms.map(\.product))
  }

  /// The sum up to each; nil where one does not fit 128 bits, as in this order it may not.
  private static func sums(of products: [Number]) -> [Number]? {
    var whole: Int128 = 0
    var sums: [Number] = []
    for product in products {
      guard let ratio = product.ratio else {
        sums.append(Number.sum([sums.last ?? .zero, product]))
        continue
      }
      let (sum, overflows) = whole.addingReportingOverflow(ratio.numerator)
      guard !overflows else { return nil }
      whole = sum
      sums.append(Number(sum, over: ratio.denominator))
    }
    return sums
  }

  var overlay: Overlay { .terms(self) }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    switch key == .enter ? .move(.next) : player.command(for: key) {
    case .move(.down): move(1)
    case .move(.up): move(-1)
    case .stop(.nextStop): move(TermList.rows(player.view))
    case .stop(.previousStop): move(-TermList.rows(player.view))
    case .move(.first): move(-terms.count)
    case .move(.last): move(terms.count)
    case .move(.next), .jump(.toTerm):
      return .close(player.follow(terms[selected], rank: selected, of: terms.count, .bySize))
    case .program(.leave), .program(.quit), .look(.largestFirst): return .close
    default:
      if let reaction = player.commonReaction(to: key) { return reaction }
      player.sayIdle(key, "Esc goes back")
    }
    return .stay
  }

  mutating func click(_ action: Screen.Action?, on player: inout Player) -> Reaction {
    if case .chooseLine(let index) = action { selected = index }
    return .stay
  }

  mutating func turnWheel(by distance: Int, in view: View) { move(distance) }

  private mutating func move(_ distance: Int) {
    selected = min(max(0, selected + distance), terms.count - 1)
  }

  private static func rows(_ view: View) -> Int { view.size.rows - 6 }

  func footer(_ view: View) -> Footer {
    .keys([
      Hint(keys: view.keys(.up, .down), label: "choose"),
      Hint(keys: "Enter", label: "go to where it comes from"), Hint(keys: "Esc", label: "back"),
    ])
  }

  func draw(on screen: inout Screen, _ view: View) {
    let columns = Columns(view, terms: terms)
    let isDone = view.step.isComplete
    screen.put(
      "\(view.walk.address(of: view.place)): \(counted(terms.count, "term")), the largest first",
      1, 0, .heading, before: view.size.columns)
    columns.drawHeads(on: &screen)
    let rows = TermList.rows(view)
    let first = max(0, min(selected - rows / 2, terms.count - rows))
    for (line, index) in (first..<min(terms.count, first + rows)).enumerated() {
      let row = 2 + line
      if index == selected { screen.point(0, row) }
      columns.draw(
        terms[index], rank: index, sum: sums?[index], isChosen: index == selected, on: &screen, row)
      screen.add(.chooseLine(index), columns: 0..<view.size.columns, row: row)
    }
    let rest = terms.count - first - rows
    if rest > 0 { screen.frame.put("… \(grouped(rest)) more", 2, 2 + rows, .faint) }
    if isDone, sums != nil, let bias = view.layer.parameters?.bias?[view.step.map] {
      screen.put(
        "\(view.names.bias(view.layer, view.step.map)) = \(bias.text) is added once.", 20,
        view.size.rows - 3, .faint, before: view.size.columns)
    }
    view.drawStatus(&screen)
  }
}

/// The columns of the list.
private struct Columns {
  let view: View
  let inputEnd: Int
  let valueEnd: Int
  let weightEnd: Int
  let factorEnd: Int
  let productEnd: Int
  let sumEnd: Int

  init(_ view: View, terms: [Contribution]) {
    self.view = view
    let layer = view.layer
    let names = layer.sources.map { view.network.name(of: $0).unicodeScalars.count }
    let cell = "\(Cell(layer.input.width - 1, layer.input.height - 1, layer.input.depth - 1))"
    let space = view.size.columns - 10
    inputEnd = 10 + min((names.max() ?? 1) + cell.count, space / 3)
    valueEnd = inputEnd + 10
    let hasWeights = terms.first?.weight != nil
    // All weights are one filter's, which its head names: a line has the place in it.
    let filter = layer.parameters?.filter ?? layer.input
    let tap = "\(Cell(filter.width - 1, filter.height - 1, filter.depth - 1))".count
    let name = view.names.filter(layer, view.step.map).unicodeScalars.count
    weightEnd = valueEnd + (hasWeights ? 3 + min(max(tap, name), space / 6) : 0)
    factorEnd = weightEnd + (hasWeights ? 8 : 0)
    productEnd = factorEnd + (hasWeights ? 11 : 0)
    sumEnd = productEnd + (hasWeights ? 12 : 0)
  }

  func drawHeads(on screen: inout Screen) {
    screen.frame.put("by size", endingAt: 8, 1, .heading)
    screen.frame.put("input", 10, 1, .heading)
    screen.frame.put("value", endingAt: valueEnd, 1, .heading)
    guard weightEnd > valueEnd else { return }
    let filter = view.names.filter(view.layer, view.step.map)
    screen.frame.put(cutInside(filter, to: factorEnd - valueEnd - 3), valueEnd + 3, 1, .heading)
    screen.frame.put("product", endingAt: productEnd, 1, .heading)
    if sumEnd < view.size.columns {
      screen.frame.put("sum so far", endingAt: sumEnd, 1, .heading)
    }
  }

  func draw(
    _ term: Contribution, rank: Int, sum: Number?, isChosen: Bool, on screen: inout Screen,
    _ row: Int
  ) {
    let role: Role = isChosen ? .current : .plain
    let source = view.network.name(of: view.layer.sources[term.input])
    screen.frame.put(grouped(rank + 1), endingAt: 8, row, .faint)
    screen.frame.put(cutInside("\(source)\(term.cell)", to: inputEnd - 10), 10, row, role)
    screen.frame.put(term.value.text(fitting: 9), endingAt: valueEnd, row, role)
    guard let weight = term.weight else { return }
    let tap = view.layer.input.isFlat ? "[\(weight.tap.depth)]" : "\(weight.tap)"
    screen.frame.put("·", valueEnd + 1, row, .faint)
    screen.frame.put(cutInside(tap, to: weightEnd - valueEnd - 3), valueEnd + 3, row, role)
    screen.frame.put(weight.value.text(fitting: 7), endingAt: factorEnd, row, role)
    screen.frame.put(term.product.relation, factorEnd + 1, row, .faint)
    screen.frame.put(
      term.product.text(fitting: 9), endingAt: productEnd, row, isChosen ? .current : .result)
    if let sum, sumEnd < view.size.columns {
      screen.frame.put(sum.text(fitting: 10), endingAt: sumEnd, row, .result)
    }
  }
}

extension Player {
  /// Lists what the current cell is made of.
  mutating func listTerms() -> [Effect] {
    guard step.cell != nil else {
      say("Stand on a cell first; \(key(.next)) goes forward.")
      return []
    }
    guard !view.hidesResult else {
      say("That would answer the question.")
      return []
    }
    let terms = contributions(.bySize)
    guard !terms.isEmpty else {
      say("\(walk.address(of: place)) is made of no number.")
      return []
    }
    return open(TermList(terms))
  }
}
