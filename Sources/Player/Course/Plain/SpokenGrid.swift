import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Lessons
import Walkthrough

/// A grid of the screen, to be said row by row.
struct SpokenGrid: Sendable, Equatable {
  /// What the grid is of, as `X, depth 0`.
  let name: String
  let rows: [[String]]
  /// Whether cells of it are not computed yet, and so not among its rows.
  var isPartial = false
  /// Whether it is short enough for one sentence.
  let isOneSentence: Bool

  fileprivate init(_ name: String, _ rows: [[String]], isOneSentence: Bool) {
    self.name = name
    self.rows = rows
    self.isOneSentence = isOneSentence
  }
}

/// What a stop's screen shows, to be said.
extension View {
  /// More numbers than this cannot be listened to.
  private static let mostSpoken = 144

  /// The grids that the screen of the current stop shows: what the layer reads, its filter, and
  /// its output as far as that is computed.
  func spokenGrids(_ stop: Stop) -> [SpokenGrid] {
    guard stop.view != .text, stop.view != .table else { return [] }
    let read = readGrid
    // A filter without the numbers that it lies on says little.
    return [read, read == nil ? nil : filterGrid, outputGrid(whole: stop.view == .shift)]
      .compactMap { $0 }.filter { !$0.rows.isEmpty }
  }

  /// What is said of a picture that is too large to be read out.
  func spokenSize(_ stop: Stop) -> [String] {
    guard ![.text, .table].contains(stop.view), readGrid == nil else { return [] }
    return [
      "\(network.name(of: layer.sources[0])) is \(inputSizeText(layer)): too many numbers to read out."
    ]
  }

  /// The layers in words, where a stop shows them as a table; none where they are too many. Counts
  /// are left out, as a question may ask for one.
  func spokenTable(_ stop: Stop) -> [String] {
    guard stop.view == .table, network.layers.count <= 24 else { return [] }
    return network.layers.map { layer in
      let filters = layer.parameters.map { "\(counted($0.filters, "filter")) of \($0.filter)" }
      return
        "\(layer.name) takes \(inputSizeText(layer)), has \(filters ?? "no filters") and gives "
        + "\(outputSizeText(layer))."
    }
  }

  private var readGrid: SpokenGrid? {
    let (index, origin) = originShown
    guard let inputs = activations.inputs(of: place.layer), inputs.indices.contains(index) else {
      return nil
    }
    let input = inputs[index]
    let hasOwnDepth = layer.windows == nil && !layer.input.isFlat
    return grid(
      of: layer.sources[index], input.shape, depth: hasOwnDepth ? origin?.depth : nil
    ) { inputText(input, $0, of: network.name(of: layer.sources[index])) }
  }

  private func grid(
    of source: Source, _ shape: Shape, depth: Int?, _ text: (Cell) -> String
  ) -> SpokenGrid? {
    let name = network.name(of: source)
    if shape.isFlat {
      guard shape.depth <= View.mostSpoken else { return nil }
      return SpokenGrid(name, [(0..<shape.depth).map { text(Cell(0, 0, $0)) }], isOneSentence: true)
    }
    guard shape.plane <= View.mostSpoken else { return nil }
    let depth = depth ?? min(shownDepth, shape.depth - 1)
    let word = source == .input ? "depth" : "map"
    return SpokenGrid(
      shape.depth == 1 ? name : "\(name), \(word) \(depth)",
      (0..<shape.height).map { y in (0..<shape.width).map { text(Cell($0, y, depth)) } },
      isOneSentence: shape.height == 1)
  }

  private var filterGrid: SpokenGrid? {
    guard layer.windows != nil, let parameters = layer.parameters,
      parameters.filter.plane <= View.mostSpoken
    else { return nil }
    let filter = parameters.filter
    let slice = shownDepth - shownDepths.lowerBound
    let name = names.filter(layer, step.map)
    return SpokenGrid(
      filter.depth == 1 ? name : "\(name), depth \(shownDepth)",
      (0..<filter.height).map { y in
        (0..<filter.width).map { parameters.weight(step.map, Cell($0, y, slice)).text }
      }, isOneSentence: true)
  }

  /// - Parameter whole: whether all of the first map is shown, as where a pattern can be moved.
  private func outputGrid(whole: Bool) -> SpokenGrid? {
    let shape = layer.output
    let known = whole ? shape.count : step.cellsDone
    func isShown(_ cell: Cell) -> Bool {
      shape.index(cell) < known && (whole || !hidesResult || cell != step.cell)
    }
    func text(_ cell: Cell) -> String? {
      guard isShown(cell) else { return nil }
      return hides(cell, of: layer.name)
        ? "?" : (try? activations.value(of: cell, in: place.layer))?.text
    }
    let name = layer.name
    guard shape.isFlat ? shape.depth <= View.mostSpoken : shape.plane <= View.mostSpoken else {
      return nil
    }
    let map = whole ? 0 : step.map
    let rows =
      shape.isFlat
      ? [(0..<shape.depth).compactMap { text(Cell(0, 0, $0)) }]
      : (0..<shape.height).map { y in (0..<shape.width).compactMap { text(Cell($0, y, map)) } }
    var grid = SpokenGrid(
      shape.isFlat || shape.depth == 1 ? name : "\(name), map \(map)",
      rows.filter { !$0.isEmpty }, isOneSentence: shape.height == 1)
    grid.isPartial = rows.reduce(0) { $0 + $1.count } < (shape.isFlat ? shape.depth : shape.plane)
    return grid
  }
}

/// What was said of grids, so that only what is new is said.
struct HeardGrids: Sendable {
  private var rows: [String: [[String]]] = [:]
  private var sentences: [String: String] = [:]

  /// The sentences for what has not been heard yet.
  mutating func news(_ grid: SpokenGrid) -> [String] {
    let soFar = grid.isPartial ? ", as far as it is done" : ""
    // What a name stood for before is another grid now.
    if grid.isOneSentence { rows[grid.name] = nil } else { sentences[grid.name] = nil }
    if grid.isOneSentence {
      let text = grid.rows.map { $0.joined(separator: " ") }.joined(separator: "; ")
      let sentence = "\(grid.name)\(soFar): \(text)."
      return isNews(sentence) ? [sentence] : []
    }
    var known = rows[grid.name] ?? []
    if isOther(grid, known) { known = [] }
    let new = grid.rows.indices.filter { row in
      !(known.indices.contains(row) && known[row].starts(with: grid.rows[row]))
    }
    guard !new.isEmpty else { return [] }
    let isChange = new.count < grid.rows.count
    for row in new {
      known.replaceSubrange(row..<min(row + 1, known.count), with: [grid.rows[row]])
    }
    rows[grid.name] = known
    let what = isChange ? ", the rows that are new" : grid.isPartial ? soFar : ", row by row"
    return ["\(grid.name)\(what):"] + sentences(new, of: grid)
  }

  /// Whether a grid is another one than the rows that were heard under its name.
  private func isOther(_ grid: SpokenGrid, _ known: [[String]]) -> Bool {
    // Of the same picture moved, the rows that changed are enough; a map begun anew is another.
    guard grid.isPartial else {
      return known.count > grid.rows.count
        || zip(known, grid.rows).contains { $0.count > $1.count }
    }
    return zip(known, grid.rows).contains { heard, row in
      !heard.starts(with: row) && !row.starts(with: heard)
    }
  }

  /// Whether a sentence says something new of what it begins with, up to its colon.
  mutating func isNews(_ sentence: String) -> Bool {
    let name = String(sentence.prefix { $0 != ":" })
    defer { sentences[name] = sentence }
    return sentences[name] != sentence
  }

  /// A sentence a row; rows that are the same stand together.
  private func sentences(_ rows: [Int], of grid: SpokenGrid) -> [String] {
    rows.runs { grid.rows[$0] == grid.rows[$1] }.map { run in
      "\(run.count == 1 ? "Row" : "Rows") \(run.words): "
        + "\(grid.rows[run.lowerBound].joined(separator: " "))."
    }
  }
}

extension [Int] {
  /// Ascending numbers as runs of neighbours that belong together.
  func runs(
    where belong: (_ number: Int, _ next: Int) -> Bool = { _, _ in true }
  ) -> [ClosedRange<Int>] {
    reduce(into: []) { runs, number in
      if let last = runs.last, last.upperBound == number - 1, belong(number - 1, number) {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
  }
}

extension ClosedRange<Int> {
  /// `3`, `3 and 4`, or `3 to 5`.
  var words: String {
    count == 1 ? "\(lowerBound)" : "\(lowerBound) \(count == 2 ? "and" : "to") \(upperBound)"
  }
}
