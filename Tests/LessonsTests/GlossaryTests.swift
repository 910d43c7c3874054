import Testing

@testable import Lessons

@Suite struct `Words explained` {
  private func names(_ text: String) -> [String] { Glossary.terms(in: [text]).map(\.name) }

  @Test(arguments: [
    ("A CNN reads a picture.", ["CNN"]), ("In a convolutional network", ["CNN", "convolution"]),
    ("K filters of width F", ["F", "filter", "K"]), ("f and s are 3 and 2.", ["F", "S"]),
    ("the binary cross-entropy", ["cross-entropy"]), ("A mapping, a filtered cellar.", []),
    ("Batch normalization", ["batch", "batch normalization"]), ("a max-pooling layer", ["pool"]),
    ("Every window's row sum.", ["row sum", "window"]), ("row. Sums of a depth", ["depth"]),
    ("ReLU (a bend)", ["ReLU"]), ("the relu", []), ("a 1×1 convolution", ["1×1", "convolution"]),
    ("", []),
  ])
  func `are those of a text, whole and in any number`(text: String, expected: [String]) {
    #expect(names(text) == expected)
  }

  @Test func `are explained once each, in one or two short lines`() {
    let names = Glossary.terms.map(\.name)
    #expect(Set(names).count == names.count && names.count > 70)
    for term in Glossary.terms {
      #expect(term.explanation.count <= 110 && term.explanation.hasSuffix("."), "\(term.name)")
      #expect(term.name.count <= 23, "\(term.name)")
      // What finds nothing is no form.
      #expect(self.names(term.name).contains(term.name), "\(term.name)")
    }
  }

  @Test func `are found in every lesson`() throws {
    let catalogue = try Catalogue(folder: ShippedLessonTests.folder)
    for name in catalogue.names {
      let stops = try catalogue.lesson(named: name).stops
      #expect(stops.isEmpty || !Glossary.terms(in: stops.flatMap(\.text)).isEmpty, "\(name)")
    }
  }
}
