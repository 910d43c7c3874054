import ConvolutionEngine
import ExactNumbers
import Testing

@testable import TensorFiles

/// Made by numpy 2.4: `numpy.savez_compressed(f, w=numpy.arange(6).reshape(2, 3),
/// b=numpy.zeros(200))`; its members' own headers carry ZIP64 fields.
let compressedArchive = hex(
  """
  504b03042d000000080000002100599bda7dffffffffffffffff05001400772e6e707901001000b000000000000000
  56000000000000009bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9369a1aea3a09e965f54529498179f5f94
  920a12774bcc294e058a17672416a402f91a463a0ac69a3a0ab50a64032e06286084d24c509a194ab3406956280d00
  504b03042d00000008000000210017a9dc2effffffffffffffff05001400622e6e707901001000c006000000000000
  53000000000000009bec17ea1b10c9c850c650ad9e925a9c5ca46ea5a06e9366a1aea3a09e965f54529498179f5f94
  920a12774bcc294e058a17672416a402f91a4606063a9a3a0ab50a64032e8651300a46c1281805a3800c0000504b01
  022d032d000000080000002100599bda7d56000000b000000005000000000000000000000080010000000077
  2e6e7079504b01022d032d00000008000000210017a9dc2e53000000c0060000050000000000000000000000
  80018d000000622e6e7079504b0506000000000200020066000000170100000000
  """)

@Suite struct `reading archives of arrays` {
  private let array = npy("|i1", "(2,)", [7, 249])

  private func numbers(_ zip: ZipBytes, _ name: String? = nil) throws -> Integers {
    try #require(try Tensor(NamedArrays(zip.bytes).array(name)).numerators)
  }

  @Test func `a compressed archive as numpy writes it`() throws {
    let archive = try NamedArrays(compressedArchive)
    #expect(archive.names == ["w", "b"])
    #expect(
      try Tensor(archive.array("w"), axes: .yxd) == Tensor(Shape(3, 2, 1), [0, 1, 2, 3, 4, 5]))
    #expect(try Tensor(archive.array("b.npy")).numerators?.bounds == 0...0)
    #expect(try archive.array("b").shape == [200])
  }

  @Test func `a stored member whose sizes only the table knows`() throws {
    #expect(try numbers(ZipBytes(members: [.init(data: array, flags: 8)])) == .int8([7, -7]))
  }

  @Test func `sizes and places in 64 bits`() throws {
    let wide = ZipBytes(members: [.init(data: array, isWide: true)], isWide: true)
    #expect(try numbers(wide) == .int8([7, -7]))
  }

  @Test func `a comment at the end, even one that looks like an end`() throws {
    let comment = hex("504b0506") + [UInt8](repeating: 0, count: 30)
    #expect(
      try numbers(ZipBytes(members: [.init(data: array)], comment: comment)) == .int8([7, -7]))
  }

  @Test func `what is behind an archive is passed over, as Python does`() throws {
    let archive = ZipBytes(members: [.init(data: array)]).bytes
    for tail in [[0], Array("behind it".utf8), [UInt8](repeating: 0x50, count: 5000)] {
      #expect(try Tensor(NamedArrays(archive + tail).array()).numerators == .int8([7, -7]))
    }
  }

  /// Half a megabyte of zeros packs what would be a gigabyte of header.
  @Test func `a header that no array has is refused by its length, before it is unpacked`() throws {
    let header =
      NumpyHeader.magic + [2, 0, 0, 0xE9, 0xA4, 0x35] + Array(repeating: 0x20, count: 300)
    let count = UInt16(header.count)
    // One block of DEFLATE, stored, and not the last: what the table promises does not come.
    let packed =
      [0, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)] + header
    let zip = ZipBytes(members: [.init(data: packed, method: 8, size: 900_000_012)])
    #expect(
      throws: ArchiveError.array("x", .header(.longHeader(900_000_000, limit: 65535)))
    ) { try NamedArrays(zip.bytes).array() }
  }

  @Test func `the only array needs no name`() throws {
    let one = ZipBytes(members: [.init(name: "notes.txt", data: [1]), .init(data: array)])
    #expect(try numbers(one) == .int8([7, -7]))
  }

  @Test func `an array that is not there, or not chosen`() {
    func refused(_ names: [String], _ name: String?) -> String? {
      let members = names.map { ZipBytes.Member(name: $0, data: array) }
      return refusal { try numbers(ZipBytes(members: members), name) }
    }
    #expect(
      refused(["a.npy", "b.npy"], "c")
        == #"the archive has no array "c"; it has "a", "b"."#)
    #expect(refused(["a"], "b") == #"the archive has no array "b"; it has "a"."#)
    #expect(
      refused(["a.npy", "b.npy"], nil)
        == #"the archive has 2 arrays, expected one: "a", "b"; save the one alone with numpy.save, "#
        + "or give --weights an archive whose arrays are named after layers.")
    #expect(
      refused([], nil)
        == "the archive holds no array; save the arrays again with numpy.savez.")
    let many = (1...10).map { "\($0).npy" }
    #expect(
      refused(many, "x")
        == #"the archive has no array "x"; it has "1", "2", "3", "4", "5", "6", "7", "8" and 2 more."#
    )
  }

  @Test func `a member that is no array is refused with its name`() {
    #expect(
      refusal { try numbers(ZipBytes(members: [.init(data: [1, 2])])) }
        == #"the array "x": this is not a .npy file; save the array with numpy.save."#)
  }
}

@Suite struct `refusing archives` {
  private let array = npy("|i1", "(2,)", [7, 249])
  private let again = "save the arrays again with numpy.savez."

  private func refused(_ member: ZipBytes.Member, limit: Int = 1 << 20) -> String? {
    refusal { try NamedArrays(ZipBytes(members: [member]).bytes).array(limit: limit) }
  }

  @Test func `what is no archive, cut short at every byte`() {
    for length in 4..<compressedArchive.count {
      #expect(
        refusal { try NamedArrays(Array(compressedArchive.prefix(length))) }
          == "the end of the archive is missing; the file was cut short, " + again)
    }
    #expect(
      refusal { try NamedArrays([0, 1, 2]) }
        == "this is not a .npz file; save the arrays with numpy.savez.")
  }

  @Test func `encrypted members`() {
    #expect(
      refused(.init(data: array, flags: 1))
        == #"the member "x.npy" is encrypted; save the arrays without a password."#)
  }

  @Test func `other ways of compression`() {
    #expect(
      refused(.init(data: array, method: 12))
        == #"the member "x.npy" is compressed by bzip2, expected none or deflate; save the "#
        + "arrays with numpy.savez_compressed.")
  }

  @Test func `a wrong checksum, or a wrong size`() {
    let damaged =
      #"the member "x.npy" does not unpack to the size and checksum that the archive gives; "#
      + again
    #expect(refused(.init(data: array, checksum: 1)) == damaged)
    #expect(refused(.init(data: array, size: array.count - 1)) == damaged)
    #expect(refused(.init(data: array, size: array.count + 1)) == damaged)
  }

  /// 1000 zeros deflated by Python's zlib; their true size is 1000.
  @Test(arguments: [
    (0, false), (1, false), (999, false), (1000, true), (1001, false), (8000, false),
    (1 << 30, false),
  ])
  func `a deflated member must have the very size that is claimed`(size: Int, fits: Bool) {
    let zeros = hex("63601805a360140c770000")
    let packed = ZipBytes.Member(
      name: "z", data: zeros, method: 8, size: size, checksum: 0x060B_1780)
    let contents = try? archive(packed).contents(of: archive(packed).members[0])
    #expect((contents?.0 == [UInt8](repeating: 0, count: 1000)) == fits)
    #expect((contents != nil) == fits)
  }

  private func archive(_ member: ZipBytes.Member) throws -> ZipArchive {
    try ZipArchive(ZipBytes(members: [member]).bytes)
  }

  @Test func `a member larger than the limit is refused before it is unpacked`() {
    #expect(
      refused(.init(data: array, size: 1 << 40, isWide: true), limit: 100)
        == #"the member "x.npy" unpacks to 1099511627776 bytes, more than the 100 that are taken; "#
        + "use a smaller array.")
  }

  @Test func `members that share their bytes`() {
    let shared = ZipBytes(members: [
      .init(name: "a.npy", data: array), .init(name: "a.npy2", data: array, headerOffset: 0),
    ])
    #expect(
      refusal { try ZipArchive(shared.bytes) }
        == #"the header of the member "a.npy2" is damaged; "# + again)
    var nested = ZipBytes(members: [.init(name: "b", data: array)])
    let inner = Array(nested.bytes.prefix(30 + 1 + 3 + array.count))
    nested.members = [.init(name: "a", data: inner), .init(name: "b", data: [], headerOffset: 34)]
    nested.members[1].packedSize = array.count
    #expect(
      refusal { try ZipArchive(nested.bytes) }
        == #"the member "b" shares its bytes with another; "# + again)
  }

  @Test func `a member that runs into the table`() {
    #expect(
      refused(.init(data: array, packedSize: array.count + 1))
        == #"the member "x.npy" shares its bytes with another; "# + again)
  }

  @Test func `a member whose header is elsewhere or another's`() {
    let damaged = #"the header of the member "x.npy" is damaged; "# + again
    #expect(refused(.init(data: array, headerOffset: 1)) == damaged)
    #expect(refused(.init(data: array, headerOffset: 1 << 31)) == damaged)
    #expect(refused(.init(data: array, headerOffset: Int.max, isWide: true)) == damaged)
    #expect(refused(.init(data: array, packedSize: Int.max, isWide: true)) == damaged)
    #expect(refused(.init(data: array, nameInHeader: "y.npy")) == damaged)
  }

  @Test func `two members of one name`() {
    let twice = ZipBytes(members: [.init(data: array), .init(data: array)])
    #expect(
      refusal { try ZipArchive(twice.bytes) }
        == #"the archive has two members named "x.npy"; "# + again)
  }

  @Test func `a table that is not where, or as long as, it should be`() {
    let damaged = "the archive's table of members is damaged; " + again
    for offset in [0, 1, 1 << 20] {
      let moved = ZipBytes(members: [.init(data: array)], tableOffset: offset)
      #expect(refusal { try ZipArchive(moved.bytes) } == damaged)
    }
    for offset in [-1, Int.max] {
      let moved = ZipBytes(members: [.init(data: array)], isWide: true, tableOffset: offset)
      #expect(refusal { try ZipArchive(moved.bytes) } == damaged)
    }
    let miscounted = ZipBytes(members: [.init(data: array)], countInRecord: 2)
    #expect(refusal { try ZipArchive(miscounted.bytes) } == damaged)
  }

  @Test func `an archive in several parts`() {
    var parts = ZipBytes(members: [.init(data: array)]).bytes
    parts[parts.count - 18] = 1
    #expect(
      refusal { try ZipArchive(parts) }
        == "the archive is spread over several files, expected one; " + again)
  }
}
