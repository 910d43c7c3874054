import Testing

@testable import Lessons

/// What a check says of words, letters and names that a reader cannot know.
@Suite struct `Words that a check asks about` {
  private func found(_ text: String, figure: String = "", question: String = "") -> [String] {
    let lines = figure.isEmpty ? "" : "    figure: |\n      \(figure)\n"
    let lesson =
      soundLesson + "\nstops:\n  - title: One\n    text: |\n      \(text)\n\(lines)\(question)"
    return LessonCheck.problems(in: [LessonSource(path: "a.yaml", bytes: Array(lesson.utf8))])
      .map { String($0.description.drop { $0 != " " }.dropFirst()) }
  }

  @Test(arguments: [
    ("An RNN reads on.", "\"RNN\""), ("Many GANs do so.", "\"GANs\""),
    ("Its momentum grows.", "\"momentum\""), ("Embeddings are vectors.", "\"Embeddings\""),
  ])
  func `are those that nothing explains`(text: String, word: String) {
    #expect(
      found(text) == [
        "\(word) is explained nowhere; say here what is called so, or put it into the list of "
          + "words, Sources/Lessons/Glossary.swift."
      ])
  }

  @Test(arguments: [
    "A CNN of VGG16's kind reads MNIST.", "Such a network is called an RNN. The RNN reads on.",
    "A generator (GAN) makes pictures, and a GAN learns.", "People say “RNN” to it.",
    "What is kept of the steps before is called momentum.", "SGD, and many CNNs.",
  ])
  func `are not those that the list or the text explains, or that others say`(text: String) {
    #expect(found(text) == [])
  }

  @Test(arguments: [
    ("For x = −2 it is less.", "x"), ("So 3 · q is more.", "q"), ("It takes 6j of them.", "j"),
    ("With n > 3 it is more.", "n"),
  ])
  func `are letters that stand for nothing that is seen`(text: String, letter: String) {
    #expect(
      found(text) == [
        "\(letter) stands for nothing that is seen here; say what it is, as in “the input "
          + "\(letter)”, or show it in the figure."
      ])
  }

  @Test(arguments: [
    ("For x = −2 it is less.", "x  −2  −1"), ("The input x = −2 is less.", ""),
    ("Write y = 2x + 1, and y = 3 where x = 1.", ""), ("W = 6, F = 3, S = 1, and P = 0.", ""),
    ("In f(n) the n = 3 is small.", ""), ("X = 3 and v = 4.", ""), ("It is a * or a +.", ""),
    ("The window's = sign, e = 3.", ""),
  ])
  func `are not letters that a name, a figure or the text says`(text: String, figure: String) {
    #expect(found(text, figure: figure) == [])
  }

  @Test(arguments: [
    ("What is v[1,0,0]?", "v[0,1,0]", "v[1,0,0]"), ("What is v[1,0,0]?", "13 + 5", "v[1,0,0]"),
    ("What are v[0,0,0] and v[1,0,0]?", "v[1,0,0] ; v[0,0,0]", "v[0,0,0] ; v[1,0,0]"),
  ])
  func `are cells that are asked for by another name than the answer's`(
    ask: String, answer: String, asked: String
  ) {
    let question = """
          question: {ask: "\(ask)", answer: "\(answer)", hint: Look., why: So.}

      """
    #expect(
      found("Look.", question: question).contains(
        "\(asked) is asked for, and the answer is \"\(answer)\"; write the same name, by which the "
          + "screen knows what to hide."))
  }

  @Test(arguments: [
    ("What is v[1,0,0]?", "v[1,0,0]"), ("What is the sum of v[1,0,0]?", "30"),
    ("What are v[0,0,0] and v[1,0,0]?", "v[0,0,0] ; v[1, 0, 0]"), ("v[1,0,0] = ?", "v[1,0,0]"),
  ])
  func `are not cells that answer by their names`(ask: String, answer: String) {
    let question = """
          question: {ask: "\(ask)", answer: "\(answer)", hint: Look., why: So.}

      """
    #expect(!found("Look.", question: question).contains { $0.contains("is asked for, and") })
  }
}
