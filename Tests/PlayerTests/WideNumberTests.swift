import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Foundation
import Player
import Testing
import Walkthrough

/// Numbers too wide for the grids of the worked example: none is cut without a mark, and none
/// touches another.
@Suite struct WideNumberTests {
  /// A 3×3 convolution, or one of another size, over numbers of so many digits.
  private func player(
    digits: Int, weight: Int128, filter: Int, bias: Bool, size: Size
  ) throws -> Player {
    let side = filter + 7
    let shape = try Shape(side, side, 2)
    var most: Int128 = 1
    for _ in 0..<digits { most *= 10 }
    // Neighbours differ in sign, in length, and in every digit.
    let values = (0..<shape.count).map { index -> Int128 in
      let value = most - 1 - Int128(index % 97) * (most / 100)
      return index % 3 == 1 ? -value : value
    }
    let weights = (0..<2 * filter * filter * 2).map { index -> Int128 in
      index % 2 == 0 ? weight - Int128(index % 7) : -weight
    }
    let layer = try LayerSpecification(
      parsing: "conv:\(filter),filters=2\(bias ? "" : ",bias=no"),name=v")
    let seeded = try Network(input: shape, layers: [layer])
    let network = try seeded.taking([
      "v": GivenParameters(
        weights: .stored(Integers(weights), denominator: 1), bias: seeded.layers[0].parameters?.bias
      )
    ])
    return prepared(
      Player(
        Presentation(
          title: "Wide", network: network, input: Tensor(shape, values), command: ["explore"]),
        size: size))
  }

  @Test(
    arguments: [1, 2, 3, 5, 7, 12, 19],
    [
      Size(columns: 80, rows: 24), Size(columns: 100, rows: 30), Size(columns: 133, rows: 40),
      Size(columns: 200, rows: 60),
    ])
  func `every number on the screen is one of the layer's, or marked as rounded`(
    digits: Int, size: Size
  ) throws {
    for (filter, weight) in [(1, 9), (3, 9), (3, 999), (5, 99), (11, 9)] as [(Int, Int128)] {
      for bias in [true, false] {
        var player = try player(
          digits: digits, weight: weight, filter: filter, bias: bias, size: size)
        let known = try numbers(of: player)
        for keys in ["4Space", "-", "- 5Space"] {
          try player.press(keys)
          try check(player, known)
        }
      }
    }
  }

  private func check(_ player: Player, _ known: Set<String>) throws {
    let rows = player.rowsWithoutPanels
    let screen = rows.joined(separator: "\n")
    #expect(player.screen().frame.clipped == 0, "\(screen)")
    #expect(rows[1].hasSuffix("row sum") || player.size.columns > 80, "\(screen)")
    // Grids, code and sums; the sentences at their right hold other sums.
    let code = try #require(rows.firstIndex { $0.contains(" = np.sum(") })
    for row in rows[2..<code] {
      for token in tokens(row) where !known.contains(token) {
        Issue.record("\(token) is no number of the layer:\n\(screen)")
      }
    }
    for row in rows[(code + 1)...]
    where ["depth ", "bias "].contains(where: row.dropFirst(2).hasPrefix) {
      let sides = row.split(maxSplits: 1) { $0 == "=" || $0 == "≈" }
      guard sides.count == 2, let sum = sides[1].split(separator: " ").first, sum != "·" else {
        continue
      }
      #expect(known.contains(String(sum)) || row.contains("≈"), "\(sum):\n\(screen)")
    }
  }

  /// What stands between blanks and marks and has digits, apart from what is rounded.
  private func tokens(_ text: some StringProtocol) -> [String] {
    let marks: Set<Character> = [
      " ", "[", "]", "(", ")", "×", "=", ":", "~", "!", "…", "·", "▸", "+",
    ]
    // A rounded sum stands behind its sign, as the last of its row's numbers.
    var row = String(text)
    if let rounded = row.range(of: "≈ ") {
      row = String(row[..<rounded.lowerBound])
    }
    let words: [Substring] = row.split(whereSeparator: { marks.contains($0) })
    return words.map(String.init).filter { word in
      !word.contains("≈") && word.contains(where: \.isNumber)
    }
  }

  /// What can stand in the grids: inputs, weights, products, their sums, outputs, and the numbers
  /// of columns, rows and depths.
  private func numbers(of player: Player) throws -> Set<String> {
    let layer = player.network.layers[0]
    var known = Set((0..<40).map(String.init))
    known.formUnion(["v", "Ker0", "2"])
    let input = player.subject.input
    for index in 0..<input.shape.count { known.insert(input[input.shape.cell(at: index)].text) }
    for x in 0..<layer.output.width {
      for y in 0..<layer.output.height {
        for map in 0..<layer.output.depth {
          let found = try player.activations.account(of: Cell(x, y, map), in: 0)
          let account = try #require(found)
          known.insert(account.total.text)
          guard x < 8, y == 0, map == 0, case .weightedSum(let sum) = account.working else {
            continue
          }
          known.formUnion(sum.weights.map(\.text))
          known.formUnion(sum.products.map(\.text))
          known.formUnion(sum.bias.map { [$0.text] } ?? [])
          for depth in 0..<sum.filter.depth {
            known.insert(sum.sum(sum.slice(depth)).text)
            for row in 0..<sum.filter.height {
              known.insert(sum.sum(sum.row(row, ofSlice: depth)).text)
            }
          }
        }
      }
    }
    known.formUnion(["v", "Ker0", "\(layer.output)", "\(layer.input)"])
    return known
  }

  @Test func `a sum of nineteen digits stands whole beside its sentence`() throws {
    var player = try player(
      digits: 19, weight: 9, filter: 3, bias: false, size: Size(columns: 80, rows: 24))
    try player.press("Space")
    let account = try #require(try player.activations.account(of: Cell(0, 0, 0), in: 0))
    guard case .weightedSum(let sum) = account.working else {
      Issue.record("A convolution's working is a weighted sum.")
      return
    }
    let slice = sum.sum(sum.slice(0)).text
    #expect(player.rows.contains { $0.contains(" \(slice)  ") })
  }

  @Test func `a rounded sum has its sign in place of the equals sign`() throws {
    let shape = try Shape(3, 3, 1)
    let layer = try LayerSpecification(parsing: "conv:3,bias=no,name=v")
    let floats = (0..<9).map { Float($0) / 7 }
    let network = try Network(
      input: shape, layers: [layer]
    ).taking(["v": GivenParameters(weights: .float32(floats), bias: nil)])
    var player = Player(
      Presentation(
        title: "Rounded", network: network, input: Tensor(shape, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        command: ["explore"]),
      size: Size(columns: 80, rows: 24))
    try player.press("Space")
    let sums = player.rows.filter { $0.hasPrefix("▸ depth 0") || $0.contains("slice sum  ") }
    #expect(sums.count == 2)
    #expect(sums.allSatisfy { $0.contains(" ≈ ") && !$0.contains("= ≈") })
  }
}

/// The table of the layer screen.
@Suite struct LayerTableTests {
  private let deep = """
    16x16x3 conv:3,filters=16,padding=same,name=block1_first_convolution relu \
    conv:3,filters=128,padding=same,name=block2_second_convolution relu maxpool:2 \
    conv:3,filters=64,padding=same,name=block3_third_convolution relu maxpool:2 flatten \
    dense:1000,name=predictions
    """

  @Test(arguments: [80, 90, 100, 120, 200])
  func `every row ends with its products whole, apart from what stands before`(columns: Int) throws
  {
    var player = try explore(deep, size: Size(columns: columns, rows: 24))
    try player.press("+ +")
    for position in 1...player.network.layers.count {
      try player.press("Home \(position - 1)Tab Space")
      let rows = player.rowsWithoutPanels
      #expect(rows[2].contains("parameters  ") && rows[2].hasSuffix(" products"), "\(rows[2])")
      for row in rows[3..<7] {
        let products = row.split(separator: " ").last.map(String.init) ?? ""
        #expect(
          player.network.layers.contains { grouped($0.multiplyAdds) == products }, "\(row)")
        #expect(row.hasSuffix("  \(products)"), "\(row)")
      }
      #expect(rows[3..<7].contains { $0.hasPrefix("▸") || $0.hasPrefix("›") })
    }
  }

  @Test func `layers that are not shown are counted`() throws {
    var player = try explore(deep)
    try player.press("+ + Space")
    #expect(player.rows[7] == "  … 6 more after   t shows all 10")
    try player.press("6Space")
    #expect(player.rows[7] == "  … 4 more before, 2 more after   t shows all 10")
  }

  @Test func `a formula too long for one line goes on in the next`() throws {
    var player = try explore("40x40x1 conv:3,dilation=2,stride=2,left=1,name=v")
    try player.press("+ + Space")
    let rows = player.rows
    #expect(rows[5] == " width   (W + P₁ + P₂ − D·(F − 1) − 1)/S + 1")
    #expect(rows[6] == "         = (40 + 1 + 0 − 2·(3 − 1) − 1)/2 + 1 = 36/2 + 1 = 19")
    #expect(rows[7] == " height  (40 + 0 + 0 − 2·(3 − 1) − 1)/2 + 1 = 35/2 + 1 = 18.5, floor 18")
    #expect(rows[8] == " depth   number of filters = 1")
  }
}
