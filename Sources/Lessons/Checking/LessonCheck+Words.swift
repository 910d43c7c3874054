import ConvolutionEngine
import ExactNumbers

extension LessonCheck {
  /// Words that nothing explains, letters that stand nowhere, and cells that are asked for while the
  /// answer is another.
  static func wordProblems(in reading: LessonReading, _ log: inout ProblemLog) {
    var introduced: Set<String> = []
    for (stop, built) in zip(reading.draft.stops, reading.lesson.stops) where !log.isFull {
      guard let network = reading.lesson.scenes[built.scene]?.network else { continue }
      var known = Glossary.letters.union([network.inputName]).union(network.layers.map(\.name))
      for line in built.figure { known.formUnion(UsedWords(line).symbols) }
      for text in stop.texts where !log.isFull {
        let cost = Budget.Cost.template(text.value.utf8.count)
        guard log.spend(cost, "this text", at: text.place) else { return }
        for piece in Stated(text: text, scene: built.scene).pieces
        where !piece.hasPrefix("convwalk ") {
          let words = UsedWords(piece)
          introduced.formUnion(words.introduced)
          for word in words.terms where !introduced.contains(word) {
            log.add(
              .stated(.unexplainedWord(word)), at: reading.text.place(of: word, after: text.place))
          }
          for letter in words.quantities.subtracting(known).subtracting(introduced).sorted() {
            log.add(.stated(.darkLetter(letter)), at: text.place)
          }
        }
      }
      checkAsked(by: stop, &log)
    }
  }

  /// Adds where a question asks for a cell by its name and the answer is none of that name, so that
  /// the screen hides another one.
  private static func checkAsked(by stop: StopDraft, _ log: inout ProblemLog) {
    guard let question = stop.question, question.task == nil, question.choices.isEmpty else {
      return
    }
    let asked = UsedWords.askedCells(question.ask.value)
    let answers = question.answer.value.split(separator: ";").map { part in
      // A scene may stand before it.
      String((part.split(separator: ":").last ?? part).filter { $0 != " " })
    }
    guard !asked.isEmpty, asked.count == answers.count, asked != answers else { return }
    log.add(
      .stated(.otherCell(asked.joined(separator: " ; "), answer: question.answer.value)),
      at: question.answer.place)
  }
}

extension StopDraft {
  /// What a reader is told in words, in the order in which it is read.
  fileprivate var texts: [Placed<String>] {
    var texts = [text].compactMap { $0 }
    if let question {
      texts += [question.ask] + question.hints + question.slips.map(\.says) + [question.why]
    }
    return texts + [after].compactMap { $0 }
  }
}

/// The words of a text that a reader has to know.
private struct UsedWords {
  /// Abbreviations and words of the field that the glossary lacks.
  private(set) var terms: [String] = []
  /// Letters that are computed with: the x of `x = 3`, the k of `3k`.
  private(set) var quantities: Set<String> = []
  /// What the text itself introduces: `the input x`, `y = 2x + 1`, `called a GAN`.
  private(set) var introduced: Set<String> = []
  /// All letters that stand alone, as a figure has them.
  private(set) var symbols: Set<String> = []

  private let tokens: [StatedToken]

  init(_ text: String) {
    tokens = StatedToken.tokens(of: text)
    for index in tokens.indices {
      if let letter = tokens[index].multipliedLetter {
        symbols.insert(letter)
        quantities.insert(letter)
      }
      // `x(n)` speaks of x.
      if isFunction(index) { introduced.insert(tokens[index].text) }
      guard tokens[index].kind == .word else { continue }
      let word = tokens[index].text
      if word.unicodeScalars.count <= 2 { symbols.formUnion(word.map(String.init)) }
      if word.unicodeScalars.count == 1 {
        noteLetter(word, at: index)
      } else {
        noteWord(word, at: index)
      }
    }
  }

  private func token(_ index: Int) -> StatedToken? {
    tokens.indices.contains(index) ? tokens[index] : nil
  }

  private func word(_ index: Int) -> String? {
    token(index).flatMap { $0.kind == .word ? $0.text.lowercased() : nil }
  }

  private mutating func noteLetter(_ letter: String, at index: Int) {
    let (before, after) = (token(index - 1), token(index + 1))
    // The s of `window's`.
    if before?.kind == .punctuation, !tokens[index].isSpaced { return }
    if after?.text == "=",
      tokens[(index + 2)...].first(where: { $0.kind != .sign })?.kind != .operand
    {
      introduceFormula(from: index)
    } else if let noun = word(index - 1), noun.count > 1, !UsedWords.joining.contains(noun) {
      introduced.insert(letter)
    } else if ["means", "stands"].contains(word(index + 1)) || isArgument(index) {
      introduced.insert(letter)
    } else if [before, after].contains(where: { $0?.isRelation == true })
      || !["a", "A", "I"].contains(letter)
        && [before, after].contains(where: { $0?.isArithmetic == true })
    {
      quantities.insert(letter)
    }
  }

  /// `y = w·x + b` says what y is, of quantities that it names.
  private mutating func introduceFormula(from start: Int) {
    for token in tokens[start...] {
      if token.kind == .punctuation { return }
      // `Wx` is a product.
      if token.kind == .word, token.text.count <= 2 {
        introduced.formUnion(token.text.map(String.init))
      }
      if let letter = token.multipliedLetter { introduced.insert(letter) }
    }
  }

  /// Whether it stands in the brackets of a function: the n of `y(n)`.
  private func isArgument(_ index: Int) -> Bool {
    tokens[..<index].lastIndex { [.open, .close].contains($0.kind) }.map { isFunction($0 - 1) }
      ?? false
  }

  private func isFunction(_ index: Int) -> Bool {
    guard let next = token(index + 1), next.text == "(", !next.isSpaced else { return false }
    return token(index)?.kind == .foreign
  }

  private mutating func noteWord(_ word: String, at index: Int) {
    let singular = word.hasSuffix("s") ? String(word.dropLast()) : word
    let isAbbreviation =
      singular.count { $0.isUppercase } > 1
      && singular.allSatisfy { $0.isUppercase || $0.isNumber }
    guard isAbbreviation || Glossary.lacks.contains(word.lowercased()) else { return }
    let isNamed = (1...3).contains { distance in
      self.word(index - distance).map { UsedWords.naming.contains($0) } ?? false
    }
    if isNamed || token(index - 1)?.kind == .open
      || ["means", "stands", "is"].contains(self.word(index + 1))
    {
      introduced.insert(word)
      introduced.insert(singular)
    }
    if !isAbbreviation || !Glossary.explains(word) { terms.append(word) }
  }

  /// The cells that a question asks for: those of `What is v[1,0,0]?`, `What are v[1,0,0] and …`.
  static func askedCells(_ ask: String) -> [String] {
    let tokens = StatedToken.tokens(of: ask)
    for index in tokens.indices.dropLast(2)
    where tokens[index].text == "What"
      && ["is", "are", "will", "was", "were"].contains(tokens[index + 1].text)
    {
      let named = tokens[(index + 2)...].prefix {
        $0.kind == .address || $0.text == "and" || $0.text == ","
      }
      let cells = named.filter { $0.kind == .address }.map(\.text)
      if cells.allSatisfy({ !$0.contains("@") && !$0.contains(":") }) { return cells }
    }
    return []
  }

  /// Words before a letter that do not say what it is.
  private static let joining: Set<String> = [
    "at", "of", "in", "on", "and", "is", "are", "be", "than", "by", "to", "for", "the", "an",
    "from", "with", "or", "as", "that", "if", "then", "so", "it", "its", "which", "where", "when",
    "this", "these", "those", "not", "but", "into", "out", "up", "no", "all", "each", "say", "says",
    "let", "now", "here", "there", "until", "while", "was", "were", "has", "have", "gives", "give",
    "makes", "make", "takes", "take", "also", "still", "again",
  ]

  /// Words after which one is introduced.
  private static let naming: Set<String> = [
    "called", "calls", "call", "named", "means", "short", "say", "says", "word",
  ]
}

extension StatedToken {
  fileprivate var isRelation: Bool {
    if case .relation = kind { true } else { false }
  }

  /// A sign of arithmetic; a hyphen is none.
  fileprivate var isArithmetic: Bool { kind == .sign && text != "-" }

  /// The k of `3k`.
  fileprivate var multipliedLetter: String? {
    guard kind == .foreign, let last = text.last, last.isASCII, last.isLetter,
      text.dropLast().allSatisfy({ $0.isNumber || $0 == "." }), text.count > 1
    else { return nil }
    return String(last)
  }
}
