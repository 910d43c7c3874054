import ConvolutionEngine
import ExactNumbers

/// Why a network's numbers cannot be written.
package enum WeightsWritingError: Error, Equatable {
  /// One that no float64 is.
  case notFloat64(layer: String, Number)
  case tooLarge
}

extension WeightsWritingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notFloat64(let layer, let number):
      "\(layer) has the number \(number.asciiText), which no float64 is exactly: it holds 53 "
        + "bits; use a rate over a power of two, and weights and examples of fewer digits."
    case .tooLarge: "all numbers together take more than 4 GB, which a .npz file does not hold."
    }
  }
}

extension Network {
  /// Every layer's numbers as a `.npz` file of float64 arrays, each exactly: `conv1.weight`,
  /// `conv1.bias`; of a batch normalization gamma, beta, mean and var.
  ///
  /// - Throws: `WeightsWritingError` for a number that no float64 is.
  package func archive(axes: AxisOrder) throws(WeightsWritingError) -> [UInt8] {
    var members: [ZipArchive.NewMember] = []
    for layer in layers {
      var arrays: [(role: String, numbers: Coefficients)] = []
      if let parameters = layer.parameters {
        arrays.append(("weight", parameters.weights))
        if let bias = parameters.bias { arrays.append(("bias", bias)) }
      }
      for (role, numbers) in arrays + layer.normalizationArrays {
        let tensor = try layer.tensor(of: numbers)
        members.append(
          ZipArchive.NewMember(
            name: "\(layer.name).\(role).npy",
            contents: tensor.float64Bytes(role, of: layer, axes),
            comment: numbers.isExact ? NumpyFile.exactMark : ""))
      }
    }
    guard let bytes = ZipArchive.bytes(of: members) else { throw .tooLarge }
    return bytes
  }
}

extension Tensor {
  fileprivate func float64Bytes(_ role: String, of layer: Layer, _ axes: AxisOrder) -> [UInt8] {
    do throws(NumpyWritingError) {
      return role == "weight"
        ? try numpyBytes(.float64, asWeightsOf: layer, axes: axes)
        : try numpyBytesOfRow(.float64)
    } catch {
      preconditionFailure("float64 takes any number: \(error)")
    }
  }
}

extension Layer {
  fileprivate var normalizationArrays: [(role: String, numbers: Coefficients)] {
    guard let normalization else { return [] }
    let maps = (0..<normalization.depth).map { normalization[$0] }
    var arrays: [(String, [Number])] = []
    if normalization.settings.hasScale { arrays.append(("gamma", maps.map(\.gamma))) }
    if normalization.settings.hasCentre { arrays.append(("beta", maps.map(\.beta))) }
    arrays += [("mean", maps.map(\.mean)), ("var", maps.map(\.variance))]
    return arrays.map { ($0.0, Coefficients(exactly: $0.1)) }
  }

  /// Numbers as a tensor of as many depths, of which each is a float64.
  fileprivate func tensor(of numbers: Coefficients) throws(WeightsWritingError) -> Tensor {
    for index in 0..<numbers.count where !numbers[index].isFloat64 {
      throw .notFloat64(layer: name, numbers[index])
    }
    guard let shape = try? Shape(1, 1, numbers.count) else { throw .tooLarge }
    if case .float32(let floats) = numbers { return .float32(shape, floats, isRounded: false) }
    return Tensor(
      shape, (0..<numbers.count).map { numbers.numerator($0) }, over: numbers.denominator)
  }
}

extension Coefficients {
  /// Numbers over one denominator; float32 where one is.
  fileprivate init(exactly numbers: [Number]) {
    let common = numbers.reduce(Optional(Int128(1))) { common, number in
      number.ratio.flatMap { ratio in
        common.flatMap { leastCommonMultiple($0, ratio.reduced.denominator) }
      }
    }
    guard let common else {
      self = .float32(numbers.map { $0.nearestFloat ?? 0 })
      return
    }
    let numerators = numbers.map { number in
      let ratio = number.ratio?.reduced ?? .zero
      return ratio.numerator * (common / ratio.denominator)
    }
    self = .stored(Integers(numerators), denominator: common)
  }
}

extension Number {
  /// Whether a float64 is exactly this number.
  fileprivate var isFloat64: Bool {
    guard let ratio = ratio?.reduced else { return true }
    guard !ratio.isZero else { return true }
    let magnitude = ratio.numerator.magnitude
    let bits = UInt128.bitWidth - magnitude.leadingZeroBitCount - magnitude.trailingZeroBitCount
    return ratio.denominator.nonzeroBitCount == 1 && bits <= 53
  }
}
