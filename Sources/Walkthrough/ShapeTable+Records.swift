import ConvolutionEngine

/// The table for spreadsheets and documents: a record a layer, every number in full.
package struct ShapeRecords: Sendable {
  private let network: Network
  private let frozen: Int

  /// - Parameter frozen: how many layers, from the first on, training leaves as they are.
  package init(_ network: Network, frozen: Int = 0) {
    self.network = network
    self.frozen = frozen
  }

  private static let heading = [
    "layer", "kind", "inputs", "width", "height", "depth", "kernel", "stride", "padding",
    "width formula", "height formula", "parameter sum", "parameters", "trainable", "frozen",
    "multiply-adds", "bytes", "field width", "field height", "field stride x", "field stride y",
    "field offset x", "field offset y", "unread columns", "unread rows",
  ]

  private var records: [[String]] {
    network.shapeRows(frozen: frozen).map { row in
      let (layer, field) = (row.layer, row.receptiveField)
      let numbers = [
        layer.parameterCount, row.trainable, row.frozen, layer.multiplyAdds, row.memory,
        field.x.size, field.y.size, field.x.stride, field.y.stride, field.x.offset,
        field.y.offset, row.unread(.x), row.unread(.y),
      ]
      return [
        layer.name, layer.operation.kind, row.inputs.joined(separator: " "),
        "\(layer.output.width)", "\(layer.output.height)", "\(layer.output.depth)", row.kernel,
        row.stride, row.padding, row.formula(.x), row.formula(.y), row.parameterSum,
      ] + numbers.map(String.init)
    }
  }

  /// Comma-separated values as RFC 4180 has them, without the carriage returns.
  package var csv: [String] {
    ([ShapeRecords.heading] + records).map { record in
      record.map { field in
        field.contains(",") || field.contains("\"")
          ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
      }.joined(separator: ",")
    }
  }

  /// A table of Markdown with its totals.
  package var markdown: [String] {
    let heading = [
      "layer", "kind", "inputs", "output", "kernel", "stride", "padding", "parameters",
      "trainable", "frozen", "multiply-adds", "memory", "receptive field", "unread",
    ]
    let rows = network.shapeRows(frozen: frozen)
    let lines = rows.map { row in
      [
        row.layer.name, row.layer.operation.kind, row.inputs.joined(separator: ", "),
        "\(row.layer.output)", row.kernel, row.stride, row.padding,
        row.layer.parameterCount == 0
          ? "0" : "\(row.parameterSum) = \(grouped(row.layer.parameterCount))",
        grouped(row.trainable), grouped(row.frozen), grouped(row.layer.multiplyAdds),
        row.memoryText, row.receptiveFieldText, row.unreadText,
      ]
    }
    let trainable = rows.reduce(0) { $0 + $1.trainable }
    let total = [
      "total", "", "", "", "", "", "", grouped(network.parameterCount), grouped(trainable),
      grouped(network.parameterCount - trainable), grouped(network.multiplyAdds), "", "", "",
    ]
    let rule = heading.map { _ in "---" }
    return ([heading, rule] + lines + [total]).map { "| \($0.joined(separator: " | ")) |" }
  }
}
