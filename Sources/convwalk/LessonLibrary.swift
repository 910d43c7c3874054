import ExactNumbers
import Exercises
import Lessons
import Player

/// The lessons on disk, and how far the person is in them.
struct LessonLibrary {
  /// The folder that `--lessons` names.
  let folder: String?

  private let store = ProgressStore()
  /// Said already: every stop would repeat it.
  private var said: ProgressProblem?
  /// Why what there is to keep is not kept; nil while it is.
  private(set) var loss: ProgressProblem?

  init(folder: String?) { self.folder = folder }

  /// Every lesson of the catalogue with its title and the person's progress, and what there is to
  /// say about that.
  func list() throws(CommandFailure) -> (list: LessonList, problem: ProgressProblem?) {
    let (progress, problem) = store.load()
    do throws(LessonError) {
      let catalogue = try Catalogue(folder: LessonsFolder(option: folder).path())
      let entries = catalogue.entries.map { entry in
        let name = entry.name
        // A lesson that is broken must not keep the others from being taken.
        do throws(LessonError) {
          let heading = try catalogue.heading(of: name)
          return LessonList.Entry(
            name: name, title: heading.title, summary: heading.summary, record: progress[name],
            part: entry.part, foundations: entry.foundations, stops: heading.stops,
            minutes: heading.minutes)
        } catch {
          let problem = "\(error)".prefix { $0 != "\n" }
          return LessonList.Entry(
            name: name, title: "\(name) cannot be read", summary: "\(problem)", part: entry.part)
        }
      }
      var list = LessonList(entries)
      list.seed = Exercise.anySeed
      list.practised = progress.practice
      return (list, problem)
    } catch {
      throw .lesson(error)
    }
  }

  /// What the lessons are called, by their names; none where they are not found.
  var titles: [String: String] {
    guard let list = try? list().list else { return [:] }
    return list.titles
  }

  /// The questions that were missed, to be asked in sentences, and what there is to say about what is
  /// kept of them.
  func review() throws(CommandFailure) -> (PlainReview, ProgressProblem?) {
    let (list, problem) = try list()
    let records = list.records.filter { !$0.missed.isEmpty }
    let lessons = try rethrowing(
      try records.map { record throws(LessonError) in
        try Lesson.open(record.lesson, lessons: folder)
      },
      as: CommandFailure.lesson)
    return (PlainReview(lessons, records), problem)
  }

  /// How far the person is in a lesson.
  func record(of lesson: Lesson) -> CourseRecord? {
    let record = store.load().progress[lesson.progressKey]
    return record?.stops == lesson.stops.count ? record : nil
  }

  /// Keeps how far the person is in a lesson; returns what there is to say.
  func keep(_ record: CourseRecord) -> ProgressProblem? { store.keep(record) }

  /// What was practised, by topic, the oldest first.
  func practised() -> [String: [PracticeMark]] { store.load().progress.practice }

  /// Keeps how an exercise went; returns what there is to say.
  func keep(_ mark: PracticeMark) -> ProgressProblem? { store.keep(mark) }

  /// Keeps what came of a final test; returns what there is to say.
  func keep(finalTest marks: [PracticeMark]) -> ProgressProblem? { store.keep(finalTest: marks) }

  /// Carries out what concerns lessons; returns what follows from it.
  mutating func perform(_ effect: Player.Effect, on player: inout Player) -> [Player.Effect] {
    switch effect {
    case .openLesson(let name): return open(name, at: nil, on: &player)
    case .openStop(let name, let stop): return open(name, at: stop, on: &player)
    case .openNetwork(let name, let picture):
      do throws(CommandFailure) {
        return player.open(try Presentation(network: name, picture: picture, lessons: folder))
      } catch {
        player.report(error.message ?? "\(name) cannot be read.")
      }
    case .record(let record): tell(keep(record), on: &player)
    case .recordPractice(let mark): tell(keep(mark), on: &player)
    case .recordTest(let marks): tell(keep(finalTest: marks), on: &player)
    case .resetProgress: tell(store.reset(), on: &player)
    default: break
    }
    return []
  }

  private func open(_ name: String, at stop: Int?, on player: inout Player) -> [Player.Effect] {
    do throws(LessonError) {
      return player.open(
        try Lesson.open(name, lessons: folder), record: player.record(of: name), at: stop)
    } catch {
      player.report("\(error)")
      return []
    }
  }

  /// Says once what keeps progress from being kept.
  private mutating func tell(_ problem: ProgressProblem?, on player: inout Player) {
    loss = problem.flatMap { $0.isLoss ? $0 : nil }
    guard let problem, problem != said else { return }
    said = problem
    player.report("\(problem)")
  }
}
