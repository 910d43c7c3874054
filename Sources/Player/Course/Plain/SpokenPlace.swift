import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// Where the walk stands, in sentences: what a lesson and a free walk say without a screen.
extension Player {
  /// The address, the line of code and what the step says.
  func spokenPlace() -> [String] {
    let address = "\(walk.address(of: place))"
    let account: CellAccount?
    do throws(ArithmeticError) {
      account = try self.account()
    } catch {
      return ["At \(address): \(error)"]
    }
    let code = account.map { ": \(CellCode(layer, in: network, .numpy).line($0.cell))" } ?? "."
    return ["At \(address)\(code)"] + walk.narration(place, account: account).sentences
  }
}

extension BackwardScreen {
  /// The address, the line of code, the products, and what the step says.
  ///
  /// - Parameter asked: the answer to a question, which the sentences must not tell; nil where
  ///   nothing is asked.
  func spoken(asked answer: [Number]? = nil, isAsked: Bool = false) -> [String] {
    let network = walk.network
    let at = "At \(network.text(of: step.address))"
    guard case .found(let found) = state else { return ["\(at)."] }
    if let failure = found.failure { return ["\(at): \(failure)"] }
    let words = GradientWords(network, from: walk.loss)
    var value = found.backward.lossValue
    if let known = value, answer == [known] { value = nil }
    let loss = words.sentence(of: walk.loss, value: value)
    guard let account else {
      return isAsked ? ["\(at).", loss] : ["\(at).", loss] + walk.sentences(place, account: nil)
    }
    let terms = spokenTerms(account, words, isAsked: isAsked)
    guard !isAsked else { return ["\(at).", loss] + terms }
    let sentences = walk.sentences(place, account: account)
    // The number is not known while its products are added up.
    guard step.productsDone == nil else { return ["\(at)."] + terms + sentences }
    let name = network.text(of: GradientAddress(target, .cell(account.cell)))
    return ["\(at): \(GradientCode(network, .numpy).line(account))", loss] + terms
      + ["\(name) is \((account.precise ?? account.total).text)."] + sentences
  }

  /// The products that the step is about, in words.
  private func spokenTerms(
    _ account: GradientAccount, _ words: GradientWords, isAsked: Bool
  ) -> [String] {
    guard case .sum(let all) = account.working else { return [] }
    let done = step.productsDone.map { account.shares(ofFirst: $0) } ?? all
    switch step.address.part {
    case .layer, .map, .cell: return words.spokenTerms(all, hidesProducts: isAsked)
    case .slice: return words.spokenTerms(Array(done.suffix(1)), hidesProducts: isAsked)
    case .product:
      guard let share = done.last, let term = share.terms.last else { return [] }
      let layer = walk.network.layers[share.layer]
      return [words.spoken(term, of: layer, hidesProduct: isAsked) + "."]
    }
  }
}
