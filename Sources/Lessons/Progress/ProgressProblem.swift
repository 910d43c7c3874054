import TensorFiles

/// What happened to the file of progress, to be said once. The wording stands below.
package enum ProgressProblem: Error, Sendable, Equatable {
  /// Neither `XDG_STATE_HOME` nor `HOME` names a folder.
  case noHome
  /// What was readable is kept; the file as it was is there.
  case damaged(setAside: String)
  case newer(setAside: String)
  case folder(String, reason: String)
  case notAFile(String)
  case busy(String)
  case file(FileError)

  /// Whether what was to be kept is not.
  package var isLoss: Bool {
    switch self {
    case .damaged, .newer: false
    case .noHome, .folder, .notAFile, .busy, .file: true
    }
  }
}

extension ProgressProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noHome:
      "your progress is not kept: neither HOME nor XDG_STATE_HOME is set to a path that begins "
        + "with /; set one of them."
    case .damaged(let path):
      "your progress was damaged; what could be read is kept, and the old file is \(path)."
    case .newer(let path):
      "your progress is of a newer convwalk; it is kept as \(path), and this one begins afresh."
    case .folder(let path, let reason):
      "your progress is not kept: \(path) cannot be made (\(reason)); "
        + "name another folder in XDG_STATE_HOME."
    case .notAFile(let path):
      "your progress is not kept: \(path) is not a regular file; remove it."
    case .busy(let path):
      "your progress is not kept: another program holds \(path); end it."
    case .file(let problem): "your progress is not kept: \(problem)"
    }
  }
}
