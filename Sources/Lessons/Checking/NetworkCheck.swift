import ConvolutionEngine
import Walkthrough

/// What `convwalk check` finds in networks' files.
enum NetworkCheck {
  /// Whether a file is a network's and not a lesson's: it stands among the networks, or has a
  /// key that only networks have at the start of a line, and no `summary`, as lessons have one.
  static func isNetwork(_ source: LessonSource) -> Bool {
    if source.folder.path.split(separator: "/").last == NetworkFile.folderName[...] { return true }
    let lines = source.bytes.split(separator: UInt8(ascii: "\n"))
    func has(_ key: String) -> Bool { lines.contains { $0.starts(with: "\(key):".utf8) } }
    return ["source", "base", "blocks"].contains(where: has) && !has("summary")
  }

  /// Reads a network, infers its sizes and asks for the way to the end of each layer. Nothing is
  /// evaluated.
  static func problems(in source: LessonSource) -> [LessonProblem] {
    do throws(LessonProblems) {
      let file = try NetworkFile(source)
      var log = ProblemLog(file: source.path)
      do throws(NetworkError) {
        let network = try file.network()
        let walk = Walk(network)
        for layer in network.layers where !LessonCheck.endsCanBeAddressed(of: layer, in: walk) {
          log.add(.numbers(.lostStep(layer.name)), at: .start)
        }
      } catch {
        log.add(.network(error), at: .start)
      }
      return log.problems
    } catch {
      return error.problems
    }
  }

  /// The files of the networks beside a folder's lessons.
  static func paths(beside lessons: String) -> [String] {
    let folder = "\(lessons)/\(NetworkFile.folderName)"
    return NetworkFile.names(in: folder).map { "\(folder)/\($0).yaml" }
  }
}

/// What a check found.
package struct CheckReport {
  package let problems: [LessonProblem]
  package let checked: CheckedFiles
  /// What kept a file from being read, the first of them.
  package let unreadable: LessonError?

  package init(problems: [LessonProblem], checked: CheckedFiles, unreadable: LessonError?) {
    (self.problems, self.checked, self.unreadable) = (problems, checked, unreadable)
  }
}

/// How many files were checked, in words: `20 lessons and 9 networks`.
package struct CheckedFiles: Equatable, CustomStringConvertible {
  package let lessons: Int
  package let networks: Int

  package init(_ sources: [LessonSource]) {
    networks = sources.filter(NetworkCheck.isNetwork).count
    lessons = sources.count - networks
  }

  package var description: String {
    let parts = [(lessons, "lesson"), (networks, "network")].filter { $0.0 > 0 }
    let texts = parts.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
    return texts.isEmpty ? "0 lessons" : texts.joined(separator: " and ")
  }
}
