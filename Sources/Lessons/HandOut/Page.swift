import ExactNumbers
import Walkthrough

/// What is written for paper, as plain text or Markdown.
package struct Page: Sendable {
  package enum Format: String, Sendable, CaseIterable {
    case text, markdown
  }

  package let format: Format
  package private(set) var lines: [String] = []

  /// Columns of text.
  package static let width = 78

  package init(_ format: Format) { self.format = format }
}

extension Page {
  private mutating func separate() {
    if lines.last?.isEmpty == false { lines.append("") }
  }

  package mutating func heading(_ text: String, level: Int) {
    separate()
    switch format {
    case .markdown:
      lines.append(String(repeating: "#", count: level) + " " + Page.escaped(text))
    case .text:
      let underline: Character = level == 1 ? "=" : "-"
      lines += [text, String(repeating: underline, count: text.unicodeScalars.count)]
    }
  }

  /// - Parameter label: stands out before the text.
  package mutating func paragraph(_ label: String, _ text: String) {
    separate()
    switch format {
    case .markdown: lines.append("**\(label)** \(Page.escaped(text))")
    case .text: lines += wrapped("\(label) \(text)", to: Page.width)
    }
  }

  package mutating func paragraph(_ text: String) {
    separate()
    switch format {
    case .markdown: lines.append(Page.escaped(text))
    case .text: lines += wrapped(text, to: Page.width)
    }
  }

  /// Lines that stay as they are, such as grids.
  package mutating func verbatim(_ text: [String]) {
    guard !text.isEmpty else { return }
    separate()
    switch format {
    case .markdown:
      // A figure that holds a fence itself needs a longer one.
      let longest = text.map { line in line.prefix { $0 == "`" }.count }.max() ?? 0
      let fence = String(repeating: "`", count: max(3, longest + 1))
      lines += [fence] + text + [fence]
    case .text: lines += text.map { $0.isEmpty ? "" : "  \($0)" }
    }
  }

  /// Room to write an answer into.
  package mutating func room(_ label: String) {
    separate()
    lines.append(label + " " + String(repeating: "_", count: 40))
    separate()
  }

  /// What follows begins on a page of its own.
  package mutating func pageBreak() {
    if !lines.isEmpty { lines += Page.pageBreak(format) }
  }

  /// The lines after which a page is turned.
  package static func pageBreak(_ format: Format) -> [String] {
    switch format {
    case .markdown: ["", "<div style=\"page-break-after: always\"></div>", ""]
    // Printers and pagers turn the page at a form feed.
    case .text: ["\u{0C}"]
    }
  }

  /// Text in which Markdown finds nothing to act upon.
  private static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for (index, scalar) in text.unicodeScalars.enumerated() {
      let isMark = "\\`*_[]<>#|~&".unicodeScalars.contains(scalar)
      let beginsList = index == 0 && "-+=".unicodeScalars.contains(scalar)
      if isMark || beginsList { escaped.append("\\") }
      escaped.append(scalar)
    }
    return String(escaped)
  }
}
