import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// What a step of the walk shows besides, the worthiest first.
extension View {
  /// Fills the room that the walk's screen leaves.
  func drawPanels(_ screen: inout Screen) {
    screen.fill(with: panels, rows: 1..<size.rows - 2)
  }

  /// None while something is asked: they could tell it.
  private var panels: [Panel] {
    guard hasPanels else { return [] }
    let all: [Panel?] =
      switch place.grain {
      case .layer: [mapsPanel, inputsPanel, codePanel]
      case .map: [mapsPanel, inputsPanel, networkPanel, sizesPanel, codePanel]
      case .product, .slice, .window:
        [mapsPanel, termsPanel, inputsPanel, networkPanel, sizesPanel, codePanel]
      }
    return all.compactMap(\.self)
  }

  private var hasPanels: Bool {
    var cover = cover
    cover.isBottomCovered = false
    return cover == Cover() && activations.inputs(of: place.layer) != nil
  }

  /// The pictures that panels draw, on a screen that has room for any.
  var panelPictures: [PictureWish] {
    guard hasPanels, size.rows >= View.tallScreen || size.columns >= 120 else { return [] }
    return [outputSheet, inputSheet].compactMap(\.self).flatMap { sheet in
      sheet.depths(sheet.arrangements[0]).map(sheet.wish)
    }
  }

  /// The maps of the layer, as far as they are made.
  private var outputSheet: MapSheet? {
    guard activations.output(of: layer.index) != nil else { return nil }
    return MapSheet(
      .layer(layer.index), layer.output, colours: nil, around: step.map, on: size)
  }

  /// The maps that the layer takes.
  private var inputSheet: MapSheet? {
    let input = originShown.input
    let source = layer.sources[input]
    let isInColour = source == .input && shown.isInputInColour
    let depth = originShown.cell?.depth ?? (layer.form == .filters ? shownDepth : step.map)
    return MapSheet(
      source, layer.inputs[input], colours: isInColour ? .own : nil, around: depth, on: size)
  }

  private var mapsPanel: Panel? {
    outputSheet.map { sheet in
      let known = step.cellsDone
      return panel(.maps, sheet, mark: step.cell.map { NumberGrid.Region($0) }, in: [step.map]) {
        layer.output.index($0) < known
      }
    }
  }

  private var inputsPanel: Panel? {
    inputSheet.map { sheet in
      let window = windowOnInput ?? originShown.cell.map { ($0.x..<$0.x + 1, $0.y..<$0.y + 1) }
      let depths =
        layer.form == .cellwise ? originShown.cell.map { [$0.depth] } ?? [] : Array(shownDepths)
      return panel(
        .inputs, sheet, mark: window.map { NumberGrid.Region(columns: $0.columns, rows: $0.rows) },
        in: depths
      ) { _ in true }
    }
  }

  /// The largest terms of a window, which the order of the walk does not tell.
  private var termsPanel: Panel? {
    guard place.grain == .window, layer.form == .filters || layer.form == .dotProducts,
      layer.productsPerCell <= View.mostTerms
    else { return nil }
    let source = network.name(of: layer.sources[0]).unicodeScalars.count
    let filter = names.filter(layer, step.map).unicodeScalars.count
    let width = min(64, source + filter + 42)
    let sizes = View.termLines.filter { $0 <= layer.productsPerCell }.map {
      Size(columns: width, rows: $0 + 1)
    }
    return Panel(name: .terms, sizes: sizes) { screen, corner, size in
      let name = step.cell.map { "\(layer.name)\($0)" } ?? layer.name
      screen.put(
        "\(name), its largest terms", corner.column, corner.row, .heading,
        before: corner.column + width)
      guard step.cell != nil else { return }
      let lines = size.rows - 1
      // Their order among zeros says nothing.
      let terms = contributions(.bySize, most: lines).prefix { !$0.product.isZero }
      let count = terms.count < lines ? terms.count : termsNotZero
      let shown = count > lines ? terms.prefix(lines - 1) : terms
      for (line, term) in shown.enumerated() {
        screen.frame.put(
          cutInside(text(of: term), to: width), corner.column, corner.row + 1 + line)
      }
      let rest = count - shown.count
      let note = rest > 0 ? "… \(grouped(rest)) more that are not 0" : "All others are 0."
      guard shown.count < lines, count < layer.productsPerCell else { return }
      screen.put(
        note, corner.column, corner.row + 1 + shown.count, .faint, before: corner.column + width)
    }
  }

  /// How many products of the current cell are not 0.
  private var termsNotZero: Int {
    guard case .weightedSum(let sum) = (try? account())?.working else { return 0 }
    return sum.products.count { !$0.isZero }
  }

  private static let termLines = [12, 8, 4]
  /// To put more of them in order would take longer than a key may.
  private static let mostTerms = 600

  /// The layers around the current one, with what they make and what they learn.
  private var networkPanel: Panel? {
    let count = network.layers.count
    guard count > 1 else { return nil }
    let lines = View.layerLines.map { min(count, $0) }
    let most = lines[0]
    let around = layersShown(most)
    let names = min(24, network.layers[around].map(\.name.unicodeScalars.count).max() ?? 0)
    let sizes = network.layers[around].map { "\($0.output)".unicodeScalars.count }.max() ?? 0
    let costs = network.layers[around].map { counted($0.parameterCount, "parameter").count }
    let title = "layer \(place.layer + 1) of \(count)"
    let width = max(title.count, 2 + names + 2 + sizes + 2 + (costs.max() ?? 0))
    return Panel(
      name: .network, sizes: lines.map { Size(columns: width, rows: $0 + 1) }
    ) { screen, corner, size in
      screen.frame.put(title, corner.column, corner.row, .heading)
      for (line, index) in layersShown(size.rows - 1).enumerated() {
        let (row, layer) = (corner.row + 1 + line, network.layers[index])
        let role: Role = index == place.layer ? .heading : .plain
        if index == place.layer { screen.frame.put("▸", corner.column, row, .current) }
        let column = corner.column + 2
        screen.frame.put(cutInside(layer.name, to: names), column, row, role)
        screen.frame.put("\(layer.output)", column + names + 2, row, role)
        screen.frame.put(
          counted(layer.parameterCount, "parameter"), endingAt: corner.column + width, row, .faint)
        screen.add(
          .goTo(Address(layer: layer.name, part: .layer)),
          columns: corner.column..<corner.column + width, row: row)
      }
    }
  }

  private static let layerLines = [16, 8, 5]

  private func layersShown(_ room: Int) -> Range<Int> {
    let count = network.layers.count
    let first = min(max(0, place.layer - room / 2), max(0, count - room))
    return first..<min(count, first + room)
  }

  /// The formula of the output's size, and what the layer costs.
  private var sizesPanel: Panel? {
    guard layer.form == .filters || layer.form == .pool, let windows = layer.windows else {
      return nil
    }
    let (x, y) = (windows.x.formula, windows.y.formula)
    let isSame = x.substituted == y.substituted && windows.x.positions == windows.y.positions
    let height =
      isSame ? [("height", "the same: \(windows.y.positions)")] : formulaLines("height", y)
    let lines =
      formulaLines("width", x) + height + [
        ("depth", "\(layer.output.depth)"), ("parameters", layer.groupedCountText),
        ("products", grouped(layer.multiplyAdds)), ("unread", unreadText(windows)),
      ]
    return Panel(
      .sizes, "\(layer.name) makes \(layer.output)",
      lines.map { (labelled($0.0, $0.1), .plain) })
  }

  private func formulaLines(_ label: String, _ formula: PositionFormula) -> [(String, String)] {
    [(label, formula.symbolic), ("", "= \(formula.text)")]
  }

  /// The layer in the libraries' words.
  private var codePanel: Panel? {
    let lines = [Notation.pytorch, .keras].flatMap { notation in
      LayerCode(layer, in: network, notation).lines.map { (text: $0, role: Role.code) }
    }
    return Panel(.code, "\(layer.name) in PyTorch and in Keras", lines)
  }
}

/// A label, and what it is of in a column of its own.
private func labelled(_ label: String, _ text: String) -> String {
  label + String(repeating: " ", count: max(1, 12 - label.count)) + text
}
