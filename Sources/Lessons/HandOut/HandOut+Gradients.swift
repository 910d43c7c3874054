import ConvolutionEngine
import Walkthrough

/// What flows back, on paper.
extension HandOut {
  /// How a number of a gradient comes about; the loss alone where that is too long for paper.
  mutating func working(of address: GradientAddress, at stop: Stop) -> [String] {
    guard let (words, loss) = way(back: stop), let cell = address.cell else { return [] }
    do throws(ExpressionError) {
      let account = try evaluator.account(of: cell, in: address.target, scene: stop.scene, at: 0)
      guard account.termCount <= HandOut.mostProducts else { return [loss] }
      return [loss] + words.transcript(account) + words.sentences(account)
    } catch {
      return [loss]
    }
  }

  /// The gradients that flow back to a number which is asked for.
  mutating func upstreams(of address: GradientAddress, at stop: Stop) -> [[String]] {
    guard let (_, loss) = way(back: stop),
      let all = try? evaluator.upstreams(of: address.target, scene: stop.scene)
    else { return [] }
    let blocks = all.map { layer, gradient in
      grids("d\(layer.name) \(layer.output), what flows back", layer.output) { gradient[$0] }
    }
    return [[loss]] + blocks.filter { !$0.isEmpty }
  }

  /// How a stop's gradients speak, and what its loss is.
  private mutating func way(back stop: Stop) -> (words: GradientWords, loss: String)? {
    guard let scene = lesson.scenes[stop.scene] else { return nil }
    evaluator.ownLoss = stop.loss.map { (stop.scene, $0) }
    let words = GradientWords(scene.network, from: stop.loss ?? scene.loss)
    let value = try? evaluator.lossValue(in: stop.scene, at: 0)
    return (words, words.sentence(of: stop.loss ?? scene.loss, value: value))
  }
}
