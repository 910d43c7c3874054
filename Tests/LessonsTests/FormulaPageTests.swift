import Testing

@testable import Lessons

@Suite struct `The page of formulas` {
  @Test func `has the engine's own formulas, and examples that it computed`() {
    let lines = FormulaPage.lines(.text)
    for line in [
      "  (W − F + 2P)/S + 1",
      "  conv:5,stride=2 over a width of 11: (11 − 5 + 2·0)/2 + 1 = 6/2 + 1 = 4",
      "  (W + P₁ + P₂ − D·(F − 1) − 1)/S + 1", "  96·(11·11·3) + 96 = 34,944",
      "  290,400 · 363 = 105,415,200", "  conv[1,0,0] = −6 + −18 + 2 = −22",
      "  conv:3,stride=2: column 4 is read by the windows 1 and 2",
      "  cells of conv:3, maxpool:2, conv:3 see 3, 4, 8 columns",
    ] {
      #expect(lines.contains(line), "\(line)")
    }
  }

  @Test(arguments: Page.Format.allCases)
  func `fits a page's width, and has an example wherever one can be computed`(format: Page.Format) {
    let lines = FormulaPage.lines(format)
    #expect(lines.first == (format == .text ? "Formulas" : "# Formulas"))
    if format == .text { #expect(lines.allSatisfy { $0.unicodeScalars.count <= 104 }) }
    #expect(lines.count { $0.contains(" = ") || $0.contains(" ≈ ") } >= 18)
  }
}
