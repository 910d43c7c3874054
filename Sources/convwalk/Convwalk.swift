import ArgumentParser
import ConvolutionEngine
import CursesTerminal
import ExactNumbers
import Glibc

/// The program: picks a command, runs it, and turns how it ends into a message and a status.
@main
struct Convwalk: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convwalk",
    abstract: "Walk through a convolutional network step by step, every number exact.",
    discussion: """
      A SUBJECT is what a command works on: an input and its layers, for example

        11x11x4 conv:5,filters=2,stride=2 maxpool:2

      'convwalk help shape' says how they are written.
      """,
    version: "0.1.0",
    subcommands: [
      ShapeCommand.self, TraceCommand.self, ComputeCommand.self, TrainCommand.self,
      ExploreCommand.self,
      FrameCommand.self, LessonCommand.self, CourseCommand.self, LessonsCommand.self,
      PracticeCommand.self, SheetCommand.self, FormulasCommand.self, CheckCommand.self,
      KeysCommand.self,
      ManualCommand.self,
    ], defaultSubcommand: CourseCommand.self)

  /// Whether help is being written. What it says of all kinds of layers takes longer to make than
  /// all else until the first screen, and the argument parser asks each command for its help at
  /// every start.
  @TaskLocal static var writesHelp = false

  static func main() {
    // A closed pipe is then an error of `write`, which ends the program quietly.
    signal(SIGPIPE, SIG_IGN)
    // And so is a file that must not grow.
    signal(SIGXFSZ, SIG_IGN)
    // The program's own name is always there: without /proc Swift has no command line at all.
    guard !CommandLine.arguments.isEmpty else { Glibc.exit(report(.noCommandLine)) }
    Glibc.exit(status(of: Array(CommandLine.arguments.dropFirst())))
  }

  /// A network has at most 4096 layers.
  private static let mostWords = 4200

  /// Runs a command line; returns the exit status.
  private static func status(of arguments: [String]) -> Int32 {
    do {
      // The argument parser compares each word with all others.
      guard arguments.count <= mostWords else {
        throw CommandFailure.usage(.tooManyWords(arguments.count, limit: mostWords))
      }
      try refuseUnknownCommand(arguments)
      if try !openAtOnce(arguments) {
        var command = try command(arguments)
        try command.run()
      }
      return EX_OK
    } catch let failure as CommandFailure {
      return report(failure)
    } catch {
      let text = $writesHelp.withValue(true) { message(for: error) }
      guard exitCode(for: error) == .success else {
        return report(.usage(.parser(text, command: configuration.name(of: arguments.first))))
      }
      return answer(
        arguments.contains { $0.hasPrefix("--generate-completion-script") }
          ? CompletionScript(text, commands: configuration.commandNames).text : text)
    }
  }

  /// Refuses what is no command: the argument parser would take it for a word too many behind the
  /// command that has no name, and give the program's own help for `help` of it.
  private static func refuseUnknownCommand(_ arguments: [String]) throws(CommandFailure) {
    guard let first = arguments.first, !first.hasPrefix("-") else { return }
    let names = first == "help" ? arguments.dropFirst().filter { !$0.hasPrefix("-") } : [first]
    guard let name = names.first, names.count > 1 || !configuration.hasCommand(name) else { return }
    throw .usage(
      .unknownCommand(
        names.joined(separator: " "),
        nearest: names.count > 1 ? [] : likelyNames(for: name, among: configuration.commandNames)))
  }

  /// Opens the player where the command line has no option; false where there is more to parse.
  ///
  /// The argument parser would take as long as all the rest until the first screen.
  private static func openAtOnce(_ arguments: [String]) throws -> Bool {
    guard arguments.allSatisfy({ !$0.hasPrefix("-") }) else { return false }
    switch (arguments.first, arguments.count) {
    case (nil, _): try CourseCommand.run(lessons: nil, terminal: Terminal.Options())
    case ("lesson", 2): try LessonCommand.run(arguments[1])
    case ("explore", 2...): try ExploreCommand.run(subject: Array(arguments.dropFirst()))
    default: return false
    }
    return true
  }

  /// The argument parser builds the options of every command that it can choose among, so one that
  /// is named reads its own words alone. What is wrong there is told by the whole, and so is help.
  private static func command(_ arguments: [String]) throws -> any ParsableCommand {
    let named = configuration.subcommands.first { $0.configuration.commandName == arguments.first }
    if let named, let command = try? named.parseAsRoot(Array(arguments.dropFirst())) {
      return command
    }
    return try parseAsRoot(arguments)
  }

  /// Help, the version or a completion script, on standard output.
  private static func answer(_ text: String) -> Int32 {
    do throws(CommandFailure) {
      var output = StandardOutput()
      try output.write(line: text)
      try output.flush()
      return EX_OK
    } catch {
      return report(error)
    }
  }

  private static func report(_ failure: CommandFailure) -> Int32 {
    failure.tell()
    return failure.status
  }
}

extension CommandFailure {
  /// Says what is wrong on standard error.
  func tell() {
    guard let message else { return }
    let bytes = Array("convwalk: \(message.shown)\n".utf8)
    // There is nobody left to tell when this fails.
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}

extension CommandConfiguration {
  /// `convwalk shape` for a command's name, else `convwalk`.
  fileprivate func name(of command: String?) -> String {
    command.map { hasCommand($0) ? "convwalk \($0)" : "convwalk" } ?? "convwalk"
  }

  fileprivate var commandNames: [String] { subcommands.compactMap { $0.configuration.commandName } }

  fileprivate func hasCommand(_ name: String) -> Bool {
    name == "help" || commandNames.contains(name)
  }
}
