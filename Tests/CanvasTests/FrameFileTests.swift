import Canvas
import Testing

@Suite struct `A frame as a file` {
  /// A row with a heading, a number in a window, and two cells of a picture.
  private var frame: Frame {
    var frame = Frame(Size(columns: 10, rows: 2))
    frame.put("A<B", 1, 0, .heading)
    frame.put("−7", 6, 0, .window)
    frame.put(Tone(0, .grey), over: Tone(1, .grey), 0, 1)
    frame.put(Tone(0, .grey), over: Tone(1, .grey), 1, 1)
    frame.put("?", 4, 1, .current)
    return frame
  }

  @Test func `for a terminal has its colours, row by row`() {
    #expect(
      frame.ansiLines(.full, on: .dark) == [
        " \u{1B}[1mA<B\u{1B}[m  \u{1B}[1;38;5;75m−7\u{1B}[m",
        "\u{1B}[38;5;232;48;5;255m▀▀\u{1B}[m  \u{1B}[1;38;5;16;48;5;214m?\u{1B}[m",
      ])
  }

  @Test func `without colours has attributes alone, and pictures of characters`() {
    #expect(
      frame.ansiLines(.monochrome, on: .dark) == [
        " \u{1B}[1mA<B\u{1B}[m  \u{1B}[1m−7\u{1B}[m", "==  \u{1B}[7m?\u{1B}[m",
      ])
  }

  @Test func `as SVG is text at its columns, and rectangles`() {
    let lines = frame.svgLines(title: "1 & 2", .full, on: .light)
    #expect(lines.first?.contains(#"width="104" height="56""#) == true)
    #expect(lines.contains("<title>1 &amp; 2</title>"))
    #expect(
      lines.contains(
        #"<text xml:space="preserve" x="18.4" y="23.5" textLength="25.2" "#
          + #"lengthAdjust="spacingAndGlyphs" font-weight="bold">A&lt;B</text>"#))
    #expect(
      lines.contains(
        ##"<rect x="10" y="28" width="16.8" height="9" fill="#080808" shape-rendering="crispEdges"/>"##
      ))
    #expect(
      lines.contains(
        ##"<rect x="43.6" y="28" width="8.4" height="18" fill="#af5f00" "##
          + #"shape-rendering="crispEdges"/>"#))
    #expect(lines.last == "</svg>")
  }
}
