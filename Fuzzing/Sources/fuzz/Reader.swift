import ConvolutionEngine
import Lessons
import TestSupport

/// What reads something that a stranger or a person may have written.
enum Reader: String, CaseIterable {
  case npy, npz, weights, picture
  case lesson, network, progress, catalogue, expression, answer
  case keys, subject, input, events

  /// Holds the reader to its promises with one input.
  func hold(_ bytes: [UInt8]) throws {
    var text: String { String(decoding: bytes, as: UTF8.self) }
    switch self {
    case .npy: try holdArrayPromises(bytes)
    case .npz: try holdArchivePromises(bytes)
    case .weights: try holdWeightsPromises(bytes)
    case .picture: try holdPicturePromises(repaired(bytes))
    case .lesson:
      if let lesson = try holdLessonPromises(bytes) { try holdTeachingPromises(lesson, bytes) }
    case .network: try holdNetworkPromises(bytes)
    case .progress: try holdProgressPromises(bytes)
    case .catalogue: try holdCataloguePromises(bytes)
    case .expression: try holdExpressionPromises(text, in: scenes)
    case .answer: try holdAnswerPromises(text)
    case .keys: try holdKeysPromises(bytes)
    case .subject: try holdSubjectPromises(text)
    case .input: try holdInputPromises(bytes)
    case .events: try holdEventPromises(bytes)
    }
  }
}
