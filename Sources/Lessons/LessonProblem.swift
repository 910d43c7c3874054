import ConvolutionEngine
import TensorFiles
import Walkthrough

/// One thing that is wrong in a lesson's file, and where. The wording is in
/// `LessonProblem+Description.swift`.
package struct LessonProblem: Error, Sendable, Equatable {
  /// The file as its reader named it.
  package let file: String
  package let place: TextPlace
  package let cause: Cause

  package init(file: String, place: TextPlace, cause: Cause) {
    self.file = file
    self.place = place
    self.cause = cause
  }

  package enum Cause: Sendable, Equatable {
    // The text as such.
    case fileTooLong(bytes: Int)
    case notUTF8
    case controlCharacter(Unicode.Scalar)
    case anchor(String)
    case tooDeep
    case tab
    case syntax(SyntaxFault)
    case directive
    case tag
    case keyTooLong(Int, limit: Int)
    case emptyFile
    case duplicateKey(String)
    case keyIsNoText
    case alias
    case secondDocument

    // Keys and values.
    case kind(what: String, found: Kind, expected: Kind)
    case unknownKey(String, of: String, known: [String])
    case missingKey(String, of: String, example: String)
    case exclusive(String, String)
    case emptyText(String)
    case textTooLong(String, found: Int, limit: Int)
    case unprintable(String, Unicode.Scalar)
    case notOneColumn(String, Unicode.Scalar)
    /// A ` #` that ends a text which its author meant to go on.
    case comment(String)
    case tooMany(String, found: Int, limit: Int)
    /// What would cost more than a file may.
    case tooCostly(String, Budget.Resource)
    case inputName(String)
    case size(String)
    case seed(String)
    case noLayers

    // Numbers.
    case notANumber(String)
    case zeroDenominator(String)
    case numberTooLarge(String)
    case denominatorTooLarge(String)
    case row(Int, found: Int, expected: Int)
    case count(what: String, found: Int, expected: Int, each: String)
    case grid(what: String, found: String, expected: String)
    case tooManyNumbers(found: Int, limit: Int)

    // Files.
    case path(String)
    case file(LessonFileError)
    case array(String, NumpyError)

    // What the engine says.
    case shape(ShapeError)
    case layer(LayerTextError)
    case network(NetworkError)
    case arithmetic(ArithmeticError)
    /// A cell's working and its evaluation give two numbers: a fault of the program.
    case disagreement(String, Cell)
    /// The address of a layer's last step leads elsewhere: a fault of the program.
    case lostStep(String)

    // Notes.
    case notesOfUnknownLayer(String, known: [String])
    case tooManyNotes(layer: String, found: Int, maps: Int)

    // Scenes, stops and what they say.
    case sceneName(String)
    case unknownScene(String, known: [String])
    case tooManyStops(found: Int, limit: Int)
    case view(String, known: [String])
    case address(AddressError)
    case inputAddress(String, size: Shape)
    case depthText(String)
    case depth(Int, layer: String, input: Shape)
    case expression(String, ExpressionError.Cause)
    case unclosedBrace(String)
    case unopenedBrace
    case slipIsAnswer(String)
    case slipsEqual(String, line: Int)
    case noRelation(String)
    case claim(String, left: String, right: String)
    /// An equation in a text.
    case equation(String, left: String, right: String)
    /// An address in a text; nil where nothing has such a name.
    case statedAddress(String, size: String?)
    case rows(String, found: Int, limit: Int, columns: Int)
    case columns(String, found: Int, limit: Int)
    /// What the screen of a stop shows to be wrong, in words.
    case screen(stop: Int, String)

    // Networks.
    case unknownBlock(String, known: [String])
    case blocksTooDeep(limit: Int)
    case tooManyLayers(limit: Int)
    /// Lists of a block that are not equally long.
    case listLength(String, found: Int, expected: Int)
    case place(String, known: [String])
    /// A key that the block called has no place for.
    case unusedValue(String, block: String, known: [String])
    case unusedBlock(String)
    case unusedScene(String)
    case unknownBase(String)
    /// A network's layer has weights, which are no part of its file.
    case numbersInNetwork
    /// A key that only changes a named network.
    case needsNetwork(String)
    case networkName(String)
    case unknownNetwork(String)
    /// - Parameter problem: the first one of its file.
    case badNetwork(String, _ problem: String)
    case freeze(String)
    case noBase(String)
    case scheme(String)
    case taps(String)
    case tapsWithoutScheme

    // The catalogue.
    case catalogueLine(String)
    case listedTwice(String)
    case missingLesson(String)
    case orphan(String)
  }

  /// What a value of a YAML file can be.
  package enum Kind: String, Sendable {
    case text = "a text"
    case list = "a list"
    case mapping = "a mapping"
    case nothing
  }
}

/// Everything that is wrong with a lesson, in the order of its text; never empty.
package struct LessonProblems: Error, Sendable, Equatable {
  package let problems: [LessonProblem]
}
