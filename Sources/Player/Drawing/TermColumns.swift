import Canvas
import ConvolutionEngine
import ExactNumbers
import Walkthrough

/// What a row says: its number, and what it is the product of or the name of the sum that it is.
struct TermTexts {
  var head = ""
  var upstream = ""
  var factor = ""
  var by = ""
  var label = ""
  var sum: Number?
  /// Whether its number is asked for.
  var hidesSum = false

  init(_ row: TermRow, _ network: Network, hides: Bool = false) {
    hidesSum = hides
    let words = GradientWords(network)
    switch row {
    case .term(let term, let index):
      let layer = network.layers[index]
      (head, upstream) = ("d\(layer.name)\(term.place)", TermTexts.text(term.upstream))
      (factor, by) = (words.factor(term, layer), TermTexts.text(term.by))
      sum = term.product
    case .zeros(let count): label = "\(grouped(count)) more terms are 0"
    case .rest(let count, let sum):
      (label, self.sum) = ("… \(counted(count, "more term"))", sum)
    case .share(let share):
      (label, sum) = (words.title(share.part, network.layers[share.layer]), share.sum)
    case .shares(let count, let sum):
      (label, self.sum) = ("… \(counted(count, "more sum"))", sum)
    }
  }

  private static func text(_ number: Number) -> String {
    number.text(fitting: ShownWalk.widestColumn)
  }

  /// What is multiplied by, in the head of its column.
  static func heading(_ shares: [GradientShare]) -> String {
    switch shares.first?.terms.first?.factor {
    case .weight: "the weight it met"
    case .input: "the input it met"
    case .standardized: "the z it met"
    case .one, .share, .winner, .slope, .irrational, nil: "how much of it"
    }
  }
}

/// The columns of the products, as wide as what stands in them.
struct TermColumns {
  let start: Int
  let head: Int
  let times: Int
  let factor: Int
  let equals: Int
  let end: Int

  /// Room for a sum and its sign.
  private static let sum = 10
  /// As wide as they are where there is no more room; further apart they are no easier to read.
  private static let width = 51
  /// Sums have names as long as this beside them, that of the number itself too.
  private static let label = 18

  init(
    _ texts: [TermTexts], total: Number, from start: Int, to end: Int, factor heading: String
  ) {
    func widest(_ text: (TermTexts) -> String) -> Int {
      texts.map { text($0).unicodeScalars.count }.max() ?? 0
    }
    let hasTerms = texts.contains { $0.label.isEmpty }
    let sums = texts.compactMap(\.sum) + [total]
    let widestSum = sums.map { $0.text.unicodeScalars.count }.max() ?? 0
    guard hasTerms || end - start >= TermColumns.width else {
      (self.start, head, factor, times) = (start, 0, 0, start)
      equals = min(start + max(widest(\.label), TermColumns.label) + 1, end - TermColumns.sum)
      self.end = min(end, equals + 3 + widestSum)
      return
    }
    let (upstream, by) = (widest(\.upstream), widest(\.by))
    var head = widest(\.head)
    var factor = widest(\.factor)
    var left: Int { max(head + 1 + upstream + 1, "◂ what came back ".unicodeScalars.count) }
    var right: Int { max(2 + factor + 1 + by + 1, 2 + heading.unicodeScalars.count + 1) }
    // Names give up their ends where there is no room for all.
    let room = end - start - TermColumns.sum
    if left + right > room { factor = min(factor, max(6, room - left - by - 4)) }
    if left + right > room { head = min(head, max(4, room - right - upstream - 2)) }
    self.start = start
    self.head = head
    self.factor = factor
    times = start + left
    equals = times + right
    self.end = min(end, max(start + TermColumns.width, equals + 3 + widestSum))
  }

  func draw(_ text: TermTexts, on screen: inout Screen, _ row: Int) {
    if text.label.isEmpty {
      screen.put(text.head, start, row, before: start + head)
      screen.frame.put(text.upstream, endingAt: times - 1, row)
      screen.frame.put("×", times, row, .faint)
      screen.put(text.factor, times + 2, row, before: times + 2 + factor)
      screen.frame.put(text.by, endingAt: equals - 1, row)
    } else if text.sum == nil {
      screen.put(text.label, start, row, .faint, before: equals)
    } else {
      let label = cut(text.label, to: equals - 1 - start)
      screen.frame.put(label, endingAt: equals - 1, row, .faint)
    }
    if let sum = text.sum {
      screen.putSum(text.hidesSum ? .asked : .number(sum), equals: equals, endingAt: end, row)
    }
  }
}
