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

  /// Causes of a kind stand together; what the engine and files say stands alone.
  package enum Cause: Sendable, Equatable {
    case yaml(Syntax)
    case value(Value)
    case limit(Limit)
    case numbers(Numbers)
    case blocks(Blocks)
    case named(Named)
    case stops(Stops)
    case task(Tasks)
    case stated(Stated)
    case listed(Listed)

    case path(String)
    case file(LessonFileError)
    case array(String, NumpyError)
    case picture(String, PictureError)
    /// An array for a named network's input with its axes in another order than x, y, depth.
    case axes(String, found: AxisOrder, network: Shape)
    case shape(ShapeError)
    case layer(LayerTextError)
    case network(NetworkError)
    case arithmetic(ArithmeticError)
    case address(AddressError)
    case expression(String, ExpressionError.Cause)
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
