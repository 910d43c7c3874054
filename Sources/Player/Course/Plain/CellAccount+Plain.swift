import ConvolutionEngine
import ExactNumbers
import Walkthrough

extension CellAccount {
  /// The numbers that a cell is made of, in sentences; none where they are too many to listen to.
  func whatGoesIn(_ names: CodeNames, _ layer: Layer) -> [String] {
    switch working {
    case .weightedSum(let sum):
      sum.products.count <= CellAccount.mostSpoken
        ? sum.spoken(names.filter(layer, cell.depth)) : []
    case .maximum(let candidates): CellAccount.spoken("The candidates are", candidates.values)
    case .average(let average): CellAccount.spoken("The numbers are", average.values)
    case .added(let numbers): CellAccount.spoken("The numbers are", numbers)
    case .shared(let share): CellAccount.spoken("The scores are", share.values)
    case .responded(let response):
      ["The input is \(response.input.text)."]
        + CellAccount.spoken("The numbers whose squares are summed are", response.values)
    case .mapped(let input, _), .moved(_, let input), .joined(_, _, let input),
      .normalized(let input, _), .squashed(let input, _):
      ["The input is \(input.text)."]
    case .padding: []
    }
  }

  private static func spoken(_ beginning: String, _ numbers: [Number]) -> [String] {
    numbers.count <= mostSpoken
      ? ["\(beginning) \(numbers.map(\.text).joined(separator: ", "))."] : []
  }

  /// Numbers that one can listen to and keep in mind.
  private static let mostSpoken = 60
}

extension WeightedSum {
  /// The window and the filter, row by row, a depth at a time; then the bias.
  fileprivate func spoken(_ name: String) -> [String] {
    var lines: [String] = []
    for depth in 0..<(filter.isFlat ? 1 : filter.depth) {
      let rows =
        filter.isFlat
        ? [0..<products.count] : (0..<filter.height).map { row($0, ofSlice: depth) }
      func text(_ number: (Int) -> String) -> String {
        rows.map { $0.map(number).joined(separator: " ") }.joined(separator: "; ")
      }
      let what = filter.depth == 1 || filter.isFlat ? "" : ", depth \(firstDepth + depth)"
      lines.append("The window\(what): \(text { inputs[$0]?.text ?? "padding" }).")
      lines.append("\(name)\(what): \(text { weights[$0].text }).")
    }
    return lines + (bias.map { ["The bias is \($0.text)."] } ?? [])
  }
}
