import Lessons
import Player

/// The lessons on disk, and how far the person is in them.
struct LessonLibrary {
  /// The folder that `--lessons` names.
  let folder: String?

  /// Every lesson of the catalogue with its title and the person's progress.
  func list() throws(CommandFailure) -> LessonList {
    do throws(LessonError) {
      let catalogue = try Catalogue(folder: LessonsFolder(option: folder).path())
      var entries: [LessonList.Entry] = []
      for name in catalogue.names {
        let heading = try catalogue.heading(of: name)
        entries.append(
          LessonList.Entry(
            name: name, title: heading.title, summary: heading.summary, record: nil))
      }
      return LessonList(entries)
    } catch {
      throw .lesson(error)
    }
  }

  /// Carries out what concerns lessons; returns what follows from it.
  func perform(_ effect: Player.Effect, on player: inout Player) -> [Player.Effect] {
    switch effect {
    case .openLesson(let name):
      do throws(LessonError) {
        return player.open(try Lesson.open(name, lessons: folder), record: player.record(of: name))
      } catch {
        player.report("\(error)")
        return []
      }
    default: return []
    }
  }
}
