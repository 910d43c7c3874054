import Glibc
import TestSupport
import Testing

/// What can stand at a path instead of the file that is expected.
private enum Obstacle: String, CaseIterable {
  case empty, noise, folder, loop, dangling, unreadable, endless

  func put(at path: String) throws {
    switch self {
    case .empty: close(open(path, O_CREAT | O_WRONLY, 0o600))
    case .noise:
      let file = open(path, O_CREAT | O_WRONLY, 0o600)
      defer { close(file) }
      let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* $0 ^ $0 >> 3) }
      _ = bytes.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    case .folder: mkdir(path, 0o700)
    case .loop: symlink(path, path)
    case .dangling: symlink("/nonexistent/file", path)
    case .unreadable: close(open(path, O_CREAT | O_WRONLY, 0))
    case .endless: symlink("/dev/zero", path)
    }
  }
}

@Suite struct `Where something else than a file stands` {
  private func refused(_ arguments: [String], _ what: String) throws {
    let result = try run(arguments, prefix: bindingPermissions ?? [])
    #expect([65, 66].contains(result.status), "\(what): \(arguments), \(result.ending)")
    #expect(result.stderr.hasPrefix("convwalk: ") && result.stderr.hasSuffix("\n"), "\(what)")
    let isClean = result.stderr.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 32 }
    #expect(isClean && result.stdout.isEmpty, "\(what): \(result.stdout)")
  }

  @Test(arguments: Obstacle.allCases.map(\.rawValue))
  func `it is told and never waited for`(name: String) throws {
    let obstacle = try #require(Obstacle(rawValue: name))
    let names = ["x.npy", "x.npz", "x.ppm", "x.png", "x.yaml"]
    let folder = try TemporaryFolder()
    for name in names {
      try obstacle.put(at: "\(folder.path)/\(name)")
      defer { rmdir("\(folder.path)/\(name)") }
      let path = "\(folder.path)/\(name)"
      if obstacle == .unreadable, bindingPermissions == nil { continue }
      if name == "x.yaml" {
        for command in ["lesson", "frame --lesson", "shape --network"] {
          try refused(command.split(separator: " ").map(String.init) + [path], name)
        }
      } else if name.hasSuffix("npy") || name.hasSuffix("npz") {
        try refused(["compute", path, "relu"], name)
        try refused(["compute", "5x5x1", "conv:3,weights=\(path)"], name)
        try refused(["compute", "5x5x1", "conv:3", "--weights", path], name)
      } else {
        try refused(["compute", "--image", path, "relu"], name)
      }
    }
  }

  @Test(
    .disabled(if: isSanitized, "a sanitizer takes more room than there is"),
    arguments: [
      "compute /dev/zero relu", "compute - relu", "compute 5x5x1 conv:3 --weights -",
      "compute --image - relu",
    ])
  func `of what is endless only the beginning is read`(line: String) throws {
    // The memory that reading on would take is not there.
    let script = "ulimit -v 1000000; exec '\(product("convwalk"))' \(line) < /dev/zero"
    let result = try runProgram("/bin/sh", ["-c", script])
    #expect(result.status == 65)
    let name = line.contains("/dev/zero") ? "/dev/zero" : "standard input"
    #expect(result.stderr.hasPrefix("convwalk: \(name): this is no"), "\(result.stderr)")
  }

  @Test(
    .disabled(if: isSanitized, "a sanitizer takes more room than there is"),
    arguments: [
      (
        "printf 'PK\\003\\004'; cat /dev/zero", "compute - relu",
        "the end of the archive is missing"
      ),
      ("printf 'PK\\003\\004'; yes", "compute 5x5x1 conv:3 --weights -", "the end of the archive"),
      (
        "printf 'P2 3 3 9 1 '; yes ''", "compute --image - relu",
        "the picture needs 9 samples, found 1"
      ),
      (
        "printf 'P3 3 3 9 1 '; yes", "compute --image - relu",
        "the sample at column 0, row 0 is \"y\""
      ),
      ("printf 'P1 9 9 #'; cat /dev/zero", "compute --image - relu", "needs 81 samples, found 0"),
      ("yes P2", "compute --image - relu", "the picture's width is \"P2\""),
    ])
  func `what begins as an archive or a picture and has no end is refused`(
    writer: String, line: String, problem: String
  ) throws {
    let script = "(\(writer)) | (ulimit -v 1000000; exec '\(product("convwalk"))' \(line))"
    let result = try runProgram("/bin/sh", ["-c", script])
    #expect(result.status == 65)
    #expect(
      result.stderr.hasPrefix("convwalk: standard input: ") && result.stderr.contains(problem),
      "\(result.stderr)")
  }

  @Test func `a plain picture of an endless pipe is read to its last sample`() throws {
    let script = "(echo P2 3 1 9; yes 7) | exec '\(product("convwalk"))' compute --image - relu"
    let result = try runProgram("/bin/sh", ["-c", script])
    #expect(result.status == 0)
    #expect(result.stdout == "relu 3×1×1\nrelu[:,:,0]\n  7 7 7\n")
  }

  /// What a stranger's folder of lessons holds is not named by the person, so even pipes are refused.
  @Test(arguments: ["catalogue.yaml", "one.yaml"])
  func `pipes in a folder of lessons are refused`(name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("- one\n".utf8), to: "catalogue.yaml")
    unlink("\(folder.path)/\(name)")
    #expect(mkfifo("\(folder.path)/\(name)", 0o600) == 0)
    let result = try run(["lessons", "--lessons", folder.path])
    #expect(result.status == 66)
    #expect(result.stderr.contains("it is not a regular file"))
  }

  /// Neither does anything that opens one of them wait.
  @Test(arguments: [
    (["check"], "one.yaml"), (["check"], "catalogue.yaml"),
    (["lesson", "one", "--print"], "one.yaml"),
    (["check"], "networks/n.yaml"), (["shape", "--network", "n"], "networks/n.yaml"),
  ])
  func `nobody waits for a pipe in a folder of lessons`(arguments: [String], name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("- one\n".utf8), to: "catalogue.yaml")
    let lesson = "title: A\nsummary: B\ninput: {size: 1x1x1}\nlayers: [relu]\n"
    try folder.write(Array(lesson.utf8), to: "one.yaml")
    mkdir("\(folder.path)/networks", 0o700)
    defer {
      unlink("\(folder.path)/networks/n.yaml")
      rmdir("\(folder.path)/networks")
    }
    unlink("\(folder.path)/\(name)")
    #expect(mkfifo("\(folder.path)/\(name)", 0o600) == 0)
    let result = try run(
      arguments, environment: ["CONVWALK_LESSONS": folder.path])
    #expect(result.status == 66)
    #expect(result.stderr.contains("it is not a regular file"), "\(result.stderr)")
  }

  @Test func `a lesson reads nothing outside its folder`() throws {
    let folder = try TemporaryFolder()
    symlink("/etc/passwd", "\(folder.path)/link.npy")
    for file in ["/etc/passwd", "../secret.npy", "link.npy", "a/../../b.npy"] {
      let lesson = """
        title: A
        summary: B
        input: {size: 3x3x1, file: \(file)}
        layers: [relu]
        """
      try folder.write(Array(lesson.utf8), to: "a.yaml")
      let result = try run(["check", "a.yaml"], directory: folder.path)
      #expect(result.status == 1, "\(file)")
      #expect(!result.stdout.contains("root:"))
    }
  }

  @Test func `escapes in a file's words are shown by their codes`() throws {
    let folder = try TemporaryFolder()
    let lesson = "title: \"\\e[31mred\\a\"\nsummary: B\ninput: {size: 3x3x1}\nlayers: [relu]\n"
    try folder.write(Array(lesson.utf8), to: "a.yaml")
    for arguments in [["check", "a.yaml"], ["lesson", "./a.yaml", "--print"]] {
      let result = try run(arguments, directory: folder.path)
      #expect(result.status != 0)
      #expect((result.outputBytes + result.errorBytes).allSatisfy { $0 == 10 || $0 >= 32 })
    }
  }
}
