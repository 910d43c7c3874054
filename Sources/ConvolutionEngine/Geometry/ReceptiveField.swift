/// The part of the network's input that a layer's cells look at, padding counted.
///
/// The cell in column *p* looks at the input's columns from `offset + p · stride` on, `size` of
/// them; an offset below 0 lies in the padding. Two 3×3 convolutions without padding see 5×5.
/// (Computed layer by layer as in A. Araujo and others, "Computing Receptive Fields of
/// Convolutional Neural Networks", Distill, 2019.)
package struct ReceptiveField: Sendable, Hashable {
  package let x: Span
  package let y: Span

  package struct Span: Sendable, Hashable {
    package var size: Int
    package var stride: Int
    package var offset: Int

    /// One place of the input itself.
    fileprivate static let one = Span(size: 1, stride: 1, offset: 0)
  }
}

extension Network {
  /// Each layer's receptive field, in the order of the layers.
  ///
  /// Where branches meet, the field is the smallest that holds those of all of them. Flatten and
  /// dense layers look at all places of their input.
  package var receptiveFields: [ReceptiveField] {
    var fields: [ReceptiveField] = []
    for layer in layers {
      let rule = layer.operation.rule
      let branches = layer.sources.enumerated().map { branch, source in
        var field = ReceptiveField(x: .one, y: .one)
        if case .layer(let index) = source { field = fields[index] }
        return ReceptiveField(
          x: rule.span(.x, over: field.x, in: layer, ofInput: branch),
          y: rule.span(.y, over: field.y, in: layer, ofInput: branch))
      }
      fields.append(
        ReceptiveField(x: .union(branches.map(\.x)), y: .union(branches.map(\.y))))
    }
    return fields
  }
}

/// Saturating: settings that no picture needs can make fields beyond any integer.
extension ReceptiveField.Span {
  package func widened(by places: Int) -> Self {
    var span = self
    let (more, overflows) = places.multipliedReportingOverflow(by: stride)
    let (sum, sumOverflows) = size.addingReportingOverflow(more)
    span.size = overflows || sumOverflows ? .max : sum
    return span
  }

  package func moved(back places: Int) -> Self {
    var span = self
    let (less, overflows) = places.multipliedReportingOverflow(by: stride)
    let (difference, differenceOverflows) = offset.subtractingReportingOverflow(less)
    span.offset = overflows || differenceOverflows ? .min : difference
    return span
  }

  package func spaced(by factor: Int) -> Self {
    var span = self
    let (product, overflows) = stride.multipliedReportingOverflow(by: factor)
    span.stride = overflows ? .max : product
    return span
  }

  /// The smallest that holds all of them in the first cell, with the largest stride; the strides
  /// of branches that meet are alike in all usual networks.
  fileprivate static func union(_ spans: [Self]) -> Self {
    let offset = spans.map(\.offset).min() ?? 0
    // No field begins behind the input's first place, so no end overflows.
    let end = spans.map { $0.offset + $0.size }.max() ?? 1
    let (size, overflows) = end.subtractingReportingOverflow(offset)
    return Self(
      size: overflows ? .max : size, stride: spans.map(\.stride).max() ?? 1, offset: offset)
  }
}
