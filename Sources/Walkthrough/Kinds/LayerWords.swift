import ConvolutionEngine
import ExactNumbers

/// How a kind of layer speaks: its name in words, what it is for, and its code.
///
/// What a cell's account says (sentences, equation, transcript, JSON) is said once for each way of
/// working, whichever kinds share it; a kind adds what a function of one number says.
protocol LayerWords {
  /// The kind in words: `max pooling`.
  var title: String { get }
  /// One sentence on what it is for.
  func purpose(of layer: Layer, in network: Network) -> String
  /// The grains in which it can be walked, finest first.
  var grains: [Grain] { get }

  /// For a function of one number: what is computed of it, `max(−3, 0)`, and what that did.
  func expression(of number: Number) -> String
  func sentence(on number: Number) -> String
  /// What it says of a number that it only moves, from a cell to another.
  func sentence(moving cell: Cell, to place: Cell, in layer: Layer, _ network: Network) -> String

  /// What computes one cell, in the code's notation.
  func value(of cell: Cell, _ code: CellCode) -> String
  /// The whole layer in numpy, one line or a loop.
  func numpy(_ loop: NumpyLoop) -> [String]
  /// The whole layer as the library's own; nil where the library has nothing that makes the same
  /// numbers.
  func pytorch(_ code: LayerCode) -> String?
  func keras(_ code: LayerCode) -> String?
  /// Whether a library holds its output as a vector, from whether it does its input.
  func isVector(_ notation: Notation, over input: Bool) -> Bool
  /// The code of the whole layer with a vector's other axes given back, where it needs them.
  func overVector(_ code: String, _ notation: Notation, depth: Int) -> String
}

extension LayerWords {
  var grains: [Grain] { [.window, .map, .layer] }

  func expression(of number: Number) -> String { number.text }

  func sentence(on number: Number) -> String { "" }

  func sentence(moving cell: Cell, to place: Cell, in layer: Layer, _ network: Network) -> String {
    "\(network.name(of: layer.sources[0]))\(cell) moves to \(layer.name)\(place)."
  }

  func isVector(_ notation: Notation, over input: Bool) -> Bool { input }

  func overVector(_ code: String, _ notation: Notation, depth: Int) -> String { code }
}

/// Kinds that look at places, which a vector has not got until its axes are given back.
protocol SpatialWords: LayerWords {}

extension SpatialWords {
  func isVector(_ notation: Notation, over input: Bool) -> Bool { false }

  func overVector(_ code: String, _ notation: Notation, depth: Int) -> String {
    notation == .pytorch
      ? "nn.Sequential(nn.Unflatten(1, (\(depth), 1, 1)), \(code))"
      : "keras.Sequential([layers.Reshape((1, 1, \(depth))), \(code)])"
  }
}

extension Layer {
  /// The kind in words: `max pooling`.
  package var kindTitle: String { operation.words.title }
}

extension Operation {
  /// How its kind speaks.
  var words: any LayerWords {
    switch self {
    case .convolution(let rule): rule
    case .depthwiseConvolution(let rule): rule
    case .maxPool(let rule): rule
    case .averagePool(let rule): rule
    case .globalAverage(let rule): rule
    case .relu(let rule): rule
    case .relu6(let rule): rule
    case .leakyReLU(let rule): rule
    case .sigmoid(let rule): rule
    case .softmax(let rule): rule
    case .flatten(let rule): rule
    case .dense(let rule): rule
    case .batchNormalization(let rule): rule
    case .responseNormalization(let rule): rule
    case .zeroPadding(let rule): rule
    case .dropout(let rule): rule
    case .addition(let rule): rule
    case .concatenation(let rule): rule
    }
  }
}
