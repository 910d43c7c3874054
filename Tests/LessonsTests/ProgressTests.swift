import ExactNumbers
import Glibc
import Testing

@testable import Lessons

private func record(
  _ lesson: String = "one", stop: Int = 2, stops: Int = 5, done: [Int] = [0, 1],
  first: [Int] = [0], later: [Int] = [1], shown: [Int] = [],
  finished: Bool = false
) -> CourseRecord {
  CourseRecord(
    lesson: lesson, stop: stop, stops: stops, done: done, rightAtOnce: first, rightLater: later,
    shown: shown, isFinished: finished)
}

private func progress(_ records: CourseRecord...) -> CourseProgress {
  var progress = CourseProgress()
  for record in records { progress.records[record.lesson] = record }
  return progress
}

private let line = "one stop=2 stops=5 done=0,1 first=0 later=1 finished=no\n"

@Suite("The bytes of progress")
struct ProgressTests {
  @Test func `are a line a lesson`() {
    let kept = progress(record("two", done: [], first: [], later: [], finished: true), record())
    let text = """
      convwalk progress 1
      one stop=2 stops=5 done=0,1 first=0 later=1 finished=no
      two stop=2 stops=5 done= first= later= finished=yes

      """
    #expect(String(decoding: kept.bytes, as: UTF8.self) == text)
    #expect(CourseProgress.read(kept.bytes) == .whole(kept))
  }

  @Test func `keep a person's own files apart, whatever they are called`() throws {
    // FNV-1a of "/nowhere/My lesson.yaml", computed elsewhere.
    #expect(CourseRecord.name(ofFile: "/nowhere/My lesson.yaml") == "file-50697fd6d9f7d532")
    try withFolder { folder in
      try write(soundLesson, to: "\(folder)/My lesson.yaml")
      try write(soundLesson, to: "\(folder)/one-window.yaml")
      let mine = try Lesson(ownFile: "\(folder)/My lesson.yaml")
      let other = try Lesson(ownFile: "\(folder)/one-window.yaml")
      #expect(
        try Lesson(ownFile: "\(folder)/../\(lastPart(folder))/My lesson.yaml").progressKey
          == mine.progressKey)
      #expect(Set([mine.progressKey, other.progressKey, "one-window"]).count == 3)
      let kept = progress(record(mine.progressKey), record(other.progressKey))
      #expect(CourseProgress.read(kept.bytes) == .whole(kept))
    }
  }

  private func lastPart(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? ""
  }

  @Test func `of a later version are left alone`() {
    #expect(CourseProgress.read(Array("convwalk progress 2\nwhatever".utf8)) == .newer)
  }

  @Test func `may hold words of a later program`() {
    let text =
      "convwalk progress 1\none mood=good stop=2 stops=5 done=0,1 first=0 later=1 "
      + "finished=no\n"
    #expect(CourseProgress.read(Array(text.utf8)) == .whole(progress(record())))
  }

  @Test(arguments: [
    "", "\n", "convwalk progress 1", "convwalk progress 0\n", "convwalk progress x\n",
    "{\"version\":1}\n", "\u{0}\u{0}",
  ])
  func `without their first line hold nothing`(text: String) {
    #expect(CourseProgress.read(Array(text.utf8)) == .damaged(CourseProgress()))
  }

  @Test(arguments: [
    "garbage\n", "one\n", "two stop=5 stops=5 done= first= later= finished=no\n",
    "two stop=-1 stops=5 done= first= later= finished=no\n",
    "two stop=0 stops=5 done=5 first= later= finished=no\n",
    "two stop=0 stops=5 done=a first= later= finished=no\n",
    "two stop=0 stops=5 done= first= later= finished=perhaps\n",
    "two stop=0 stops=5 done= first= later=\n",
    "two stop=0 stops=100 done= first= later= finished=no\n",
    "../two stop=0 stops=5 done= first= later= finished=no\n", line, "two stop=0 stops=5 done",
  ])
  func `that are damaged lose only the lines that are`(broken: String) {
    let text = "convwalk progress 1\n\(line)\(broken)"
    #expect(CourseProgress.read(Array(text.utf8)) == .damaged(progress(record())))
  }

  @Test func `are bounded`() {
    let text =
      "convwalk progress 1\n" + line + String(repeating: " ", count: CourseProgress.largestFile)
    #expect(CourseProgress.read(Array(text.utf8)) == .damaged(CourseProgress()))
  }

  @Test func `of two sittings are put together`() {
    var kept = progress(record(stop: 4, done: [0, 3], first: [3], later: [0], finished: true))
    kept.merge(record(stop: 1, done: [0, 1], first: [0], later: [1]))
    #expect(
      kept
        == progress(
          record(stop: 1, done: [0, 1, 3], first: [0, 3], later: [1], finished: true)))
    kept.merge(record(stop: 1, shown: [0, 1, 2]))
    #expect(kept[record().lesson]?.shown == [2], "found in one sitting, shown in another")
    kept.merge(record(stops: 6, done: [5]))
    #expect(kept == progress(record(stops: 6, done: [5])))
  }

  @Test func `are said in a few words`() {
    #expect(record(first: [], later: []).text == "stop 3 of 5")
    #expect(record().text == "stop 3 of 5, 1 of 2 questions right at once")
    #expect(record(first: [], later: [], finished: true).text == "done")
    #expect(
      record(later: [], shown: [1, 3, 4]).text
        == "stop 3 of 5, 1 of 4 questions right at once, 3 shown")
  }

  @Test func `keep which answers were shown`() {
    let kept = progress(record(shown: [3, 4]))
    #expect(String(decoding: kept.bytes, as: UTF8.self).contains(" shown=3,4 finished=no\n"))
    #expect(CourseProgress.read(kept.bytes) == .whole(kept))
  }

  @Test func `lead past the last stop to what is not done`() {
    #expect(record(stop: 4, done: [1, 3, 4]).resumed == 0)
    #expect(record(stop: 4, done: [1, 3, 4], first: [], later: []).text == "stop 1 of 5")
    #expect(record(stop: 4, done: [0, 1, 3, 4]).resumed == 2)
    #expect(record(stop: 4, done: [0, 1]).resumed == 4)
    #expect(record(stop: 1, done: [0, 1, 4]).resumed == 1)
    #expect(record(stop: 4, done: [0, 1, 2, 3, 4], finished: true).resumed == 0)
  }
}

@Suite("The file of progress")
struct ProgressStoreTests {
  @Test func `is made where it is not yet`() throws {
    try withFolder { folder in
      let store = ProgressStore(state: nil, home: folder)
      #expect(store.load().progress == CourseProgress())
      #expect(SourceFolder(folder).fileNames == [])
      #expect(store.keep(record()) == nil)
      #expect(store.load().progress == progress(record()))
      #expect(
        SourceFolder("\(folder)/.local/state/convwalk").fileNames == ["lock", "progress"])
    }
  }

  @Test func `keeps what another program kept meanwhile`() throws {
    try withFolder { folder in
      let (first, second) = (
        ProgressStore(state: folder, home: nil), ProgressStore(state: folder, home: nil)
      )
      #expect(first.keep(record("one")) == nil)
      #expect(second.keep(record("two")) == nil)
      #expect(first.keep(record("one", stop: 3)) == nil)
      #expect(second.load().progress == progress(record("one", stop: 3), record("two")))
      #expect(first.reset() == nil)
      #expect(second.load().progress == CourseProgress())
    }
  }

  @Test(arguments: [("damaged", "nonsense\n"), ("newer", "convwalk progress 2\nnews\n")])
  func `is set aside where it cannot be read`(ending: String, text: String) throws {
    try withFolder { folder in
      let store = ProgressStore(state: folder, home: nil)
      #expect(store.reset() == nil)
      let path = "\(folder)/convwalk/progress"
      for number in 1...2 {
        try write(text, to: path)
        let aside = "\(path).\(ending)-\(number)"
        let expected: ProgressProblem =
          ending == "newer" ? .newer(setAside: aside) : .damaged(setAside: aside)
        #expect(number == 1 ? store.load().problem == expected : store.keep(record()) == expected)
        #expect(
          try #require(SourceFolder("\(folder)/convwalk").fileNames.last) == "progress."
            + "\(ending)-\(number)")
      }
      #expect(store.load().progress == progress(record()))
      #expect(store.load().problem == nil)
    }
  }

  @Test func `that is half readable keeps that half`() throws {
    try withFolder { folder in
      let store = ProgressStore(state: folder, home: nil)
      #expect(store.reset() == nil)
      try write("convwalk progress 1\n\(line)oops\n", to: "\(folder)/convwalk/progress")
      #expect(store.load().progress == progress(record()))
      #expect(store.load().progress == progress(record()))
      #expect(store.load().problem == nil)
    }
  }

  @Test func `that cannot be written is told and nothing else`() throws {
    #expect(ProgressStore(state: nil, home: nil).keep(record()) == .noHome)
    #expect(
      ProgressStore(state: nil, home: "relative").reset()?.description
        == "your progress is not kept: neither HOME nor XDG_STATE_HOME is set to a path that "
        + "begins with /; set one of them.")
    #expect(ProgressStore(state: "relative", home: "").load().problem == nil)
    try withFolder { folder in
      try write("", to: "\(folder)/file")
      let store = ProgressStore(state: "\(folder)/file", home: nil)
      let problem = try #require(store.keep(record()))
      #expect("\(problem)".hasPrefix("your progress is not kept: \(folder)/file/convwalk cannot"))
      #expect(store.load().progress == CourseProgress())
    }
  }

  @Test func `is not waited for where it is a pipe`() throws {
    try withFolder { folder in
      let store = ProgressStore(state: folder, home: nil)
      #expect(store.reset() == nil)
      let path = "\(folder)/convwalk/progress"
      #expect(unlink(path) == 0 && mkfifo(path, 0o600) == 0)
      #expect(store.load().problem == .notAFile(path))
      #expect(store.keep(record()) == .notAFile(path))
    }
  }
}
