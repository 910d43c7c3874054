import ArgumentParser
import Lessons

/// What a shell completes a word of the command line to.
extension CompletionKind {
  static var array: CompletionKind { .file(extensions: ["npy", "npz"]) }

  static var archive: CompletionKind { .file(extensions: ["npz"]) }

  static var picture: CompletionKind {
    .file(extensions: ["pgm", "ppm", "pnm", "pam", "png", "jpg", "jpeg"])
  }

  /// A lesson of the list, or a file of one's own.
  static var lesson: CompletionKind {
    .custom { words, _, typed in
      let names = folder(in: words).flatMap { try? Catalogue(folder: $0).names }
      return (names ?? []) + ownFiles(like: typed)
    }
  }

  /// A shipped network, or a file of one's own.
  static var network: CompletionKind {
    .custom { words, _, typed in
      let names = folder(in: words).map {
        NetworkFile.names(in: "\($0)/\(NetworkFile.folderName)")
      }
      return (names ?? []) + ownFiles(like: typed)
    }
  }

  /// The lessons' folder, as the words before say it; nothing is told where there is none.
  private static func folder(in words: [String]) -> String? {
    let option = words.firstIndex(of: "--lessons").map { words[($0 + 1)...].first ?? "" }
    return try? LessonsFolder(option: option).path()
  }

  /// The files of lessons and networks in the folder that what is typed names.
  private static func ownFiles(like typed: String) -> [String] {
    let folder = typed.lastIndex(of: "/").map { typed[...$0] } ?? ""
    return LessonFolder(folder.isEmpty ? "." : String(folder)).fileNames
      .filter { $0.hasSuffix(".yaml") }.map { folder + $0 }
  }
}
