import ConvolutionEngine
import ExactNumbers
import TensorFiles

/// Examples to learn from: the arrays x and y of a `.npz` file.
struct ExampleFile {
  let inputs: [Tensor]
  let labels: [Int]

  var count: Int { labels.count }

  /// - Parameter input: the shape that each example must have.
  init(_ path: String, axes: AxisOrder, input: Shape) throws(CommandFailure) {
    var files = ArrayFiles()
    let arrays = try files.arrays(path, expectsArchive: true)
    func array(_ name: String) throws(CommandFailure) -> NumpyFile {
      guard arrays.names.contains(name) else {
        throw .noExamples(path: path, missing: name, found: arrays.names)
      }
      do throws(ArchiveError) {
        return try arrays.array(name)
      } catch {
        throw .archive(path: path, error)
      }
    }
    let (x, y) = (try array("x"), try array("y"))
    let inputs = try decoding(path) { () throws(NumpyError) in
      try Tensor.batch(x, axes: axes)
    }
    if let first = inputs.first, first.shape != input {
      throw .exampleSize(path: path, found: first.shape, expected: input)
    }
    let classes = try decoding(path) { () throws(NumpyError) in
      try Coefficients(bias: y, count: inputs.count)
    }
    var labels: [Int] = []
    for index in 0..<classes.count {
      guard let ratio = classes[index].ratio, ratio.isWhole,
        let label = Int(exactly: ratio.numerator / ratio.denominator)
      else { throw .exampleClass(path: path, index: index, found: classes[index].asciiText) }
      labels.append(label)
    }
    self.inputs = inputs
    self.labels = labels
  }
}
