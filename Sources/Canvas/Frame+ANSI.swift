extension Frame {
  /// The frame as lines for a terminal, with the sequences that colour them (ECMA-48, SGR; colours
  /// by xterm's 256). Each line ends in the terminal's own look.
  package func ansiLines(_ depth: ColourDepth, on ground: Ground) -> [String] {
    (0..<size.rows).map { row in
      var line = ""
      var column = 0
      for run in runs(ofRow: row, depth, on: ground) {
        line += String(repeating: " ", count: run.column - column)
        let codes = run.codes
        line += codes.isEmpty ? run.text : "\u{1B}[\(codes)m\(run.text)\u{1B}[m"
        column = run.column + run.text.unicodeScalars.count
      }
      return line
    }
  }
}

extension FrameRun {
  /// The parameters of SGR, such as `1;38;5;75`.
  fileprivate var codes: String {
    if let halves { return "38;5;\(halves.upper);48;5;\(halves.lower)" }
    var codes: [String] = []
    if look.attributes.contains(.bold) { codes.append("1") }
    if look.attributes.contains(.underline) { codes.append("4") }
    if look.attributes.contains(.reverse) { codes.append("7") }
    if let colour = look.foreground { codes.append("38;5;\(colour)") }
    if let colour = look.background { codes.append("48;5;\(colour)") }
    return codes.joined(separator: ";")
  }
}
