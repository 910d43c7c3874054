import Glibc

extension FileContents {
  /// Writes a file whole or not at all: beside its place first, then renamed into it.
  ///
  /// A link is followed: the file that it names is replaced and the link stays (a hard link's
  /// other names keep the old contents). A file that is replaced keeps its permissions, and one
  /// that is write-protected is not replaced. A device or a FIFO is written to directly, and so
  /// is `-`, standard output.
  ///
  /// A closed pipe is a `FileError` only where the process ignores `SIGPIPE`; otherwise the
  /// signal ends the process.
  ///
  /// - Throws: `FileError`.
  package static func writeAtomically(_ bytes: [UInt8], to path: String) throws(FileError) {
    do {
      if path == "-" { return try write(bytes, descriptor: STDOUT_FILENO) }
      switch try target(path) {
      case .direct:
        let descriptor = try open(path, O_WRONLY, action: .write)
        defer { close(descriptor) }
        try write(bytes, descriptor: descriptor)
      case .file(let path, let permissions):
        try replace(path, with: bytes, permissions: permissions)
      }
    } catch {
      throw FileError(action: .write, path: path, cause: error)
    }
  }

  private enum Target {
    /// A file to come or to be replaced, links resolved.
    case file(path: String, permissions: mode_t?)
    case direct
  }

  private static func target(_ path: String) throws(FileError.Cause) -> Target {
    guard !path.isEmpty else { throw .noName }
    guard !path.utf8.contains(0) else { throw .noFolder }
    var status = stat()
    guard stat(path, &status) == 0 else {
      let failure = errno
      guard failure == ENOENT else { throw .init(errorNumber: failure, action: .write) }
      if lstat(path, &status) == 0, status.isLink { throw .danglingLink }
      return .file(path: path, permissions: nil)
    }
    if status.isDirectory { throw .directory }
    guard status.isRegular else { return .direct }
    guard access(path, W_OK) == 0, let resolved = realpath(path, nil) else {
      throw .init(errorNumber: errno, action: .write)
    }
    defer { free(resolved) }
    return .file(path: String(cString: resolved), permissions: status.st_mode & 0o777)
  }

  private static func replace(
    _ path: String, with bytes: [UInt8], permissions: mode_t?
  ) throws(FileError.Cause) {
    let (temporary, descriptor) = try openBeside(path)
    do throws(FileError.Cause) {
      defer { close(descriptor) }
      if let permissions { fchmod(descriptor, permissions) }
      try write(bytes, descriptor: descriptor)
      // Some file systems cannot synchronize, which is no reason to refuse; a full disk is.
      if fsync(descriptor) != 0, ![EINVAL, ENOTSUP].contains(errno) {
        throw FileError.Cause(errorNumber: errno, action: .write)
      }
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let failure = errno
      unlink(temporary)
      throw .init(errorNumber: failure, action: .write)
    }
  }

  /// Creates a file with a name of its own in the folder of a path.
  private static func openBeside(
    _ path: String
  ) throws(FileError.Cause) -> (path: String, descriptor: Int32) {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    while true {
      let name = String(UInt64.random(in: 0...UInt64.max), radix: 36)
      let temporary = "\(folder).\(name).tmp"
      do {
        return (temporary, try open(temporary, O_WRONLY | O_CREAT | O_EXCL, action: .write))
      } catch {
        guard error == .system(EEXIST) else { throw error }
      }
    }
  }
}
