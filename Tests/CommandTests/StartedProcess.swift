import CPseudoTerminal
import Glibc

/// How a process ended.
enum Ending: Hashable {
  case exited(Int32)
  case signalled(Int32)
}

/// What stood in the way of a test, as opposed to what it found out.
struct TestHarnessError: Error, CustomStringConvertible {
  let description: String
}

/// A program that a test has started and that does not outlive it.
final class StartedProcess {
  let id: pid_t
  /// Readable, for `poll`, once the process has ended.
  let watch: Int32
  private var ending: Ending?

  /// - Parameter deadline: seconds after which the program is killed, so that nothing ever hangs.
  init(
    _ program: String, _ arguments: [String], environment: [String: String],
    directory: String? = nil, standard: (Int32, Int32, Int32), controlsTerminal: Bool = false,
    deadline: UInt32 = 60
  ) throws {
    let argumentList = CStringList([program] + arguments)
    let environmentList = CStringList(environment.map { "\($0.key)=\($0.value)" })
    let programAndDirectory = CStringList([program] + (directory.map { [$0] } ?? []))
    var plan = process_plan(
      path: programAndDirectory.pointers[0], arguments: argumentList.pointers,
      environment: environmentList.pointers, directory: programAndDirectory.pointers[1],
      standard: standard, controls_terminal: controlsTerminal, deadline: deadline)
    id = process_start(&plan)
    guard id > 0 else { throw TestHarnessError(description: "\(program) could not be started") }
    watch = process_watch(id)
  }

  deinit {
    if ending == nil {
      kill(id, SIGKILL)
      var status: Int32 = 0
      waitpid(id, &status, 0)
    }
    close(watch)
  }

  /// Waits for the end; throws if it does not come in time.
  func wait(seconds: Int32 = 20) throws -> Ending {
    if let ending { return ending }
    guard waitUntilReadable([watch], milliseconds: seconds * 1000) else {
      throw TestHarnessError(description: "process \(id) did not end within \(seconds) s")
    }
    var status: Int32 = 0
    guard waitpid(id, &status, 0) == id else {
      throw TestHarnessError(description: "process \(id) could not be waited for")
    }
    let signal = status & 0x7F
    let ending: Ending = signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
    self.ending = ending
    return ending
  }
}

/// A program of this package: all are built beside the test executable.
func product(_ name: String) -> String {
  var path = [CChar](repeating: 0, count: 4096)
  let count = readlink("/proc/self/exe", &path, path.count)
  let executable = path.prefix(max(0, count)).map { UInt8(bitPattern: $0) }
  let folder = executable.lastIndex(of: UInt8(ascii: "/")).map { executable[...$0] } ?? []
  return String(decoding: folder, as: UTF8.self) + name
}

/// Waits until one of the descriptors can be read; false if none can in time.
func waitUntilReadable(_ descriptors: [Int32], milliseconds: Int32) -> Bool {
  var watched = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  let deadline = monotonicMilliseconds() + Int(milliseconds)
  while true {
    let left = max(0, deadline - monotonicMilliseconds())
    let count = poll(&watched, nfds_t(watched.count), Int32(left))
    if count > 0 { return true }
    if count == 0 || errno != EINTR { return false }
  }
}

func monotonicMilliseconds() -> Int {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
}

/// C strings with a null pointer at the end, as long as this lives.
private final class CStringList {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    pointers = .allocate(capacity: count + 1)
    for (index, string) in strings.enumerated() {
      (pointers + index).initialize(to: strdup(string))
    }
    (pointers + count).initialize(to: nil)
  }

  deinit {
    for index in 0..<count { free(pointers[index]) }
    pointers.deallocate()
  }
}
