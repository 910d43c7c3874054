import ExactNumbers
import Glibc
import Player
import TensorFiles

extension KeysFile {
  /// Where a person's own keys stand: `convwalk/keys` in the XDG configuration folder; nil where
  /// the environment names none.
  static var path: String? {
    func folder(_ variable: String) -> String? {
      // As the XDG Base Directory Specification has it, a path that is not absolute does not count.
      getenv(variable).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
    }
    return (folder("XDG_CONFIG_HOME") ?? folder("HOME").map { "\($0)/.config" })
      .map { "\($0)/convwalk/keys" }
  }

  /// The person's own; `none` where there is no file.
  static func own() throws(CommandFailure) -> KeysFile {
    var status = stat()
    // A link that leads nowhere is no missing file: somebody meant one to be there.
    guard let path, lstat(path, &status) == 0 else { return .none }
    let bytes = try rethrowing(
      try FileContents.readRegular(path, limit: KeysFile.largestSize), as: CommandFailure.file)
    return try rethrowing(
      try KeysFile(bytes), as: { CommandFailure.keys(path: path, $0) })
  }
}
