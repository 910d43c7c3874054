import Canvas
import Foundation
import Player
import Testing

/// A screen as a text that a person can read in a diff: a header, the characters fenced by `|`,
/// and under them the roles of the rows that have any, one letter a cell.
struct Picture {
  let text: String

  init(_ frame: Frame, header: String) {
    var lines = ["# \(header)", "# \(frame.size.columns)x\(frame.size.rows)"]
    for row in 0..<frame.size.rows {
      lines.append("|\(Picture.row(frame, row) { $0.scalar })|")
    }
    for row in 0..<frame.size.rows {
      let roles = Picture.row(frame, row) { Picture.letter($0.role) }
      // Pictures have no role: their characters say all that one without colours sees.
      guard roles.contains(where: { $0 != "." }) else { continue }
      var trimmed = Substring(roles)
      while trimmed.last == "." { trimmed.removeLast() }
      lines.append("\(row < 10 ? " " : "")\(row) \(trimmed)")
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func row(
    _ frame: Frame, _ row: Int, _ scalar: (FrameCell) -> Unicode.Scalar
  ) -> String {
    var text = String.UnicodeScalarView()
    for column in 0..<frame.size.columns {
      text.append(scalar(frame[Point(column: column, row: row)]))
    }
    return String(text)
  }

  private static func letter(_ role: Role) -> Unicode.Scalar {
    switch role {
    case .plain: "."
    case .heading: "h"
    case .faint: "f"
    case .window: "w"
    case .current: "C"
    case .result: "r"
    case .unknown: "u"
    case .padding: "p"
    case .unread: "!"
    case .winner: "W"
    case .good: "g"
    case .bad: "b"
    case .code: "c"
    case .prose: "s"
    case .key: "k"
    case .message: "m"
    case .changed: "x"
    case .red: "R"
    case .green: "G"
    case .blue: "B"
    case .yellow: "Y"
    }
  }
}

/// Goldens: pictures kept beside the tests.
enum Golden {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")

  /// Compares a picture with the one kept under a name. A missing one is recorded, except in CI,
  /// and fails, so that nobody keeps a picture unseen.
  static func expect(
    _ text: String, _ name: String, as format: String = "txt",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appending(path: "\(name).\(format)")
    guard let kept = try? String(contentsOf: file, encoding: .utf8) else {
      if ProcessInfo.processInfo.environment["CI"] == nil {
        try text.write(to: file, atomically: true, encoding: .utf8)
      }
      Issue.record("There was no golden \(name); look at it.", sourceLocation: sourceLocation)
      return
    }
    guard kept != text else { return }
    Issue.record(
      "\(name) differs:\n\(difference(kept, text))", sourceLocation: sourceLocation)
  }

  private static func difference(_ kept: String, _ found: String) -> String {
    let kept = kept.split(separator: "\n", omittingEmptySubsequences: false)
    let found = found.split(separator: "\n", omittingEmptySubsequences: false)
    return (0..<max(kept.count, found.count)).compactMap { index in
      let before = index < kept.count ? kept[index] : ""
      let after = index < found.count ? found[index] : ""
      return before == after ? nil : "- \(before)\n+ \(after)"
    }.joined(separator: "\n")
  }
}
