@testable import TensorFiles

/// The bytes of a PNG picture with the checksum of each chunk made right, so that changes get beyond
/// it; others as they are.
///
/// Format: PNG specification, third edition, section 5.3.
func repaired(_ bytes: [UInt8]) -> [UInt8] {
  guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return bytes }
  var bytes = bytes
  var chunk = 8
  while chunk + 12 <= bytes.count {
    let length = bytes[chunk..<chunk + 4].reduce(0) { $0 << 8 | Int($1) }
    let end = chunk + 8 + length
    guard end + 4 <= bytes.count else { break }
    let checksum = checksum(bytes[chunk + 4..<end])
    for place in 0..<4 {
      bytes[end + place] = UInt8(truncatingIfNeeded: checksum >> (24 - 8 * place))
    }
    chunk = end + 4
  }
  return bytes
}
