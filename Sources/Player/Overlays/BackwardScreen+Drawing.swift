import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Lessons
import Walkthrough

/// What came back and the map that is made of it on the left, the products between them on the
/// right, the line of code and the sentences under them. `◂` marks what flows back.
extension BackwardScreen {
  func draw(on screen: inout Screen, _ view: View) {
    guard !showsHelp else { return drawHelp(on: &screen, view) }
    drawTitle(on: &screen, view)
    screen.put(lossSentence(view), 1, 1, .faint, before: view.size.columns)
    drawState(on: &screen, view)
    view.drawStatus(&screen)
  }

  /// What a lesson's stop shows, under its title and above its text.
  func drawStop(on screen: inout Screen, _ view: View) {
    let address = walk.network.text(of: step.address)
    screen.put("◂ \(address)", 1, 1, .current, before: 30)
    let column = max(28, address.unicodeScalars.count + 5)
    screen.put(lossSentence(view), column, 1, .faint, before: view.size.columns)
    drawState(on: &screen, view)
  }

  private func drawState(on screen: inout Screen, _ view: View) {
    switch state {
    case .givenUp:
      screen.put(
        "What flows back to it is not computed; \(view.key(.next)) computes it.", 1, 3, .message,
        before: view.size.columns)
    case .awaited(_, let fraction):
      view.drawProgress(&screen, for: "◂ \(name(of: place.stop))", fraction, row: 3)
    case .found(let found):
      if let failure = found.failure {
        draw(failure, on: &screen, view)
      } else {
        draw(found, on: &screen, view)
      }
    }
  }

  private func drawTitle(on screen: inout Screen, _ view: View) {
    let position = "\(grouped(place.position)) of \(grouped(walk.count(place)))"
    let end = view.size.columns - position.unicodeScalars.count - 1
    screen.put("◂ \(view.subject.heading)", 1, 0, .heading, before: 30)
    screen.put(walk.network.text(of: step.address), 32, 0, .current, before: end)
    screen.frame.put(position, endingAt: view.size.columns, 0)
  }

  /// What flows back comes from; without its number where that is asked for.
  private func lossSentence(_ view: View) -> String {
    var value: Number?
    if case .found(let found) = state { value = found.backward.lossValue }
    if let known = value, view.cover.asked == [known] { value = nil }
    let words = GradientWords(walk.network)
    guard walk.loss.loss == .sum, case .layer(let index) = walk.loss.source,
      walk.network.layers[index].operation.rule.squashing == .together
    else { return words.sentence(of: walk.loss, value: value) }
    let name = walk.network.layers[index].name
    return "The loss, the sum of \(name), is always 1: nothing flows back."
  }

  /// How the number comes about; nil for whole maps, and until that is known.
  var account: GradientAccount? {
    guard case .found(let found) = state, let cell = step.cell else { return nil }
    return try? found.backward.account(of: cell, in: target)
  }

  private func draw(_ failure: ArithmeticError, on screen: inout Screen, _ view: View) {
    for (line, text) in wrapped("\(failure)", to: view.size.columns - 2).prefix(4).enumerated() {
      screen.frame.put(text, 1, 3 + line, .bad)
    }
  }

  private func draw(_ found: GradientWork.Found, on screen: inout Screen, _ view: View) {
    do throws(ArithmeticError) {
      let account = try step.cell.flatMap { cell throws(ArithmeticError) in
        try found.backward.account(of: cell, in: target)
      }
      let parts = BackwardParts(screen: self, found: found, account: account, view: view)
      parts.drawGrids(&screen)
      guard let account else {
        return parts.drawSentences(&screen, walk.sentences(place, account: nil))
      }
      parts.drawTerms(&screen, account)
      guard !view.coversBottom else { return }
      parts.drawCode(&screen, account)
      let sentences = walk.sentences(place, account: account)
      // How many windows there are, and the number itself, would be told.
      if !trial.isEmpty {
        parts.drawSentences(&screen, trial)
      } else if !isHidden(view) {
        parts.drawSentences(&screen, sentences)
      }
    } catch {
      draw(error, on: &screen, view)
    }
  }

  /// Whether the number that is shown is asked for.
  func isHidden(_ view: View) -> Bool { view.hides(step.cell, of: target) }
}

/// The parts of the screen where what flows back is known.
struct BackwardParts {
  let screen: BackwardScreen
  let found: GradientWork.Found
  let account: GradientAccount?
  let view: View

  var network: Network { screen.walk.network }
  var target: GradientTarget { screen.target }
  var step: BackwardStep { screen.step }

  /// The rows of grids and products.
  var rows: Range<Int> {
    2..<(view.coversBottom ? view.coveredRows.lowerBound : view.size.rows - 7)
  }
  /// Whether the number is asked for.
  var isHidden: Bool { screen.isHidden(view) }
  /// Where the products begin: right of the maps, which get as much of what a wide terminal has more as
  /// they need, up to half of it.
  var middle: Int {
    let spare = max(0, view.size.columns - 80)
    let most = showsSumsAlone ? 45 + spare / 2 : 28 + spare / 2
    let maps =
      [(self.screen.walk.shape(target), found.width)]
      + upstreams.map { ($0.shape, found.upstreamWidth) }
    let widest = maps.map { shape, width in
      let grid = grid(of: shape, width: width) { _, _ in NumberGrid.Entry(text: "", role: .plain) }
      return grid.labelWidth + shape.width * grid.cellWidth + 4
    }
    return min(most, max(28, widest.max() ?? 0))
  }

  /// Whether so many filters read each number that there is room for the sums of their products
  /// alone, which are narrow.
  private var showsSumsAlone: Bool {
    guard case .source = target, self.screen.grain > .slice,
      let reader = self.screen.reader(found), reader.form == .filters
    else { return false }
    return !TermRows.hasRoom(forTermsOf: reader.output.depth / reader.groups, in: rows.count - 2)
  }

  /// What came back to the layer whose products are shown.
  private var upstreams: [Tensor] {
    guard let reader = screen.reader(found) else { return [] }
    return [found.backward.gradient(of: .layer(reader.index))].compactMap(\.self)
  }

  /// The products that are shown as far as they are done.
  var shares: [GradientShare] {
    guard let account, case .sum(let all) = account.working else { return [] }
    return step.productsDone.map { account.shares(ofFirst: $0) } ?? all
  }

  /// The products that the step is about: its own, its share's, else all through one layer.
  private var terms: [GradientTerm] {
    guard case .sum(let all) = account?.working, let layer = all.first?.layer else { return [] }
    switch step.address.part {
    case .product: return shares.last?.terms.last.map { [$0] } ?? []
    case .slice: return shares.last?.terms ?? []
    case .layer, .map, .cell: return all.filter { $0.layer == layer }.flatMap(\.terms)
    }
  }

  func drawGrids(_ screen: inout Screen) {
    var row = rows.lowerBound
    if let reader = self.screen.reader(found),
      let upstream = found.backward.gradient(of: .layer(reader.index))
    {
      row = drawUpstream(&screen, upstream, of: reader) + 1
    }
    drawGradient(&screen, row)
  }

  /// What came back, the readers in brackets; returns the row under it.
  private func drawUpstream(_ screen: inout Screen, _ upstream: Tensor, of reader: Layer) -> Int {
    let shape = upstream.shape
    let map = self.screen.chosenMap ?? terms.first?.place.depth ?? filterOfMap ?? 0
    let places = Set(terms.map(\.place).filter { shape.isFlat || $0.depth == map })
    var grid = grid(of: shape, width: found.upstreamWidth) { x, y in
      let cell = shape.isFlat ? Cell(0, 0, y) : Cell(x, y, map)
      let isRead = places.contains(cell)
      return NumberGrid.Entry(
        text: upstream[cell].text(fitting: ShownWalk.widestColumn), role: isRead ? .window : .plain,
        tint: view.tint(upstream[cell], reach: found.upstreamReach, isLit: isRead))
    }
    grid.bracket = region(around: places.map { shape.isFlat ? Cell(0, $0.depth, 0) : $0 })
    let name = "◂ d\(reader.name) \(shape)"
    screen.put(
      shape.isFlat ? name : "\(name)  map [\(map)]", 1, rows.lowerBound, .heading,
      before: middle - 1)
    // Half of the rows, and those that the map under it has no numbers for.
    let below = flatFilter ?? self.screen.walk.shape(target)
    let needed = below.isFlat ? below.depth : below.height + 1
    let most = max(3, (rows.count - 5) / 2, rows.count - 4 - needed)
    return draw(grid, on: &screen, rows.lowerBound + 1, most: most, focus: grid.bracket)
  }

  /// The filter whose weights a step of a whole filter shows: its own map came back to it.
  private var filterOfMap: Int? {
    guard case .weights(let index) = target, step.cell == nil else { return nil }
    return network.layers[index].filterPlace(of: Cell(0, 0, self.screen.depthOfMap)).filter
  }

  /// The map that the number belongs to, the number in brackets.
  private func drawGradient(_ screen: inout Screen, _ row: Int) {
    let (step, walk) = (step, self.screen.walk)
    let depth = step.cell?.depth ?? self.screen.depthOfMap
    let whole = walk.shape(target)
    // Of a dense layer only the weights of one of its cells stand one under another.
    let shape = whole.isFlat ? flatFilter ?? whole : whole
    let first = whole.isFlat ? depth - depth % shape.depth : 0
    func place(_ x: Int, _ y: Int) -> Cell {
      whole.isFlat ? Cell(0, 0, first + y) : Cell(x, y, depth)
    }
    var grid = grid(of: shape, width: found.width) { x, y in
      let cell = place(x, y)
      guard step.isKnown(cell, in: walk),
        let number = cell == step.cell ? account?.total : found.gradient?[cell]
      else { return NumberGrid.Entry(text: "·", role: .unknown) }
      if view.hides(cell, of: target) { return NumberGrid.Entry(text: "?", role: .current) }
      return NumberGrid.Entry(
        text: number.text(fitting: ShownWalk.widestColumn),
        role: cell == step.cell ? .current : .result,
        tint: view.tint(number, reach: found.reach))
    }
    grid.bracket = step.cell.map {
      NumberGrid.Region(whole.isFlat ? Cell(0, $0.depth - first, 0) : $0)
    }
    if view.coversBottom {
      grid.number = { .gradient(network.cellName(place($0, $1), of: target)) }
    }
    screen.put(heading(whole, depth), 1, row, .heading, before: middle - 1)
    let most = rows.upperBound - row - 2
    _ = draw(grid, on: &screen, row + 1, most: most, focus: grid.bracket)
  }

  /// The shape of a dense cell's weights, where those are walked.
  private var flatFilter: Shape? {
    guard case .weights(let index) = target, let filter = network.layers[index].parameters?.filter
    else { return nil }
    return filter.isFlat ? filter : nil
  }

  /// `◂ dX 11×11×4  depth [0]`, `◂ dKer0 5×5×4  depth [2]`
  private func heading(_ shape: Shape, _ depth: Int) -> String {
    guard case .weights(let index) = target, let filter = network.layers[index].parameters?.filter
    else {
      let name = network.text(of: GradientAddress(target, .layer))
      return "◂ \(name) \(shape)" + (shape.isFlat ? "" : "  depth [\(depth)]")
    }
    let (number, place) = network.layers[index].filterPlace(of: Cell(0, 0, depth))
    let name = network.text(of: GradientAddress(target, .map(number)))
    let head = "◂ \(name) \(filter)"
    guard !filter.isFlat else { return head }
    let depth = "  depth [\(place.depth)]"
    let fits = head.unicodeScalars.count + depth.unicodeScalars.count < middle - 1
    return head + (fits ? depth : "  [\(place.depth)]")
  }

  /// A plane of a tensor; what is flat stands one under another.
  private func grid(
    of shape: Shape, width: Int, entry: @escaping (Int, Int) -> NumberGrid.Entry
  ) -> NumberGrid {
    let height = shape.isFlat ? shape.depth : shape.height
    let widest = max(width, "\(shape.width - 1)".count, 2)
    var grid = NumberGrid(
      columns: 0..<shape.width, rows: 0..<height, cellWidth: widest + 1, entry: entry)
    grid.labelDigits = max(2, "\(height - 1)".count)
    grid.labelWidth = grid.labelDigits
    grid.hasColumnNumbers = !shape.isFlat
    return grid
  }

  /// Draws as much of a grid as there is room for; returns the row under it.
  private func draw(
    _ grid: NumberGrid, on screen: inout Screen, _ row: Int, most: Int, focus: NumberGrid.Region?
  ) -> Int {
    var grid = grid
    let columns = max(1, (middle - 2 - grid.labelWidth - 1) / grid.cellWidth)
    let header = grid.hasColumnNumbers ? 1 : 0
    let all = grid.all
    let count = min(all.rows.count, most + 1 - header)
    // What is larger than its room is shown from its first number on.
    let start = focus.map { focus in
      NumberGrid.Region(
        columns: focus.columns.clamped(
          to: focus.columns.lowerBound..<focus.columns.lowerBound + columns),
        rows: focus.rows.clamped(to: focus.rows.lowerBound..<focus.rows.lowerBound + count))
    }
    if grid.hasColumnNumbers {
      grid.crop(columns: columns, rows: count, around: start)
    } else {
      // No row of numbers of columns would say that there are more: the cut is a row of its own.
      let focus = start.map { (column: $0.columns.lowerBound, row: $0.rows.lowerBound) }
      grid.cutInside(columns: columns, rows: count, showing: focus)
    }
    grid.draw(on: &screen, 0, row)
    return row + header + count
  }

  /// The rectangle around some places.
  private func region(around places: [Cell]) -> NumberGrid.Region? {
    guard let left = places.map(\.x).min(), let right = places.map(\.x).max(),
      let top = places.map(\.y).min(), let bottom = places.map(\.y).max()
    else { return nil }
    return NumberGrid.Region(columns: left..<right + 1, rows: top..<bottom + 1)
  }
}
