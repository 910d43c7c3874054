import ConvolutionEngine
import ConvolutionKernels

/// The inner loops for one kind of processor; see `ConvolutionKernels.h`.
package struct Kernels: @unchecked Sendable, CustomStringConvertible {
  /// Points to a constant of the C target.
  private let table: UnsafePointer<ConvolutionKernels>

  /// All that this processor runs, the fastest first, the portable ones last.
  package static let all: [Kernels] = {
    var all: [Kernels] = []
    while let table = convolutionKernels(all.count) { all.append(Kernels(table: table)) }
    return all
  }()

  package static let fastest = all[0]

  package var description: String { String(cString: table.pointee.name) }

  /// Filters of a full panel; a half panel has half as many.
  var panelFilters: Int { table.pointee.filters }

  /// Windows of a tile.
  var tileWindows: Int { table.pointee.positions }

  /// The functions themselves.
  var run: ConvolutionKernels { table.pointee }
}

/// Numbers as the kernels read them, on the boundaries of the widest vectors.
///
/// Whoever makes them writes them, from several threads at different places; once they are handed
/// on they are only read.
final class KernelNumbers: @unchecked Sendable {
  let start: UnsafeMutablePointer<Int16>

  /// - Parameter count: of numbers, which hold anything until they are written.
  init(count: Int) {
    start = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Int16>.stride, alignment: 64
    ).bindMemory(to: Int16.self, capacity: max(count, 1))
  }

  deinit { start.deallocate() }
}
