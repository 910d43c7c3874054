#if PNGAndJPEG
  import Foundation
  import Testing

  @testable import ConvolutionEngine
  @testable import TensorFiles

  /// PNG and JPEG, in a build with the trait: `swift test --traits PNGAndJPEG`.
  @Suite struct CompressedPictureTests {
    /// Made by Python's `zlib` after the PNG specification, the JPEG ones by Pillow at quality 100.
    private static let files = [
      "colour": """
      iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR42mP4z8DFyMTMwMLKxs7BCQAOGgE3Kl6XIAAA
      AABJRU5ErkJggg==
      """,
      "opacity": """
      iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAQAAABeK7cBAAAADUlEQVR42mNg/8/JAAADMAEQjWQgBAAAAABJRU5ErkJg
      gg==
      """,
      "palette": """
      iVBORw0KGgoAAAANSUhEUgAAAAMAAAABAgMAAABmjvwnAAAACVBMVEUBAgMEBQb6+/xq3wKeAAAACklEQVR42mNoAQAA
      hgCFEX23WwAAAABJRU5ErkJggg==
      """,
      "bits": """
      iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAQAAAAC1D1u3AAAADElEQVR42mNYwOAAAAIkAOFNFuheAAAAAElFTkSuQmCC
      """,
      "deep": """
      iVBORw0KGgoAAAANSUhEUgAAAAIAAAABEAAAAACB2fwVAAAADUlEQVR42mNgZPr/HwADDAICxF+/pwAAAABJRU5ErkJg
      gg==
      """,
      "interlaced": """
      iVBORw0KGgoAAAANSUhEUgAAAAMAAAADCAAAAAEERNr1AAAAF0lEQVR42mNgZGBmYOdkYGLgYGBhZQMAASoALqaoRvwA
      AAAASUVORK5CYII=
      """,
      "grey JPEG": """
      /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB
      AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAALCAAIABABAREA/8QAFQABAQAAAAAAAAAAAAAAAAAACgv/xAAUEAEA
      AAAAAAAAAAAAAAAAAAAA/9oACAEBAAA/AEgJp7//2Q==
      """,
      "colour JPEG": """
      /9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB
      AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/2wBDAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB
      AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAARCAAIAAgDAREAAhEBAxEB/8QAFAABAAAAAAAAAAAAAAAAAAAA
      Cf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/xAAUAQEAAAAAAAAAAAAAAAAAAAAA/8QAFBEBAAAAAAAAAAAAAAAAAAAA
      AP/aAAwDAQACEQMRAD8AM8H/2Q==
      """,
    ]

    private func bytes(_ name: String) throws -> [UInt8] {
      let text = try #require(Self.files[name])
      return Array(try #require(Data(base64Encoded: text.replacing("\n", with: ""))))
    }

    @Test(arguments: [
      ("colour", [2, 2, 3], 255, [255, 0, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
      ("opacity", [2, 1, 2], 255, [7, 255, 9, 0]),
      ("palette", [3, 1, 3], 255, [250, 251, 252, 1, 2, 3, 4, 5, 6]),
      ("bits", [3, 2, 1], 255, [255, 0, 255, 0, 255, 0]),
      ("deep", [2, 1, 1], 65_535, [258, 65_535]),
      ("interlaced", [3, 3, 1], 255, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
    ])
    func `a PNG of every kind has the samples that were written`(
      name: String, sides: [Int], maximum: Int, samples: [UInt16]
    ) throws {
      let picture = try Picture(bytes: try bytes(name))
      #expect(picture.shape == (try Shape(sides[0], sides[1], sides[2])))
      #expect(picture.maximum == maximum)
      #expect(picture.samples == samples)
    }

    @Test func `a JPEG of even blocks has their brightness`() throws {
      let grey = try Picture(bytes: try bytes("grey JPEG"))
      #expect(grey.shape == (try Shape(16, 8, 1)))
      #expect(grey.maximum == 255)
      #expect(
        grey.samples == (0..<8).flatMap { _ in (0..<16).map { $0 < 8 ? 200 : 50 } as [UInt16] })
      let colour = try Picture(bytes: try bytes("colour JPEG"))
      #expect(colour.shape == (try Shape(8, 8, 3)))
      #expect(colour.samples.allSatisfy { $0 == 90 })
    }

    @Test func `a progressive JPEG too large to be held is refused by its header`() throws {
      var file = try bytes("grey JPEG")
      let frame = try #require(file.indices.first { file[$0...].starts(with: [0xFF, 0xC0]) })
      // Its kind; then, behind its length and depth, its height and width.
      file[frame + 1] = 0xC2
      file.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0xDC, 0xFF, 0xDC])
      #expect(throws: PictureError.size(width: 65_500, height: 65_500, channels: 1)) {
        try Picture(bytes: file)
      }
    }

    @Test func `a progressive JPEG is read, and one of scans without end refused`() throws {
      var file = try bytes("grey JPEG")
      let frame = try #require(file.indices.first { file[$0...].starts(with: [0xFF, 0xC0]) })
      let scan = try #require(file.indices.first { file[$0...].starts(with: [0xFF, 0xDA]) })
      file[frame + 1] = 0xC2
      func picture(scans: Int) throws -> Picture {
        let brightness: [UInt8] = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0, 0x48, 0x13, 0x4F]
        let nothing: [UInt8] = [0xFF, 0xDA, 0, 8, 1, 1, 0, 1, 63, 0, 0x3F]
        let rest = Array(repeating: nothing, count: scans - 1).joined()
        return try Picture(bytes: file[..<scan] + brightness + rest + [0xFF, 0xD9])
      }
      #expect(try picture(scans: 2) == Picture(bytes: try bytes("grey JPEG")))
      #expect(try picture(scans: 100).shape.count == 16 * 8)
      let error = #expect(throws: PictureError.self) { try picture(scans: 101) }
      #expect("\(try #require(error))".contains("too many scans"))
    }

    @Test(arguments: files.keys.sorted())
    func `a file that is cut short is refused, and nothing is read beyond it`(name: String) throws {
      let whole = try bytes(name)
      for count in 8..<whole.count - 12 {
        let error = #expect(throws: PictureError.self) {
          try Picture(bytes: Array(whole[..<count]))
        }
        #expect("\(try #require(error))".contains("picture is damaged"))
      }
    }

    @Test(arguments: files.keys.sorted())
    func `a changed byte gives a picture or a sentence`(name: String) throws {
      let whole = try bytes(name)
      for place in 4..<whole.count {
        for change in [0x01, 0x80, 0xFF] as [UInt8] {
          var damaged = whole
          damaged[place] ^= change
          do throws(PictureError) {
            let picture = try Picture(bytes: damaged)
            #expect(picture.samples.count == picture.shape.count)
          } catch {
            #expect("\(error)".hasSuffix("."))
          }
        }
      }
    }
  }
#endif
