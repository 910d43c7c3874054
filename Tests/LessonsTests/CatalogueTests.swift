import Glibc
import Testing

@testable import Lessons

@Suite("The catalogue")
struct CatalogueTests {
  private func catalogue(_ text: String) throws -> Catalogue {
    try withFolder { folder in
      try write(text, to: folder + "/catalogue.yaml")
      return try Catalogue(folder: folder)
    }
  }

  private func problems(_ text: String) -> [String] {
    do throws(LessonProblems) {
      _ = try Catalogue.entries(of: Array(text.utf8), file: "c.yaml")
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  @Test(arguments: ["\n", "\r\n"])
  func `lists the lessons in the order of its lines`(ending: String) throws {
    let text = "# The course\n\n- zebra\n-  one-window # the second\n- b2\n"
    #expect(
      try catalogue(text.replacing("\n", with: ending)).names == ["zebra", "one-window", "b2"])
  }

  @Test func `has parts, and lessons that build on those above`() throws {
    let text = "See:\n- a\n- b after a # c\nReal networks: # the last\n- c after a b\n"
    let catalogue = try catalogue(text)
    #expect(catalogue.names == ["a", "b", "c"])
    #expect(catalogue.entries.map(\.part) == ["See", "See", "Real networks"])
    #expect(catalogue.entries.map(\.foundations) == [[], ["a"], ["a", "b"]])
    #expect(
      problems("- a after b\n- b\n- c after\n- d before a\n: x\n1 part:\n") == [
        "c.yaml:1:1: a builds on \"b\", which does not stand above it; move one of them.",
        "c.yaml:3:1: \"- c after\" is not a lesson of the list; write a line such as - one-window.",
        "c.yaml:4:1: \"- d before a\" is not a lesson of the list; write a line such as - one-window.",
        "c.yaml:5:1: \": x\" is not a lesson of the list; write a line such as - one-window.",
        "c.yaml:6:1: \"1 part:\" is not a lesson of the list; write a line such as - one-window.",
      ])
  }

  @Test func `says which lines are none`() {
    #expect(
      problems("- one\nwindow\n- ../two\n- one\n- a b\n-\n") == [
        "c.yaml:2:1: \"window\" is not a lesson of the list; write a line such as - one-window.",
        "c.yaml:3:1: \"- ../two\" is not a lesson of the list; write a line such as - one-window.",
        "c.yaml:4:1: \"one\" stands twice in the list; keep one.",
        "c.yaml:5:1: \"- a b\" is not a lesson of the list; write a line such as - one-window.",
        "c.yaml:6:1: \"-\" is not a lesson of the list; write a line such as - one-window.",
      ])
  }

  @Test func `counts lines as editors do, to whom a form feed ends none`() {
    #expect(
      problems("# a\u{C}b\u{B}c\u{2028}d\rwindow") == [
        "c.yaml:2:1: \"window\" is not a lesson of the list; write a line such as - one-window."
      ])
  }

  @Test(arguments: [
    ("wokred-example", "did you mean worked-example?"),
    ("worked", "did you mean worked-example or worked-example-plain?"),
    ("paddin", "did you mean padding?"),
    ("zzz", "the lessons are padding, worked-example, worked-example-plain."),
    ("", "the lessons are padding, worked-example, worked-example-plain."),
  ])
  func `a name that is none gets those that come nearest`(name: String, cure: String) throws {
    let catalogue = try catalogue("- padding\n- worked-example\n- worked-example-plain\n")
    #expect {
      try catalogue.path(of: name)
    } throws: { error in
      "\(error)" == "there is no lesson \"\(name)\"; \(cure)"
    }
  }

  @Test func `names its lessons' files`() throws {
    let catalogue = try catalogue("- padding\n")
    #expect(try catalogue.path(of: "padding") == catalogue.folder + "/padding.yaml")
  }

  @Test func `a folder without one says so`() throws {
    try withFolder { folder in
      #expect {
        try Catalogue(folder: folder)
      } throws: { error in
        "\(error)"
          == "cannot read \(folder)/catalogue.yaml: there is no such file; check the name."
      }
    }
  }
}

@Suite("Where lessons are looked for")
struct LessonsFolderTests {
  private func path(_ option: String?, _ environment: String?, _ executable: String?) -> String {
    do throws(LessonError) {
      return try LessonsFolder(
        option: option, environment: environment, executable: executable
      ).path()
    } catch {
      return "\(error)"
    }
  }

  @Test func `the option, the environment, beside the program, then its sources`() throws {
    try withFolder { folder in
      for name in [
        "option", "environment", "bin", "share", "share/convwalk", "share/convwalk/lessons",
        "lessons", "source", "source/lessons", "source/.build", "source/.build/debug",
      ] { #expect(mkdir("\(folder)/\(name)", 0o777) == 0) }
      let (option, environment) = (folder + "/option", folder + "/environment")
      let installed = folder + "/bin/convwalk"
      #expect(path(option, environment, installed) == option)
      #expect(path(nil, environment, installed) == environment)
      #expect(path(nil, "", installed) == folder + "/share/convwalk/lessons")
      let built = folder + "/source/.build/debug/convwalk"
      // A folder of that name alone proves nothing.
      let nowhere = "there are no lessons in \"\((folder + "/source/.build").prefix(40))\"…; name"
      #expect(path(nil, nil, built).hasPrefix(nowhere))
      try write("", to: folder + "/source/Package.swift")
      #expect(path(nil, nil, built) == folder + "/source/lessons")
    }
  }

  @Test func `what a person names must be a folder`() {
    #expect(
      path("/no/such", nil, nil)
        == "--lessons is \"/no/such\", which is no folder; name the folder of the lessons.")
    #expect(
      path("", nil, nil) == "--lessons is \"\", which is no folder; name the folder of the lessons."
    )
    #expect(
      path(nil, "/no/such", nil)
        == "CONVWALK_LESSONS is \"/no/such\", which is no folder; "
        + "name the folder of the lessons.")
  }

  @Test func `this very program finds the lessons of its sources`() throws {
    let folder = try LessonsFolder(option: nil, environment: nil, executable: #filePath).path()
    #expect(folder == ShippedLessonTests.folder)
  }
}
