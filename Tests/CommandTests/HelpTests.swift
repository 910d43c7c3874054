import ConvolutionEngine
import Glibc
import Testing

@Suite struct `The help` {
  static let commands = ["shape", "trace", "compute"]

  @Test(arguments: commands)
  func `of a command shows an example that runs as shown`(command: String) throws {
    let help = try run([command, "--help"]).stdout.split(
      separator: "\n", omittingEmptySubsequences: false)
    let start = try #require(help.firstIndex { $0.hasPrefix("  $ convwalk ") })
    let shown = help[(start + 1)...].prefix { !$0.isEmpty }.map { $0.dropFirst(2) }
    let arguments = help[start].dropFirst("  $ convwalk ".count).split(separator: " ").map {
      String($0.filter { $0 != "'" })
    }
    #expect(try run(arguments).stdout == shown.joined(separator: "\n") + "\n")
  }

  @Test(arguments: commands + ["explore", "frame"])
  func `of a command shows every kind of subject by an example that runs`(command: String) throws {
    let help = try run([command, "--help"]).stdout
    let examples = help.split(separator: "\n").filter { $0.hasPrefix("  $ convwalk ") }
      .map { $0.dropFirst("  $ convwalk ".count) }
    for option in [" --image ", " --lesson ", " --network ", " --input ", " --head "] {
      #expect(examples.contains { $0.contains(option) }, "\(option)")
    }
    let picture = try runProgram("/bin/cat", [projectFolder + "/lessons/pictures/house.ppm"])
    let folder = try TemporaryFolder()
    try folder.write(picture.outputBytes, to: "photo.ppm")
    for example in examples {
      // What would open the screen is drawn once instead.
      let line = example.replacing(/^explore/, with: "frame")
      let result = try runProgram(
        "/bin/sh", ["-c", "exec \(product("convwalk")) \(line)"],
        directory: folder.path)
      #expect(result.status == 0 && result.stderr == "", "\(example): \(result.stderr)")
    }
  }

  @Test func `lists every kind, each setting as it is by default, and what may be written`() throws
  {
    let help = try helpOfLayers()
    for kind in Operation.kinds {
      let entry = try #require(help.table.first { $0.kinds.contains(kind.name) }, "\(kind.name)")
      for (key, value) in settings(of: kind, .own) {
        #expect(entry.text.contains("\(key)=\(value)"), "\(kind.name)")
        #expect(help.values.contains { $0.keys.contains(key) }, "\(key)")
      }
      #expect(kind.joinsInputs == entry.text.contains("from=a+b"), "\(kind.name)")
    }
    #expect(help.table.contains { $0.kinds == ["conv"] && $0.text.contains(" dilation=1,") })
    #expect(help.values.contains { $0.keys == ["order"] && $0.takes == "dyx or yxd" })
  }

  @Test func `tells where the defaults of libraries differ, kind by kind`() throws {
    let lines = try run(["help", "shape"]).stdout.split(separator: "\n").map {
      $0.split(separator: " ").map(String.init)
    }
    let head = try #require(
      lines.firstIndex(of: ["no", "--axes", "--axes", "yxd", "--axes", "dyx"]))
    #expect(lines[head + 1] == ["as", "in", "Keras", "as", "in", "PyTorch"])
    // The documentation of torch.nn.BatchNorm2d and LocalResponseNorm, and of
    // keras.layers.BatchNormalization; a flatten follows the axes.
    for row in [
      "batchnorm epsilon 0.001 0.001 0.00001", "lrn k 2 2 1",
      "lrn alpha 0.0001 0.0001 0.0001 over its size", "flatten order dyx yxd dyx",
    ] {
      #expect(lines[head...].contains(row.split(separator: " ").map(String.init)), "\(row)")
    }
    for kind in Operation.kinds {
      for (index, setting) in settings(of: kind, .own).enumerated()
      where SettingDefaults.allCases.contains(where: { settings(of: kind, $0)[index] != setting }) {
        #expect(lines[head...].contains { $0.starts(with: [kind.name, setting.key]) })
      }
    }
  }

  /// The keys of a kind, and what help says that each is by default.
  private func settings<Rule: LayerRule>(
    of kind: Rule.Type, _ defaults: SettingDefaults
  ) -> [(key: String, value: String)] {
    kind.settings.flatMap { setting in
      setting.keys.map { ($0, setting.shownDefault(defaults) ?? "") }
    }
  }

  /// What help says of kinds of layers, without its breaks.
  private func helpOfLayers() throws -> (
    table: [(kinds: [String], text: String)], values: [(keys: [String], takes: String)]
  ) {
    let lines = try run(["help", "shape"]).stdout.replacing(/\n   +/, with: " ")
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    func entries(under heading: String) throws -> [String] {
      let start = try #require(lines.firstIndex { $0.hasPrefix(heading) })
      return lines[start...].drop { !$0.hasPrefix("  ") }.prefix { $0.hasPrefix("  ") }.map { $0 }
    }
    let table = try entries(under: "Every kind").map { line in
      (line.split { " ,:".contains($0) }.map(String.init).filter(Operation.isKind), line)
    }
    let values = try entries(under: "What is written").map { line in
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      return (
        parts[0].split { " ,;".contains($0) }.map(String.init), String(parts[1].dropFirst())
      )
    }
    return (table, values)
  }

  @Test func `names every network`() throws {
    let help = try run(["shape", "--help"]).stdout.replacing("\n", with: " ")
    let files = try runProgram("/bin/ls", [projectFolder + "/lessons/networks"])
    let names = files.stdout.split(separator: "\n").filter { $0.hasSuffix(".yaml") }
    #expect(names.count >= 9)
    for name in names { #expect(help.contains(" \(name.dropLast(5)),"), "\(name)") }
  }

  @Test func `tells the version`() throws {
    #expect(try run(["--version"]).stdout == "0.1.0\n")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `makes completions for a shell`(shell: String) throws {
    let result = try run(["--generate-completion-script", shell])
    #expect(result.stdout.contains("compute"))
    #expect(result.status == 0)
    // Behind help stands a command; the argument parser's own help does not say so.
    let commands =
      "shape trace compute train explore frame lesson course lessons practice sheet formulas check "
      + "keys manual"
    let offer = [
      "bash": "compgen -W '\(commands)'", "zsh": "'*:subcommands:(\(commands))'",
      "fish": "-fa '\(commands)'",
    ]
    #expect(result.stdout.contains(try #require(offer[shell])))
  }

  /// What stands before the cursor, and what of it bash must and must not offer.
  @Test(arguments: [
    ("lesson slid", ["sliding"], ["padding"]), ("lesson ./o", ["./own.yaml"], []),
    ("shape --network le", ["lenet-5"], ["vgg16"]),
    ("frame --lesson worked-", ["worked-example"], []),
    ("compute w", ["w.npz", "w.npy"], ["w.ppm", "w.txt"]),
    ("compute 5x5x1 conv:3 --weights w", ["w.npz"], ["w.npy", "w.ppm"]),
    ("trace --image w", ["w.ppm"], ["w.npy"]), ("check o", ["own.yaml"], []),
    ("lessons --lessons s", ["some"], ["w.npy"]), ("lesson --lessons some s", [], ["sliding"]),
    ("help tr", ["trace"], ["shape", "w.npy"]), ("help les", ["lesson", "lessons"], ["trace"]),
    ("shape 5x5x1 con", ["conv", "concat"], ["relu", "w.npy"]),
    ("trace s", ["softmax", "some"], []),
    ("compute w.npy max", ["maxpool"], ["avgpool"]),
    ("explore 9x9x1 relu d", ["dense", "dropout"], []),
  ])
  func `of bash completes files, folders, lessons, networks, kinds and commands`(
    typed: String, offered: [String], others: [String]
  ) throws {
    let folder = try TemporaryFolder()
    for name in ["w.npz", "w.npy", "w.ppm", "w.txt", "own.yaml"] {
      try folder.write([], to: name)
    }
    mkdir("\(folder.path)/some", 0o700)
    defer { rmdir("\(folder.path)/some") }
    let script = """
      PATH=$1:$PATH; source <(convwalk --generate-completion-script bash)
      COMP_LINE="convwalk $2"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=($COMP_LINE)
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_TYPE=9
      _convwalk convwalk "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let programs = product("convwalk").split(separator: "/", omittingEmptySubsequences: false)
      .dropLast().joined(separator: "/")
    let result = try runProgram(
      "/bin/bash", ["--norc", "-c", script, "bash", programs, typed], directory: folder.path)
    let found = result.stdout.split(separator: "\n").map(String.init)
    for name in offered { #expect(found.contains(name), "\(name) in \(result.stdout)") }
    for name in others { #expect(!found.contains(name), "\(name)") }
    #expect(result.stderr == "")
  }
}
