import ConvolutionEngine
import ExactNumbers
import Glibc
import Testing

@testable import Lessons

@Suite("A lesson's folder")
struct SourceFolderTests {
  private func problem(_ folder: String, _ name: String) -> String? {
    do throws(LessonFileError) {
      _ = try SourceFolder(folder).read(name)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func `gives the files in it and in folders in it`() throws {
    try withFolder { folder in
      mkdir(folder + "/sub", 0o777)
      try write([1, 2, 3], to: folder + "/sub/x.npy")
      #expect(try SourceFolder(folder).read("sub/x.npy") == [1, 2, 3])
      #expect(SourceFolder(folder).fileNames == ["sub"])
    }
  }

  @Test func `follows no link out of it`() throws {
    try withFolder { folder in
      let lessons = folder + "/lessons"
      mkdir(lessons, 0o777)
      // A folder whose name begins alike is outside too.
      mkdir(folder + "/lessons-of-others", 0o777)
      try write([1], to: folder + "/lessons-of-others/x.npy")
      try write([2], to: lessons + "/in.npy")
      symlink("../lessons-of-others/x.npy", lessons + "/out.npy")
      symlink("../lessons-of-others", lessons + "/sub")
      symlink("in.npy", lessons + "/alias.npy")
      symlink("nowhere.npy", lessons + "/dangling.npy")
      #expect(
        problem(lessons, "out.npy")
          == "\"out.npy\" is a link out of the lesson's folder; put the file itself there.")
      #expect(
        problem(lessons, "sub/x.npy")
          == "\"sub/x.npy\" is a link out of the lesson's folder; put the file itself there.")
      #expect(
        problem(lessons, "../lessons-of-others/x.npy")
          == "\"../lessons-of-others/x.npy\" is a link out of the lesson's folder; "
          + "put the file itself there.")
      #expect(try SourceFolder(lessons).read("alias.npy") == [2])
      #expect(
        problem(lessons, "dangling.npy")
          == "there is no \"dangling.npy\" in the lesson's folder; check the name.")
    }
  }

  @Test func `gives files only, and does not wait for a pipe`() throws {
    try withFolder { folder in
      mkfifo(folder + "/pipe.npy", 0o666)
      mkdir(folder + "/folder.npy", 0o777)
      for name in ["pipe.npy", "folder.npy"] {
        #expect(
          problem(folder, name) == "\"\(name)\" is not a regular file; name a .npy file.")
      }
      #expect(
        problem(folder, "a\u{0}b")
          == "there is no \"a\\0b\" in the lesson's folder; check the name.")
    }
  }

  @Test func `is where the lesson's file stands`() {
    func folder(_ path: String) -> String { LessonSource(path: path, bytes: []).folder.path }
    #expect(folder("a/b/c.yaml") == "a/b")
    #expect(folder("c.yaml") == ".")
    #expect(folder("/c.yaml") == "/")
    #expect(LessonSource(path: "a/b.c.yaml", bytes: []).name == "b.c")
  }

  @Test func `a lesson reads its arrays from there`() throws {
    try withFolder { folder in
      try write(
        "title: a\nsummary: b\ninput: {file: x.npy}\nlayers: [relu]", to: folder + "/one.yaml")
      try write(array([2, 1], [7, -7]), to: folder + "/x.npy")
      let lesson = try Lesson(contentsOf: folder + "/one.yaml")
      #expect(lesson.name == "one")
      #expect(lesson.input[1] == Number(-7))
    }
  }

  @Test func `a lesson that cannot be read says why`() throws {
    try withFolder { folder in
      #expect {
        try Lesson(contentsOf: folder + "/none.yaml")
      } throws: { error in
        "\(error)" == "cannot read \(folder)/none.yaml: there is no such file; check the name."
      }
    }
  }
}
