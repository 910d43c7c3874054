import ConvolutionEngine

extension Network {
  /// Sizes and costs as one JSON object; `shape --format json` writes it.
  ///
  /// - Parameters:
  ///   - frozen: how many layers, from the first on, training leaves as they are.
  ///   - count: work that is told beside the multiply-adds.
  package func shapeJSON(frozen: Int = 0, count: CountedWork? = nil) -> JSON {
    let rows = shapeRows(frozen: frozen)
    let trainable = rows.reduce(0) { $0 + $1.trainable }
    return .object(
      [
        ("input", input.json),
        ("layers", .array(rows.map { $0.layer.shapeJSON(in: self, $0, count) })),
        (
          "totals",
          .object(
            [
              ("parameters", .int(parameterCount)),
              ("multiplyAdds", .int(multiplyAdds)),
              ("trainable", .int(trainable)), ("frozen", .int(parameterCount - trainable)),
            ] + (count.map { $0.members($0.work(of: self)) } ?? []))
        ),
      ] + (count.map { [("counts", .string($0.explanation))] } ?? []))
  }
}

extension Layer {
  fileprivate func shapeJSON(
    in network: Network, _ row: ShapeRow, _ count: CountedWork?
  ) -> JSON {
    var members: [(key: String, value: JSON)] = [
      ("name", .string(name)), ("kind", .string(operation.kind)),
      ("from", .array(sources.map { .string(network.name(of: $0)) })),
      ("output", output.json),
      ("parameters", .int(parameterCount)), ("multiplyAdds", .int(multiplyAdds)),
      ("trainable", .int(row.trainable)), ("frozen", .int(row.frozen)),
      ("bytes", .int(row.memory)), ("receptiveField", row.receptiveField.json),
    ]
    if let count { members += count.members(count.work(of: self)) }
    if let parameters {
      members += [
        ("filter", parameters.filter.json), ("filters", .int(parameters.filters)),
        ("groups", .int(groups)), ("biases", .int(parameters.bias?.count ?? 0)),
      ]
    }
    if row.countsPadding != nil {
      members.append(("paddingCounts", .string(row.paddingCounts)))
    }
    if let windows {
      members.append(
        ("windows", .object([("width", windows.x.shapeJSON), ("height", windows.y.shapeJSON)])))
    }
    return .object(members)
  }
}

extension WindowAxis {
  /// The formula's numbers: `output = (input + paddingBefore + paddingAfter − dilation·(filter − 1)
  /// − 1 − remainder)/stride + 1`, one more where `ceil` adds a window.
  fileprivate var shapeJSON: JSON {
    let unread = UnreadPlaces(self)
    return .object([
      ("input", .int(input)), ("filter", .int(filter)), ("stride", .int(stride)),
      ("paddingBefore", .int(paddingBefore)), ("paddingAfter", .int(paddingAfter)),
      ("dilation", .int(dilation)), ("rounding", .string(rounding.rawValue)),
      ("remainder", .int(formula.remainder)), ("output", .int(positions)),
      ("unreadCount", .int(unread.count)), ("unread", .array(unread.first.map(JSON.int))),
    ])
  }
}

extension ReceptiveField {
  fileprivate var json: JSON {
    func json(_ span: Span) -> JSON {
      .object([
        ("size", .int(span.size)), ("stride", .int(span.stride)), ("offset", .int(span.offset)),
      ])
    }
    return .object([("x", json(x)), ("y", json(y))])
  }
}

extension Shape {
  fileprivate var json: JSON {
    .object([("width", .int(width)), ("height", .int(height)), ("depth", .int(depth))])
  }
}

extension CountedWork {
  /// A number under the name of what is counted; multiply-adds have their own member anyway.
  fileprivate func members(_ work: Int) -> [(key: String, value: JSON)] {
    self == .macs ? [] : [(rawValue, .int(work))]
  }
}
