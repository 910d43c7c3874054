import Testing

private let lesson = """
  title: A small one
  summary: Four products make one number.
  input: {size: 3x3x1, depths: ["0 1 2\\n3 4 5\\n6 7 8"]}
  layers: [{kind: conv, name: v, size: 2, weights: [["1 2\\n3 4"]], bias: [5]}]
  stops:
    - {title: One, text: "It has {params(v)} parameters.", at: "v[0,0,0]"}
  claims:
    - params(v) = 5

  """

/// A folder of lessons with one in it, and where progress is kept.
private func course(_ text: String = lesson) throws -> TemporaryFolder {
  let folder = try TemporaryFolder()
  try folder.write(Array("- small\n".utf8), to: "catalogue.yaml")
  try folder.write(Array(text.utf8), to: "small.yaml")
  return folder
}

@Suite struct `The command check` {
  @Test func `says how many lessons it found sound`() throws {
    let folder = try course()
    let result = try run(["check", "--lessons", folder.path])
    #expect(result.stdout == "1 lesson checked, no problem found.\n")
    #expect(result.stderr == "")
    #expect(result.status == 0)
  }

  @Test func `reads networks too, alone or beside the lessons`() throws {
    let folder = try course()
    let networks = folder.path + "/networks"
    #expect(try runProgram("/bin/mkdir", [networks]).status == 0)
    let network = """
      title: Small
      source: made for this test
      input: {size: 8x8x1}
      base: pool
      layers:
        - conv:3,name=conv
        - maxpool:2,name=pool

      """
    try folder.write(Array(network.utf8), to: "networks/small.yaml")
    let all = try run(["check", "--lessons", folder.path])
    #expect(all.stdout == "1 lesson and 1 network checked, no problem found.\n")
    let damaged = network.replacing("maxpool:2", with: "maxpool:9").replacing(
      "8x8x1", with: "9x9x1")
    try folder.write(Array(damaged.utf8), to: "networks/small.yaml")
    let problem = "small.yaml:7:5: layer pool (input 7×7×1): the filter spans 9 columns"
    for line in [["check", "--lessons", folder.path], ["check", "\(networks)/small.yaml"]] {
      let result = try run(line)
      #expect(result.stdout.hasPrefix("\(networks)/\(problem)"), "\(result.stdout)")
      #expect(result.status == 1)
    }
    #expect(
      try run(["check", "\(networks)/small.yaml"]).stderr == "convwalk: 1 problem in 1 network.\n")
    let alone = try run(["check", "lessons/networks/vgg16.yaml"], directory: projectFolder)
    #expect(alone.stdout == "1 network checked, no problem found.\n")
  }

  @Test func `lists what is wrong, and fails`() throws {
    let folder = try course(lesson.replacing("= 5", with: "= 6"))
    try folder.write(Array(lesson.utf8), to: "orphan.yaml")
    let result = try run(["check", "--lessons", folder.path])
    #expect(
      result.stdout == """
        \(folder.path)/catalogue.yaml:1:1: "orphan.yaml" is not in the list; add its line, or \
        remove the file.
        \(folder.path)/small.yaml:8:5: "params(v) = 6" does not hold: it says 5 on the left and 6 \
        on the right; correct it.

        """)
    #expect(result.stderr == "convwalk: 2 problems in 2 lessons.\n")
    #expect(result.status == 1)
  }

  @Test func `takes files that are in no list`() throws {
    let folder = try course()
    #expect(try run(["check", "small.yaml"], directory: folder.path).status == 0)
    #expect(try run(["check", "none.yaml"], directory: folder.path).status == 66)
  }
}

@Suite struct `The command lessons` {
  @Test func `prints the list and how far one is`() throws {
    let folder = try course()
    let fresh = try run(["lessons", "--lessons", folder.path])
    #expect(fresh.stdout == "small  A small one\n       Four products make one number.\n")
    let state = try TemporaryFolder()
    // Where there is no folder to make, nothing is kept and nothing is wrong.
    let lost = try run(
      ["lessons", "--lessons", folder.path], environment: ["XDG_STATE_HOME": state.path])
    #expect(lost.stdout == fresh.stdout)
    #expect(state.names == [])
    #expect(lost.stderr == "")
  }
}

@Suite struct `A lesson's hand-out` {
  @Test func `is printed as text or Markdown`() throws {
    let folder = try course()
    let text = try run(["lesson", "small.yaml", "--print"], directory: folder.path)
    #expect(text.stdout.hasPrefix("A small one\n===========\n\nFour products"))
    #expect(text.stdout.contains("\nIt has 5 parameters.\n"))
    let markdown = try run(
      ["lesson", "small.yaml", "--print", "--format", "markdown"], directory: folder.path)
    #expect(markdown.stdout.hasPrefix("# A small one\n"))
    #expect(markdown.status == 0)
    #expect(
      try run(["lesson", "small.yaml", "--format", "text"], directory: folder.path).status == 64)
  }
}
