import Glibc

/// Where the lessons are looked for.
package struct LessonsFolder {
  /// What `--lessons` names.
  package var option: String?
  /// The value of `CONVWALK_LESSONS`.
  package var environment: String?
  /// The path of the running program.
  package var executable: String?

  package init(option: String?, environment: String?, executable: String?) {
    self.option = option
    self.environment = environment
    self.executable = executable
  }

  /// The program's own path, and its environment.
  package init(option: String?) {
    self.init(
      option: option, environment: getenv("CONVWALK_LESSONS").map { String(cString: $0) },
      executable: LessonsFolder.runningExecutable)
  }

  private static var runningExecutable: String? {
    guard let path = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// The option, else the environment, else `share/convwalk/lessons` beside the program's `bin`,
  /// else `lessons` beside a `Package.swift` in a folder above the program.
  ///
  /// - Throws: `LessonError.noFolder` when what a person named is none, `.noLessons` else.
  package func path() throws(LessonError) -> String {
    for (path, from) in [(option, "--lessons"), (environment, "CONVWALK_LESSONS")] {
      guard let path, !path.isEmpty || from == "--lessons" else { continue }
      guard isFolder(path) else { throw .noFolder(path, from: from) }
      return path
    }
    guard let executable, let slash = executable.lastIndex(of: "/") else {
      throw .noLessons(lookedIn: [])
    }
    var folder = String(executable[..<slash])
    let installed = parent(of: folder) + "/share/convwalk/lessons"
    if isFolder(installed) { return installed }
    while !folder.isEmpty {
      let lessons = folder + "/lessons"
      if kind(ofPath: folder + "/Package.swift") == S_IFREG, isFolder(lessons) { return lessons }
      folder = parent(of: folder)
    }
    throw .noLessons(lookedIn: [installed])
  }

  /// Empty above the root.
  private func parent(of folder: String) -> String {
    folder.lastIndex(of: "/").map { String(folder[..<$0]) } ?? ""
  }

  private func isFolder(_ path: String) -> Bool { kind(ofPath: path) == S_IFDIR }
}
