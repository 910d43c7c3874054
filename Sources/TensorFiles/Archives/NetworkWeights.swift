import ConvolutionEngine

/// The numbers of a network's layers, from a `.npz` file whose arrays are named after them:
/// `conv1.weight` and `conv1.bias`, as PyTorch's `state_dict` has them, or `conv1/kernel` and
/// `conv1/bias`, as Keras's `model.weights`.
package struct NetworkWeights {
  private let archive: NumpyArchive

  package init(_ bytes: [UInt8]) throws(ArchiveError) { archive = try NumpyArchive(bytes) }

  /// All layers' numbers, by the layers' names.
  ///
  /// - Parameter network: sizes alone count. A layer that names files of its own takes those.
  /// - Throws: `NetworkWeightsError` with all that does not fit at once.
  package func parameters(
    of network: Network, axes: AxisOrder
  ) throws(NetworkWeightsError) -> [String: GivenParameters] {
    var reader = NetworkWeightsReader(archive: archive, network: network, axes: axes)
    var given: [String: GivenParameters] = [:]
    for layer in network.layers { given[layer.name] = reader.parameters(of: layer) }
    try reader.finish()
    return given
  }

  /// Whether arrays are called as only PyTorch calls them.
  package var isNamedByPyTorch: Bool {
    archive.names.contains { $0.split(separator: ".").last == "running_var" }
  }

  /// How many filters of a width and height the archive has for a layer of this name; nil where
  /// that is not to be seen.
  ///
  /// Where the order of axes is another than the one that was said, the count comes from that: what
  /// is wrong is then the order, and not the count.
  package func filterCount(ofLayer name: String, size: Pair, axes: AxisOrder) -> Int? {
    let file = ArrayRole.weight.names(for: name).lazy
      .compactMap { name in try? archive.array(name) }.first
    guard let file, file.shape.count == 4 else { return nil }
    return ([axes] + AxisOrder.allCases).lazy.compactMap { order in
      let sides = Dictionary(uniqueKeysWithValues: zip(order.filters, file.shape))
      return sides[.x] == size.x && sides[.y] == size.y ? sides[.filter] : nil
    }.first
  }
}

/// What of a network an archive does not give, or gives in vain.
package struct NetworkWeightsError: Error, Equatable {
  /// Arrays that there should be, with the shapes that they should have.
  package internal(set) var missing: [Expected] = []
  package internal(set) var leftOver: [String] = []
  /// Arrays that do not fit, and why.
  package internal(set) var unfit: [Unfit] = []

  package struct Expected: Equatable, Sendable {
    let name: String
    let shape: [Int]
  }

  package struct Unfit: Equatable, Sendable {
    let name: String
    let problem: Problem
  }

  enum Problem: Equatable {
    case archive(ArchiveError)
    case array(NumpyError)
    /// A batch normalization's numbers are kept as one kind, and this is no float32 as the others.
    case notFloat32(Int128)
    /// A variance is below 0.
    case parameters(ShapeError)
  }

  var isEmpty: Bool { missing.isEmpty && leftOver.isEmpty && unfit.isEmpty }
}

extension NetworkWeightsError: CustomStringConvertible {
  package var description: String {
    let most = 8
    var lines = ["the arrays do not fit the network."]
    if !missing.isEmpty {
      lines.append("missing: \(missing.listed { "\($0.name) \(pythonTuple($0.shape))" })")
    }
    lines += unfit.prefix(most).map { "\(quoted($0.name)): \($0.problem.text)" }
    if unfit.count > most {
      lines.append("and \(unfit.count - most) more that do not fit")
    }
    if !leftOver.isEmpty { lines.append("left over: \(leftOver.listed(quoted))") }
    lines.append("Arrays are named after layers, as in conv1.weight and conv1.bias.")
    return lines.joined(separator: "\n  ")
  }
}

extension NetworkWeightsError.Problem {
  fileprivate var text: String {
    switch self {
    case .archive(let problem): "\(problem)"
    case .array(let problem): "\(problem)"
    case .notFloat32(let number):
      "\(number) is no float32, as the layer's other numbers are; save it as float32."
    case .parameters(let problem): "\(problem)"
    }
  }
}

/// A shape as Python writes it.
func pythonTuple(_ shape: [Int]) -> String {
  let sides = shape.map(String.init).joined(separator: ", ")
  return shape.count == 1 ? "(\(sides),)" : "(\(sides))"
}
