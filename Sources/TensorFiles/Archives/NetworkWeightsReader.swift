import ConvolutionEngine

/// What of a layer an array holds.
enum ArrayRole {
  case weight, bias, gamma, beta, mean, variance

  /// What PyTorch calls it, then what Keras does.
  private var endings: [String] {
    switch self {
    case .weight: ["weight", "kernel", "depthwise_kernel"]
    case .bias: ["bias"]
    case .gamma: ["weight", "gamma"]
    case .beta: ["bias", "beta"]
    case .mean: ["running_mean", "moving_mean"]
    case .variance: ["running_var", "moving_variance"]
    }
  }

  /// Every name that its array may have.
  func names(for layer: String) -> [String] {
    endings.flatMap { ["\(layer).\($0)", "\(layer)/\($0)", "\(layer)/\($0):0"] }
  }

  fileprivate var use: NumpyError.Use {
    switch self {
    case .weight: .weights
    case .bias: .bias
    case .gamma: .gamma
    case .beta: .beta
    case .mean: .mean
    case .variance: .variance
    }
  }
}

/// Takes a network's numbers from an archive and notes what does not fit.
struct NetworkWeightsReader {
  let archive: NumpyArchive
  let network: Network
  let axes: AxisOrder
  private var used: Set<String> = []
  private var problems = NetworkWeightsError()

  init(archive: NumpyArchive, network: Network, axes: AxisOrder) {
    self.archive = archive
    self.network = network
    self.axes = axes
  }

  mutating func parameters(of layer: Layer) -> GivenParameters? {
    if let normalization = layer.normalization {
      return self.normalization(of: layer, normalization).map { GivenParameters(weights: $0) }
    }
    guard let shape = layer.parameters else { return nil }
    var given = GivenParameters()
    if layer.specification.weightsFile == nil {
      let axes = axes
      given.weights = coefficients(
        .weight, of: layer, expected: layer.weightsShape(axes, shape)
      ) { file throws(NumpyError) in
        try Coefficients(weights: file, of: layer, shape, axes: axes)
      }
    }
    if shape.bias != nil, layer.specification.biasFile == nil {
      given.bias = coefficients(.bias, of: layer, expected: [shape.filters]) {
        file throws(NumpyError) in try Coefficients(bias: file, count: shape.filters)
      }
    }
    return given
  }

  /// - Throws: all that did not fit.
  mutating func finish() throws(NetworkWeightsError) {
    let uncounted = Set(network.layers.filter { $0.normalization != nil }.map(\.name))
    problems.leftOver = archive.names.filter { name in
      // PyTorch counts the batches of its training beside a normalization's numbers.
      !used.contains(name)
        && !(name.hasSuffix(".num_batches_tracked")
          && uncounted.contains(String(name.dropLast(".num_batches_tracked".count))))
    }
    guard problems.isEmpty else { throw problems }
  }

  /// γ, β, μ and σ², as far as the layer has them, one after the other.
  private mutating func normalization(
    of layer: Layer, _ normalization: Normalization
  ) -> Coefficients? {
    let settings = normalization.settings
    let roles: [(ArrayRole, Bool)] = [
      (.gamma, settings.hasScale), (.beta, settings.hasCentre), (.mean, true), (.variance, true),
    ]
    let depth = normalization.depth
    var rows: [(name: String, Coefficients)] = []
    for (role, isThere) in roles where isThere {
      let row = coefficients(role, of: layer, expected: [depth]) { file throws(NumpyError) in
        try Coefficients(bias: file, count: depth, use: role.use)
      }
      if let row { rows.append((name(of: role, layer) ?? layer.name, row)) }
    }
    guard rows.count == roles.count(where: { $0.1 }) else { return nil }
    let whole = joined(rows)
    if let whole {
      do throws(ShapeError) {
        _ = try Normalization(whole, depth: depth, settings: settings)
      } catch {
        problems.unfit.append(.init(name: rows[rows.count - 1].name, problem: .parameters(error)))
      }
    }
    return whole
  }

  /// Rows of numbers as one list: integers where all are, else float32.
  private mutating func joined(_ rows: [(name: String, Coefficients)]) -> Coefficients? {
    if rows.allSatisfy({ $0.1.isExact }) {
      let numbers = rows.flatMap { row in
        (0..<row.1.count).map { row.1[$0].ratio?.numerator ?? 0 }
      }
      return .stored(Integers(numbers), denominator: 1)
    }
    var floats: [Float] = []
    for (name, row) in rows {
      for index in 0..<row.count {
        let number = row[index]
        guard let float = number.nearestFloat, Number.float32(float) == number else {
          problems.unfit.append(
            .init(name: name, problem: .notFloat32(number.ratio?.numerator ?? 0)))
          return nil
        }
        floats.append(float)
      }
    }
    return .float32(floats)
  }

  private func name(of role: ArrayRole, _ layer: Layer) -> String? {
    let there = Set(archive.names)
    return role.names(for: layer.name).first(where: there.contains)
  }

  private mutating func coefficients(
    _ role: ArrayRole, of layer: Layer, expected: [Int],
    _ decode: (NumpyFile) throws(NumpyError) -> Coefficients
  ) -> Coefficients? {
    guard let name = name(of: role, layer) else {
      problems.missing.append(.init(name: role.names(for: layer.name)[0], shape: expected))
      return nil
    }
    used.insert(name)
    let file: NumpyFile
    do throws(ArchiveError) {
      file = try archive.array(name)
    } catch {
      problems.unfit.append(.init(name: name, problem: .archive(error)))
      return nil
    }
    do throws(NumpyError) {
      return try decode(file)
    } catch {
      problems.unfit.append(.init(name: name, problem: .array(error)))
      return nil
    }
  }
}

extension Layer {
  /// The shape of the array that holds a layer's weights.
  fileprivate func weightsShape(_ axes: AxisOrder, _ parameters: Parameters) -> [Int] {
    if case .dense = operation {
      let sizes = [parameters.filters, parameters.filter.count]
      return axes == .yxd ? sizes.reversed() : sizes
    }
    let sizes = RoleSizes(shape: parameters.filter, filters: parameters.filters)
    return axes.filters.map { sizes[$0] }
  }
}
