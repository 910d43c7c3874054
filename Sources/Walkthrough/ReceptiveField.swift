import ConvolutionEngine

/// Which part of the network's input a cell of a layer can see, padding counted.
///
/// A 3×3 convolution after a 2×2 pool of stride 2: each of its 3 columns is a pool window of 2,
/// and these start 2 apart, so it sees 2 + (3 − 1)·2 = 6 columns; its neighbour's start 2 later. Formulas: Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural
/// Networks" (Distill, 2019). Where branches meet, it is the smallest field around all of theirs.
package struct ReceptiveField: Sendable, Hashable {
  /// The field along one axis: cell p sees the `size` places from `offset` + p·`stride` on.
  package struct Extent: Sendable, Hashable {
    package var size: Int
    /// nil where branches of different strides meet: `size` and `offset` are then those of the
    /// first cell.
    package var stride: Int?
    /// Negative where the first cell's field begins in padding.
    package var offset: Int
  }

  package var x: Extent
  package var y: Extent

  package subscript(axis: Axis) -> Extent { axis == .x ? x : y }
}

extension ReceptiveField.Extent {
  fileprivate static let own = Self(size: 1, stride: 1, offset: 0)

  /// The field of windows over cells that have this one.
  fileprivate func under(_ windows: WindowAxis) -> Self {
    // With strides that differ there is no common step; a single window needs none.
    let step = stride ?? 0
    return Self(
      size: size + (windows.extent - 1) * step, stride: stride.map { $0 * windows.stride },
      offset: offset - windows.paddingBefore * step)
  }

  /// The field of all the places of an axis together.
  fileprivate func whole(_ places: Int) -> Self {
    Self(size: size + (places - 1) * (stride ?? 0), stride: stride, offset: offset)
  }

  fileprivate func union(_ other: Self) -> Self {
    let start = min(offset, other.offset)
    let end = max(offset + size, other.offset + other.size)
    return Self(size: end - start, stride: stride == other.stride ? stride : nil, offset: start)
  }
}

extension Network {
  /// Every layer's receptive field on the network's input, in the layers' order.
  ///
  /// - Complexity: O(layers).
  package var receptiveFields: [ReceptiveField] {
    var fields: [ReceptiveField] = []
    for layer in layers {
      let below = layer.sources.map { source in
        switch source {
        case .input: ReceptiveField(x: .own, y: .own)
        case .layer(let index): fields[index]
        }
      }
      let seen = zip(below, layer.inputs).map { field, input in
        ReceptiveField(
          x: layer.seen(field.x, .x, input.width), y: layer.seen(field.y, .y, input.height))
      }
      fields.append(
        seen.dropFirst().reduce(seen[0]) { sum, field in
          ReceptiveField(x: sum.x.union(field.x), y: sum.y.union(field.y))
        })
    }
    return fields
  }
}

extension Layer {
  fileprivate func seen(
    _ below: ReceptiveField.Extent, _ axis: Axis, _ places: Int
  ) -> ReceptiveField.Extent {
    if let windows { return below.under(windows[axis]) }
    switch operation {
    case .flatten, .dense: return below.whole(places)
    default: return below
    }
  }
}
