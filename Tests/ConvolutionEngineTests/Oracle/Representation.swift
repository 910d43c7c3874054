import ConvolutionEngine
import Testing

/// What a layer's input and weights are kept as. Small whole numbers are the same in all of them,
/// and so are the sums.
enum Representation: CaseIterable, Sendable {
  case exact, floats, floatInput, floatWeights

  func input(_ shape: Shape, _ numbers: [Int]) -> Tensor {
    switch self {
    case .exact, .floatWeights: Tensor(shape, small: numbers)
    case .floats, .floatInput: .float32(shape, numbers.map { Float($0) }, isRounded: false)
    }
  }

  func coefficients(_ numbers: [Int]) -> Coefficients {
    switch self {
    case .exact, .floatInput: Coefficients(numbers)
    case .floats, .floatWeights: .float32(numbers.map { Float($0) })
    }
  }
}
