/// All words and letters of the course on a page, each explained once.
package enum WordsPage {
  package static func lines(_ format: Page.Format) -> [String] {
    var page = Page(format)
    page.heading("Words", level: 1)
    for term in Glossary.terms { page.paragraph("\(term.name).", term.explanation) }
    return page.lines
  }
}
