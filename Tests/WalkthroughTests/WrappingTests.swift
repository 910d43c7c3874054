import Testing
import Walkthrough

@Suite struct WrappingTests {
  @Test func `a short equation stays on one line`() {
    #expect(
      wrapped("It stands at column number 12 + 1 = 13.", to: 36)
        == ["It stands at column number", "12 + 1 = 13."])
    #expect(wrapped("one two three y = 2.", to: 18) == ["one two three", "y = 2."])
  }

  @Test func `a longer one is broken before its equals sign`() {
    #expect(
      wrapped("so we have 3 + 4 + 5 = 12 + 0.", to: 27) == ["so we have 3 + 4 + 5", "= 12 + 0."])
  }

  @Test func `one too long for any line is broken at its spaces`() {
    #expect(wrapped("1 + 2 + 3 + 4 + 5", to: 9) == ["1 + 2 + 3", "+ 4 + 5"])
  }

  @Test func `no text is no line`() {
    #expect(wrapped("", to: 9) == [])
    #expect(wrapped("   ", to: 9) == [])
  }

  @Test func `a word longer than a line is broken too`() {
    #expect(wrapped("abcdefgh", to: 3) == ["abc", "def", "gh"])
    #expect(wrapped("abcdef gh", to: 3) == ["abc", "def", "gh"])
    let lines = wrapped(String(repeating: "é", count: 999_999), to: 78)
    #expect(lines.count == 12821 && lines.last?.unicodeScalars.count == 39)
  }
}
