import Testing

@testable import Lessons

@Suite("The worked answers of the shipped lessons")
struct WorkedAnswerTests {
  static let names = (try? Catalogue(folder: ShippedLessonTests.folder))?.names ?? []

  @Test(arguments: names) func `each says the number that is the answer`(_ name: String) throws {
    let lesson = try Catalogue(folder: ShippedLessonTests.folder).lesson(named: name)
    for stop in lesson.stops {
      // Of choices the answer is one's place among them, which nobody is told.
      guard let question = stop.question, question.choices.isEmpty else { continue }
      for value in question.answer {
        let number = Template.text(value)
        #expect(
          numbers(in: question.why).contains(number),
          "the answer of \(stop.title) is \(number), but the worked answer is: \(question.why)")
      }
    }
  }

  @Test(arguments: names) func `each question names at least one mistake`(_ name: String) throws {
    let lesson = try Catalogue(folder: ShippedLessonTests.folder).lesson(named: name)
    for stop in lesson.stops where stop.question?.task == nil {
      #expect(stop.question?.slips.isEmpty != true, "\(stop.title)")
    }
  }

  /// Whole numbers, decimals and fractions as texts print them: `−3`, `14,455,392`, `2.5`, `7/3`.
  private func numbers(in text: String) -> Set<String> {
    let parts = text.split { !"0123456789,./−".contains($0) }
    let plain = parts.map { $0.trimming(while: ",./".contains) }
    // A comma groups digits or parts the numbers of an address; a quotient is one number or two.
    return Set((plain + plain.flatMap { $0.split { ",/".contains($0) } }).map(String.init))
  }
}

extension Substring {
  fileprivate func trimming(while isPunctuation: (Character) -> Bool) -> Substring {
    var rest = drop(while: isPunctuation)
    while let last = rest.last, isPunctuation(last) { rest.removeLast() }
    return rest
  }
}
