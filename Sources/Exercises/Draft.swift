import ConvolutionEngine
import ExactNumbers
import Lessons
import Walkthrough

/// An exercise before it is known whether it is sound.
struct Draft {
  let network: Network
  let words: [String]
  var figure: [String] = []
  var ask = ""
  var answer: [Number] = []
  /// Whether it is counted.
  private(set) var isCount = false
  private(set) var slips: [Question.Slip] = []
  /// Each nearer than the one before it.
  var hints: [String] = []
  var why = ""
  /// Where the walk shows the answer.
  var place: Stop.Place
  /// What to press there; nil: the place itself shows it.
  var keys: String?
  /// What flows back comes from; nil: the sum of the last layer's numbers.
  var loss: PlacedLoss?

  /// A network of a few layers; nil where they do not fit each other.
  init?(_ input: Shape, _ operations: [Operation], seed: UInt64 = 0) {
    let layers = operations.map { LayerSpecification($0) }
    guard let network = try? Network(input: input, layers: layers, seed: seed) else { return nil }
    self.network = network
    words =
      ["\(input.width)x\(input.height)x\(input.depth)"] + layers.map(\.description)
    place = .step(
      Address(layer: network.layers[network.layers.count - 1].name, part: .layer))
  }

  /// The input's numbers, made from the network's seed.
  var input: Tensor? { try? Tensor.seeded(network.input, seed: network.seed) }

  /// The last layer.
  var layer: Layer { network.layers[network.layers.count - 1] }

  /// A mistake, and what it leads to; nothing where that is not even a size.
  mutating func slip(_ value: [Int]?, _ says: String) {
    guard let value else { return }
    slip(numbers: value.map { Number(Int128($0)) }, says)
  }

  mutating func slip(numbers value: [Number], _ says: String) {
    slips.append(Question.Slip(answer: value, says: says))
  }

  mutating func answers(_ value: [Int]) {
    answer = value.map { Number(Int128($0)) }
    isCount = true
  }

  /// Whether every slip can be told from the answer and from all other slips.
  var isSound: Bool {
    !slips.isEmpty && Set(slips.map(\.answer) + [answer]).count == slips.count + 1
  }

  var question: Question {
    Question(
      ask: ask, answer: answer, slips: slips, hint: hints[0], why: why,
      furtherHints: Array(hints.dropFirst()), isCount: isCount)
  }

  /// Looks at a cell of the last layer.
  ///
  /// - Parameter keys: to press there; nil: the walk itself shows the answer.
  mutating func look(at cell: Cell, keys: String? = nil) {
    look(.cell(cell), keys: keys)
  }

  /// Looks at a part of the last layer.
  mutating func look(_ part: Address.Part, keys: String? = nil) {
    place = .step(Address(layer: layer.name, part: part))
    self.keys = keys
  }
}

/// A size that a person would type; nil where a side is below 1.
func shape(_ width: Int, _ height: Int, _ depth: Int) -> Shape? { try? Shape(width, height, depth) }

extension WindowSettings {
  /// `3×3`, or `5×3`: width × height.
  var sizeText: String { "\(size.x)×\(size.y)" }

  /// `stride 2, padding 1 and dilation 2`; the stride and the padding are always said.
  var text: String {
    var parts = [
      "stride \(stride.x)", padding == .none ? "no padding" : "padding \(paddingOfSides)",
    ]
    if dilation.x > 1 { parts.append("dilation \(dilation.x)") }
    return parts.dropLast().joined(separator: ", ") + " and \(parts[parts.count - 1])"
  }

  /// The padding of every side, where it is the same on all.
  var paddingOfSides: Int {
    if case .sides(let left, _, _, _) = padding { left } else { 0 }
  }
}

extension Layer {
  /// Its output's sizes.
  var sizes: [Int] { [output.width, output.height, output.depth] }
}
