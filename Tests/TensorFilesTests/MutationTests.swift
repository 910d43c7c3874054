import TestSupport
import Testing

@testable import TensorFiles

/// Valid files, changed in many small ways: whatever comes out, nothing traps, and nothing larger
/// than the file accounts for is made.
@Suite struct `files changed at random` {
  private static let words = [
    "-1", "0", "9223372036854775807", "4294967296", "(", ")", "{", "'", ",", "L", "True", "<f8",
    "|O", "#", "\n", "PK\u{5}\u{6}",
  ].map { Array($0.utf8) }

  private static let numbers: [[UInt8]] = [
    [0], [0x7F], [0x80], [0xFF], [0xFF, 0xFF], [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF],
    [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [UInt8](repeating: 0xFF, count: 8),
  ]

  private func eachMutation(
    of file: [UInt8], count: Int, _ check: ([UInt8]) throws -> Void
  ) rethrows {
    var random = Chance(state: UInt64(file.count))
    for _ in 0..<fuzzCount(usually: count) {
      var changed = file
      for _ in 0...random.below(3) { change(&changed, &random) }
      try check(changed)
    }
  }

  private func change(_ file: inout [UInt8], _ random: inout Chance) {
    guard !file.isEmpty else { return }
    let place = random.below(file.count)
    switch random.below(7) {
    case 0: file[place] ^= 1 << UInt8(random.below(8))
    case 1: file.removeLast(file.count - place)
    case 2: file.remove(at: place)
    case 3:
      let end = min(file.count, place + 1 + random.below(20))
      file.insert(contentsOf: Array(file[place..<end]), at: random.below(file.count))
    case 4: file.insert(contentsOf: Self.words[random.below(Self.words.count)], at: place)
    case 5: overwrite(&file, place, Self.words[random.below(Self.words.count)])
    default: overwrite(&file, place, Self.numbers[random.below(Self.numbers.count)])
    }
  }

  private func overwrite(_ file: inout [UInt8], _ place: Int, _ bytes: [UInt8]) {
    let end = min(file.count, place + bytes.count)
    file.replaceSubrange(place..<end, with: bytes.prefix(end - place))
  }

  @Test(arguments: [
    npy("<i2", "(2, 3)", (0..<12).map { $0 }),
    npy(
      ">f4", "(1, 2, 1, 2)", fortran: true, version: 2, hex("3f800000 40000000 00000000 bf800000")),
    npy("|u1", "(4,)", version: 3, [1, 2, 3, 4]),
  ])
  func `arrays`(file: [UInt8]) throws {
    try eachMutation(of: file, count: 6000, holdArrayPromises)
  }

  @Test func `archives`() throws {
    let array = npy("|u1", "(4,)", [1, 2, 3, 4])
    let stored = ZipBytes(members: [.init(data: array, isWide: true)], isWide: true)
    for file in [compressedArchive, stored.bytes] {
      try eachMutation(of: file, count: 4000, holdArchivePromises)
    }
  }

  @Test func `weights of a network`() throws {
    let arrays = [
      npy("|i1", "(2, 1, 2, 2)", [1, 2, 3, 4, 5, 6, 7, 8]), npy("|i1", "(2,)", [1, 2]),
    ]
    let pairs = Array(repeating: npy("|i1", "(2,)", [1, 2]), count: 4)
    let dense = [npy("|i1", "(1, 8)", [1, 2, 3, 4, 5, 6, 7, 8]), npy("|i1", "(1,)", [1])]
    try eachMutation(
      of: Array((arrays + pairs + dense).joined()), count: 500, holdWeightsPromises)
  }

  @Test(arguments: [
    "P5 3 2 255\nabcdef", "P6 1 2 65535\nabcdefghijkl", "P2\n# c\n2 2\n9\n0 1\n2 9\n",
    "P3 1 1 255 1 2 3\n", "P7\nWIDTH 1\nHEIGHT 2\nDEPTH 2\nMAXVAL 255\nTUPLTYPE X\nENDHDR\nabcd",
  ])
  func `pictures`(file: String) throws {
    try eachMutation(of: Array(file.utf8), count: 3000, holdPicturePromises)
  }
}

extension Chance {
  fileprivate mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
