import ConvolutionEngine
import Testing

@testable import TensorFiles

@Suite struct `reading pictures` {
  private func picture(_ header: String, _ data: [UInt8] = []) throws -> Picture {
    try Picture(netpbm: Array(header.utf8) + data)
  }

  @Test func `a plain gray picture with comments`() throws {
    let read = try picture("P2 # gray\n# two by two\n2 2\n#\n9\n0 1\n2 # last\n9")
    #expect(read == Picture(try Shape(2, 2, 1), maximum: 9, samples: [0, 1, 2, 9]))
    #expect(read.tensor == Tensor(try Shape(2, 2, 1), [0, 1, 2, 9]))
  }

  /// PBM's 1 is black, the sample 0.
  @Test(arguments: [
    "P1\n3 2\n1 0 1\n0 1 0\n", "P1 3 2 101010", "P1 # a\n3 2\n1#b\n01 0\n10\n", "P1 3 2\n1010101",
  ])
  func `a plain bitmap, with or without spaces`(text: String) throws {
    #expect(
      try picture(text) == Picture(Shape(3, 2, 1), maximum: 1, samples: [0, 1, 0, 1, 0, 1]))
  }

  @Test func `a packed bitmap, whose rows begin with a byte of their own`() throws {
    // 10 columns: 10101010 11 and 01010101 00, the rest of each second byte unused.
    let read = try picture("P4\n10 2\n", [0xAA, 0xC0, 0x55, 0x3F])
    let first: [UInt16] = [0, 1, 0, 1, 0, 1, 0, 1, 0, 0]
    #expect(read.samples == first + first.map { 1 - $0 })
    #expect(try picture("P4 8 1\n", [0x0F]).samples == [1, 1, 1, 1, 0, 0, 0, 0])
    #expect(try picture("P4 1 3\n", [0x80, 0, 0x80]).samples == [0, 1, 0])
  }

  @Test func `a bitmap that is cut short or has other digits`() {
    #expect(
      refusal { try picture("P4 10 2\n", [0xAA, 0xC0, 0x55]) }
        == "the picture needs 20 samples, found 10; the file was cut short, save the picture again."
    )
    #expect(
      refusal { try picture("P1 2 2 010") }
        == "the picture needs 4 samples, found 3; the file was cut short, save the picture again.")
    #expect(
      refusal { try picture("P1 2 2 012x") }
        == "the sample at column 0, row 1 is \"2x\", expected a whole number; save the picture "
        + "again.")
  }

  @Test(arguments: [
    ("P5 3 2 255\n", 11 + 6), ("P5 3 2 256\n", 11 + 12), ("P6 3 2 255\n", 11 + 18),
    ("P4 # a\n10 2\n", 12 + 4), ("P7\nWIDTH 2\nHEIGHT 1\nDEPTH 2\nMAXVAL 9\nENDHDR\n", 44 + 4),
  ])
  func `of a binary picture no more is read than its samples`(header: String, size: Int) throws {
    let bytes = Array(header.utf8) + [UInt8](repeating: 0, count: 100)
    #expect(Picture.wanted(bytes) == .upTo(size))
    #expect(Picture.wanted(Array(header.utf8.dropLast())) == .atLeast(2 * (header.utf8.count - 1)))
    #expect(try Picture(bytes: Array(bytes.prefix(size))) == Picture(bytes: bytes))
  }

  @Test(arguments: [
    ("P1 3 2\n1 0 1 # x\n010", ""), ("P1 2 2 0110", "1111"), ("P2 2 1 9 1 2 ", "3 4"),
    ("P3\n1 1\n255\n1 2\n# three\n3\n", "P3\n1 1\n255\n4 5 6\n"),
  ])
  func `of a plain picture no more is read than its samples`(text: String, rest: String) throws {
    let (bytes, behind) = (Array(text.utf8), Array(rest.utf8))
    #expect(Picture.wanted(bytes + behind) == .upTo(bytes.count))
    #expect(try Picture(bytes: bytes) == Picture(bytes: bytes + behind))
    guard case .atLeast(let more) = Picture.wanted(bytes.dropLast(3)) else {
      Issue.record("all is there")
      return
    }
    #expect(more > bytes.count - 3)
  }

  @Test func `a plain picture that goes wrong, or nowhere, is not read on`() {
    let header = Array("P2 3 3 9 1 ".utf8)
    let word = header + [UInt8](repeating: UInt8(ascii: "y"), count: 500)
    #expect(Picture.wanted(word) == .upTo(word.count))
    // So much of a word as an error shows may still come.
    #expect(Picture.wanted(Array(word.prefix(20))) == .atLeast(80))
    for byte in " #".utf8 {
      let gap = header + [UInt8](repeating: byte, count: 70_000)
      #expect(Picture.wanted(gap) == .ofPipe(upTo: gap.count))
      #expect(Picture.wanted(Array(gap.prefix(60_000))) == .atLeast(120_000))
    }
  }

  @Test func `a plain colour picture has depth 3`() throws {
    let tensor = try picture("P3\n2 1\n255\n1 2 3  4 5 6\n").tensor
    #expect(tensor == Tensor(try Shape(2, 1, 3), [1, 4, 2, 5, 3, 6]))
  }

  @Test func `a binary gray picture, whose first pixels may look like white space or comments`()
    throws
  {
    let read = try picture("P5 3 1 255\n", [10, 35, 200, 99])
    #expect(read.samples == [10, 35, 200])
    let commented = try picture("P5 3 1 255#note\n", [32, 10, 35])
    #expect(commented.samples == [32, 10, 35])
  }

  /// One of CR and LF ends the header; the other would be the first sample, and all others shifted.
  @Test(arguments: ["P5\r\n2 1\r\n255\r\n", "P6 1 1 255\r\n", "P4\r\n8 2\r\n", "P5 2 1 65535\r\n"])
  func `a binary picture whose header ends in CR LF is refused`(header: String) {
    #expect(
      refusal { try picture(header, [5, 6, 7, 8]) }
        == "the picture's header ends in CR LF, so that its first sample is a line feed or none; "
        + "end the header's lines in LF alone.")
  }

  @Test func `two bytes a sample, highest first, where the maximum needs them`() throws {
    #expect(try picture("P5 2 1 256\n", [1, 0, 0, 2]).samples == [256, 2])
    #expect(try picture("P6 1 1 65535\n", [255, 255, 0, 1, 1, 0]).samples == [65535, 1, 256])
  }

  @Test func `a picture with opacity keeps it as a depth`() throws {
    let header =
      "P7\nWIDTH 1\n# note\nDEPTH 4\nHEIGHT 2\n\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n"
    let tensor = try picture(header, [1, 2, 3, 4, 5, 6, 7, 8]).tensor
    #expect(tensor == Tensor(try Shape(1, 2, 4), [1, 5, 2, 6, 3, 7, 4, 8]))
  }

  @Test func `the first of several pictures in a file`() throws {
    #expect(try picture("P5 1 1 255\n", [7] + Array("P5 1 1 255\n".utf8) + [8]).samples == [7])
  }

  @Test(arguments: ["", "P", "P5", "P8 1 1 0", "P55 1 1", "GIF89a", "\u{89}PNG"])
  func `another kind is refused`(header: String) {
    #expect(
      refusal { try picture(header) }
        == "this is no picture of a known kind, expected PBM, PGM, PPM or PAM (P1 to P7); "
        + "convert it, for example with ImageMagick.")
  }

  @Test(arguments: [
    ("P5 x 1 255\n", "the picture's width is \"x\", expected a whole number;"),
    ("P5 1 -1 255\n", "the picture's height is \"-1\", expected a whole number;"),
    ("P5 1 1 1.5\n", "the picture's maximum sample is \"1.5\", expected a whole number;"),
    ("P5 -3#no\n 1 1\n", "the picture's width is \"-3\", expected a whole number;"),
    ("P5 99999999999 1 1\n", "the picture's width is 99999999999, expected 1 to 1048576;"),
    ("P5 1 1 99999999999\n", "the picture's maximum sample is 99999999999, expected 1 to 65535;"),
    (
      "P7\nDEPTH 99999999999\nENDHDR\n",
      "the picture's depth is 99999999999, expected 1 to 268435456;"
    ),
    ("P5 1", "the picture's header has no height;"),
    ("P5 1 1 0\n", "the picture's maximum sample is 0, expected 1 to 65535;"),
    ("P5 1 1 65536\n", "the picture's maximum sample is 65536, expected 1 to 65535;"),
    ("P5 2 2 255\nabc", "the picture needs 4 samples, found 3; the file was cut short,"),
    ("P6 1 1 256\nabcde", "the picture needs 3 samples, found 2; the file was cut short,"),
    ("P2 2 2 255\n1 2 3", "the picture needs 4 samples, found 3; the file was cut short,"),
    ("P2 2 2 255\n1 2 3 x", "the sample at column 1, row 1 is \"x\", expected a whole number;"),
    (
      "P3 1 2 9\n1 2 3 4 10 6",
      "the sample at column 0, row 1 is 10, more than the picture's maximum of 9;"
    ),
    ("P5 1 1 9\n\n", "the sample at column 0, row 0 is 10, more than the picture's maximum of 9;"),
    (
      "P2 1 1 9\n99999999999999999999",
      "the sample at column 0, row 0 is 99999999999999999999, more than the picture's maximum of 9;"
    ),
    ("P7\nWIDTH 1\nENDHDR\n", "the picture's header has no height;"),
    ("P7\nWIDTH 1 2\nENDHDR\n", "the picture's width is \"1 2\", expected a whole number;"),
    ("P7\nWIDTH -1\nENDHDR\n", "the picture's width is \"-1\", expected a whole number;"),
    (
      "P7\nWIDE 1\n",
      "the picture's header has the line \"WIDE 1\", expected WIDTH, HEIGHT, DEPTH, "
        + "MAXVAL, TUPLTYPE or ENDHDR;"
    ),
    (
      "P7\n\u{9B}31m\u{202E}\n",
      #"the picture's header has the line "\u{9B}31m\u{202E}", expected WIDTH, HEIGHT, DEPTH, "#
        + "MAXVAL, TUPLTYPE or ENDHDR;"
    ),
  ])
  func `a damaged picture is refused`(bytes: String, problem: String) {
    #expect(refusal { try picture(bytes) } == problem + " save the picture again.")
  }

  @Test(arguments: ["0 1", "1 0", "1048577 1", "1048576 1048576"])
  func `a size that cannot be is refused`(size: String) {
    let sides = size.split(separator: " ")
    #expect(
      refusal { try picture("P5 \(size) 255\n") }
        == "a picture of \(sides[0])×\(sides[1]) pixels with 1 channel is not possible; a side "
        + "may be 1 to 1048576, all of it 268435456 samples at most.")
  }
}

@Suite struct `resizing pictures` {
  private func gray(_ width: Int, _ height: Int, _ samples: [UInt16]) throws -> Picture {
    Picture(try Shape(width, height, 1), maximum: 255, samples: samples)
  }

  @Test func `the same size is the same picture`() throws {
    let picture = try gray(3, 2, [1, 2, 3, 4, 5, 6])
    #expect(try picture.resized(width: 3, height: 2) == picture)
  }

  @Test func `half the size averages four pixels, halves up`() throws {
    let picture = try gray(4, 2, [1, 2, 0, 0, 3, 4, 0, 1])
    // (1 + 2 + 3 + 4)/4 = 2.5 and (0 + 0 + 0 + 1)/4 = 0.25.
    #expect(try picture.resized(width: 2, height: 1).samples == [3, 0])
  }

  @Test func `what sticks out is cut off evenly`() throws {
    let wide = try gray(4, 2, [9, 1, 2, 9, 9, 3, 6, 9])
    #expect(try wide.resized(width: 1, height: 1).samples == [3])
    let tall = try gray(1, 4, [9, 1, 2, 9])
    #expect(try tall.resized(width: 1, height: 2).samples == [1, 2])
    // One column of three too many: half a pixel goes on each side.
    let odd = try gray(3, 2, [0, 8, 0, 0, 8, 0])
    #expect(try odd.resized(width: 2, height: 2).samples == [4, 4, 4, 4])
  }

  @Test func `pixels covered in part weigh by that part`() throws {
    // 1.5 pixels each: (2·10 + 20)/3 and (20 + 2·40)/3, in both rows.
    let picture = try gray(3, 3, [10, 20, 40, 10, 20, 40, 10, 20, 40])
    #expect(try picture.resized(width: 2, height: 2).samples == [13, 33, 13, 33])
  }

  @Test func `a larger size repeats pixels`() throws {
    let picture = try gray(2, 1, [3, 8])
    #expect(try picture.resized(width: 4, height: 2).samples == [3, 3, 8, 8, 3, 3, 8, 8])
  }

  @Test func `channels do not mix`() throws {
    let picture = Picture(
      try Shape(2, 2, 3), maximum: 9, samples: [1, 4, 7, 3, 4, 7, 1, 4, 9, 3, 4, 9])
    #expect(
      try picture.resized(width: 1, height: 1)
        == Picture(Shape(1, 1, 3), maximum: 9, samples: [2, 4, 8]))
  }

  /// Each pixel split into new-width × new-height equal parts, so that no part is ever cut.
  @Test func `every small size agrees with counting equal parts`() throws {
    for (width, height) in [(1, 1), (2, 3), (3, 2), (4, 4), (5, 3), (1, 6)] {
      let samples = (0..<(width * height)).map { UInt16($0 * $0 * 37 % 256) }
      let picture = try gray(width, height, samples)
      for newWidth in 1...5 {
        for newHeight in 1...5 {
          let resized = try picture.resized(width: newWidth, height: newHeight)
          let expected = parts(samples, (width, height), (newWidth, newHeight))
          #expect(resized.samples == expected, "\(width)×\(height) to \(newWidth)×\(newHeight)")
        }
      }
    }
  }

  private func parts(
    _ samples: [UInt16], _ old: (width: Int, height: Int), _ new: (width: Int, height: Int)
  ) -> [UInt16] {
    // An old pixel has `fine` parts a side, a new one `coarse`; fine/coarse is the scale.
    let covers = new.width * old.height >= new.height * old.width
    let fine = 2 * (covers ? new.width : new.height)
    let coarse = 2 * (covers ? old.width : old.height)
    let left = (old.width * fine - new.width * coarse) / 2
    let top = (old.height * fine - new.height * coarse) / 2
    return (0..<new.height).flatMap { row in
      (0..<new.width).map { column in
        var sum = 0
        for y in 0..<coarse {
          for x in 0..<coarse {
            let oldX = (left + column * coarse + x) / fine
            let oldY = (top + row * coarse + y) / fine
            sum += Int(samples[oldY * old.width + oldX])
          }
        }
        let (whole, rest) = sum.quotientAndRemainder(dividingBy: coarse * coarse)
        return UInt16(2 * rest >= coarse * coarse ? whole + 1 : whole)
      }
    }
  }

  @Test func `the longest sides do not overflow`() throws {
    let side = Picture.longestSide
    let line = Picture(
      try Shape(side, 1, 1), maximum: 65535, samples: [UInt16](repeating: 65535, count: side))
    #expect(try line.resized(width: 1, height: 1).samples == [65535])
    #expect(try line.resized(width: side, height: 1).samples.last == 65535)
    let column = Picture(
      try Shape(1, side, 1), maximum: 65535, samples: [UInt16](repeating: 65535, count: side))
    #expect(try column.resized(width: 1, height: 2).samples == [65535, 65535])
  }

  @Test func `a size that cannot be is refused`() throws {
    let picture = try gray(1, 1, [5])
    for (width, height) in [(0, 1), (1, -1), (Int.max, 1), (1 << 20, 1 << 20)] {
      #expect(
        throws: PictureError.size(width: width, height: height, channels: 1)
      ) { try picture.resized(width: width, height: height) }
    }
  }
}
