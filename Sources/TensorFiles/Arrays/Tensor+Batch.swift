import ConvolutionEngine
import ExactNumbers

extension Tensor {
  /// Takes an array of many tensors, examples first and then the axes named by `axes`: of three axes
  /// behind the first each is a tensor, of two one of depth 1, of one a flat vector.
  ///
  /// - Throws: `NumpyError` for other numbers of axes, no numbers, and numbers that are not taken.
  package static func batch(
    _ file: NumpyFile, axes: AxisOrder = .xyd
  ) throws(NumpyError) -> [Tensor] {
    let roles: [AxisOrder.Role]
    switch file.shape.count {
    case 2: roles = [.filter, .depth]
    case 3: roles = [.filter] + axes.tensor.filter { $0 != .depth }
    case 4: roles = [.filter] + axes.tensor
    default: throw .axes(shape: file.shape)
    }
    if file.shape.contains(0) { throw .empty(shape: file.shape) }
    func side(_ role: AxisOrder.Role) -> Int {
      roles.firstIndex(of: role).map { file.shape[$0] } ?? 1
    }
    let shape: Shape
    do throws(ShapeError) {
      shape = try Shape(side(.x), side(.y), side(.depth))
    } catch {
      throw .tensorShape(error)
    }
    let ranges = (0..<side(.filter)).map { $0 * shape.count..<($0 + 1) * shape.count }
    switch try file.numbers(file.engineOrder(roles)) {
    case .exact(let integers, let denominator):
      return ranges.map { range in
        Tensor(shape, range.map { integers[$0] }, over: denominator)
      }
    case .float32(let floats):
      return ranges.map { .float32(shape, Array(floats[$0]), isRounded: false) }
    }
  }
}
