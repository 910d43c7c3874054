import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Testing

@testable import Player

/// What the numbers of a layer are like.
@Suite struct StatisticsTests {
  @Test func `are exact`() throws {
    let tensor = Tensor(try Shape(2, 2, 2), [0, 3, -1, 0, 5, 7, 0, -4], over: 3)
    let all = TensorStatistics(tensor)
    #expect(all.count == 8 && all.zeros == 3 && all.negatives == 2)
    #expect(all.least == Number(-4, over: 3) && all.greatest == Number(7, over: 3))
    // (0 + 3 − 1 + 0 + 5 + 7 + 0 − 4)/3 = 10/3, over 8.
    #expect(all.mean == Number(5, over: 12))
    #expect(all.mean?.text == "5/12")
    let map = TensorStatistics(tensor, map: 1)
    #expect(map.count == 4 && map.mean == Number(8, over: 12))
    #expect(all.bins.reduce(0, +) == 8)
  }

  /// As `numpy.histogram(a, bins=10)` has them.
  @Test func `count as numpy's histogram does`() throws {
    let numbers: [Int128] = [-5, -3, -3, 0, 0, 0, 1, 2, 2, 4, 9, 14, 15, 15]
    let tensor = Tensor(try Shape(1, 1, numbers.count), numbers)
    #expect(TensorStatistics(tensor).bins == [1, 2, 3, 3, 1, 0, 0, 1, 0, 3])
  }

  @Test func `of float32 numbers are sums of their exact values`() throws {
    let tensor = Tensor.float32(try Shape(1, 1, 4), [0.5, 0.25, -1.5, 0], isRounded: false)
    let statistics = TensorStatistics(tensor)
    #expect(statistics.mean == Number(-3, over: 16))
    let rounded = TensorStatistics(Tensor.float32(try Shape(1, 1, 2), [0.5, 0.25]))
    #expect(rounded.mean?.text.hasPrefix("≈") == true)
  }

  @Test func `of numbers whose sum does not fit 128 bits are still exact`() throws {
    let large = Int128.max
    let tensor = Tensor(try Shape(1, 1, 3), [large, large, large])
    #expect(TensorStatistics(tensor).mean?.exactValue == Number(large).exactValue)
  }

  @Test func `keep their share and show a fraction's decimals in its own line`() throws {
    // 1 + 2 + 4 + 0 … of 32 numbers: 7/32 = 0.21875.
    let tensor = Tensor(try Shape(8, 4, 1), [1, 2, 4] + Array(repeating: 0, count: 29))
    var player = try Player(
      Presentation(
        title: "Explore",
        network: Network(input: tensor.shape, layers: [LayerSpecification(parsing: "relu")]),
        input: tensor, command: []), size: Player.smallest)
    try player.press("S S-Tab")
    #expect(player.rows[6].contains("mean       7/32 = 0.21875 "))
    #expect(player.rows[7].contains("zeros      29 of 32 ≈ 90.6%"))
    var large = try explore("900x900x4 conv:1")
    try large.press("S S-Tab")
    for row in 7...8 { #expect(large.rows[row].count { $0 == "%" } == 2) }
    #expect(!large.rows[7].contains("…") && !large.rows[8].contains("…"))
  }

  @Test func `stand beside each other for all maps and for one`() throws {
    var player = try explore("5x5x2 conv:3,filters=3,name=v relu")
    try player.press("g v[1,1,2] Enter S")
    #expect(player.rows[0].contains("Statistics of v 3×3×3"))
    #expect(player.rows[2].contains("all of its maps") && player.rows[2].contains("map [2]"))
    let output = try #require(player.shown.activations.output(of: 0))
    let values = (0..<27).map { output[$0].nearestDouble }
    let least = try #require(values.min())
    #expect(player.rows[4].contains("least") && player.rows[4].contains(Number(Int128(least)).text))
    #expect(player.rows[3].contains("27") && player.rows[3].contains(" 9"))
    try player.press("Tab")
    #expect(player.rows[0].contains("Statistics of relu 3×3×3"))
    try player.press("S-Tab S-Tab")
    #expect(player.rows[0].contains("Statistics of X 5×5×2"))
    try player.press("Esc")
    #expect(player.overlay == nil)
    try player.press("o S")
    #expect(player.rows[0].contains("Statistics of v"))
  }
}
