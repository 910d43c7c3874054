import ArgumentParser
import ExactNumbers

/// `convwalk manual`: the manual page, made of the same words as every command's help.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Print the manual page, for share/man/man1/convwalk.1.",
    discussion: """
      For example, to read it at once:

        $ convwalk manual | man -l -
      """)

  func run() throws {
    var output = StandardOutput()
    let page = Convwalk.$writesHelp.withValue(true) { ManualPage() }
    for line in page.lines { try output.write(line: line) }
    try output.flush()
  }
}

/// The manual page as a `man` macro source: what `--help` says, command by command.
struct ManualPage {
  private(set) var lines: [String] = []

  /// So wide that no explanation is wrapped: the reader's screen decides that.
  private static let width = 10_000

  init() {
    let root = Convwalk.configuration
    lines.append(".TH CONVWALK 1 \"\" \"convwalk \(root.version)\" \"User Commands\"")
    let purpose = root.abstract.prefix(1).lowercased() + root.abstract.dropFirst().dropLast()
    add(heading: "NAME", ["convwalk \\- \(roff(purpose))"])
    add(heading: "SYNOPSIS", [".B convwalk", "[\\fIcommand\\fR] [\\fIoption\\fR ...]"])
    lines.append(".SH DESCRIPTION")
    add(help: Convwalk.helpMessage(columns: ManualPage.width))
    lines.append(".SH COMMANDS")
    for command in root.subcommands {
      lines.append(".SS convwalk \(roff(command.configuration.commandName ?? ""))")
      add(help: Convwalk.helpMessage(for: command, columns: ManualPage.width))
    }
    addFiles()
  }

  private mutating func addFiles() {
    add(
      heading: "FILES",
      entry("~/.config/convwalk/keys", "Your own keys; under XDG_CONFIG_HOME if that is set.")
        + entry(
          "~/.local/state/convwalk/progress",
          "How far you are in each lesson; under XDG_STATE_HOME if that is set.")
        + entry(
          "PREFIX/share/convwalk/lessons", "The lessons, beside PREFIX/bin/convwalk."))
    add(
      heading: "ENVIRONMENT",
      entry("CONVWALK_LESSONS", "The folder of the lessons, where --lessons does not name it.")
        + entry("NO_COLOR", "If it is not empty, nothing is drawn in colour.")
        + entry(
          "ESCDELAY",
          "Milliseconds after which ESC alone is the Esc key, at most 30,000; if unset 60, over SSH 150."
        ))
    add(
      heading: "EXIT STATUS",
      [
        ("0", "Done."), ("1", "A check failed."),
        ("64", "The command line, with the shapes typed there."),
        ("65", "A file's contents, or a number too large to be exact."),
        ("66", "A file that cannot be read."), ("69", "No usable terminal, or no /proc."),
        ("73", "A file that cannot be written."),
      ].flatMap { entry($0.0, $0.1) })
  }

  private mutating func add(heading: String, _ lines: [String]) {
    self.lines.append(".SH \(heading)")
    self.lines += lines
  }

  /// A help message: its overview as it stands, then what can be given, item by item.
  private mutating func add(help: String) {
    var title = ""
    for line in help.split(separator: "\n", omittingEmptySubsequences: false) {
      if let found = ManualPage.titles.first(where: { line.hasPrefix($0) }) {
        if title == ManualPage.verbatim { lines.append(".fi") }
        title = found
        lines += heading(of: title) + [roff(line.dropFirst(title.count).trimmingSpaces)]
      } else if title == ManualPage.verbatim {
        lines.append(roff(line))
      } else {
        lines += item(line)
      }
    }
    if title == ManualPage.verbatim { lines.append(".fi") }
  }

  /// What an overview shows keeps its lines.
  private static let verbatim = "OVERVIEW:"

  private func heading(of title: String) -> [String] {
    title == ManualPage.verbatim
      ? [".PP", ".nf"] : [".PP", ".B \(title.dropLast().capitalized)", ".PP"]
  }

  private static let titles = ["OVERVIEW:", "USAGE:", "ARGUMENTS:", "OPTIONS:", "SUBCOMMANDS:"]

  /// `  --seed <seed>           Makes the numbers` is an item; a line further right goes on with
  /// the last one.
  private func item(_ line: Substring) -> [String] {
    let text = line.trimmingSpaces
    if text.isEmpty { return [] }
    guard line.hasPrefix("  "), !line.hasPrefix("   ") else { return [roff(text)] }
    guard let gap = text.places(of: "  ").first else {
      // The last line of a list of commands is a sentence.
      return text.hasPrefix("See ") ? [".PP", roff(text)] : [".TP", ".B \(roff(text))"]
    }
    return entry(String(text[..<gap.lowerBound]), text[gap.upperBound...].trimmingSpaces)
  }

  private func entry(_ label: String, _ text: String) -> [String] {
    [".TP", ".B \(roff(label))", roff(text)]
  }
}

/// Text as `roff` shows it, sign for sign.
private func roff(_ text: some StringProtocol) -> String {
  var result = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\\": result += "\\e"
    case "-": result += "\\-"
    case "'": result += "\\(aq"
    case "\"": result += "\\(dq"
    case " "..."~": result.unicodeScalars.append(scalar)
    default: result += "\\[u\(hexadecimal(scalar))]"
    }
  }
  // At a line's start a full stop would begin a request.
  return result.hasPrefix(".") ? "\\&" + result : result
}

private func hexadecimal(_ scalar: Unicode.Scalar) -> String {
  let digits = String(scalar.value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}

extension StringProtocol {
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst().lowercased() }

  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.first == " " { text = text.dropFirst() }
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
