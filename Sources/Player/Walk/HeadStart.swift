import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Lessons
import Training

/// A head and what it is to learn from, before the layers under it have read the examples.
package struct HeadStart: Sendable, Equatable {
  package let network: Network
  package let head: Layer
  package let examples: LearningExamples
  package let rate: Ratio

  /// - Throws: `TrainingError` where nothing could be learned, whatever the features are.
  package init(
    _ network: Network, head: Layer, examples: LearningExamples, rate: Ratio
  ) throws(TrainingError) {
    try HeadTraining.check(head, labels: examples.classes, rate: rate)
    (self.network, self.head, self.examples, self.rate) = (network, head, examples, rate)
  }

  /// The head before its first update, with what it reads of each example.
  ///
  /// - Parameter goesOn: told now and then how far it is, 0 to 1; ends it by false.
  /// - Returns: nil where it was ended.
  package func training(
    goesOn: @escaping (Double) -> Bool = { _ in true }
  ) throws(TrainingError) -> HeadTraining? {
    var all: [HeadTraining.Example] = []
    let count = Double(examples.count)
    for index in 0..<examples.count {
      guard goesOn(Double(index) / count) else { return nil }
      var activations = Activations(network, input: examples.input(index))
      do throws(ArithmeticError) {
        try activations.evaluate(activations.missing(before: head.index)) { done, _ in
          goesOn((Double(index) + done) / count)
        }
      } catch .cancelled {
        return nil
      } catch {
        throw .arithmetic(example: index, "\(error)")
      }
      guard let features = activations.inputs(of: head.index)?.first else { continue }
      all.append(HeadTraining.Example(features: features, label: examples.classes[index]))
    }
    return try HeadTraining(head, examples: all, rate: rate)
  }
}
