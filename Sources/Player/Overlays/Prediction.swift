import Canvas
import ConvolutionEngine
import ExactNumbers
import Lessons
import Walkthrough

/// The next result, which is asked for before it is shown.
struct Prediction: OverlayContent {
  static let help = "predict the next result"

  private(set) var asking: Asking

  init(_ question: Question) { asking = Asking(question) }

  var overlay: Overlay { .prediction(self) }
  var coversScreen: Bool { false }

  /// What it takes of the screen, and hides.
  func take(_ cover: inout Cover, _ shown: ShownWalk) {
    cover.isBottomCovered = true
    cover.hidesResult = !asking.isAnswered
    cover.askedProducts = asking.isAnswered ? nil : shown.productsOfStep
  }

  mutating func press(_ key: Key, on player: inout Player) -> Reaction {
    switch key {
    case .escape: return .close
    case _ where asking.isAnswered && (key == .enter || player.command(for: key) == .move(.next)):
      return .close
    case .controlL: return .stay([.redraw])
    default:
      asking.take(key)
      return .stay
    }
  }

  /// Clicks would lead away from what is asked.
  func click(_ action: Screen.Action?, on player: inout Player) -> Reaction { .stay }

  mutating func edit(_ change: (inout TextField) -> Void, in view: View) -> Bool {
    asking.edit(change)
  }

  func draw(on screen: inout Screen, _ view: View) {
    screen.frame.clear(rows: view.coveredRows)
    screen.forgetTargets(rows: view.coveredRows)
    view.drawQuestion(&screen, asking, rows: view.coveredRows)
    view.drawStatus(&screen)
  }

  func footer(_ view: View) -> Footer {
    // In a question `?` is typed: it asks for a hint.
    .keys(
      asking.hints(view) + (asking.isAnswered ? [] : [Hint(keys: "Esc", label: "leave")]),
      hasHelp: asking.isAnswered)
  }
}

extension Player {
  /// Goes one step on, hides its result and asks for it.
  mutating func predict() -> [Effect] {
    guard let next = walk.place(place, movedBy: 1, wanted: grain) else {
      say("This is the last step; there is nothing left to predict.")
      return []
    }
    let here = place
    let effects = go(to: next)
    let account: CellAccount?
    do throws(ArithmeticError) {
      account = try self.account()
    } catch {
      fail("\(error)")
      return effects + go(to: here)
    }
    guard let question = account.flatMap(shown.question) else {
      // The next result must stay hidden.
      let back = go(to: here)
      say(
        layer.parameters == nil
          ? "\(layer.name) has nothing to predict; \(key(.next)) shows its next result."
          : "A \(place.grain.name) is too much to predict; \(key(.finer)) goes to finer steps.")
      return effects + back
    }
    return effects + open(Prediction(question))
  }
}

extension ShownWalk {
  /// The products of the current cell that make what the step shows: one, a slice's, or all of
  /// them; nil where their sum is not yet the result.
  fileprivate var productsOfStep: Range<Int>? {
    let done = step.productsDone
    switch place.grain {
    case .product: return done > 0 ? done - 1..<done : nil
    case .slice:
      guard let slice = step.slice, let plane = layer.parameters?.filter.plane else { return nil }
      return slice * plane..<(slice + 1) * plane
    case .window, .map, .layer: return productsOfResult
    }
  }

  /// All products of a cell, where no bias is added to them.
  var productsOfResult: Range<Int>? {
    guard let parameters = layer.parameters, parameters.bias == nil else { return nil }
    return 0..<layer.productsPerCell
  }
}

/// The questions that the numbers of a step make.
extension ShownWalk {
  fileprivate func question(_ account: CellAccount) -> Question? {
    let name = "\(walk.address(of: place))"
    switch account.working {
    case .weightedSum(let sum): return question(account, sum, name)
    case .maximum(let candidates):
      let values = candidates.values.map(\.text).joined(separator: ", ")
      return Question(
        ask: "What is \(name)? The candidates are \(values).", answer: [account.total],
        slips: slips(
          [(Number.sum(candidates.values), "That is their sum. A max pool keeps the largest.")],
          answer: account.total),
        hint: "The largest of the candidates wins.", why: "\(name) = \(account.equation)")
    case .average(let average):
      return Question(
        ask: "What is \(name)? The sum of the window is \(average.sum.text).",
        answer: [account.total],
        slips: slips(
          [(average.sum, "That is the sum; the mean divides it.")], answer: account.total),
        hint: "Divide by \(average.divisor) places.", why: "\(name) = \(account.equation)")
    case .mapped(let input, _):
      return Question(
        ask: "What is \(name)? The input is \(input.text).", answer: [account.total], slips: [],
        hint: walk.purpose(of: layer), why: "\(name) = \(account.equation)")
    case .moved, .joined, .padding, .added, .normalized, .responded, .squashed, .shared:
      return nil
    }
  }

  private func question(_ account: CellAccount, _ sum: WeightedSum, _ name: String) -> Question? {
    let last = step.productsDone - 1
    switch place.grain {
    case .product:
      let input = sum.inputs[last]?.text ?? "0 (padding)"
      return Question(
        ask: "What is this product? \(input) · \(sum.weights[last].text)",
        answer: [sum.products[last]], slips: [], hint: "Multiply the two numbers in ( ).",
        why: "\(input) · \(sum.weights[last].text) = \(sum.products[last].text)")
    case .slice:
      guard let slice = step.slice else { return nil }
      let rows = (0..<sum.filter.height).map { sum.sum(sum.row($0, ofSlice: slice)) }
      let answer = sum.sum(sum.slice(slice))
      return Question(
        ask: "What is the slice sum of depth \(sum.firstDepth + slice)? "
          + "Its row sums are \(rows.map(\.text).joined(separator: ", ")).",
        answer: [answer], slips: [], hint: "Add the row sums.",
        why: "\(readableSum(rows)) = \(answer.text)")
    case .window, .map, .layer: return windowQuestion(account, sum, name)
    }
  }

  private func windowQuestion(
    _ account: CellAccount, _ sum: WeightedSum, _ name: String
  ) -> Question? {
    let slices = (0..<sum.filter.depth).map { sum.sum(sum.slice($0)) }
    guard slices.count <= 12 else { return nil }
    let products = Number.sum(sum.products)
    let bias = sum.bias
    var wrong = [(products, "That is the sum of the slices. You left out the bias.")]
    if let bias {
      wrong.append(
        (
          Number.sum([products] + Array(repeating: bias, count: slices.count)),
          "You added the bias for each depth. It is added once for each cell."
        ))
      wrong.append(
        (Number.sum([slices[0], bias]), "That is one depth only. All depths are added."))
    }
    let with = bias.map { " The bias is \($0.text)." } ?? ""
    // One slice sum without a bias is the number itself: what it is made of is said.
    if slices.count == 1, bias == nil { return question(sum, name) }
    return Question(
      ask: "What is \(name)? The slice \(slices.count == 1 ? "sum is" : "sums are") "
        + "\(slices.map(\.text).joined(separator: ", "))." + with,
      answer: [account.total], slips: slips(wrong, answer: account.total),
      hint: hint(slices: slices.count, hasBias: bias != nil),
      why: "\(readableSum(slices + (bias.map { [$0] } ?? []))) = \(account.total.text)")
  }

  /// What the only slice of a window comes to.
  private func question(_ sum: WeightedSum, _ name: String) -> Question? {
    let isRow = sum.filter.height == 1
    let parts =
      isRow ? sum.products : (0..<sum.filter.height).map { sum.sum(sum.row($0, ofSlice: 0)) }
    guard parts.count <= 12 else { return nil }
    let (answer, what) = (Number.sum(parts), isRow ? "product" : "row sum")
    let list = parts.map(\.text).joined(separator: ", ")
    let are = parts.count == 1 ? "The \(what) is" : "The \(what)s are"
    return Question(
      ask: "What is \(name)? \(are) \(list).", answer: [answer], slips: [],
      hint: "Add the \(what)s.", why: "\(readableSum(parts)) = \(answer.text)")
  }

  private func hint(slices: Int, hasBias: Bool) -> String {
    guard slices > 1 else { return "Add the slice sum and the bias." }
    return hasBias ? "Add the slice sums, then the bias, once." : "Add the slice sums."
  }

  /// Slips that differ from the answer and from each other: a slip must say one thing only.
  private func slips(_ wrong: [(Number, String)], answer: Number) -> [Question.Slip] {
    var seen: Set<Number> = [answer]
    return wrong.compactMap { number, says in
      seen.insert(number).inserted ? Question.Slip(answer: [number], says: says) : nil
    }
  }
}
