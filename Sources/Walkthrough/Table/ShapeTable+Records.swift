import ConvolutionEngine

/// The table for spreadsheets and documents: a record a layer, every number in full.
package struct ShapeRecords: Sendable {
  private let network: Network
  private let frozen: Int
  /// What is counted, where that was chosen.
  private let chosen: CountedWork?
  private var count: CountedWork { chosen ?? .macs }

  /// - Parameters:
  ///   - frozen: how many layers, from the first on, training leaves as they are.
  ///   - count: the work that is counted; nil for the usual, which needs no explanation.
  package init(_ network: Network, frozen: Int = 0, count: CountedWork? = nil) {
    self.network = network
    self.frozen = frozen
    chosen = count
  }

  private var heading: [String] {
    [
      "layer", "kind", "inputs", "width", "height", "depth", "kernel", "stride", "padding",
      "dilation", "groups", "width formula", "height formula", "parameter sum", "parameters",
      "trainable", "frozen", count.title, "bytes", "field width", "field height", "field stride x",
      "field stride y",
      "field offset x", "field offset y", "unread columns", "unread rows", "rounding",
      "padding counts", "as typed",
    ]
  }

  private var records: [[String]] {
    network.shapeRows(frozen: frozen).map { row in
      let (layer, field) = (row.layer, row.receptiveField)
      let numbers = [
        layer.parameterCount, row.trainable, row.frozen, count.work(of: layer), row.memory,
        field.x.size, field.y.size, field.x.stride, field.y.stride, field.x.offset,
        field.y.offset, row.unread(.x), row.unread(.y),
      ]
      return [
        layer.name, layer.operation.kind, row.inputs.joined(separator: " "),
        "\(layer.output.width)", "\(layer.output.height)", "\(layer.output.depth)", row.kernel,
        row.stride, row.padding, row.dilation, row.groups, row.formula(.x), row.formula(.y),
        row.parameterSum,
      ] + numbers.map(String.init) + [row.rounding, row.paddingCounts, row.typed]
    }
  }

  /// The sums of the columns that can be added up, under their headings.
  private var totals: [String] {
    let trainable = network.shapeRows(frozen: frozen).reduce(0) { $0 + $1.trainable }
    let sums = [
      "layer": "total", "parameters": "\(network.parameterCount)", "trainable": "\(trainable)",
      "frozen": "\(network.parameterCount - trainable)", count.title: "\(count.work(of: network))",
    ]
    return heading.map { sums[$0] ?? "" }
  }

  /// Comma-separated values as RFC 4180 has them, without the carriage returns; the last record
  /// has the totals.
  package var csv: [String] {
    ([heading] + records + [totals]).map { record in
      record.map { field in
        field.contains(",") || field.contains("\"")
          ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
      }.joined(separator: ",")
    }
  }

  /// A table of Markdown with its totals.
  package var markdown: [String] {
    let heading = [
      "layer", "kind", "inputs", "output", "kernel", "stride", "padding", "dilation",
      "groups", "parameters", "trainable", "frozen", count.title, "memory", "receptive field",
      "unread", "as typed",
    ]
    let rows = network.shapeRows(frozen: frozen)
    let lines = rows.map { row in
      [
        row.layer.name, row.layer.operation.kind, row.inputs.joined(separator: ", "),
        "\(row.layer.output)", row.kernel,
        row.stride + (row.rounding == "ceil" ? ", rounded up" : ""),
        row.padding + (row.countsPadding == false ? ", not counted in the mean" : ""),
        row.dilation, row.groups,
        row.layer.parameterCount == 0
          ? "0" : "\(row.parameterSum) = \(grouped(row.layer.parameterCount))",
        grouped(row.trainable), grouped(row.frozen), grouped(count.work(of: row.layer)),
        row.memoryText, row.receptiveFieldText, row.unreadText, row.typed,
      ]
    }
    let trainable = rows.reduce(0) { $0 + $1.trainable }
    let total = [
      "total", "", "", "", "", "", "", "", "", grouped(network.parameterCount), grouped(trainable),
      grouped(network.parameterCount - trainable), grouped(count.work(of: network)), "", "", "", "",
    ]
    let rule = heading.map { _ in "---" }
    let table = ([heading, rule] + lines + [total]).map { "| \($0.joined(separator: " | ")) |" }
    return table + (chosen.map { ["", $0.explanation] } ?? [])
  }
}
