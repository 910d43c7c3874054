import ConvolutionEngine
import TestSupport

@testable import TensorFiles

/// Holds the reader of archives to what it promises of any bytes: nothing is unpacked beyond the
/// limit, and what is has the size that was foretold.
func holdArchivePromises(_ bytes: [UInt8]) throws {
  guard let archive = try taken({ try ZipArchive(bytes) }) else { return }
  let limit = 1 << 16
  for member in archive.members {
    let contents = try taken { try archive.contents(of: member, limit: limit) }
    let count = contents?.1.count ?? member.size
    try hold(count == member.size && (contents == nil || count <= limit), "the size is kept")
  }
  guard let arrays = try taken({ try NamedArrays(bytes) }) else { return }
  for name in arrays.names {
    let header = try taken { try arrays.header(name) }
    let array = try taken { try arrays.array(name, limit: limit) }
    try hold(array == nil || header?.shape == array?.shape, "a header tells its array's shape")
  }
}

/// Holds the reader of a network's numbers to what it promises of any arrays: numbers that make
/// the network, or everything that does not fit.
///
/// - Parameter bytes: `.npy` files one after another, which become the network's arrays in order.
func holdWeightsPromises(_ bytes: [UInt8]) throws {
  let names = [
    "c.weight", "c.bias", "n.weight", "n.bias", "n.running_mean", "n.running_var", "d.weight",
    "d.bias", "n.num_batches_tracked", "left over",
  ]
  let members = zip(names, arrays(in: bytes)).map { name, array in
    ZipBytes.Member(name: "\(name).npy", data: array)
  }
  func network(_ given: [String: GivenParameters] = [:]) throws -> Network {
    try Network(
      input: Shape(3, 3, 1),
      layers: ["conv:2,filters=2,name=c", "batchnorm,name=n", "flatten", "dense:1,name=d"]
        .map { text in try LayerSpecification(parsing: text) }
    ).taking(given)
  }
  guard let bare = try taken({ try network() }),
    let arrays = try taken({ try NamedArrays(ZipBytes(members: members).bytes) })
  else { return }
  let weights = ArrayMatch(arrays, bare)
  for axes in AxisOrder.allCases {
    guard let given = try taken({ try weights.parameters(of: bare, axes: axes) }) else { continue }
    try hold((try? network(given)) != nil, "what fits makes a network")
    try hold(
      weights.filterCount(ofLayer: "c", size: Pair(2), axes: axes) == 2,
      "the filters are counted as they are taken")
  }
}

/// The `.npy` files that stand one after another.
private func arrays(in bytes: [UInt8]) -> [[UInt8]] {
  let starts = bytes.indices.filter { bytes[$0...].starts(with: NumpyHeader.magic) }
  return zip(starts, starts.dropFirst() + [bytes.count]).map { Array(bytes[$0..<$1]) }
}
