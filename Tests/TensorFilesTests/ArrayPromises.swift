import ConvolutionEngine
import TestSupport

@testable import TensorFiles

/// Holds the reader of `.npy` files to what it promises of any bytes: no array larger than the file
/// accounts for, and every tensor that is read is written so that it is read again.
func holdArrayPromises(_ bytes: [UInt8]) throws {
  guard let array = try taken({ try NumpyFile(bytes) }) else { return }
  try hold(array.count <= bytes.count, "no more numbers than bytes")
  for axes in AxisOrder.allCases {
    guard let tensor = try taken({ try Tensor(array, axes: axes) }) else { continue }
    try hold(tensor.shape.count == array.count, "as many cells as numbers")
    try hold((try? array.tensorShape(axes: axes)) == tensor.shape, "the size that was foretold")
    for type in NumpyOutput.allCases { try holdWritten(tensor, axes, type) }
  }
}

private func holdWritten(
  _ tensor: Tensor, _ axes: AxisOrder, _ type: NumpyOutput
) throws {
  guard let bytes = try taken({ try tensor.numpyBytes(type, axes: axes) }),
    type == (tensor.isExact ? .int64 : .float32)
  else { return }
  let again = (try? NumpyFile(bytes)).flatMap { try? Tensor($0, axes: axes) }
  try hold(again == tensor, "what is written as \(type) is read again")
}
