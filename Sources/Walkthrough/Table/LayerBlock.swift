import ConvolutionEngine

/// Layers one behind another that belong together: branches and where they meet, or what bears one
/// name, such as `block1_conv1` to `block1_pool`.
package struct LayerBlock: Sendable, Equatable {
  package let name: String
  package let layers: Range<Int>
}

extension Network {
  /// All layers in order, each in one block; many a block is one layer.
  package var blocks: [LayerBlock] {
    let meetings = meetings
    var blocks: [LayerBlock] = []
    for layer in layers {
      let meeting = meetings[layer.index]
      let isBranch =
        meeting > layer.index || layer.index > 0 && meetings[layer.index - 1] == meeting
      var name = layer.name.blockName ?? layers[meeting].name
      let last = blocks.last
      if !isBranch, let last, layer.name.hasPrefix(last.name + "_") { name = last.name }
      if let last, last.name == name {
        blocks[blocks.count - 1] = LayerBlock(
          name: name, layers: last.layers.lowerBound..<layer.index + 1)
      } else {
        blocks.append(LayerBlock(name: name, layers: layer.index..<layer.index + 1))
      }
    }
    return blocks
  }

  /// For each layer the next one, or itself, behind which nothing that came before is read any more.
  private var meetings: [Int] {
    var lastReaders = Array(repeating: -1, count: layers.count + 1)
    for layer in layers {
      for source in layer.sources { lastReaders[place(of: source)] = layer.index }
    }
    var meetings: [Int] = []
    // How far what stands before the current layer is read.
    var reach = lastReaders[0]
    for layer in layers {
      if reach <= layer.index {
        let count = layer.index + 1 - meetings.count
        meetings += Array(repeating: layer.index, count: count)
      }
      reach = max(reach, lastReaders[layer.index + 1])
    }
    // A network may end in several layers.
    return meetings + Array(repeating: layers.count - 1, count: layers.count - meetings.count)
  }

  private func place(of source: Source) -> Int {
    if case .layer(let index) = source { index + 1 } else { 0 }
  }
}

extension String {
  /// The beginning of a layer's name that says of which block it is, such as `conv2_block1` of
  /// `conv2_block1_add`.
  fileprivate var blockName: String? {
    let parts = split(separator: "_")
    let block = parts.firstIndex { part in
      part.hasPrefix("block") && part.last?.isWholeNumber == true
    }
    guard let block, block + 1 < parts.count else { return nil }
    return parts[...block].joined(separator: "_")
  }
}
