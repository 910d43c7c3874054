import Glibc

/// A folder of its own for one test, removed with everything in it when the test is over.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/convwalk-tests.XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else {
      throw TestHarnessError(description: "a temporary folder could not be made")
    }
    path = String(cString: made)
  }

  deinit {
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  /// What is in it, sorted.
  var names: [String] { names(in: ".") }

  /// What is in a folder of it, sorted.
  func names(in folder: String) -> [String] {
    guard let folder = opendir("\(path)/\(folder)") else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    let file = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    defer { close(file) }
    let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    guard count == bytes.count else {
      throw TestHarnessError(description: "\(name) could not be written")
    }
  }

  func read(_ name: String) throws -> [UInt8] {
    let file = open("\(path)/\(name)", O_RDONLY)
    guard file >= 0 else { throw TestHarnessError(description: "there is no \(name)") }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: Int(lseek(file, 0, SEEK_END)))
    _ = bytes.withUnsafeMutableBytes { pread(file, $0.baseAddress, $0.count, 0) }
    return bytes
  }
}

/// What `numpy.save` writes for little-endian 64-bit integers or floats in C order.
func savedArray(_ element: String, _ shape: String, _ values: [UInt64]) -> [UInt8] {
  let header = "{'descr': '\(element)', 'fortran_order': False, 'shape': \(shape), }"
  let spaces = String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64)
  let text = Array((header + spaces + "\n").utf8)
  let start = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.count), 0]
  let data = values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
  return start + text + data
}

func savedIntegers(_ shape: String, _ values: [Int]) -> [UInt8] {
  savedArray("<i8", shape, values.map { UInt64(bitPattern: Int64($0)) })
}

func savedFloats(_ shape: String, _ values: [Double]) -> [UInt8] {
  savedArray("<f8", shape, values.map(\.bitPattern))
}
