extension Frame {
  /// The frame as a picture, SVG 1.1: its text is real text, which can be searched and copied, in
  /// whatever fixed-width font there is; every run is held to its columns.
  ///
  /// - Parameter title: what a screen reader says of it.
  package func svgLines(title: String, _ depth: ColourDepth, on ground: Ground) -> [String] {
    let paper = Paper(ground)
    let width = decimal(Double(size.columns) * Cell.width + 2 * Cell.margin)
    let height = decimal(Double(size.rows) * Cell.height + 2 * Cell.margin)
    var lines = [
      #"<svg xmlns="http://www.w3.org/2000/svg" width="\#(width)" height="\#(height)" "#
        + #"viewBox="0 0 \#(width) \#(height)" role="img">"#,
      "<title>\(escaped(title))</title>",
      #"<rect width="100%" height="100%" rx="6" fill="\#(paper.ground)"/>"#,
      #"<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" "#
        + #"font-size="14" fill="\#(paper.text)" style="white-space:pre">"#,
    ]
    for row in 0..<size.rows {
      for run in runs(ofRow: row, depth, on: ground) { lines += run.svg(row: row, paper) }
    }
    return lines + ["</g>", "</svg>"]
  }
}

/// The sizes of one character, in pixels.
private enum Cell {
  static let width = 8.4
  static let height = 18.0
  static let margin = 10.0
  /// From the cell's upper edge to the line that letters stand on.
  static let base = 13.5
}

/// What stands for the terminal's own colours.
private struct Paper {
  let ground: String
  let text: String

  init(_ ground: Ground) {
    (self.ground, text) = ground == .dark ? ("#16181d", "#d8dade") : ("#ffffff", "#1f2328")
  }
}

extension FrameRun {
  /// The run as elements: its ground, then its text.
  fileprivate func svg(row: Int, _ paper: Paper) -> [String] {
    let count = text.unicodeScalars.count
    let left = decimal(Cell.margin + Double(column) * Cell.width)
    let top = Cell.margin + Double(row) * Cell.height
    let width = decimal(Double(count) * Cell.width)
    func rectangle(_ top: Double, _ height: Double, _ colour: String) -> String {
      #"<rect x="\#(left)" y="\#(decimal(top))" width="\#(width)" height="\#(decimal(height))" "#
        + #"fill="\#(colour)" shape-rendering="crispEdges"/>"#
    }
    if let halves {
      let half = Cell.height / 2
      return [
        rectangle(top, half, css(halves.upper)),
        rectangle(top + half, half, css(halves.lower)),
      ]
    }
    let isReversed = look.attributes.contains(.reverse)
    let ground = look.background.map(css) ?? (isReversed ? paper.text : nil)
    let colour = look.foreground.map(css) ?? (isReversed ? paper.ground : nil)
    var elements = ground.map { [rectangle(top, Cell.height, $0)] } ?? []
    guard text.contains(where: { $0 != " " }) else { return elements }
    var attributes = #"x="\#(left)" y="\#(decimal(top + Cell.base))" textLength="\#(width)" "#
    attributes += #"lengthAdjust="spacingAndGlyphs""#
    if let colour { attributes += #" fill="\#(colour)""# }
    if look.attributes.contains(.bold) { attributes += #" font-weight="bold""# }
    if look.attributes.contains(.underline) { attributes += #" text-decoration="underline""# }
    elements.append(#"<text xml:space="preserve" \#(attributes)>\#(escaped(text))</text>"#)
    return elements
  }
}

/// A colour of the 256 as CSS writes it.
private func css(_ colour: Int) -> String {
  let digits = String(redGreenBlue(ofColour: colour) ?? 0, radix: 16)
  return "#" + String(repeating: "0", count: 6 - digits.count) + digits
}

/// A number of pixels with at most one decimal.
private func decimal(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
}

private func escaped(_ text: String) -> String {
  text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
}
