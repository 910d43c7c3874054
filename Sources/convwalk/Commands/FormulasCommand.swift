import ArgumentParser
import Lessons

/// `convwalk formulas`: all formulas on a page.
struct FormulasCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formulas",
    abstract: "Print all formulas of the course on one page, each with an example.")

  @Option(help: "text or markdown.")
  var format: Page.Format = .text

  func run() throws {
    var output = StandardOutput()
    for line in FormulaPage.lines(format) { try output.write(line: line) }
    try output.flush()
  }
}
