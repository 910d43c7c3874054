import ConvolutionEngine
import TestSupport
import Testing

@testable import Lessons

@Suite("Any change to a file beside the lessons")
struct ReaderFuzzTests {
  private static let network = """
    title: A small one
    source: nowhere
    input: {size: 8x8x1}
    base: pool2
    blocks:
      stage:
        - conv:3,filters=<filters>,padding=1,name=conv<n>
        - {block: end, n: <n>, conv: <previous>}
      end:
        - relu,name=relu<n>
        - add,from=<previous>+relu<n>,name=sum<n>
        - maxpool:2,name=pool<n>
    layers:
      - {block: stage, n: [1, 2], filters: [4, 8]}
      - flatten
      - dense:10,name=d1
    """

  private func eachChange(
    of file: String, usually few: Int, pieces: [String], _ body: ([UInt8]) -> Void
  ) {
    var mutation = Mutation(pieces, seed: file.utf8.count)
    for _ in 0..<fuzzCount(usually: few) { body(mutation.changed(Array(file.utf8))) }
  }

  @Test func `gives a network, or problems with places`() {
    let pieces =
      LessonFuzzTests.pieces + [
        "<n>", "<previous>", "<", "{block: stage", "{block: end", "block", "from=", "+", "base: d1",
        "n: [1, 2, 3]", "n: []", "[[[", "from=conv1+conv2", "concat", "name=",
      ]
    eachChange(of: Self.network, usually: 400, pieces: pieces) { bytes in
      do throws(LessonProblems) {
        let file = try NetworkFile(parsing: bytes, name: "small", file: "small.yaml")
        // What a file of a few lines may unfold to.
        #expect(file.layers.count <= NetworkDecoder.mostLayers)
      } catch {
        expectReadable(error.problems, of: bytes)
      }
    }
  }

  @Test func `keeps the lines of progress that are whole`() {
    let file = """
      convwalk progress 1
      one stop=2 stops=5 done=0,1 first=0 later=1 finished=no
      two stop=0 stops=9 done= first= later= finished=yes
      three stop=8 stops=9 done=0,1,2,3,4,5,6,7,8 first=8 later= finished=no

      """
    let pieces = ["=", ",", " ", "-1", "99999999999999999999", "\n", "../x", "stop=", "yes", "2"]
    eachChange(of: file, usually: 3000, pieces: pieces) { bytes in
      switch Progress.read(bytes) {
      case .newer: break
      case .whole(let progress), .damaged(let progress):
        for (name, record) in progress.records {
          #expect(Catalogue.isName(Substring(name)) && record.lesson == name)
          #expect((0..<max(1, record.stops)).contains(record.stop))
          #expect(record.done.allSatisfy { (0..<record.stops).contains($0) })
        }
        // What was read is written so that it is read again.
        #expect(Progress.read(progress.bytes) == .whole(progress))
      }
    }
  }

  @Test func `gives names that are no paths, or problems`() {
    let file = "# The course\n- one-window\n- sliding # twice\n\n- relu\n"
    let pieces = ["- ", "../", "/", "\u{0}", "one-window", "\r", "\u{2028}", ".yaml", "é", "#"]
    eachChange(of: file, usually: 3000, pieces: pieces) { bytes in
      do throws(LessonProblems) {
        let names = try Catalogue.entries(of: bytes, file: "catalogue.yaml").map(\.value)
        for name in names {
          #expect(LessonFolder.isInside(name) && !name.contains("/"))
        }
      } catch {
        #expect(!error.problems.isEmpty)
      }
    }
  }
}
