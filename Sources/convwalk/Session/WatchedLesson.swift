import Glibc
import Lessons
import Player

/// A lesson's file that its author is writing: read again whenever it was saved.
struct WatchedLesson {
  private let path: String
  private let progressKey: String
  private var saved: [Int]

  /// How often the file is looked at, in milliseconds.
  static let interval = 400

  /// - Parameter lesson: what was read from there first, whose progress goes on.
  init(_ path: String, like lesson: Lesson) {
    self.path = path
    progressKey = lesson.progressKey
    saved = WatchedLesson.state(of: path)
  }

  /// Opens the lesson anew, where the person is in it, once the file was saved; of a file that is wrong
  /// is told, and what stood there stays.
  mutating func refresh(_ player: inout Player) -> [Player.Effect] {
    let now = WatchedLesson.state(of: path)
    guard now != saved, !now.isEmpty else { return [] }
    saved = now
    do throws(LessonError) {
      let source = try LessonSource(path: path, isRegular: true)
      let lesson = try Lesson(source).keepingProgress(as: progressKey)
      let effects = player.reopen(lesson)
      player.report("\(path) was saved and is read again.")
      return effects
    } catch {
      player.report(WatchedLesson.text(of: error))
      return []
    }
  }

  /// Of several problems as many as a screen holds, each on a line of its own.
  private static func text(of error: LessonError) -> String {
    guard case .problems(let all) = error, all.problems.count > 1 else { return "\(error)" }
    let told = all.problems.prefix(mostTold).map { "\($0)" }
    let rest = all.problems.count - told.count
    return (["\(all.problems.count) problems:"] + told + (rest > 0 ? ["and \(rest) more."] : []))
      .joined(separator: "\n")
  }

  private static let mostTold = 4

  /// When it was saved, its size and which file it is; empty while there is none, as between an
  /// editor's removing and renaming.
  private static func state(of path: String) -> [Int] {
    var status = stat()
    guard stat(path, &status) == 0 else { return [] }
    return [
      Int(status.st_mtim.tv_sec), Int(status.st_mtim.tv_nsec), Int(status.st_size),
      Int(status.st_ino),
    ]
  }
}
