import ConvolutionEngine
import Lessons
import TestSupport

/// One input of many grown to as many bytes as a file may have; nil for the others.
private func grown(_ bytes: [UInt8]) -> [UInt8]? {
  let sum = bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF }
  guard sum % 97 == 0, bytes.count < 1 << 19 else { return nil }
  var mutation = Mutation([], seed: sum)
  return mutation.grown(bytes, to: 1 << 20)
}

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
    case .npz: try holdArchivePromises(repairedArchive(bytes))
    case .weights: try holdWeightsPromises(bytes)
    case .picture: try holdPicturePromises(repaired(bytes))
    case .lesson:
      if let lesson = try holdLessonPromises(bytes) { try holdTeachingPromises(lesson, bytes) }
      if let grown = grown(bytes) { try holdLessonPromises(grown) }
    case .network:
      try holdNetworkPromises(bytes)
      if let grown = grown(bytes) { try holdNetworkPromises(grown) }
    case .progress: try holdProgressPromises(bytes)
    case .catalogue:
      try holdCataloguePromises(bytes)
      if let grown = grown(bytes) { try holdCataloguePromises(grown) }
    case .expression: try holdExpressionPromises(text, in: scenes)
    case .answer: try holdAnswerPromises(text)
    case .keys: try holdKeysPromises(bytes)
    case .subject: try holdSubjectPromises(text)
    case .input: try holdInputPromises(bytes)
    case .events: try holdEventPromises(bytes)
    }
  }
}
