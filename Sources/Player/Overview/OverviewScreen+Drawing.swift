import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

extension OverviewScreen {
  func draw(on screen: inout Screen, _ view: View) {
    OverviewDrawing(self, view).draw(on: &screen)
  }
}

/// An overview while it is drawn.
struct OverviewDrawing {
  let overview: OverviewScreen
  let layout: OverviewLayout
  let view: View
  /// The place that is marked here, and by what it is marked in other layers; found once.
  private let place: Cell?
  private let mark: OverviewScreen.Mark?
  private let regionOfInput: Influence?
  /// Where that lies in what is shown; nil where nothing of it does, in the chosen map.
  private let region: Influence?

  init(_ overview: OverviewScreen, _ view: View) {
    (self.overview, self.view) = (overview, view)
    layout = OverviewLayout(overview, view)
    let place = view.placeShown(in: overview)
    let mark =
      overview.mark ?? place.map { OverviewScreen.Mark(source: overview.source, cell: $0) }
    (self.place, self.mark) = (place, mark)
    regionOfInput =
      view.network.input.isFlat ? nil : mark.flatMap { view.region(of: $0, in: .input) }
    region = mark.flatMap { view.region(of: $0, in: overview.source) }.flatMap {
      $0.depths.contains(overview.map) ? $0 : nil
    }
  }

  var network: Network { view.network }
  private var size: Size { view.size }
  private var name: String { network.name(of: overview.source) }

  func draw(on screen: inout Screen) {
    drawStrip(&screen)
    drawInput(&screen)
    drawHeading(&screen)
    guard let tensor = view.activations.tensor(of: overview.source) else {
      drawAwaited(&screen)
      return
    }
    drawChosen(&screen)
    drawFilter(&screen)
    if layout.shape.isFlat {
      drawBars(&screen, tensor)
    } else {
      drawThumbs(&screen)
    }
    drawPlace(&screen, tensor)
    drawScale(&screen)
    view.drawStatus(&screen)
  }

  private func drawStrip(_ screen: inout Screen) {
    let title = cut(view.subject.heading, to: 20)
    screen.frame.put(title, 1, 0, .heading)
    let start = title.unicodeScalars.count + 3
    let strip = NetworkStrip(
      network, chosen: overview.source,
      widths: (0..<layout.stripRows).map { size.columns - 1 - ($0 == 0 ? start : 1) })
    for (row, pieces) in strip.rows.enumerated() {
      var column = row == 0 ? start : 1
      for piece in pieces {
        column = screen.frame.put(piece.link, column, row, .faint)
        guard let source = piece.source else {
          column = screen.frame.put(piece.text, column, row, .faint)
          continue
        }
        let isComputed = view.activations.tensor(of: source) != nil
        let end = screen.frame.put(
          piece.text, column, row,
          source == overview.source ? .current : isComputed ? .plain : .faint)
        screen.add(.overview(.source(source)), columns: column..<end, row: row)
        column = end
      }
    }
  }

  private func drawInput(_ screen: inout Screen) {
    let depths = network.input.depth
    let depth =
      layout.isInColour
      ? "  in colour" : depths > 1 && !network.input.isFlat ? "  depth [\(layout.inputDepth)]" : ""
    screen.put(
      "\(network.inputName) \(network.input)\(depth)", 1, layout.top, .heading,
      before: layout.left)
    guard let picture = view.picture(layout.input) else { return }
    picture.draw(on: &screen, 2, layout.top + 1)
    guard let region = regionOfInput,
      layout.isInColour || region.depths.contains(layout.inputDepth)
    else { return }
    picture.mark(columns: region.columns, rows: region.rows, on: &screen, 2, layout.top + 1)
  }

  /// `conv1 6×6×8: 8 maps on one scale, the largest first`
  private func drawHeading(_ screen: inout Screen) {
    let (shape, shown) = (layout.shape, layout.shown)
    let thing =
      shape.isFlat ? "number" : overview.source == .input ? "depth" : "map"
    let things =
      shown.count == layout.count
      ? counted(layout.count, thing)
      : "\(grouped(shown.lowerBound)) to \(grouped(shown.upperBound - 1)) of "
        + counted(layout.count, thing)
    let order = overview.isLargestFirst ? ", largest first" : ""
    let titles = [
      "\(name) \(shape): \(things) on one scale\(order)",
      "\(name): \(things) on one scale\(order)", "\(name): \(things)\(order)",
    ]
    let room = size.columns - layout.left - 1
    let title = titles.first { $0.unicodeScalars.count <= room } ?? titles[2]
    screen.put(title, layout.left + 1, layout.top, .heading, before: size.columns)
  }

  private func drawAwaited(_ screen: inout Screen) {
    let row = layout.top + 2
    guard view.status.evaluating == nil else {
      screen.put("\(name) is being computed …", layout.left + 1, row, before: size.columns)
      view.drawStatus(&screen)
      return
    }
    screen.put("\(name) is not computed.", layout.left + 1, row, before: size.columns)
    view.drawStatus(&screen)
  }

  /// The number that is asked for, where it stands in the chosen map.
  var hidden: Cell? {
    guard view.hidesResult, overview.source == .layer(view.place.layer) else { return nil }
    return view.step.cell
  }

  private func drawChosen(_ screen: inout Screen) {
    guard let picture = view.picture(layout.chosen) else { return }
    let (row, end) = (
      layout.chosenTop, layout.filter == nil ? layout.left : layout.filterColumn - 1
    )
    let isFlat = layout.shape.isFlat
    let thing = overview.source == .input ? "depth" : "map"
    screen.put(
      isFlat ? "\(name), all of it" : "\(thing) [\(overview.map)]", 1, row - 1, .heading,
      before: end)
    if !isFlat, hidden == nil, picture.size.rows < layout.chosenRoom.rows {
      screen.put(
        picture.rangeText(fitting: end - 2), 2, row + picture.size.rows, .faint, before: end)
    }
    let width = picture.layout.width
    func place(_ cell: Cell) -> Cell {
      isFlat ? Cell(cell.depth % width, cell.depth / width, 0) : cell
    }
    let hidden = hidden.flatMap { isFlat || $0.depth == overview.map ? place($0) : nil }
    picture.draw(on: &screen, 2, row, hiding: hidden)
    if isFlat {
      let cell = place(Cell(0, 0, overview.map))
      picture.mark(
        columns: cell.x..<cell.x + 1, rows: cell.y..<cell.y + 1, on: &screen, 2, row)
      return
    }
    for line in 0..<picture.size.rows {
      for column in 0..<picture.size.columns {
        var cell = picture.layout.cell(at: Point(column: column, row: line))
        cell.depth = overview.map
        let target = 2 + column
        screen.add(.overview(.place(cell)), columns: target..<target + 1, row: row + line)
      }
    }
    guard let region else { return }
    picture.mark(columns: region.columns, rows: region.rows, on: &screen, 2, row)
  }

  /// The weights that one depth of the input meets.
  private func drawFilter(_ screen: inout Screen) {
    guard case .layer(let index) = overview.source, let filter = layout.filter,
      let parameters = network.layers[index].parameters
    else { return }
    let (column, row) = (layout.filterColumn, layout.chosenTop)
    let layer = network.layers[index]
    let depth = min(overview.filterDepth, filter.depth - 1)
    screen.put("Ker\(overview.map)", column, row - 1, .heading, before: layout.left)
    guard let slice = parameters.slice(depth, ofFilter: overview.map) else { return }
    let picture = MapPicture(slice, depth: 0, room: layout.filterRoom)
    picture.draw(on: &screen, column, row)
    var line = row + picture.size.rows
    let texts = [
      filter.depth > 1 ? "depth \(layer.firstDepth(ofMap: overview.map) + depth)" : "",
      picture.rangeText(fitting: layout.left - column), "\(filter)",
    ]
    for text in texts where !text.isEmpty {
      screen.put(text, column, line, .faint, before: layout.left)
      line += 1
    }
  }

  private func drawThumbs(_ screen: inout Screen) {
    for position in layout.shown {
      let map = layout.map(at: position)
      let corner = layout.corner(position)
      let isChosen = map == overview.map
      let digits = "\(layout.count - 1)".count
      screen.frame.put(
        isChosen ? "[\(padded("\(map)", to: digits))]" : " \(padded("\(map)", to: digits))",
        corner.column, corner.row, isChosen ? .current : .faint)
      if isChosen { screen.frame.cursor = corner }
      let rows = corner.row..<corner.row + layout.pitch.rows
      for row in rows {
        screen.add(
          .overview(.map(map)), columns: corner.column..<corner.column + layout.pitch.columns,
          row: row)
      }
      guard let picture = view.picture(layout.thumb(map)) else { continue }
      picture.draw(
        on: &screen, corner.column + 1, corner.row + 1,
        hiding: hidden.flatMap { $0.depth == map ? $0 : nil })
      guard isChosen else { continue }
      picture.mark(
        columns: 0..<layout.shape.width, rows: 0..<layout.shape.height, on: &screen,
        corner.column + 1, corner.row + 1)
    }
  }

  /// `conv1[2,3,5] = 17.  It sees X[2:5, 3:6, :].`
  private func drawPlace(_ screen: inout Screen, _ tensor: Tensor) {
    guard let place, let mark else { return }
    let value = tensor[place]
    let isHidden = place == hidden || view.cover.asked == [value]
    let isElsewhere = mark.source != overview.source && region == nil
    let isLargest = !layout.shape.isFlat && (overview.mark == nil || isElsewhere)
    var text = "\(name)\(place) " + (isHidden ? "= ?" : "\(value.relation) \(value.digits)")
    let marked = "the marked \(network.name(of: mark.source))\(mark.cell)"
    if mark.source != overview.source, !isElsewhere { text += " under \(marked)" }
    let longer = isLargest ? text + ", its map's largest" : text
    let seen = isElsewhere ? ".  Nothing here of \(marked)." : sight(of: mark)
    let room = size.columns - 2 - seen.unicodeScalars.count
    text = longer.unicodeScalars.count <= room ? longer : text
    let row = size.rows - 4
    screen.put(text, 1, row, before: size.columns)
    let start = text.unicodeScalars.count + 1
    if start < size.columns { screen.put(seen, start, row, .faint, before: size.columns) }
  }

  /// `.  It sees X[3:6, 4:7, :].` of the input, as code writes it.
  private func sight(of mark: OverviewScreen.Mark) -> String {
    guard mark.source != .input, let region = regionOfInput else { return "" }
    func places(_ range: Range<Int>) -> String {
      range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound):\(range.upperBound)"
    }
    let isWhole = region.depths == 0..<network.input.depth
    let sides = [region.columns, region.rows].map(places) + [isWhole ? ":" : places(region.depths)]
    return ".  It sees \(network.inputName)[\(sides.joined(separator: ", "))]."
  }

  private func drawScale(_ screen: inout Screen) {
    guard let picture = view.picture(layout.chosen) else { return }
    let row = size.rows - 3
    let column = view.drawScale(&screen, picture.scale, 1, row, end: size.columns)
    let legend = layout.shape.isFlat && picture.scale.curve != .percentile ? "* the largest" : ""
    let origin = network.hasMadeUpWeights ? "weights made up" : ""
    var notes = ""
    for note in [picture.scale.curve.title, picture.boxText, legend, origin] where !note.isEmpty {
      let longer = notes.isEmpty ? note : "\(notes), \(note)"
      if column + 3 + longer.unicodeScalars.count < size.columns { notes = longer }
    }
    screen.frame.put(notes, column + 3, row, .faint)
  }
}

extension Parameters {
  /// One depth of a filter.
  fileprivate func slice(_ depth: Int, ofFilter number: Int) -> Tensor? {
    guard let shape = try? Shape(filter.width, filter.height, 1) else { return nil }
    let numbers = (0..<shape.count).map { place in
      weight(number, Cell(place % shape.width, place / shape.width, depth))
    }
    let over = weights.denominator
    let numerators = numbers.compactMap(\.ratio).map { $0.numerator * (over / $0.denominator) }
    return numerators.count == numbers.count
      ? Tensor(shape, numerators, over: over)
      : Tensor.float32(shape, numbers.map { $0.nearestFloat ?? 0 }, isRounded: false)
  }
}
