import ExactNumbers
import ConvolutionEngine

extension ArrayMatch {
  /// All layers' numbers, by the layers' names. A layer that names files of its own takes those.
  ///
  /// - Parameter network: that of the layers which were matched.
  /// - Throws: `NetworkWeightsError` with all that does not fit at once.
  package func parameters(
    of network: Network, axes: AxisOrder
  ) throws(NetworkWeightsError) -> [String: GivenParameters] {
    var reader = NetworkWeightsReader(match: self, network: network, axes: axes)
    var given: [String: GivenParameters] = [:]
    for layer in network.layers { given[layer.name] = reader.parameters(of: layer) }
    try reader.finish()
    return given
  }

  /// What is wrong whatever the layers' sizes are; nil for nothing.
  package var unmatchedError: NetworkWeightsError? {
    guard !unmatched.isEmpty else { return nil }
    var problem = NetworkWeightsError()
    problem.unmatched = unmatched
    problem.known = known
    problem.recipe = ForeignNames.recipe(arrays.names)
    return problem
  }
}

/// Takes a network's numbers from a file's arrays and notes what does not fit.
private struct NetworkWeightsReader {
  let match: ArrayMatch
  let network: Network
  let axes: AxisOrder
  private var problems = NetworkWeightsError()

  init(match: ArrayMatch, network: Network, axes: AxisOrder) {
    self.match = match
    self.network = network
    self.axes = axes
    problems.ambiguous = match.ambiguous.map { .init(layer: $0.layer, paths: $0.paths) }
  }

  mutating func parameters(of layer: Layer) -> GivenParameters? {
    let roles = layer.specification.arrays
    guard !roles.isEmpty else { return nil }
    let found = match.taken[layer.name]?.places ?? [:]
    var arrays: [(role: ArrayRole, name: String, numbers: Coefficients)] = []
    for role in roles {
      if let place = found[role] {
        let name = match.arrays.names[place]
        if let numbers = coefficients(role, of: layer, name) {
          arrays.append((role, name, numbers))
        }
      } else if !match.ambiguous.contains(where: { $0.layer == layer.name }) {
        problems.missing.append(
          .init(
            layer: layer.name, role: role, shape: layer.shape(of: role, axes: axes),
            hasOthers: !found.isEmpty))
      }
    }
    guard arrays.count == roles.count else { return nil }
    if let normalization = layer.normalization {
      let rows = arrays.map { ($0.name, $0.numbers) }
      return self.normalization(rows, normalization).map { GivenParameters(normalization: $0) }
    }
    return GivenParameters(
      weights: arrays.first { $0.role == .weight }?.numbers,
      bias: arrays.first { $0.role == .bias }?.numbers)
  }

  /// - Throws: all that did not fit.
  mutating func finish() throws(NetworkWeightsError) {
    if !match.isPartial { addLeftOver() }
    problems.known = match.known
    if !problems.missing.isEmpty { problems.recipe = ForeignNames.recipe(match.arrays.names) }
    guard problems.isEmpty else { throw problems }
  }

  /// What is left over; the first that are no arrays of numbers are told as such.
  private mutating func addLeftOver() {
    for (index, place) in match.leftOver.enumerated() {
      let name = match.arrays.names[place]
      do throws(ArchiveError) {
        if index < NetworkWeightsError.most { _ = try match.arrays.header(name) }
        problems.leftOver.append(name)
      } catch {
        problems.unfit.append(.init(name: name, problem: .archive(error)))
      }
    }
  }

  private mutating func coefficients(
    _ role: ArrayRole, of layer: Layer, _ name: String
  ) -> Coefficients? {
    let file: NumpyFile
    do throws(ArchiveError) {
      // What has another size is refused by its header; it may be far larger than what is wanted.
      let header = try? match.arrays.header(name)
      if let header, header.count != layer.shape(of: role, axes: axes).reduce(1, *) {
        file = NumpyFile(withoutNumbers: header)
      } else {
        file = try match.arrays.array(name)
      }
    } catch {
      problems.unfit.append(.init(name: name, problem: .archive(error)))
      return nil
    }
    if role == .weight, let owner = match.arrays.namedOrder, owner != axes,
      file.shape.count(where: { $0 > 1 }) > 1,
      [axes, owner].allSatisfy({ layer.shape(of: role, axes: $0) == file.shape })
    {
      problems.unfit.append(.init(name: name, problem: .ownersAxes(owner, said: axes)))
      return nil
    }
    do throws(NumpyError) {
      return try Coefficients(role, of: layer, from: file, axes: axes)
    } catch {
      problems.unfit.append(.init(name: name, problem: .array(error)))
      return nil
    }
  }

  /// γ, β, μ and σ², as far as the layer has them, one after the other.
  private mutating func normalization(
    _ rows: [(name: String, Coefficients)], _ normalization: Normalization
  ) -> Coefficients? {
    guard let whole = joined(rows) else { return nil }
    do throws(ShapeError) {
      _ = try Normalization(
        whole, depth: normalization.depth, settings: normalization.settings)
    } catch {
      problems.unfit.append(.init(name: rows[rows.count - 1].name, problem: .parameters(error)))
    }
    return whole
  }

  /// Rows of numbers as one list: exact where all are, else float32.
  private mutating func joined(_ rows: [(name: String, Coefficients)]) -> Coefficients? {
    if rows.allSatisfy({ $0.1.isExact }) {
      // They are powers of two, so that the largest is a multiple of the others.
      let denominator = rows.map { $0.1.denominator }.max() ?? 1
      let numbers = rows.flatMap { row in
        (0..<row.1.count).map { place -> Int128 in
          let ratio = row.1[place].ratio ?? .zero
          return ratio.numerator * (denominator / ratio.denominator)
        }
      }
      return .stored(Integers(numbers), denominator: denominator)
    }
    var floats: [Float] = []
    for (name, row) in rows {
      for index in 0..<row.count {
        let number = row[index]
        guard let float = number.nearestFloat, Number.float32(float) == number else {
          problems.unfit.append(.init(name: name, problem: .notFloat32(number)))
          return nil
        }
        floats.append(float)
      }
    }
    return .float32(floats)
  }
}
