import Canvas
import TestSupport

/// Holds the decoder of a terminal's bytes to what it promises of any of them: the same events
/// however they are cut into reads, no more than there are bytes, and a key after a silence is
/// that key.
func holdInputPromises(_ bytes: [UInt8]) throws {
  var decoder = InputDecoder()
  var inputs = decoder.decode(bytes, at: 0)
  var slow = InputDecoder()
  var slowInputs = bytes.flatMap { slow.decode([$0], at: 0) }
  try hold(decoder.deadline == slow.deadline, "what is awaited does not depend on the reads")
  inputs += decoder.giveUp()
  slowInputs += slow.giveUp()
  try hold(inputs == slowInputs, "the events do not depend on the reads: \(inputs)")
  try hold(inputs.count <= bytes.count, "an event needs a byte")
  for case .event(let event) in inputs { try holdHarmless(event) }
  try hold(decoder.deadline == nil, "nothing is awaited after a silence")
  let key = decoder.decode([0x71], at: 1)
  try hold(key == [.event(.key(.character("q")))], "a key after a silence is that key: \(key)")
}

private func holdHarmless(_ event: Event) throws {
  let scalars: [Unicode.Scalar] =
    switch event {
    case .key(.character(let scalar)): [scalar]
    case .pasted(let text): Array(text.unicodeScalars)
    default: []
    }
  let isText = scalars.allSatisfy { $0.properties.generalCategory != .control }
  try hold(isText, "no text has controls: \(scalars)")
}
