import ConvolutionEngine
import ExactNumbers
import Testing

struct PositionFormulaTests {
  @Test func `the formula agrees with a window slid by hand`() throws {
    for geometry in Geometry.all {
      guard let hand = try? SlidingWindow(geometry) else { continue }
      let formula = try geometry.axis().formula
      var floor = geometry
      floor.rounding = .floor
      let fitting = try SlidingWindow(floor).windows.count
      #expect(formula.remainder == hand.rest, "\(geometry)")
      #expect(formula.divides == (hand.rest == 0), "\(geometry)")
      #expect(formula.dropped == hand.dropped, "\(geometry)")
      let exact = Number(
        Int128(fitting * geometry.stride + hand.rest), over: Int128(geometry.stride))
      #expect(formula.unrounded == exact, "\(geometry)")
    }
  }

  @Test func `undilated and padded alike it is the textbook's`() throws {
    let formula = try WindowAxis(.x, input: 11, filter: 5, stride: 2).formula
    #expect(formula.symbolic == "(W − F + 2P)/S + 1")
    #expect(formula.text == "(11 − 5 + 2·0)/2 + 1 = 6/2 + 1 = 4")
    let rows = try WindowAxis(
      .y, input: 11, filter: 5, stride: 2, paddingBefore: 1, paddingAfter: 1
    ).formula
    #expect(rows.symbolic == "(H − F + 2P)/S + 1")
    #expect(rows.text == "(11 − 5 + 2·1)/2 + 1 = 8/2 + 1 = 5")
  }

  @Test func `dilated, or padded unlike, it is the general one`() throws {
    let dilated = try WindowAxis(.x, input: 11, filter: 5, dilation: 2).formula
    #expect(dilated.symbolic == "(W + P₁ + P₂ − D·(F − 1) − 1)/S + 1")
    #expect(dilated.text == "(11 + 0 + 0 − 2·(5 − 1) − 1)/1 + 1 = 2/1 + 1 = 3")
    let uneven = try WindowAxis(.y, input: 4, filter: 3, stride: 2, paddingAfter: 1).formula
    #expect(uneven.symbolic == "(H + P₁ + P₂ − D·(F − 1) − 1)/S + 1")
    #expect(uneven.text == "(4 + 0 + 1 − 1·(3 − 1) − 1)/2 + 1 = 2/2 + 1 = 2")
  }

  @Test func `a remainder shows what was rounded and how`() throws {
    let floor = try WindowAxis(.x, input: 8, filter: 3, stride: 2).formula
    #expect(floor.result == "5/2 + 1 = 3.5, floor 3")
    let ceil = try WindowAxis(.x, input: 8, filter: 3, stride: 2, rounding: .ceil).formula
    #expect(ceil.result == "5/2 + 1 = 3.5, ceil 4")
    let thirds = try WindowAxis(.x, input: 224, filter: 11, stride: 4).formula
    #expect(thirds.result == "213/4 + 1 = 54.25, floor 54")
    #expect(
      try WindowAxis(.x, input: 8, filter: 3, stride: 3).formula.result
        == "5/3 + 1 = 8/3, floor 2")
  }

  @Test func `a window that ceil drops is taken off in the text`() throws {
    let past = try WindowAxis(.x, input: 3, filter: 1, stride: 3, rounding: .ceil)
    #expect(past.formula.result == "2/3 + 1 = 5/3, ceil 2, less 1 past the input = 1")
    let padding = try WindowAxis(
      .x, input: 3, filter: 2, stride: 1, paddingAfter: 3, rounding: .ceil)
    #expect(padding.formula.result == "4/1 + 1 = 5, less 2 past the input = 3")
  }
}
