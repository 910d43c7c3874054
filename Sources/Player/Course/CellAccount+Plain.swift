import ConvolutionEngine
import ExactNumbers
import Walkthrough

extension CellAccount {
  /// The numbers that a cell is made of, in sentences; none where they are too many to listen to.
  func whatGoesIn(_ names: CodeNames, _ layer: Layer) -> [String] {
    switch working {
    case .weightedSum(let sum):
      guard sum.products.count <= CellAccount.mostSpoken else { return [] }
      return sum.spoken(names.filter(layer, cell.depth))
    case .maximum(let candidates):
      guard candidates.values.count <= CellAccount.mostSpoken else { return [] }
      return ["The candidates are \(candidates.values.map(\.text).joined(separator: ", "))."]
    case .mapped(let input, _): return ["The input is \(input.text)."]
    default: return []
    }
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
