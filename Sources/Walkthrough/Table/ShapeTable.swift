import ConvolutionEngine
import ExactNumbers

/// The sizes and costs of a network as a table: a row a layer, with the formula that gives its
/// width and height. Nothing is evaluated, so it costs the same for any size of input.
package struct ShapeTable: Sendable {
  /// The usual width.
  package static let width = 80

  private let network: Network
  private let width: Int
  private let frozen: Int
  private let isFull: Bool
  private let count: CountedWork?

  /// - Parameters:
  ///   - width: no line is longer, unless one name or number alone is.
  ///   - frozen: how many layers, from the first on, training leaves as they are.
  ///   - isFull: whether it says of each layer what training changes, how much memory its output
  ///     takes, and what part of the input it sees.
  ///   - count: the work that is counted, with a sentence on it; nil: multiply-adds, without one.
  package init(
    _ network: Network, width: Int = ShapeTable.width, frozen: Int = 0, isFull: Bool = false,
    count: CountedWork? = nil
  ) {
    self.network = network
    self.width = max(width, ShapeTable.width)
    self.frozen = frozen
    self.isFull = isFull
    self.count = count
  }

  private var counted: CountedWork { count ?? .macs }

  /// The heading, the input, each layer with its details below it, and the totals.
  package var lines: [String] {
    let rows = rows
    let columns = columns(for: rows)
    let widths = columns.map { ShapeTable.width(of: $0, in: rows) }
    let table = rows.flatMap { row -> [String] in
      let texts = zip(columns, widths).map { column, width in
        column.isNumber ? padded(row[column], to: width) : leading(row[column], to: width)
      }
      let gap = String(repeating: " ", count: ShapeTable.gap)
      return [trimmed(texts.joined(separator: gap))] + details(of: row, besides: columns)
    }
    let note = count.map { wrapped($0.explanation.parts(between: " "), to: width) } ?? []
    return table + note
  }

  /// Those that each network has, and of the others as many as there is room for; what has no
  /// column stands below its row.
  private func columns(for rows: [Row]) -> [Column] {
    // Layers that are named by their kind do not need it twice.
    let named = network.layers.allSatisfy { $0.name.hasPrefix($0.operation.kind) }
    var chosen: Set<Column> = named ? [.name, .output] : [.name, .kind, .output]
    chosen.insert(.work)
    let others: [[Column]] =
      [[.parameters]] + (isFull ? [[.memory, .sees], [.window], [.trainable]] : [])
    for columns in others {
      let more = chosen.union(columns)
      guard ShapeTable.length(of: Array(more), in: rows) <= width else { break }
      chosen = more
    }
    return Column.allCases.filter(chosen.contains)
  }

  private static func width(of column: Column, in rows: [Row]) -> Int {
    rows.map { $0[column].unicodeScalars.count }.max() ?? 0
  }

  private static func length(of columns: [Column], in rows: [Row]) -> Int {
    columns.reduce(gap * (columns.count - 1)) { $0 + width(of: $1, in: rows) }
  }

  /// What stands below a row, indented.
  private func details(of row: Row, besides columns: [Column]) -> [String] {
    let parameters: [Detail] =
      !columns.contains(.parameters) && !row.isHeading && !["", "0"].contains(row.parameters)
      ? [("parameters", [row.parameters])] : []
    let details =
      parameters + (row.layer.map(details) ?? [])
      + (row.full.map { fullDetails($0, besides: columns) } ?? [])
    let label = details.map(\.label.count).max() ?? 0
    return details.flatMap { detail in
      detail.lines.enumerated().map { index, text in
        "  " + leading(index == 0 ? detail.label : "", to: label) + "  " + text
      }
    }
  }

  private static let gap = 2

  private enum Column: CaseIterable {
    case name, kind, output, window, parameters, trainable, work, memory, sees

    var isNumber: Bool {
      switch self {
      case .parameters, .trainable, .work, .memory: true
      default: false
      }
    }
  }

  /// One row's texts.
  private struct Row {
    var name: String
    var kind = ""
    var output = ""
    var parameters = ""
    var work = ""
    var layer: Layer?
    /// What a full table says besides.
    var full: ShapeRow?
    var isHeading = false

    subscript(column: Column) -> String {
      switch column {
      case .name: name
      case .kind: kind
      case .output: output
      case .parameters: parameters
      case .work: work
      case .window: isHeading ? "window" : full?.windowText ?? ""
      case .trainable: isHeading ? "trainable" : full.map { grouped($0.trainable) } ?? ""
      case .memory: isHeading ? "memory" : full?.memoryText ?? ""
      case .sees: isHeading ? "sees of the input" : full?.receptiveFieldText ?? ""
      }
    }
  }

  private var rows: [Row] {
    let heading = Row(
      name: "layer", kind: "kind", output: "output", parameters: "parameters",
      work: counted.title, isHeading: true)
    let input = Row(name: network.inputName, kind: "input", output: "\(network.input)")
    let full = isFull ? network.shapeRows(frozen: frozen) : []
    let layers = network.layers.map { layer in
      Row(
        name: layer.name, kind: layer.operation.kind, output: "\(layer.output)",
        parameters: layer.groupedCountText,
        work: grouped(counted.work(of: layer)), layer: layer,
        full: isFull ? full[layer.index] : nil)
    }
    let total = Row(
      name: "total", parameters: grouped(network.parameterCount),
      work: grouped(counted.work(of: network)))
    return [heading, input] + layers + [total] + trainingRows(full)
  }

  private func trainingRows(_ full: [ShapeRow]) -> [Row] {
    guard isFull else { return [] }
    let trainable = full.reduce(0) { $0 + $1.trainable }
    return [
      Row(name: "trainable", parameters: grouped(trainable)),
      Row(name: "frozen", parameters: grouped(network.parameterCount - trainable)),
    ]
  }

  private typealias Detail = (label: String, lines: [String])

  private func details(_ layer: Layer) -> [Detail] {
    let previous: Source = layer.index == 0 ? .input : .layer(layer.index - 1)
    let from: [Detail] =
      layer.sources == [previous]
      ? [] : [("from", [layer.sources.map(network.name).joined(separator: ", ")])]
    // A window that is the whole input by its kind has no setting to tell.
    guard let windows = layer.windows, layer.operation.windows != nil else { return from }
    return from + (windows.isAlike ? [both(windows)] : [one(windows.x), one(windows.y)])
  }

  private func fullDetails(_ row: ShapeRow, besides columns: [Column]) -> [Detail] {
    var details: [Detail] = []
    if !row.windowText.isEmpty, !columns.contains(.window) {
      details.append(("window", [row.windowText]))
    }
    if row.layer.parameterCount > 0, !columns.contains(.trainable) {
      details.append(
        ("trainable", ["\(grouped(row.trainable)), frozen \(grouped(row.frozen))"]))
    }
    if !columns.contains(.sees) {
      details.append(("sees", ["\(row.receptiveFieldText); output \(row.memoryText)"]))
    }
    return details
  }

  private func both(_ windows: Windows) -> Detail {
    detail("width, height", [windows.x, windows.y])
  }

  private func one(_ axis: WindowAxis) -> Detail { detail(axis.axis.size, [axis]) }

  /// The first axis's formula, broken before its `=` signs, and what all of them leave unread.
  private func detail(_ label: String, _ axes: [WindowAxis]) -> Detail {
    // No label of a layer with windows is longer than these, but for both axes at once.
    let room = width - max(label.count, "parameters".count) - 4
    let formula = axes[0].formula
    let steps = [formula.symbolic] + formula.text.parts(between: " = ").map { "= \($0)" }
    let note = note(axes).split(separator: " ").map(String.init)
    return (label, wrapped(steps, to: room) + wrapped(note, to: room))
  }

  /// What the stride leaves over, and what of the input no window reads; empty for neither.
  private func note(_ axes: [WindowAxis]) -> String {
    let remainder = axes[0].formula.remainder
    let unread = axes.map { UnreadPlaces($0) }
    let places = unread.compactMap(\.text).joined(separator: " and ")
    let verb = unread.reduce(0) { $0 + $1.count } == 1 ? "is" : "are"
    let never =
      places.isEmpty ? "every column and row is read" : "\(places) \(verb) never read"
    if remainder == 0 { return places.isEmpty ? "" : never }
    return "remainder \(grouped(remainder)): \(never)"
  }
}

/// Joins texts with spaces into lines of at most `width` characters where they can be broken.
private func wrapped(_ texts: [String], to width: Int) -> [String] {
  texts.reduce(into: []) { lines, text in
    let longer = lines.last.map { "\($0) \(text)" }
    if let longer, longer.unicodeScalars.count <= width {
      lines[lines.count - 1] = longer
    } else {
      lines.append(text)
    }
  }
}

extension Windows {
  /// Whether both axes have the same formula with the same numbers.
  fileprivate var isAlike: Bool {
    [x, y].allSatisfy { axis in
      axis.input == x.input && axis.filter == x.filter && axis.stride == x.stride
        && axis.paddingBefore == x.paddingBefore && axis.paddingAfter == x.paddingAfter
        && axis.dilation == x.dilation && axis.rounding == x.rounding
    }
  }
}

extension Layer {
  /// `96·(11·11·3) + 96 = 34,944`; `0` where there is nothing to count.
  package var groupedCountText: String {
    guard let text = parameters?.countText ?? normalization?.countText else { return "0" }
    return "\(groupedNumbers(text.parts(between: " = ")[0])) = \(grouped(parameterCount))"
  }
}

/// An expression with each of its numbers in threes: `10·25,088 + 10`.
private func groupedNumbers(_ text: String) -> String {
  var parts: [String] = [""]
  for character in text {
    if character.isNumber != parts[parts.count - 1].last?.isNumber { parts.append("") }
    parts[parts.count - 1].append(character)
  }
  return parts.map { Int($0).map { grouped($0) } ?? $0 }.joined()
}

/// Digits in threes: `105,415,200`. For people only, never in a machine format.
package func grouped(_ value: some BinaryInteger) -> String {
  let digits = String(value.magnitude).utf8
  var text = value < 0 ? "−" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
    text.unicodeScalars.append(Unicode.Scalar(digit))
  }
  return text
}

/// Text set to the left of a column of `width` characters.
package func leading(_ text: String, to width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.unicodeScalars.count))
}

func trimmed(_ line: String) -> String {
  let end = line.lastIndex { $0 != " " }.map { line.index(after: $0) } ?? line.startIndex
  return String(line[..<end])
}
