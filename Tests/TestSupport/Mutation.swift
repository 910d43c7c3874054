/// Valid files changed in a few places, each change one that people, disks or attackers make.
package struct Mutation {
  /// What such files are made of, and what they should not be made of.
  private let pieces: [[UInt8]]
  private var chance: Chance

  package init(_ pieces: [String], seed: Int) {
    self.pieces = pieces.map { Array($0.utf8) }
    chance = Chance(state: UInt64(seed))
  }

  /// A file with one to three changes.
  package mutating func changed(_ file: [UInt8]) -> [UInt8] {
    var bytes = file
    for _ in 0..<Int.random(in: 1...3, using: &chance) { change(&bytes) }
    return bytes
  }

  /// A file of about so many bytes: one of its lines, or what stands between two commas of one,
  /// stands there again and again, each time with another number where it has a `0`.
  package mutating func grown(_ file: [UInt8], to size: Int) -> [UInt8] {
    let separator: UInt8 = Bool.random(using: &chance) ? 0x0A : 0x2C
    var parts = file.split(separator: separator, omittingEmptySubsequences: false).map(Array.init)
    let index = Int.random(in: 0..<parts.count, using: &chance)
    let part = parts[index]
    let count = max(1, (size - file.count) / (part.count + 5))
    let copies = (0..<count).map { number in
      part.flatMap { $0 == 0x30 ? Array("\(number)".utf8) : [$0] }
    }
    parts.replaceSubrange(index...index, with: [part] + copies)
    return Array(Array(parts.joined(separator: [separator])).prefix(size))
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let from = Int.random(in: 0...bytes.count, using: &chance)
    let to = min(bytes.count, from + Int.random(in: 0...12, using: &chance))
    let piece = pieces.randomElement(using: &chance) ?? []
    switch Int.random(in: 0..<7, using: &chance) {
    case 0: bytes.removeSubrange(from..<to)
    case 1: bytes.insert(contentsOf: piece, at: from)
    case 2: bytes.replaceSubrange(from..<to, with: piece)
    case 3: if from < bytes.count { bytes[from] = UInt8.random(in: 0...255, using: &chance) }
    case 4: bytes.insert(contentsOf: bytes[from..<to], at: from)
    case 5: bytes.removeSubrange(from...)
    default: swapLines(&bytes)
    }
  }

  private mutating func swapLines(_ bytes: inout [UInt8]) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    lines.swapAt(
      Int.random(in: 0..<lines.count, using: &chance),
      Int.random(in: 0..<lines.count, using: &chance))
    bytes = Array(lines.joined(separator: [0x0A]))
  }
}
