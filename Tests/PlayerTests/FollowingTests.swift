import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Lessons
import Testing
import Walkthrough

@testable import Player

/// From a cell to what feeds it most, and to what reads it.
@Suite struct FollowingTests {
  private let chain =
    "9x9x2 conv:3,filters=4,name=a relu,name=r maxpool:2,name=p conv:2,filters=3,name=b"

  /// The terms of a cell, counted here from the weights and the inputs themselves: by magnitude, or
  /// from the one that most makes the cell what it is.
  private func terms(
    of cell: Cell, in index: Int, _ player: Player, bySize: Bool = false
  ) throws -> [(Cell, Double)] {
    let total = try #require(try player.activations.value(of: cell, in: index))
    let layer = player.network.layers[index]
    let filter = try #require(layer.parameters).filter
    let input = try #require(player.activations.inputs(of: index)?.first)
    var found: [(Cell, Double)] = []
    for depth in 0..<filter.depth {
      for y in 0..<filter.height {
        for x in 0..<filter.width {
          let under = Cell(cell.x + x, cell.y + y, depth)
          let weight = layer.parameters?.weight(cell.depth, Cell(x, y, depth)).nearestDouble ?? 0
          let product = weight * input[under].nearestDouble
          found.append((under, bySize ? abs(product) : total.isNegative ? -product : product))
        }
      }
    }
    return found.enumerated().sorted { first, second in
      first.element.1 == second.element.1
        ? first.offset < second.offset : first.element.1 > second.element.1
    }.map(\.element)
  }

  @Test func `a comma goes to the largest term, again from there to its own`() throws {
    var player = try explore(chain)
    try player.press("g b[1,1,2] Enter ,")
    let first = try terms(of: Cell(1, 1, 2), in: 3, player)[0].0
    #expect(player.address == "p\(first)")
    #expect(player.messageRow.contains(": p\(first) · b_Ker2["))
    // A pool's largest candidate, a ReLU's only number, and the picture under a product.
    try player.press(",")
    let winner = try #require(player.step.cell)
    let relu = try #require(player.activations.output(of: 1))
    #expect(player.step.layer.name == "r")
    #expect(relu[winner] == player.activations.output(of: 2)?[first])
    try player.press(",")
    #expect(player.address == "a\(winner)")
    let place = try terms(of: winner, in: 0, player)[0].0
    try player.press(",")
    #expect(
      player.address == "a\(winner)@[\(place.x - winner.x),\(place.y - winner.y),\(place.depth)]")
    // And all the way back.
    for address in ["a\(winner)", "r\(winner)", "p\(first)", "b[1,1,2]"] {
      try player.press(".")
      #expect(player.address == address)
    }
  }

  @Test func `of a sum below zero the terms that pull it down come first`() throws {
    var player = try explore("2x2x1 conv:2,name=v relu,name=r")
    try player.press("g r[0,0,0] Enter c X[0,0,0]=9 Enter")
    try player.press("c Ker[0,0,0]=2 Enter c Ker[1,0,0]=-1 Enter c X[1,0,0]=5 Enter")
    try player.press("c Ker[0,1,0]=-3 Enter c X[0,1,0]=6 Enter c X[1,1,0]=0 Enter c b=-1 Enter")
    // 9·2 − 5 − 6·3 + 0 − 1 = −6, of which 18 and −18 are the largest.
    #expect(try player.activations.value(of: Cell(0, 0, 0), in: 0) == Number(-6))
    try player.press("g r[0,0,0] Enter ,")
    #expect(player.address == "v[0,0,0]" && player.rows[23].contains(", go on  . come back"))
    try player.press(",")
    #expect(player.address == "v[0,0,0]@[0,1,0]")
    #expect(
      player.messageRow.hasPrefix(
        "Term 1 of 4, lowest first: X[0,1,0] · Ker[0,1,0]"))
    try player.press(",")
    #expect(player.address == "v[0,0,0]@[1,0,0]")
    // By size the list has them all the same.
    try player.press(". O")
    #expect(player.rows[2].contains("X[0,0,0]") && player.rows[3].contains("X[0,1,0]"))
  }

  @Test func `after coming back a comma takes the next term, and a count any`() throws {
    var player = try explore(chain)
    try player.press("g b[0,1,1] Enter")
    let terms = try terms(of: Cell(0, 1, 1), in: 3, player)
    for rank in 0..<3 {
      try player.press(",")
      #expect(player.address == "p\(terms[rank].0)")
      try player.press(".")
      #expect(player.address == "b[0,1,1]")
    }
    try player.press("16,")
    #expect(player.address == "p\(terms[15].0)")
    try player.press(". 17,")
    #expect(player.messageRow == "b[0,1,1] has 16 terms; those were all.")
    try player.press("g a[2,2,0] Enter , ,")
    let own = try self.terms(of: Cell(2, 2, 0), in: 0, player)[1].0
    #expect(player.address == "a[2,2,0]@[\(own.x - 2),\(own.y - 2),\(own.depth)]")
  }

  @Test func `a full stop goes to the cells that read one, with the largest weight first`() throws {
    var player = try explore(chain)
    try player.press("g p[1,1,0] Enter")
    let b = player.network.layers[3]
    var readers: [(Cell, Double)] = []
    for map in 0..<3 {
      for y in 0..<2 {
        for x in 0..<2 {
          let weight = b.parameters?.weight(map, Cell(1 - x, 1 - y, 0)).nearestDouble ?? 0
          readers.append((Cell(x, y, map), abs(weight)))
        }
      }
    }
    let ordered = readers.enumerated().sorted { first, second in
      first.element.1 == second.element.1
        ? first.offset < second.offset : first.element.1 > second.element.1
    }
    try player.press(".")
    #expect(player.address == "b\(ordered[0].element.0)")
    #expect(player.messageRow.hasPrefix("Reader 1 of 12 of p[1,1,0]."))
    try player.press("' ' .")
    #expect(player.address == "b\(ordered[1].element.0)")
    try player.press("g b[0,0,0] Enter .")
    #expect(player.messageRow == "No layer reads b[0,0,0].")
  }

  @Test func `branches are followed to where they come from`() throws {
    var player = try explore("5x5x2 relu,name=a relu6,name=b,from=a add,from=a+b,name=c")
    try player.press("g c[1,2,1] Enter ,")
    #expect(player.address == "a[1,2,1]" || player.address == "b[1,2,1]")
    try player.press("g a[0,0,0] Enter .")
    let first = player.address
    try player.press("' ' .")
    #expect(Set([first, player.address]) == ["b[0,0,0]", "c[0,0,0]"])
  }

  @Test func `O lists the terms by size with their sum, and Enter goes to one`() throws {
    var player = try explore(chain)
    try player.press("g b[1,0,0] Enter O")
    let terms = try terms(of: Cell(1, 0, 0), in: 3, player, bySize: true)
    #expect(player.rows[0].contains("b[1,0,0]: 16 terms, the largest first"))
    let listed = player.rows[2..<18].map { $0.split(separator: " ").dropFirst(0) }
    #expect(
      listed.map { $0.first { $0.hasPrefix("p[") }.map(String.init) } == terms.map { "p\($0.0)" })
    // The last sum and the bias make the cell.
    let last = try #require(player.rows[17].split(separator: " ").last).replacing("−", with: "-")
    let bias = try #require(player.network.layers[3].parameters?.bias?[0].nearestDouble)
    let value = try #require(player.activations.value(of: Cell(1, 0, 0), in: 3)?.nearestDouble)
    #expect(Double(last).map { $0 + bias } == value)
    try player.press("j j Enter")
    #expect(player.overlay == nil && player.address == "p\(terms[2].0)")
    // What is not multiplied yet is not told.
    try player.press("g b[0,0,0]@[1,0,0] Enter O")
    #expect(player.rows[0].contains("2 terms"))
  }

  @Test func `zeros are searched for`() throws {
    var player = try explore(chain)
    try player.press("Tab / z e r o Enter")
    let relu = try #require(player.activations.output(of: 1))
    let first = try #require((0..<relu.shape.count).first { relu[$0].isZero })
    #expect(player.address == "r\(relu.shape.cell(at: first))")
    try player.press("n")
    let second = try #require((first + 1..<relu.shape.count).first { relu[$0].isZero })
    #expect(player.address == "r\(relu.shape.cell(at: second))")
  }

  @Test func `a stop is gone to by its number, and from the list of stops`() throws {
    var player = Player(.nothing, size: Size(columns: 80, rows: 24))
    let lesson = try open("worked-example", in: &player)
    try player.press("g 4 Enter")
    #expect(player.course?.stopIndex == 3)
    try player.press("g 9 9 Enter")
    #expect(player.messageRow.contains("There is no stop 99"))
    try player.press("C")
    #expect(player.rows[5].contains("▸"))
    #expect(
      player.rows[2...].prefix(lesson.stops.count).enumerated().allSatisfy {
        $1.contains(lesson.stops[$0].title)
      })
    try player.press("Home Enter")
    #expect(player.course?.stopIndex == 0)
    var free = try explore(chain)
    try free.press("C")
    #expect(free.messageRow == "There is no lesson here, and so no stops.")
  }

  @Test func `an undone change is made again, and the walk stands where it stood`() throws {
    var player = try explore("11x11x1 conv:3,filters=2,name=v relu")
    try player.press("g v[4,5,1] Enter e Down Down Right Enter")
    #expect(player.network.layers[0].output.width == 8)
    #expect(player.address == "v[4,5,1]")
    try player.press("u")
    #expect(player.network.layers[0].output.width == 9 && player.address == "v[4,5,1]")
    try player.press("U")
    #expect(player.network.layers[0].output.width == 8)
    // The row it was left on.
    try player.press("e")
    #expect(player.rows[4].hasPrefix("▸ filter size"))
    try player.press("Esc U")
    #expect(player.messageRow == "There is no undone change to make again.")
    // A cell that is no more is the nearest that there is.
    try player.press("g v[7,7,1] Enter e Right Right Enter")
    #expect(player.address == "v[6,6,1]" || player.address == "v[5,5,1]")
  }

  @Test func `y writes a changed layer as it is typed`() throws {
    var player = try explore("11x11x1 conv:3,filters=2,name=v relu")
    try player.press("g v[1,1,1] Enter e Down Down Down Down Right Enter")
    #expect(player.commandLine.hasPrefix("convwalk explore 11x11x1 conv:3,"))
    #expect(player.commandLine.contains("stride=2"))
    #expect(player.commandLine.contains("relu --at 'v[1,1,1]'"))
    #expect(!player.commandLine.contains("--keys"))
    // What no typed word says is still done by keys.
    try player.press("c 9 Enter")
    #expect(player.commandLine.contains("--keys"))
  }
}
