import Glibc

extension FileError: CustomStringConvertible {
  package var description: String {
    let does = action == .read ? "read" : "write"
    return "cannot \(does) \(name): \(cause.text)."
  }

  private var name: String {
    guard path == "-" else { return path.isEmpty ? "''" : path }
    return action == .read ? "standard input" : "standard output"
  }
}

extension FileError.Cause {
  fileprivate var text: String {
    switch self {
    case .missing: "there is no such file; check the name"
    case .noName: "the name is empty; name a file"
    case .directory: "it is a directory; name a file"
    case .notRegular: "it is not a regular file; put a file there"
    case .notPermitted: "permission is denied; change its permissions or name another file"
    case .tooLarge(let limit): "it has more than \(limit) bytes; use a smaller file"
    case .noFolder: "its folder does not exist; create it or name another"
    case .danglingLink: "it is a link to a file that does not exist; remove the link"
    case .closedPipe: "its reader has closed it"
    case .noSpace: "there is no space left; free some or write elsewhere"
    case .system(let number): String(cString: strerror(number))
    }
  }

  /// What an error number of the operating system says about a file.
  init(errorNumber: Int32, action: FileError.Action) {
    switch errorNumber {
    case ENOENT, ENOTDIR: self = action == .read ? .missing : .noFolder
    case EISDIR: self = .directory
    case EACCES, EPERM: self = .notPermitted
    case EPIPE: self = .closedPipe
    case ENOSPC, EDQUOT, EFBIG: self = .noSpace
    default: self = .system(errorNumber)
    }
  }
}
