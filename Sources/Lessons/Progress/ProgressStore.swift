import ExactNumbers
import Glibc
import TensorFiles

/// The file in which progress is kept: `convwalk/progress` in the XDG state directory.
///
/// Every change reads the file again under a lock and adds to it, so that two programs do not
/// forget what the other kept. A file that cannot be read whole is set aside, never overwritten.
package struct ProgressStore: Sendable {
  /// nil: there is nowhere to keep it.
  private let folder: String?

  /// - Parameters:
  ///   - state: the value of `XDG_STATE_HOME`; passed over where it is not absolute, as the XDG
  ///     Base Directory Specification has it.
  ///   - home: the value of `HOME`.
  package init(state: String?, home: String?) {
    if let state, state.hasPrefix("/") {
      folder = "\(state)/convwalk"
    } else if let home, home.hasPrefix("/") {
      folder = "\(home)/.local/state/convwalk"
    } else {
      folder = nil
    }
  }

  /// As the program's environment has it.
  package init() {
    func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    self.init(state: value("XDG_STATE_HOME"), home: value("HOME"))
  }

  /// Everything that is kept, and what there is to say about it. A file that cannot be read whole
  /// is set aside at once.
  package func load() -> (progress: CourseProgress, problem: ProgressProblem?) {
    guard let folder else { return (CourseProgress(), nil) }
    do throws(ProgressProblem) {
      switch try reading(folder) {
      case .whole(let progress): return (progress, nil)
      case .damaged(let progress): return (progress, change { _ in })
      case .newer: return (CourseProgress(), change { _ in })
      }
    } catch {
      return (CourseProgress(), error)
    }
  }

  /// Adds what is known of one lesson.
  ///
  /// - Returns: what there is to say; nil where all went as it should.
  package func keep(_ record: CourseRecord) -> ProgressProblem? {
    change { $0.merge(record) }
  }

  /// Adds how an exercise went.
  ///
  /// - Returns: what there is to say; nil where all went as it should.
  package func keep(_ mark: PracticeMark) -> ProgressProblem? {
    change { $0.note(mark) }
  }

  /// Adds what came of a final test.
  ///
  /// - Returns: what there is to say; nil where all went as it should.
  package func keep(finalTest marks: [PracticeMark]) -> ProgressProblem? {
    change { $0.practice.note(finalTest: marks) }
  }

  /// Forgets every lesson, and all practice.
  package func reset() -> ProgressProblem? {
    change { $0 = CourseProgress() }
  }
}

extension ProgressStore {
  private static let fileName = "progress"

  private func path(_ folder: String) -> String { "\(folder)/\(ProgressStore.fileName)" }

  private func change(_ body: (inout CourseProgress) -> Void) -> ProgressProblem? {
    guard let folder else { return .noHome }
    do throws(ProgressProblem) {
      try makeFolder(folder)
      let lock = try lock(folder)
      defer { if lock >= 0 { close(lock) } }
      if lock >= 0 { clear(folder) }
      var said: ProgressProblem?
      var progress = CourseProgress()
      switch try reading(folder) {
      case .whole(let found): progress = found
      case .damaged(let found):
        progress = found
        said = .damaged(setAside: try setAside(folder, "damaged"))
      case .newer: said = .newer(setAside: try setAside(folder, "newer"))
      }
      body(&progress)
      try write(progress, folder)
      return said
    } catch {
      return error
    }
  }

  private func reading(_ folder: String) throws(ProgressProblem) -> CourseProgress.Reading {
    let path = path(folder)
    guard let kind = kind(ofPath: path) else { return .whole(CourseProgress()) }
    // A pipe would keep the program waiting for ever.
    guard kind == S_IFREG else { throw .notAFile(path) }
    do throws(FileError) {
      return CourseProgress.read(try FileContents.read(path, limit: CourseProgress.largestFile))
    } catch {
      if case .tooLarge = error.cause { return .damaged(CourseProgress()) }
      throw .file(error)
    }
  }

  private func write(_ progress: CourseProgress, _ folder: String) throws(ProgressProblem) {
    try rethrowing(
      try FileContents.writeAtomically(progress.bytes, to: path(folder)),
      as: ProgressProblem.file)
  }

  private func makeFolder(_ folder: String) throws(ProgressProblem) {
    var path = ""
    for part in folder.split(separator: "/") {
      path += "/\(part)"
      // The XDG specification asks for folders that others cannot read.
      guard mkdir(path, 0o700) != 0, errno != EEXIST, kind(ofPath: path) != S_IFDIR else {
        continue
      }
      throw .folder(folder, reason: String(cString: strerror(errno)))
    }
  }

  /// A lock that closing its descriptor gives back; −1 where the file system has none.
  private func lock(_ folder: String) throws(ProgressProblem) -> Int32 {
    let path = "\(folder)/lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .folder(folder, reason: String(cString: strerror(errno)))
    }
    // Others hold it for the time of one small write.
    for _ in 0..<100 {
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return descriptor }
      guard errno == EWOULDBLOCK || errno == EINTR else { break }
      usleep(10_000)
    }
    let isHeld = errno == EWOULDBLOCK
    close(descriptor)
    if isHeld { throw .busy(path) }
    return -1
  }

  /// Removes what a program that was killed had half written: whoever writes here has the lock.
  private func clear(_ folder: String) {
    for name in SourceFolder(folder).fileNames where name.hasPrefix(".") && name.hasSuffix(".tmp") {
      unlink("\(folder)/\(name)")
    }
  }

  /// Renames the file; the first name that is free is taken, which the lock keeps free.
  private func setAside(_ folder: String, _ ending: String) throws(ProgressProblem) -> String {
    for number in 1...999 {
      let name = "\(path(folder)).\(ending)-\(number)"
      var status = stat()
      guard lstat(name, &status) != 0 else { continue }
      guard rename(path(folder), name) == 0 else {
        throw .folder(name, reason: String(cString: strerror(errno)))
      }
      return name
    }
    throw .folder("\(path(folder)).\(ending)-1000", reason: "too many were set aside")
  }
}
