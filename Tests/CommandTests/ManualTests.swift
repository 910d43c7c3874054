import Testing

@Suite struct `The manual page` {
  /// The commands that `--help` lists.
  private func commands() throws -> [String] {
    let help = try run(["--help"]).stdout.split(separator: "\n")
    let start = try #require(help.firstIndex(of: "SUBCOMMANDS:"))
    return help[(start + 1)...].compactMap { line in
      guard line.hasPrefix("  "), !line.hasPrefix("   "), !line.hasPrefix("  See") else {
        return nil
      }
      return line.split(separator: " ").first.map(String.init)
    }
  }

  @Test func `says of every command what its help says, word by word`() throws {
    let sections = try manualSections()
    let names = try commands()
    #expect(names.contains("manual") && names.contains("keys"))
    #expect(sections.keys.sorted() == ([""] + names.map { "convwalk \($0)" }).sorted())
    for name in [""] + names {
      let help = try run(name.isEmpty ? ["--help"] : ["help", name]).stdout
      let titles = ["OVERVIEW:", "USAGE:", "ARGUMENTS:", "OPTIONS:", "SUBCOMMANDS:"]
      let words = help.split(whereSeparator: \.isWhitespace).map(String.init)
      let section = sections[name.isEmpty ? "" : "convwalk \(name)"] ?? []
      #expect(section == words.filter { !titles.contains($0) }, "\(name)")
    }
  }

  @Test func `names the files, the environment and every exit status of the README`() throws {
    let page = try run(["manual"]).stdout
    for word in ["convwalk/keys", "convwalk/progress", "NO_COLOR", "CONVWALK_LESSONS"] {
      #expect(page.contains(word), "\(word)")
    }
    let rows = try readmeText().split(separator: "\n").filter { $0.hasPrefix("| ") }
    let statuses = rows.compactMap { Int($0.split(separator: " ")[1]) }
    #expect(statuses.count == 7)
    for status in statuses { #expect(page.contains("\n.B \(status)\n"), "\(status)") }
  }

  /// The words of each part about a command, and of the description under "", without roff.
  private func manualSections() throws -> [String: [String]] {
    var sections: [String: [String]] = [:]
    var current: String?
    for line in try run(["manual"]).stdout.split(separator: "\n") {
      if line.hasPrefix(".SH") {
        current = line == ".SH DESCRIPTION" ? "" : nil
      } else if line.hasPrefix(".SS ") {
        current = String(line.dropFirst(4))
      }
      guard let current, !line.hasPrefix(".S") else { continue }
      if line.hasPrefix(".B "),
        ["Usage", "Arguments", "Options", "Subcommands"].contains(line.dropFirst(3))
      {
        continue
      }
      let isRequest = line.hasPrefix(".")
      guard !isRequest || line.hasPrefix(".B ") else { continue }
      let text = plain(isRequest ? line.dropFirst(3) : line)
      sections[current, default: []] += text.split(whereSeparator: \.isWhitespace).map(String.init)
    }
    return sections
  }

  /// What roff's escapes show.
  private func plain(_ text: Substring) -> String {
    var text = String(text)
    for (escape, sign) in [("\\-", "-"), ("\\(aq", "'"), ("\\(dq", "\""), ("\\&", "")] {
      text = text.split(separator: escape, omittingEmptySubsequences: false).joined(separator: sign)
    }
    while let start = text.firstIndex(of: "\\"), let end = text[start...].firstIndex(of: "]") {
      let digits = text[text.index(start, offsetBy: 3)..<end]
      let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init).map(Character.init)
      text.replaceSubrange(start...end, with: String(scalar ?? "?"))
    }
    return text
  }
}
