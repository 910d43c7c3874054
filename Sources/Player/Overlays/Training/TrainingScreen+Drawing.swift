import Canvas
import ConvolutionEngine
import ExactNumbers
import Lessons
import Training
import Walkthrough

/// The example and its scores at the top, the loss, the weights that change, and how loss and hits
/// went so far.
extension TrainingScreen {
  func draw(on screen: inout Screen, _ view: View) {
    guard !showsHelp else { return drawHelp(&screen, view) }
    drawTitle(&screen, view)
    if let update {
      let below = drawExample(&screen, view, update)
      drawWeights(&screen, view, update, below)
      drawCurves(&screen, view)
    }
    if let failure {
      for (line, text) in wrapped("\(failure)", to: view.size.columns - 2).prefix(2).enumerated() {
        screen.frame.put(text, 1, view.size.rows - 4 + line, .bad)
      }
    }
    if let awaited, let fraction = awaited.fraction {
      view.drawProgress(
        &screen, for: "update \(grouped(awaited.number))", fraction, row: view.size.rows - 3)
    }
    view.drawStatus(&screen)
  }

  private func drawTitle(_ screen: inout Screen, _ view: View) {
    let end = view.size.columns
    screen.put("Retraining \(training.layer.name)", 1, 0, .heading, before: 27)
    let loss = training.history[number - 1].lossSoFar.map { "loss so far \($0.text)" } ?? ""
    let lossStart = end - 1 - loss.unicodeScalars.count
    let update = "update \(grouped(number)) of \(grouped(count))"
    let rated = "\(update)   η = \(training.rate.fractionText)"
    // Each row of weights says the rate; the sum of losses stands nowhere else.
    let fits = 28 + rated.unicodeScalars.count < lossStart
    screen.put(fits ? rated : update, 28, 0, .current, before: lossStart)
    screen.frame.put(loss, endingAt: end - 1, 0)
    let index = training.example(ofUpdate: number)
    let label = examples.label(index).map { ", \($0)," } ?? ""
    let kind = className(examples.classes[index])
    let short =
      "Example \(index)\(label) is of class \(kind). Only \(training.layer.name) learns"
    let long = "\(short); all before it is frozen."
    screen.put(
      long.unicodeScalars.count < end ? long : "\(short).", 1, 1, .faint, before: end)
  }

  /// `1 odd`, or the number alone.
  private func className(_ label: Int) -> String {
    guard let names = examples.names, names.indices.contains(label) else { return "\(label)" }
    return "\(label) \(names[label])"
  }

  /// The example as a picture, and beside it the scores; returns the row under both.
  private func drawExample(
    _ screen: inout Screen, _ view: View, _ update: HeadUpdate
  ) -> Int {
    let picture = MapPicture(
      examples.input(update.example), depth: 0,
      room: Size(columns: min(32, view.size.columns / 3 - 4), rows: min(16, view.size.rows / 3)))
    picture.draw(on: &screen, 1, 3)
    let column = max(picture.size.columns + 4, 20)
    let rows = 3..<3 + max(picture.size.rows, min(11, view.size.rows / 3))
    drawScores(&screen, update, column, rows)
    let after = "loss after \(update.lossAfter.text)"
    let room = view.size.columns - after.unicodeScalars.count - 4
    screen.put(
      lossText(update, fitting: room), 1, rows.upperBound + 1, .code, before: room + 2)
    screen.frame.put(after, endingAt: view.size.columns - 1, rows.upperBound + 1, .result)
    return rows.upperBound + 3
  }

  /// The loss as the sum that it is; in words where that is too long, so that nothing is cut from it.
  private func lossText(_ update: HeadUpdate, fitting room: Int) -> String {
    let sum = "loss = \(TrainingText(training.layer, rate: training.rate).loss(update))"
    guard sum.unicodeScalars.count > room else { return sum }
    let own = update.scoresBefore[update.label]
    let text = own.isNegative ? "(\(own.text))" : own.text
    let others = update.scoresBefore.count - 1
    return
      "loss = the sum of max(0, score − \(text) + 1) over \(others) classes = \(update.loss.text)"
  }

  /// Columns of a score, between the class and the mark.
  private static let scoreRoom = 13

  private func drawScores(
    _ screen: inout Screen, _ update: HeadUpdate, _ column: Int, _ rows: Range<Int>
  ) {
    let ends = (before: column + 27, after: column + 53)
    screen.frame.put("class", column, rows.lowerBound, .faint)
    screen.frame.put("score before", endingAt: ends.before, rows.lowerBound, .faint)
    screen.frame.put("after", endingAt: ends.after, rows.lowerBound, .faint)
    let classes = Slots(
      update.scoresBefore.indices, room: rows.count - 1, showing: update.label)
    for (line, label) in classes.places.enumerated() {
      let row = rows.lowerBound + 1 + line
      guard let label else {
        screen.frame.put("…", column, row, .faint)
        continue
      }
      let isNear = update.tooNear.contains(label)
      let (mark, role): (String, Role) =
        label == update.label
        ? ("target", .good) : isNear ? ("too near", .bad) : ("far enough", .faint)
      screen.put(
        className(label), column, row, label == update.label ? .current : .plain,
        before: ends.before - TrainingScreen.scoreRoom - 1)
      screen.frame.put(
        Number.ratio(update.scoresBefore[label]).text(fitting: TrainingScreen.scoreRoom),
        endingAt: ends.before, row)
      screen.frame.put(mark, ends.before + 2, row, role)
      screen.frame.put(
        Number.ratio(update.scoresAfter[label]).text(fitting: TrainingScreen.scoreRoom),
        endingAt: ends.after, row,
        .result)
    }
  }

  /// The features, and each class's weights before and after.
  private func drawWeights(
    _ screen: inout Screen, _ view: View, _ update: HeadUpdate, _ top: Int
  ) {
    let bottom = view.size.rows - 4
    guard !update.changes.isEmpty else {
      screen.put(
        "No class came too near, so no weight changes.", 1, top, .prose, before: view.size.columns)
      return
    }
    let table = WeightTable(
      update, rate: training.rate, first: firstFeature, room: view.size.columns - 2)
    table.drawHead(&screen, top)
    // The target first, then what it is told apart from.
    let ordered = update.changes.sorted { $0.times > $1.times }
    let room = max(1, (bottom - top - 2) / 2)
    let shown = ordered.count > room ? max(1, room - 1) : ordered.count
    for (line, change) in ordered.prefix(shown).enumerated() {
      table.draw(change, &screen, top + 2 + 2 * line)
    }
    if shown < ordered.count {
      screen.put(
        "… \(ordered.count - shown) more too near, each "
          + "− \(training.rate.fractionText) · x", 1, top + 2 + 2 * shown, .faint,
        before: view.size.columns)
    }
  }

  /// How loss and hits went, update after update, as far as they are known.
  private func drawCurves(_ screen: inout Screen, _ view: View) {
    let known = training.history
    let row = view.size.rows - 4
    let end = view.size.columns - 24
    let buckets = CurveBuckets(known, room: end - 7)
    screen.frame.put("loss", 1, row, .faint)
    screen.frame.put("hits", 1, row + 1, .faint)
    let most = buckets.all.map(\.loss).max() ?? 0
    let current = buckets.index(of: number)
    for (index, bucket) in buckets.all.enumerated() {
      let role: Role = index == current ? .result : .faint
      screen.frame.put(bar(bucket.loss, of: most), 7 + index, row, role)
      screen.frame.put(bar(bucket.hits, of: 1), 7 + index, row + 1, role)
    }
    let hits = known[number - 1].hitsSoFar
    screen.frame.put("of \(counted(known.count, "update"))", endingAt: view.size.columns - 1, row)
    screen.frame.put(
      "\(grouped(hits)) of \(grouped(number)) hit", endingAt: view.size.columns - 1, row + 1)
  }

  private func bar(_ value: Double, of most: Double) -> String {
    let bars = Array("▁▂▃▄▅▆▇█").map(String.init)
    guard most > 0, value > 0 else { return " " }
    return bars[min(bars.count - 1, Int(value / most * Double(bars.count - 1) + 0.5))]
  }

  private func drawHelp(_ screen: inout Screen, _ view: View) {
    let lines = [
      (view.key(.next), "next update"), (view.key(.back), "the update before"),
      ("10 \(view.key(.next))", "ten further"), (view.key(.goTo), "go to an update by its number"),
      ("\(view.key(.first)) \(view.key(.last))", "first, last update"),
      (view.keys(.left, .right), "weights of other features"),
      ("Esc", "cancel what is being computed"), (view.key(.quit), "quit"),
    ]
    screen.frame.put("Keys of a head that learns", 1, 0, .heading)
    for (row, line) in lines.enumerated() {
      screen.put(line.0, 1, 2 + row, .key, before: 15)
      screen.put(line.1, 16, 2 + row, before: view.size.columns)
    }
    let notes = [
      "A class is too near where its score is less than 1 below the target's: it loses η · x from its",
      "weights and η from its bias, and the target gains as much. A hit: the target had the largest",
      "score, alone, before the update. loss and hits are drawn over all updates that are known.",
    ]
    view.drawParagraphs(
      &screen, [notes.joined(separator: " ")], rows: 12..<view.size.rows - 2)
  }
}

/// Updates as bars: each the mean of those that fall into it.
private struct CurveBuckets {
  let all: [(loss: Double, hits: Double)]
  private let count: Int

  init(_ known: [HeadTraining.Past], room: Int) {
    let size = min(max(1, room), max(1, known.count))
    count = known.count
    all = (0..<size).map { index in
      let own = known[index * known.count / size..<(index + 1) * known.count / size]
      let share = 1 / Double(max(1, own.count))
      return (
        own.reduce(0) { $0 + Number.ratio($1.loss).nearestDouble } * share,
        Double(own.count(where: \.isHit)) * share
      )
    }
  }

  /// The bar that an update falls into.
  func index(of number: Int) -> Int {
    guard count > 0 else { return 0 }
    let exact = (number - 1) * all.count / count
    // Bars begin at the first update that is not before them.
    return (exact..<all.count).first { (number - 1) < ($0 + 1) * count / all.count } ?? exact
  }
}

/// Weights of some features in columns, the bias behind them.
private struct WeightTable {
  private let update: HeadUpdate
  private let rate: Ratio
  private let features: Range<Int>
  private let hasMore: (before: Bool, after: Bool)
  private let width: Int
  private let start = 22
  /// Characters: what an update changes is to be seen exactly, and rounded only beyond this.
  private static let most = 11
  private var biasEnd: Int { start + features.count * width + 3 + max(Self.most, width) }

  init(_ update: HeadUpdate, rate: Ratio, first: Int, room: Int) {
    self.update = update
    self.rate = rate
    let count = update.features.shape.count
    func widest(_ range: Range<Int>) -> Int {
      var widest = 3
      for index in range {
        widest = max(widest, update.features[index].text(fitting: Self.most).unicodeScalars.count)
        for change in update.changes {
          for number in [change.before[index], change.after[index]] {
            widest = max(widest, number.text(fitting: Self.most).unicodeScalars.count)
          }
        }
      }
      return widest + 2
    }
    // As many as there is room for where all are as wide as the widest of them.
    var width = widest(first..<min(count, first + 12))
    var columns = max(1, (room - 22 - 3 - max(Self.most, width)) / width)
    width = widest(first..<min(count, first + columns))
    columns = max(1, (room - 22 - 3 - max(Self.most, width)) / width)
    self.width = width
    features = first..<min(count, first + columns)
    hasMore = (first > 0, features.upperBound < count)
  }

  func drawHead(_ screen: inout Screen, _ row: Int) {
    screen.frame.put("feature", 1, row, .faint)
    screen.frame.put("x", 1, row + 1, .heading)
    for (slot, index) in features.enumerated() {
      screen.frame.put("\(index)", endingAt: end(slot), row, .faint)
      screen.frame.put(
        update.features[index].text(fitting: Self.most), endingAt: end(slot), row + 1, .window)
    }
    if update.changes.first?.biasBefore != nil {
      screen.frame.put("bias", endingAt: biasEnd, row, .faint)
    }
    drawCuts(&screen, row)
    drawCuts(&screen, row + 1)
  }

  func draw(_ change: HeadUpdate.Change, _ screen: inout Screen, _ row: Int) {
    let times = change.times.magnitude == 1 ? "" : "\(change.times.magnitude) · "
    let step = "\(change.times < 0 ? "−" : "+") \(times)\(rate.fractionText) · x"
    screen.frame.put("W\(change.class)", 1, row)
    screen.put("  \(step)", 1, row + 1, .heading, before: start)
    for (slot, index) in features.enumerated() {
      screen.frame.put(change.before[index].text(fitting: Self.most), endingAt: end(slot), row)
      screen.frame.put(
        change.after[index].text(fitting: Self.most), endingAt: end(slot), row + 1,
        change.before[index] == change.after[index] ? .plain : .result)
    }
    if let before = change.biasBefore, let after = change.biasAfter {
      screen.frame.put(before.text(fitting: Self.most), endingAt: biasEnd, row)
      screen.frame.put(after.text(fitting: Self.most), endingAt: biasEnd, row + 1, .result)
    }
    drawCuts(&screen, row)
    drawCuts(&screen, row + 1)
  }

  private func end(_ slot: Int) -> Int { start + (slot + 1) * width }

  /// A row that goes on says so in the row itself.
  private func drawCuts(_ screen: inout Screen, _ row: Int) {
    if hasMore.before { screen.frame.put("…", start, row, .faint) }
    if hasMore.after { screen.frame.put("…", end(features.count - 1) + 1, row, .faint) }
  }
}
