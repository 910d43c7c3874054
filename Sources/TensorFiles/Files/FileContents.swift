import Glibc

/// Reading and writing whole files.
package enum FileContents {
  /// How much of a file is wanted, as its beginning tells.
  package enum Wanted: Sendable, Equatable {
    case whole
    /// So many bytes; what follows is left alone.
    case upTo(Int)
    /// So many bytes of a pipe, which may be endless; a file whole.
    case ofPipe(upTo: Int)
    /// To be told when so many bytes are there.
    case atLeast(Int)
  }

  /// Reads a file to its end.
  ///
  /// - Parameters:
  ///   - path: a regular file, a FIFO or a device, or `-` for standard input.
  ///   - limit: more bytes than this are refused; at no time is much more than this read.
  ///   - wanted: how much is wanted of a file that begins so. Of a pipe, which may be endless, no
  ///     more is read.
  /// - Throws: `FileError`.
  package static func read(
    _ path: String, limit: Int = NumpyFile.largestSize,
    wanted: ([UInt8]) -> Wanted = { _ in .whole }
  ) throws(FileError) -> [UInt8] {
    do {
      if path == "-" {
        return try read(descriptor: STDIN_FILENO, limit: limit, wanted: wanted)
      }
      let descriptor = try open(path, O_RDONLY, action: .read)
      defer { close(descriptor) }
      return try read(descriptor: descriptor, limit: limit, wanted: wanted)
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

  private static let chunkSize = 1 << 18

  private static func read(
    descriptor: Int32, limit: Int, wanted: ([UInt8]) -> Wanted = { _ in .whole }
  ) throws(FileError.Cause) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .init(errorNumber: errno, action: .read) }
    if status.isDirectory { throw .directory }
    if status.isRegular, Int(status.st_size) > limit { throw .tooLarge(limit: limit) }
    var bytes: [UInt8] = []
    var end = Wanted.atLeast(1)
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkSize, alignment: 16)
    defer { chunk.deallocate() }
    while true {
      var room = chunk.count
      if case .upTo(let end) = end { room = min(room, end - bytes.count) }
      if room <= 0, case .upTo(let end) = end { return Array(bytes.prefix(end)) }
      let count = retrying { Glibc.read(descriptor, chunk.baseAddress, room) }
      if count == 0 { return bytes }
      if count < 0 {
        guard errno == EAGAIN else { throw .init(errorNumber: errno, action: .read) }
        wait(for: descriptor, POLLIN)
        continue
      }
      guard count <= limit - bytes.count else { throw .tooLarge(limit: limit) }
      bytes.append(contentsOf: chunk[..<count])
      guard case .atLeast(let needed) = end, bytes.count >= needed else { continue }
      end = wanted(bytes)
      if case .ofPipe(let most) = end { end = status.isRegular ? .whole : .upTo(most) }
      // Only a hint: a pipe has no size, and a file may grow or shrink meanwhile.
      guard status.isRegular else { continue }
      let size = Int(status.st_size)
      switch end {
      case .whole: bytes.reserveCapacity(size)
      case .upTo(let end): bytes.reserveCapacity(min(end, size))
      case .atLeast, .ofPipe: break
      }
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
