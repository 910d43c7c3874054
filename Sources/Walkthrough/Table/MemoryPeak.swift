import ConvolutionEngine

/// The most numbers that computing a network layer by layer has to keep at once: a layer's output,
/// what it reads, and what later layers are still to read.
struct MemoryPeak {
  let layer: Layer
  /// Four a number, as the libraries hold them.
  let bytes: Int128

  /// nil for a network without layers.
  init?(_ network: Network) {
    var lastReaders: [Source: Int] = [:]
    for layer in network.layers {
      for source in layer.sources { lastReaders[source] = layer.index }
    }
    var kept = Int128(network.input.count)
    var peak: (layer: Layer, count: Int128)?
    for layer in network.layers {
      kept += Int128(layer.output.count)
      if peak.map({ kept > $0.count }) ?? true { peak = (layer, kept) }
      // What nobody reads is a result, and stays.
      for source in Set(layer.sources) where lastReaders[source] == layer.index {
        kept -= Int128(network.shape(of: source).count)
      }
    }
    guard let peak else { return nil }
    (layer, bytes) = (peak.layer, peak.count * 4)
  }
}

/// `1.1 MiB`
func memoryText(_ bytes: Int128) -> String {
  var (size, unit) = (Double(bytes), 0)
  let units = ["B", "KiB", "MiB", "GiB", "TiB"]
  while size >= 1024, unit + 1 < units.count {
    size /= 1024
    unit += 1
  }
  let tenths = (size * 10).rounded() / 10
  return unit == 0 ? "\(bytes) B" : "\(tenths) \(units[unit])"
}
