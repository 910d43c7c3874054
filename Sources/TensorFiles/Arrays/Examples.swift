import ConvolutionEngine
import ExactNumbers

/// Inputs of a network and the classes that they belong to, as a `.npz` file has them: `x`, whose
/// first axis counts the examples and whose others are an input's, and `y`, a class number for
/// each.
///
/// A `.npy` file is an `x` alone. 1,797 pictures of 8×8 pixels are `x` of 1797×1×8×8 in PyTorch's
/// order of axes, `y` of 1797.
package struct Examples: Sendable, Equatable {
  /// What each input has.
  package let shape: Shape
  package let count: Int
  /// The classes in the examples' order, each at least 0; nil where the file has no `y`.
  package let classes: [Int]?
  private let numbers: NumpyNumbers

  /// - Parameter axes: the order of an input's axes, behind that of the examples.
  /// - Throws: `ExamplesError`.
  package init(_ arrays: NamedArrays, axes: AxisOrder) throws(ExamplesError) {
    let hasNames = !arrays.areUnnamed
    if hasNames, !arrays.names.contains("x") { throw .noInputs(known: arrays.names) }
    let inputs = try Examples.array(hasNames ? "x" : nil, of: arrays)
    do throws(NumpyError) {
      let roles = try inputs.exampleRoles(axes)
      shape = try inputs.shape(roles)
      count = inputs.shape[0]
      numbers = try inputs.numbers(inputs.engineOrder(roles))
    } catch {
      throw .inputs(error)
    }
    guard hasNames, arrays.names.contains("y") else {
      classes = nil
      return
    }
    classes = try Examples.classes(Examples.array("y", of: arrays), count: count)
  }

  /// One of the inputs, counted from 0.
  package func input(_ index: Int) -> Tensor {
    precondition((0..<count).contains(index), "an example that there is")
    let first = index * shape.count
    switch numbers {
    case .exact(let integers, let denominator):
      let own = (first..<first + shape.count).map { integers[$0] }
      return Tensor(shape, own, over: denominator)
    case .float32(let floats):
      return .float32(shape, Array(floats[first..<first + shape.count]), isRounded: false)
    }
  }

  private static func array(
    _ name: String?, of arrays: NamedArrays
  ) throws(ExamplesError) -> NumpyFile {
    try rethrowing(try arrays.array(name), as: ExamplesError.archive)
  }

  private static func classes(
    _ file: NumpyFile, count: Int
  ) throws(ExamplesError) -> [Int] {
    guard file.shape == [count] else { throw .classCount(found: file.shape, examples: count) }
    let numbers = try rethrowing(
      try file.numbers(file.engineOrder([.filter])),
      as: { ExamplesError.archive(.array("y", $0)) })
    guard case .exact(let integers, 1) = numbers else { throw .noClass(index: nil) }
    var classes: [Int] = []
    for index in 0..<count {
      guard (0...Examples.largestClass).contains(integers[index]) else {
        throw .noClass(index: index)
      }
      classes.append(Int(integers[index]))
    }
    return classes
  }

  /// No layer has more outputs.
  private static let largestClass = Int128(Tensor.largestCount - 1)
}

/// Why a file of examples is not taken.
package enum ExamplesError: Error, Equatable {
  case archive(ArchiveError)
  /// No array is called `x`.
  case noInputs(known: [String])
  /// `x` is no array of inputs.
  case inputs(NumpyError)
  /// `y` has not one number for each example.
  case classCount(found: [Int], examples: Int)
  /// A number of `y` is no class: negative or, where none is named, not whole.
  case noClass(index: Int?)
}

extension ExamplesError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .archive(let problem): return "\(problem)"
    case .noInputs(let known):
      return "the file has no array \"x\", the inputs one after another; it has "
        + "\(known.listed(\.excerpt)). Save it with numpy.savez(file, x=inputs, y=classes)."
    case .inputs(let problem): return "the array \"x\": \(problem)"
    case .classCount(let found, let examples):
      return "the array \"y\" has the shape \(tuple(found)), expected \(tuple([examples])): "
        + "one class for each of the examples in x."
    case .noClass(let index):
      let found = index.map { "The number at \([$0].text)" } ?? "A number"
      return "the array \"y\" holds classes, whole numbers from 0. \(found) is none."
    }
  }
}

extension NumpyFile {
  /// What the axes of an array of inputs run along: that of the examples first.
  ///
  /// - Throws: `NumpyError` for other numbers of axes, and no numbers.
  fileprivate func exampleRoles(_ axes: AxisOrder) throws(NumpyError) -> [AxisOrder.Role] {
    let roles: [AxisOrder.Role]
    switch shape.count {
    case 2: roles = [.depth]
    case 3: roles = axes.tensor.filter { $0 != .depth }
    case 4: roles = axes.tensor
    default: throw .sizes(.exampleAxes(shape: shape))
    }
    if shape.contains(0) { throw .sizes(.empty(shape: shape)) }
    return [.filter] + roles
  }
}
