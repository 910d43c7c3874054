import ConvolutionEngine

extension Network {
  /// Sizes and costs as one JSON object; `shape --format json` writes it.
  package var shapeJSON: JSON {
    .object([
      ("input", input.json),
      ("layers", .array(layers.map { $0.shapeJSON(in: self) })),
      (
        "totals",
        .object([
          ("parameters", .int(parameterCount)),
          ("multiplyAdds", .int(multiplyAdds)),
        ])
      ),
    ])
  }
}

extension Layer {
  fileprivate func shapeJSON(in network: Network) -> JSON {
    var members: [(key: String, value: JSON)] = [
      ("name", .string(name)), ("kind", .string(operation.kind)),
      ("from", .array(sources.map { .string(network.name(of: $0)) })),
      ("output", output.json),
      ("parameters", .int(parameterCount)), ("multiplyAdds", .int(multiplyAdds)),
    ]
    if let parameters {
      members += [
        ("filter", parameters.filter.json), ("filters", .int(parameters.filters)),
        ("groups", .int(groups)), ("biases", .int(parameters.bias?.count ?? 0)),
      ]
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

extension Shape {
  fileprivate var json: JSON {
    .object([("width", .int(width)), ("height", .int(height)), ("depth", .int(depth))])
  }
}
