import Glibc

/// Reading and writing whole files.
package enum FileContents {
  /// Reads a file to its end.
  ///
  /// - Parameters:
  ///   - path: a regular file, a FIFO or a device, or `-` for standard input.
  ///   - limit: more bytes than this are refused; at no time is much more than this read.
  ///   - isRecognized: whether a beginning is that of a file of the wanted kind. Of another, which
  ///     may be endless, only the beginning is read and returned.
  /// - Throws: `FileError`.
  package static func read(
    _ path: String, limit: Int = NumpyFile.largestSize,
    ifBeginning isRecognized: ([UInt8]) -> Bool = { _ in true }
  ) throws(FileError) -> [UInt8] {
    do {
      if path == "-" {
        return try read(descriptor: STDIN_FILENO, limit: limit, ifBeginning: isRecognized)
      }
      let descriptor = try open(path, O_RDONLY, action: .read)
      defer { close(descriptor) }
      return try read(descriptor: descriptor, limit: limit, ifBeginning: isRecognized)
    } catch {
      throw FileError(action: .read, path: path, cause: error)
    }
  }

  /// Reads a regular file to its end: never a pipe, which could keep the program waiting.
  ///
  /// - Throws: `FileError`, also where more than `limit` bytes stand there.
  package static func readRegular(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    do throws(FileError.Cause) {
      let descriptor = try open(path, O_RDONLY | O_NONBLOCK, action: .read)
      defer { close(descriptor) }
      var status = stat()
      guard fstat(descriptor, &status) == 0 else { throw .init(errorNumber: errno, action: .read) }
      if !status.isRegular { throw status.isDirectory ? .directory : .notRegular }
      return try read(descriptor: descriptor, limit: limit)
    } catch {
      throw FileError(action: .read, path: path, cause: error)
    }
  }

  /// Opens a path; never one that C would see cut short at a NUL.
  static func open(
    _ path: String, _ flags: Int32, action: FileError.Action
  ) throws(FileError.Cause) -> Int32 {
    guard !path.utf8.contains(0) else { throw .init(errorNumber: ENOENT, action: action) }
    let descriptor = retrying { Glibc.open(path, flags | O_CLOEXEC | O_NOCTTY, 0o666) }
    guard descriptor >= 0 else { throw .init(errorNumber: errno, action: action) }
    return descriptor
  }

  /// The longest signature of a kind of file: that of `.npy` has six bytes.
  private static let beginning = 8

  private static func read(
    descriptor: Int32, limit: Int, ifBeginning isRecognized: ([UInt8]) -> Bool = { _ in true }
  ) throws(FileError.Cause) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .init(errorNumber: errno, action: .read) }
    if status.isDirectory { throw .directory }
    if status.isRegular, Int(status.st_size) > limit { throw .tooLarge(limit: limit) }
    var bytes: [UInt8] = []
    // Only a hint: a pipe has no size, and a file may grow or shrink meanwhile.
    if status.isRegular { bytes.reserveCapacity(Int(status.st_size)) }
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      let count = retrying { Glibc.read(descriptor, chunk.baseAddress, chunk.count) }
      if count == 0 { return bytes }
      if count < 0 {
        guard errno == EAGAIN else { throw .init(errorNumber: errno, action: .read) }
        wait(for: descriptor, POLLIN)
        continue
      }
      guard count <= limit - bytes.count else { throw .tooLarge(limit: limit) }
      let isBeginning = bytes.count < beginning
      bytes.append(contentsOf: chunk[..<count])
      // A pipe may give less at a time.
      if isBeginning, bytes.count >= beginning, !isRecognized(bytes) { return bytes }
    }
  }

  /// Writes all the bytes.
  static func write(_ bytes: [UInt8], descriptor: Int32) throws(FileError.Cause) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
        return retrying { Glibc.write(descriptor, rest.baseAddress, rest.count) }
      }
      if count < 0 {
        guard errno == EAGAIN else { throw .init(errorNumber: errno, action: .write) }
        wait(for: descriptor, POLLOUT)
        continue
      }
      written += count
    }
  }

  /// Repeats a call that a signal interrupted.
  private static func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }

  /// Sleeps until a descriptor that its owner made non-blocking is ready.
  private static func wait(for descriptor: Int32, _ events: Int32) {
    var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    poll(&request, 1, -1)
  }
}

extension stat {
  var isDirectory: Bool { st_mode & S_IFMT == S_IFDIR }
  var isRegular: Bool { st_mode & S_IFMT == S_IFREG }
  var isLink: Bool { st_mode & S_IFMT == S_IFLNK }
}
