import ExactNumbers
import ConvolutionEngine
import Testing

@testable import TensorFiles

@Suite struct `files that hold no arrays` {
  /// Beginnings as torch 2.15, h5py, safetensors, pickle, gzip, bz2, xz, zstd, tar and onnx write
  /// them.
  @Test(arguments: [
    ("", "an empty file"), ("80028a0a6cfc9c46f920 6aa850192e", "a PyTorch file"),
    ("894844460d0a1a0a 00", "an HDF5 file, as Keras's .h5 is"),
    ("4000000000000000 7b22", "a safetensors file"), ("8004 95", "a Python pickle"),
    ("1f8b08", "compressed by gzip"), ("425a6839", "compressed by bzip2"),
    ("fd377a585a00", "compressed by xz"), ("28b52ffd", "compressed by Zstandard"),
    ("0808 1207 7079746f726368", "an ONNX file"), ("080d 3a03 120167", "an ONNX file"),
    ("00000803 0000ea60 0000001c", "an idx file, as MNIST has them"),
    ("50350a31 20312032 35350a00", "a picture"), ("89504e470d0a1a0a", "a picture"),
    ("312e352c 20322e35 0a", "text"), ("7b226122 3a317d", "JSON text"),
    ("3c21444f 43545950 4520", "a web page or XML"),
    ("76657273 696f6e20 68747470 733a2f2f 6769742d 6c66732e", "a pointer of Git LFS"),
    ("1c000000 54464c33 00", "a TensorFlow Lite file"),
    ("2864 70300a 56610a", "a Python pickle"), ("286c 70300a 49310a", "a Python pickle"),
    ("636e756d 70792e63 6f72650a", "a Python pickle"),
  ])
  func `are called what they are, with the cure`(beginning: String, name: String) throws {
    let text = try #require(refusal { try NumpyFile(hex(beginning)) })
    #expect(text.hasPrefix("this is \(name)"), "\(text)")
    #expect(text.contains(", expected a .npy file; ") && text.hasSuffix("."), "\(text)")
    let archive = try #require(refusal { try NamedArrays(hex(beginning)) })
    #expect(archive.contains(", expected a .npz file; "), "\(archive)")
  }

  @Test func `a tar archive is told by its middle`() {
    let bytes = [UInt8](repeating: 1, count: 257) + Array("ustar".utf8) + [0, 0x30, 0x30]
    #expect(refusal { try NumpyFile(bytes) }?.hasPrefix("this is a tar archive, expected") == true)
  }

  @Test(arguments: [
    (["net/data.pkl", "net/data/0"], "a PyTorch file"),
    (["net/data.pkl", "net/constants.pkl"], "a TorchScript file"),
    (["net/models/model.json", "net/data/weights/w"], "a file of torch.export"),
    (["metadata.json", "config.json", "model.weights.h5"], "a Keras file"),
    (["word/document.xml"], "a ZIP archive without arrays"),
  ])
  func `a ZIP archive by its members`(names: [String], name: String) {
    let zip = ZipBytes(members: names.map { .init(name: $0, data: [1, 2, 3]) })
    #expect(
      refusal { try NamedArrays(zip.bytes) }?
        .hasPrefix("this is \(name), expected a .npz file; ") == true)
  }

  @Test func `numbers that numpy has no type for`() {
    #expect(
      refusal { try NumpyFile(npy("<V2", "(2, 3)", [UInt8](repeating: 0, count: 12))) }
        == "the array holds bfloat16 numbers, as numpy saves what it has no type for (\"<V2\"), "
        + "expected bools, integers or floats; save x.astype('float32').")
    for (type, name) in [
      ("|V1", "float8 or int4"), ("<f1", "float8 or int4"), ("float8_e5m2", "float8 or int4"),
      ("<g2", "bfloat16"),
      ("bfloat16", "bfloat16"),
    ] {
      let text = refusal { try NumpyFile(npy(type, "(1,)", [0, 0])) }
      #expect(text?.hasPrefix("the array holds \(name) numbers, ") == true)
      #expect(text?.hasSuffix("save x.astype('float32').") == true)
    }
    #expect(
      refusal { try NumpyFile(npy("|V6", "(1,)", [UInt8](repeating: 0, count: 6))) }?
        .contains("records") == true)
  }

  @Test func `an empty batch`() {
    #expect(
      refusal { try NumpyFile(npy("<f8", "(0, 1, 28, 28)")).tensorShape(axes: .dyx) }
        == "the shape (0, 1, 28, 28) is an empty batch, expected a batch of one; save an array with "
        + "a picture in it.")
  }
}

@Suite struct `members of an archive` {
  private let array = npy("|i1", "(2,)", [7, 249])

  @Test func `are arrays by their first bytes, stored or deflated`() throws {
    // zlib.compress(npy, wbits=-15) of an int8 array [7, −7] would differ with zlib's version, so
    // the deflated one is a stored block (RFC 1951, 3.2.4).
    let length = array.count
    let ends = [length & 255, length >> 8, ~length & 255, ~length >> 8 & 255]
    let block = [1] + ends.map { UInt8($0) } + array
    let checksum = Int(TensorFiles.checksum(array[...]))
    let members: [ZipBytes.Member] = [
      .init(name: "a.weight", data: array), .init(name: "b.npy", data: array),
      .init(name: "c", data: block, method: 8, size: length, checksum: checksum),
      .init(name: "notes.txt", data: Array("not an array".utf8)),
      .init(name: "__MACOSX/._b.npy", data: [0, 5, 22, 7]),
    ]
    let arrays = try NamedArrays(ZipBytes(members: members).bytes)
    #expect(arrays.names == ["a.weight", "b", "c"])
    for name in arrays.names + ["b.npy"] {
      #expect(try arrays.header(name).shape == [2])
      let numbers = try arrays.array(name).numbers([.init(extent: 2, stride: 1)])
      #expect(numbers == .exact(.int8([7, -7]), denominator: 1))
    }
  }

  @Test func `a name with and without its ending is one name`() {
    let twice = ZipBytes(members: [
      .init(name: "a", data: array), .init(name: "a.npy", data: array),
    ])
    #expect(refusal { try NamedArrays(twice.bytes) }?.contains("two members named \"a\"") == true)
  }

  @Test func `go on behind their array a little, but not far`() throws {
    let extra = array + [UInt8](repeating: 9, count: 1000)
    let zip = ZipBytes(members: [.init(data: extra)])
    #expect(try NamedArrays(zip.bytes).array().shape == [2])
    let far = array + [UInt8](repeating: 0, count: NamedArrays.largestSurplus + 1)
    #expect(
      refusal { try NamedArrays(ZipBytes(members: [.init(data: far)]).bytes).array() }
        == "the member \"x.npy\" unpacks to \(far.count) bytes, but its array ends after "
        + "\(array.count); save the arrays again with numpy.savez.")
  }
}

@Suite struct `how much of a file is wanted` {
  @Test func `an array, and nothing behind it`() {
    let array = npy("<i4", "(3, 5)", [UInt8](repeating: 1, count: 60))
    #expect(NamedArrays.wanted(array + [1, 2, 3]) == .upTo(array.count))
    #expect(NamedArrays.wanted(Array(array.prefix(30))) == .atLeast(array.count - 60))
    #expect(NamedArrays.wanted(Array(array.prefix(7))) == .atLeast(8))
    #expect(NamedArrays.wanted([UInt8](repeating: 0, count: 300)) == .upTo(300))
  }

  @Test func `of a pipe an archive, and nothing behind it`() {
    let size = compressedArchive.count
    for behind in [[], [1, 2, 3], compressedArchive] {
      #expect(NamedArrays.wanted(compressedArchive + behind) == .ofPipe(upTo: size))
    }
    // Wherever it is broken off, more is wanted; the last record is 22 bytes long.
    for length in 8..<(size - 1) {
      guard case .atLeast(let more) = NamedArrays.wanted(Array(compressedArchive.prefix(length)))
      else {
        Issue.record("\(length) bytes")
        continue
      }
      #expect(more > length)
    }
    // Between its table and its last record one of 64 bits, and behind that a comment.
    let wide =
      [0x50, 0x4B, 6, 6, 44] + [UInt8](repeating: 0, count: 51)
      + [0x50, 0x4B, 6, 7] + [UInt8](repeating: 0, count: 16)
    let end = compressedArchive.suffix(22).dropLast(2) + [3, 0, 7, 7, 7]
    let long = compressedArchive.dropLast(22) + wide + end
    #expect(NamedArrays.wanted(long + [1, 2]) == .ofPipe(upTo: size + 56 + 20 + 3))
    let stream = ZipBytes(members: [.init(data: npy("<i4", "(1,)", [1, 0, 0, 0]), flags: 8)]).bytes
    #expect(NamedArrays.wanted(stream) == .whole)
  }

  @Test func `of a pipe nothing more where no part of an archive follows`() {
    for byte in [0, 0xFF] as [UInt8] {
      let bytes = Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: byte, count: 200_000)
      #expect(NamedArrays.wanted(bytes) == .ofPipe(upTo: bytes.count))
    }
  }

  @Test func `nothing behind a header that is refused`() {
    for header in [
      npy("<i4", "(1099511627776,)"), npy("|O", "(1,)"), npy(header: "{ "),
      npy("<i4", "(3,)", version: 9),
    ] {
      #expect(NamedArrays.wanted(header) == .upTo(header.count))
    }
  }
}
