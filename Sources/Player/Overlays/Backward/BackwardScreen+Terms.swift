import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Lessons
import Walkthrough

/// The products with their sums, the line of code and the sentences under them.
extension BackwardParts {
  func drawCode(_ screen: inout Screen, _ account: GradientAccount) {
    let code = GradientCode(network, view.notation).line(account)
    let lines = wrapped(code, to: view.size.columns - 2)
    for (line, text) in lines.prefix(2).enumerated() {
      screen.put(
        line == 1 && lines.count > 2 ? text + " …" : text, 1, rows.upperBound + line, .code,
        before: view.size.columns)
    }
  }

  func drawSentences(_ screen: inout Screen, _ sentences: [String]) {
    view.drawProse(
      &screen, [sentences.joined(separator: " ")], at: 1,
      rows: rows.upperBound + 2..<view.size.rows - 2, width: view.size.columns - 2)
  }

  /// What came back, times what it met, and what that makes, each share with its sum.
  func drawTerms(_ screen: inout Screen, _ account: GradientAccount) {
    guard case .sum(let all) = account.working else { return }
    let (shares, isDone) = (shares, step.productsDone == nil)
    let folded = TermRows(shares, room: rows.count - 2).rows
    // The only share's sum is the number itself.
    let isOne = all.count == 1 && all[0].part == .whole
    let lines = folded.filter { row in
      if case .share = row { !isOne } else { true }
    }
    // The only share, or the only product, is the number itself.
    let isTold = isHidden && shares.count == 1
    let texts = lines.map { TermTexts($0, network, hides: isTold && $0.isAll(of: shares[0])) }
    let total = isDone ? account.precise ?? account.total : .sum(shares.map(\.sum))
    let columns = TermColumns(
      texts, total: total, from: middle, to: view.size.columns - 1,
      factor: TermTexts.heading(shares))
    drawHeads(&screen, columns)
    for (index, text) in texts.enumerated() {
      columns.draw(text, on: &screen, rows.lowerBound + 1 + index)
    }
    drawTotal(&screen, account, total, columns, rows.lowerBound + 1 + texts.count)
  }

  private func drawHeads(_ screen: inout Screen, _ columns: TermColumns) {
    let row = rows.lowerBound
    let isNarrow = columns.times == columns.start
    screen.put(
      "◂ what came back", middle, row, .faint, before: isNarrow ? columns.equals : columns.times)
    screen.frame.put("= \(isNarrow ? "sum" : "product")", columns.equals, row, .faint)
    guard !isNarrow else { return }
    screen.frame.put("× \(TermTexts.heading(shares))", columns.times, row, .faint)
  }

  /// The number itself, and its shares as its sum where they fit.
  private func drawTotal(
    _ screen: inout Screen, _ account: GradientAccount, _ total: Number, _ columns: TermColumns,
    _ row: Int
  ) {
    let (shares, isDone) = (shares, step.productsDone == nil)
    let name = isDone ? network.text(of: GradientAddress(target, .cell(account.cell))) : "so far"
    let sums = "\(name) = \(shares.map(\.sum.text).joined(separator: " + "))"
    let fits = shares.count > 1 && sums.unicodeScalars.count < columns.equals - middle
    screen.put(fits ? sums : name, middle, row, .heading, before: columns.equals)
    screen.putSum(
      isHidden ? .asked : .number(total), equals: columns.equals, endingAt: columns.end, row)
  }
}
