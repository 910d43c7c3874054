import ConvolutionEngine
import ExactNumbers
import Testing
import Walkthrough

@Suite struct `The places that no window reads` {
  private func text(_ input: Int, filter: Int, stride: Int) throws -> String? {
    UnreadPlaces(try WindowAxis(.x, input: input, filter: filter, stride: stride)).text
  }

  @Test func `are none where the stride ends at the edge`() throws {
    #expect(try text(11, filter: 5, stride: 2) == nil)
  }

  @Test func `are one column`() throws {
    #expect(try text(224, filter: 11, stride: 4) == "column 223")
  }

  @Test func `are two or a few, each named`() throws {
    #expect(try text(7, filter: 3, stride: 6) == "columns 3 to 6")
    #expect(try text(8, filter: 3, stride: 3) == "columns 6 and 7")
    #expect(try text(9, filter: 2, stride: 4) == "columns 2, 3, 6, 7 and 8")
  }

  @Test func `are counted where they are many`() throws {
    #expect(try text(2000, filter: 1, stride: 2) == "columns 1, 3, 5, 7, … (1,000 in all)")
  }

  @Test func `are rows along the height`() throws {
    let unread = UnreadPlaces(try WindowAxis(.y, input: 3, filter: 2, stride: 2))
    #expect(unread.text == "row 2")
  }

  @Test func `are listed up to a bound`() throws {
    let unread = UnreadPlaces(try WindowAxis(.x, input: 100, filter: 1, stride: 2))
    #expect(unread.first == [1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31])
    #expect(unread.count == 50)
    #expect(unread.last == 99)
  }
}
