import Glibc
import Testing

@testable import TensorFiles

/// A folder of its own for each test, removed with what tests put there.
private final class Folder {
  let path: String

  init() throws {
    var template = Array("/tmp/tensor-files-XXXXXX".utf8CString)
    _ = try #require(mkdtemp(&template))
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    for name in names { unlink(self / name) }
    rmdir(path)
  }

  static func / (folder: Folder, name: String) -> String { "\(folder.path)/\(name)" }

  /// What stands in it, sorted.
  var names: [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  func put(_ name: String, _ bytes: [UInt8], permissions: mode_t = 0o644) throws {
    let file = try #require(fopen(self / name, "w"))
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
    chmod(self / name, permissions)
  }

  func permissions(_ name: String) -> mode_t {
    var status = stat()
    stat(self / name, &status)
    return status.st_mode & 0o777
  }
}

@Suite struct `reading files` {
  private let folder: Folder

  init() throws { folder = try Folder() }

  @Test func `all bytes of a file, and of an empty one`() throws {
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try folder.put("a", bytes)
    try folder.put("empty", [])
    #expect(try FileContents.read(folder / "a") == bytes)
    #expect(try FileContents.read(folder / "a", limit: 300_000) == bytes)
    #expect(try FileContents.read(folder / "empty", limit: 0) == [])
  }

  @Test func `a pipe to its end`() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    write(ends[1], [1, 2, 3] as [UInt8], 3)
    close(ends[1])
    #expect(try FileContents.read("/dev/fd/\(ends[0])") == [1, 2, 3])
    close(ends[0])
  }

  @Test func `a file without a size`() throws {
    #expect(try FileContents.read("/dev/null") == [])
    #expect(try !FileContents.read("/proc/self/stat").isEmpty)
  }

  @Test func `more bytes than the limit`() throws {
    try folder.put("a", [1, 2, 3])
    #expect(
      refusal { try FileContents.read(folder / "a", limit: 2) }
        == "cannot read \(folder / "a"): it has more than 2 bytes; use a smaller file.")
    #expect(
      refusal { try FileContents.read("/dev/zero", limit: 1 << 20) }
        == "cannot read /dev/zero: it has more than 1048576 bytes; use a smaller file.")
  }

  @Test func `what is not there, or a directory`() {
    #expect(
      refusal { try FileContents.read(folder / "b") }
        == "cannot read \(folder / "b"): there is no such file; check the name.")
    #expect(
      refusal { try FileContents.read(folder.path) }
        == "cannot read \(folder.path): it is a directory; name a file.")
    #expect(
      refusal { try FileContents.read("") }
        == "cannot read '': there is no such file; check the name.")
    #expect(
      throws: FileError(action: .read, path: "/dev/null\0a", cause: .missing)
    ) { try FileContents.read("/dev/null\0a") }
  }

  @Test func `what is not a folder on the way`() throws {
    try folder.put("a", [])
    #expect(
      throws: FileError(action: .read, path: folder / "a/b", cause: .missing)
    ) { try FileContents.read(folder / "a/b") }
  }
}

@Suite struct `writing files` {
  private let folder: Folder

  init() throws { folder = try Folder() }

  @Test func `a new file, and nothing else`() throws {
    try FileContents.writeAtomically([1, 2, 3], to: folder / "a")
    #expect(try FileContents.read(folder / "a") == [1, 2, 3])
    #expect(folder.names == ["a"])
  }

  @Test func `a new file has the permissions that any new file has`() throws {
    try FileContents.writeAtomically([1], to: folder / "a")
    fclose(fopen(folder / "other", "w"))
    #expect(folder.permissions("a") == folder.permissions("other"))
  }

  @Test func `a file that is replaced keeps its permissions`() throws {
    try folder.put("a", [9, 9, 9, 9], permissions: 0o640)
    try FileContents.writeAtomically([1], to: folder / "a")
    #expect(try FileContents.read(folder / "a") == [1])
    #expect(folder.permissions("a") == 0o640)
    #expect(folder.names == ["a"])
  }

  @Test func `who has the old file open still reads it whole`() throws {
    try folder.put("a", [7, 8])
    let descriptor = open(folder / "a", O_RDONLY)
    try FileContents.writeAtomically([1], to: folder / "a")
    #expect(try FileContents.read("/dev/fd/\(descriptor)") == [7, 8])
    close(descriptor)
  }

  @Test func `a link stays, and the file that it names is replaced`() throws {
    try folder.put("a", [9])
    symlink("a", folder / "link")
    try FileContents.writeAtomically([1], to: folder / "link")
    #expect(try FileContents.read(folder / "a") == [1])
    var status = stat()
    lstat(folder / "link", &status)
    #expect(status.isLink)
    #expect(folder.names == ["a", "link"])
  }

  @Test func `a link that leads nowhere is refused`() {
    symlink("nowhere", folder / "link")
    #expect(
      refusal { try FileContents.writeAtomically([1], to: folder / "link") }
        == "cannot write \(folder / "link"): it is a link to a file that does not exist; remove "
        + "the link.")
    #expect(folder.names == ["link"])
  }

  /// Never a device of the machine: should this code be broken, root would replace it.
  @Test func `a FIFO is written to directly and stays`() throws {
    mkfifo(folder / "fifo", 0o600)
    // Open for both, so that neither end waits for the other.
    let descriptor = open(folder / "fifo", O_RDWR | O_NONBLOCK)
    defer { close(descriptor) }
    try FileContents.writeAtomically([4, 5], to: folder / "fifo")
    var bytes: [UInt8] = [0, 0, 0]
    #expect(read(descriptor, &bytes, 3) == 2)
    #expect(bytes == [4, 5, 0])
    #expect(folder.names == ["fifo"])
  }

  @Test func `a full disk is an error`() throws {
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    #expect(throws: FileError.Cause.noSpace) {
      try FileContents.write([1], descriptor: descriptor)
    }
    #expect(
      "\(FileError(action: .write, path: "-", cause: .noSpace))"
        == "cannot write standard output: there is no space left; free some or write elsewhere.")
  }

  @Test func `a pipe that is closed is an error`() throws {
    signal(SIGPIPE, SIG_IGN)
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    close(ends[0])
    #expect(throws: FileError.Cause.closedPipe) {
      try FileContents.write([6], descriptor: ends[1])
    }
    close(ends[1])
  }

  @Test func `where nothing can be written, nothing is left`() throws {
    #expect(
      refusal { try FileContents.writeAtomically([1], to: folder / "b/a") }
        == "cannot write \(folder / "b/a"): its folder does not exist; create it or name another.")
    #expect(
      refusal { try FileContents.writeAtomically([1], to: folder.path) }
        == "cannot write \(folder.path): it is a directory; name a file.")
    #expect(throws: FileError(action: .write, path: folder / "a/", cause: .noFolder)) {
      try FileContents.writeAtomically([1], to: folder / "a/")
    }
    let long = folder / String(repeating: "n", count: 300)
    #expect(
      throws: FileError(action: .write, path: long, cause: .system(ENAMETOOLONG))
    ) { try FileContents.writeAtomically([1], to: long) }
    #expect(folder.names == [])
  }

  @Test(.disabled(if: geteuid() == 0, "root may write anything"))
  func `a write-protected file is not replaced`() throws {
    try folder.put("a", [9], permissions: 0o444)
    #expect(
      refusal { try FileContents.writeAtomically([1], to: folder / "a") }
        == "cannot write \(folder / "a"): permission is denied; change its permissions or name "
        + "another file.")
    #expect(try FileContents.read(folder / "a") == [9])
  }
}
