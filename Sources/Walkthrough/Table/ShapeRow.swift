import ConvolutionEngine
import ExactNumbers

/// What a table says of one layer.
struct ShapeRow {
  let layer: Layer
  let inputs: [String]
  let receptiveField: ReceptiveField
  /// Whether training leaves the layer as it is.
  let isFrozen: Bool

  /// How many numbers training changes, and how many it leaves.
  var trainable: Int { isFrozen ? 0 : layer.trainableCount }
  var frozen: Int { layer.parameterCount - trainable }

  /// Bytes of the output as the libraries hold it, four a number.
  var memory: Int { layer.output.count * 4 }

  /// `96·(11·11·3) + 96`, `0` where there is nothing to count.
  var parameterSum: String {
    let text = layer.parameters?.countText ?? layer.normalization?.countText ?? "0"
    return text.places(of: " = ").first.map { String(text[..<$0.lowerBound]) } ?? text
  }

  /// `3×3`; empty without windows.
  var kernel: String { pair { $0.filter } }
  var stride: String { pair { $0.stride } }

  /// `2×1`; empty where no window is spread.
  var dilation: String {
    layer.windows?.isDilated == true ? pair { $0.dilation } : ""
  }

  /// How many groups the depths are split into; empty where they are not.
  var groups: String { layer.groups == 1 ? "" : "\(layer.groups)" }

  /// `3×3, stride 1×1, padding 0, dilation 2×2, groups 4`; empty without windows.
  var windowText: String {
    guard !kernel.isEmpty else { return "" }
    let parts = ["stride \(stride)", "padding \(padding)"]
    let others = [("dilation", dilation), ("groups", groups)].filter { !$0.1.isEmpty }
    return
      ([kernel] + parts + others.map { "\($0) \($1)" }
      + (countsPadding == false ? ["not counted in the mean"] : [])).joined(separator: ", ")
  }

  /// `floor` or `ceil`; empty without windows.
  var rounding: String { layer.windows?.x.rounding.rawValue ?? "" }

  /// Whether padded places count in the mean of an average pool; nil where there are none.
  var countsPadding: Bool? { layer.windows?.isPadded == true ? layer.plan.countsPadding : nil }

  /// The same as `yes` or `no`; empty where there are none.
  var paddingCounts: String { countsPadding.map { $0 ? "yes" : "no" } ?? "" }

  /// `1`, or before and after of both axes: `0+1×0+1`.
  var padding: String {
    guard let windows = layer.windows else { return "" }
    func text(_ axis: WindowAxis) -> String {
      axis.paddingBefore == axis.paddingAfter
        ? "\(axis.paddingBefore)" : "\(axis.paddingBefore)+\(axis.paddingAfter)"
    }
    return joined(text(windows.x), text(windows.y))
  }

  private func pair(_ number: (WindowAxis) -> Int) -> String {
    guard let windows = layer.windows else { return "" }
    return "\(number(windows.x))×\(number(windows.y))"
  }

  private func joined(_ x: String, _ y: String) -> String { x == y ? x : "\(x)×\(y)" }

  /// The formula with its numbers; empty without windows.
  func formula(_ axis: Axis) -> String { layer.windows?[axis].formula.text ?? "" }

  /// The columns and rows that no window reads: `column 7, rows 5 to 8`; `none` where every place is read.
  var unreadText: String {
    guard let windows = layer.windows else { return "none" }
    let places = [windows.x, windows.y].compactMap { UnreadPlaces($0).text }
    return places.isEmpty ? "none" : places.joined(separator: ", ")
  }

  /// The layer with all that decides its numbers, as it is typed: `zeropad,left=1`.
  var typed: String { LayerSpecification(layer.operation).description }

  /// How many columns or rows no window reads.
  func unread(_ axis: Axis) -> Int { layer.windows.map { UnreadPlaces($0[axis]).count } ?? 0 }

  /// `11×11, stride 4, offset −2`, or `3×2, stride 2×1, offset −1×0`
  var receptiveFieldText: String {
    let (x, y) = (receptiveField.x, receptiveField.y)
    return "\(x.size)×\(y.size), stride \(joined("\(x.stride)", "\(y.stride)")), "
      + "offset \(joined(Number(Int128(x.offset)).text, Number(Int128(y.offset)).text))"
  }

  /// `1.1 MiB`
  var memoryText: String { Walkthrough.memoryText(Int128(memory)) }
}

extension Network {
  /// - Parameter frozen: how many layers, from the first on, training leaves as they are.
  func shapeRows(frozen: Int) -> [ShapeRow] {
    zip(layers, receptiveFields).map { layer, field in
      ShapeRow(
        layer: layer, inputs: layer.sources.map(name), receptiveField: field,
        isFrozen: layer.index < frozen)
    }
  }
}
