import ConvolutionEngine
import TensorFiles
import Walkthrough

/// The kinds of causes. The wording is in `LessonProblem+Description.swift`.
extension LessonProblem {
  /// What breaks the text as such, or YAML's rules.
  package enum Syntax: Sendable, Equatable {
    case fileTooLong(bytes: Int)
    case notUTF8
    case controlCharacter(Unicode.Scalar)
    case anchor(String)
    case tooDeep
    case tab
    /// A line that begins with `- ` and yet goes on with the text above it.
    case swallowedItem
    case syntax(SyntaxFault)
    case directive
    case tag
    case keyTooLong(Int, limit: Int)
    case emptyFile
    case duplicateKey(String)
    case keyIsNoText
    case alias
    case secondDocument
  }

  /// Keys and values.
  package enum Value: Sendable, Equatable {
    case kind(what: String, found: Kind, expected: Kind)
    case unknownKey(String, of: String, known: [String])
    case missingKey(String, of: String, example: String)
    case exclusive(String, String)
    case emptyText(String)
    case inputName(String)
    case size(String)
    case seed(String)
    case noLayers
    case notesOfUnknownLayer(String, known: [String])
    case tooManyNotes(layer: String, found: Int, maps: Int)
  }

  /// Texts that are too long or cannot be shown, and what would cost too much.
  package enum Limit: Sendable, Equatable {
    case textTooLong(String, found: Int, limit: Int)
    case unprintable(String, Unicode.Scalar)
    case notOneColumn(String, Unicode.Scalar)
    /// A ` #` that ends a text which its author meant to go on.
    case comment(String)
    case tooMany(String, found: Int, limit: Int)
    /// What would cost more than a file may.
    case tooCostly(String, Budget.Resource)
  }

  /// Numbers, and what computing them shows.
  package enum Numbers: Sendable, Equatable {
    case notANumber(String)
    case zeroDenominator(String)
    case numberTooLarge(String)
    case denominatorTooLarge(String)
    case row(Int, found: Int, expected: Int)
    case count(what: String, found: Int, expected: Int, each: String)
    case grid(what: String, found: String, expected: String)
    case tooManyNumbers(found: Int, limit: Int)
    /// A cell's working and its evaluation give two numbers: a fault of the program.
    case disagreement(String, Cell)
    /// The address of a layer's last step leads elsewhere: a fault of the program.
    case lostStep(String)
  }

  /// A network's file.
  package enum Blocks: Sendable, Equatable {
    case unknownBlock(String, known: [String])
    case blocksTooDeep(limit: Int)
    case tooManyLayers(limit: Int)
    /// Lists of a block that are not equally long.
    case listLength(String, found: Int, expected: Int)
    case place(String, known: [String])
    /// A key that the block called has no place for.
    case unusedValue(String, block: String, known: [String])
    case unusedBlock(String)
    case unknownBase(String)
    /// A network's layer has weights, which are no part of its file.
    case numbersInNetwork
    case scheme(String)
    case taps(String)
    case tapsWithoutScheme
    case archivePath(String)
    case axisOrder(String)
    case archive(String, ArchiveError)
    case weights(String, NetworkWeightsError)
    case examples(String, ExamplesError)
    /// Pictures of another size than the network's input.
    case pictureSize(String, found: Shape, input: Shape)
    /// A task that does not tell two classes apart.
    case taskClasses(String)
    /// A label of a task that the pictures do not have, or that it has already.
    case taskLabel(String, known: [String])
  }

  /// A network that a lesson names.
  package enum Named: Sendable, Equatable {
    /// A key that only changes a named network.
    case needsNetwork(String)
    case networkName(String)
    case unknownNetwork(String)
    /// - Parameter problem: the first one of its file.
    case badNetwork(String, _ problem: String)
    case freeze(String)
    case noBase(String)
  }

  /// Scenes and stops.
  package enum Stops: Sendable, Equatable {
    case sceneName(String)
    case unknownScene(String, known: [String])
    case unusedScene(String)
    case tooManyStops(found: Int, limit: Int)
    case view(String, known: [String])
    case inputAddress(String, size: Shape)
    case depthText(String)
    case depth(Int, layer: String, input: Shape)
    /// What flows back says its depth itself.
    case depthOfGradient(String)
    case gradientInView(String, view: String)
    case lossKind(String, known: [String])
    case targetOfSum
    case loss(LossError)
    case unclosedBrace(String)
    case unopenedBrace
    case equalChoices
    /// An answer that is none of the choices.
    case noChoice(String, count: Int)
    case slipIsAnswer(String)
    case slipsEqual(String, line: Int)
  }

  /// Tasks: numbers that are changed until something holds.
  package enum Tasks: Sendable, Equatable {
    case number(NumberChangeError)
    case noCondition(String)
    case noChange(String)
    /// A number of the solution that no whole number can be put in the place of.
    case notExact
    case holdsAlready(String)
    /// - Parameter standing: what the solution leaves open.
    case unsolved(_ standing: String)
    case tooLarge(limit: Int)
  }

  /// What a lesson states, and the room that it has.
  package enum Stated: Sendable, Equatable {
    case noRelation(String)
    case claim(String, left: String, right: String)
    /// An equation in a text.
    case equation(String, left: String, right: String)
    /// An address in a text; nil where nothing has such a name.
    case statedAddress(String, size: String?)
    /// What a text tells that is asked for after it.
    case answerTold(String)
    /// A word that no list explains, and the lesson neither.
    case unexplainedWord(String)
    /// A letter that is computed with and stands for nothing that a reader sees.
    case darkLetter(String)
    /// A question asks for a cell, and its answer is something else.
    case otherCell(String, answer: String)
    case rows(String, found: Int, limit: Int, columns: Int)
    case columns(String, found: Int, limit: Int)
    /// What the screen of a stop shows to be wrong, in words.
    case screen(stop: Int, String)
  }

  /// The catalogue.
  package enum Listed: Sendable, Equatable {
    case catalogueLine(String)
    case listedTwice(String)
    /// A lesson builds on one that does not stand above it.
    case foundation(String, of: String)
    case missingLesson(String)
    case orphan(String)
  }
}
