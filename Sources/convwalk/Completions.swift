import ArgumentParser
import ConvolutionEngine
import Glibc
import Lessons

/// What a shell completes a word of the command line to.
extension CompletionKind {
  static var array: CompletionKind { .file(extensions: ["npy", "npz"]) }

  /// A subject's input or one of its layers: an array's file, a folder on the way to one, or a kind.
  static var subject: CompletionKind {
    .custom { words, _, typed in
      let folder = typed.lastIndex(of: "/").map { typed[...$0] } ?? ""
      let files = SourceFolder(folder.isEmpty ? "." : String(folder)).fileNames
        .map { String(folder) + $0 }
      return Operation.kinds.map { $0.name }
        + files.filter {
          $0.hasSuffix(".npy") || $0.hasSuffix(".npz") || kind(ofPath: $0) == S_IFDIR
        }
    }
  }

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
    return SourceFolder(folder.isEmpty ? "." : String(folder)).fileNames
      .filter { $0.hasSuffix(".yaml") }.map { folder + $0 }
  }
}

/// A shell's completion script, as the argument parser makes it, that offers the commands behind
/// `help` too: the parser's own `help` cannot say what it takes.
struct CompletionScript {
  let text: String

  init(_ made: String, commands: [String]) {
    let words = commands.joined(separator: " ")
    var text = made
    // Of each shell; none of these stands in the script of another.
    text = text.replacing(
      """
          repeating_flags=()
          non_repeating_flags=(--version)
          repeating_options=()
          non_repeating_options=()
          __convwalk_offer_flags_options -1

      """,
      with: """
            repeating_flags=()
            non_repeating_flags=(--version)
            repeating_options=()
            non_repeating_options=()
            __convwalk_offer_flags_options -1
            COMPREPLY+=($(compgen -W '\(words)' -- "${cur}"))

        """)
    text = text.replacing("'*:subcommands:'", with: "'*:subcommands:(\(words))'")
    if text.contains("complete -c 'convwalk'") {
      text += """

        complete -c 'convwalk' -n '__fish_seen_subcommand_from help' -fa '\(words)'
        """
    }
    self.text = text
  }
}
