import Canvas
import Glibc
import Player
import TestSupport
import Testing
import Walkthrough

@Suite struct LongWalkTests {
  @Test func `autoplay for as long as it is left alone keeps its memory`() throws {
    var player = try explore("227x227x3 conv:11,filters=96,stride=4")
    try player.press("- - a")
    #expect(player.isPlaying)
    let steps = setting("CONVWALK_STEPS", usually: 20_000)
    var early = 0
    for step in 1...steps {
      try player.send(.tick)
      // A slow link skips screens; here most are skipped to save time.
      if step % 100 == 0 { #expect(player.screen().frame.clipped == 0) }
      if step == steps / 10 { early = residentPages() }
    }
    #expect(player.isPlaying && player.rows[0].hasSuffix("conv  \(grouped(steps)) of 105,415,200"))
    // Other tests may run beside this one, except in the slow run.
    if isSlowRun { #expect(residentPages() < early + 2000, "pages, after \(early)") }
  }

  /// How many pages of memory this process holds.
  private func residentPages() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 128)
    guard fgets(&text, 128, file) != nil else { return 0 }
    let words = String(
      decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self
    )
    .split(separator: " ")
    return words.count > 1 ? Int(words[1]) ?? 0 : 0
  }
}
