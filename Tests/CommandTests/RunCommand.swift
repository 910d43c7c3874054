import CPseudoTerminal
import Glibc

/// What a finished command left.
struct CommandResult {
  let ending: Ending
  let outputBytes: [UInt8]
  let errorBytes: [UInt8]

  /// The exit status; nil if a signal ended it.
  var status: Int32? {
    if case .exited(let status) = ending { status } else { nil }
  }
  var stdout: String { String(decoding: outputBytes, as: UTF8.self) }
  var stderr: String { String(decoding: errorBytes, as: UTF8.self) }
}

/// Runs the built `convwalk` to its end, without a terminal.
///
/// Input and outputs are files in memory, so that no amount of either can block it.
///
/// - Parameter prefix: a command, such as `bindingPermissions`, that runs it.
func run(
  _ arguments: [String], stdin: String = "", environment: [String: String] = [:],
  directory: String? = nil, prefix: [String] = []
) throws -> CommandResult {
  let words = prefix + [product("convwalk")] + arguments
  return try runProgram(
    words[0], Array(words.dropFirst()), input: Array(stdin.utf8), environment: environment,
    directory: directory)
}

/// A program under the permissions of files, which do not bind root without this; nil where root
/// may not give up what frees it.
let bindingPermissions: [String]? = {
  guard geteuid() == 0 else { return [] }
  let prefix = ["/usr/bin/setpriv", "--bounding-set=-dac_override,-dac_read_search"]
  let trial = try? runProgram(prefix[0], [prefix[1], "/bin/true"])
  return trial?.status == 0 ? prefix : nil
}()

/// Where the sources and the shipped lessons lie.
let projectFolder = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
  .joined(separator: "/")

/// Runs any program to its end.
func runProgram(
  _ program: String, _ arguments: [String], input: [UInt8] = [],
  environment: [String: String] = [:], directory: String? = nil, deadline: UInt32 = 60
) throws -> CommandResult {
  let (stdin, stdout, stderr) = (memory_file(), memory_file(), memory_file())
  defer { for file in [stdin, stdout, stderr] { close(file) } }
  try fill(stdin, input)
  let process = try StartedProcess(
    program, arguments, environment: testEnvironment(environment), directory: directory,
    standard: (stdin, stdout, stderr), deadline: deadline)
  let ending = try process.wait(seconds: Int32(deadline))
  return CommandResult(
    ending: ending, outputBytes: contents(stdout), errorBytes: contents(stderr))
}

/// The whole environment of a started program: nothing leaks in from whoever runs the tests.
///
/// - Parameter terminal: the value of `TERM`, which nil leaves unset.
func testEnvironment(_ changes: [String: String], terminal: String? = nil) -> [String: String] {
  var environment = [
    "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": "/nonexistent",
    "SWIFT_BACKTRACE": "enable=no",
  ]
  environment["TERM"] = terminal
  return environment.merging(changes) { $1 }
}

private func fill(_ file: Int32, _ bytes: [UInt8]) throws {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    guard count > 0 else { throw TestHarnessError(description: "input could not be written") }
    rest = rest.dropFirst(count)
  }
  lseek(file, 0, SEEK_SET)
}

private func contents(_ file: Int32) -> [UInt8] {
  let size = Int(lseek(file, 0, SEEK_END))
  var bytes = [UInt8](repeating: 0, count: max(0, size))
  var filled = 0
  while filled < bytes.count {
    let count = bytes[filled...].withUnsafeMutableBytes {
      pread(file, $0.baseAddress, $0.count, off_t(filled))
    }
    if count <= 0 { break }
    filled += count
  }
  return bytes
}
