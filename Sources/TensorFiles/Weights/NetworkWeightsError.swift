import ExactNumbers
import ConvolutionEngine

/// What of a network a file of arrays does not give, or gives in vain.
package struct NetworkWeightsError: Error, Equatable {
  /// Arrays that there should be, with the shapes that they should have.
  package internal(set) var missing: [Expected] = []
  package internal(set) var leftOver: [String] = []
  /// Arrays that do not fit, and why.
  package internal(set) var unfit: [Unfit] = []
  /// Layers whose arrays could be one of several, and how the names of those begin.
  package internal(set) var ambiguous: [Ambiguous] = []
  /// Layers for which there is no array, where their sizes are not known.
  package internal(set) var unmatched: [String] = []
  /// What the names of the file's arrays call layers.
  package internal(set) var known: [String] = []
  /// How a file with other names is saved, where names tell what made it.
  package internal(set) var recipe: String?

  package struct Expected: Equatable, Sendable {
    let layer: String
    let role: ArrayRole
    let shape: [Int]
    /// Whether the layer has its other arrays.
    let hasOthers: Bool

    fileprivate var name: String { "\(layer).\(role.endings[0])" }
  }

  package struct Unfit: Equatable, Sendable {
    let name: String
    let problem: Problem
  }

  package struct Ambiguous: Equatable, Sendable {
    let layer: String
    let paths: [String]
  }

  /// Of many problems of a kind, so many are told.
  static let most = 8

  enum Problem: Equatable {
    case archive(ArchiveError)
    case array(NumpyError)
    /// Weights of a shape that fits both orders of axes, whose name is the library's of the other.
    case ownersAxes(AxisOrder, said: AxisOrder)
    /// A batch normalization's numbers are kept as one kind, and this is no float32 as the others.
    case notFloat32(Number)
    /// A variance is below 0.
    case parameters(ShapeError)
  }

  var isEmpty: Bool {
    missing.isEmpty && leftOver.isEmpty && unfit.isEmpty && ambiguous.isEmpty && unmatched.isEmpty
  }

  /// The order of axes in which all arrays of another shape would fit; nil where there is none.
  package var otherAxes: AxisOrder? {
    let orders = unfit.map { unfit -> AxisOrder? in
      switch unfit.problem {
      case .array(.sizes(.unexpectedShape(_, _, _, _, let fits))): return fits
      case .ownersAxes(let owner, _): return owner
      case .array, .archive, .notFloat32, .parameters: return nil
      }
    }
    return Set(orders).count == 1 ? orders[0] : nil
  }
}

extension NetworkWeightsError: CustomStringConvertible {
  package var description: String { lines.joined(separator: "\n  ") }

  /// The same where only one line is taken.
  package var inOneLine: String {
    lines.map { $0.hasSuffix(".") ? $0 : "\($0)." }.joined(separator: " ")
  }

  private var lines: [String] {
    let most = NetworkWeightsError.most
    var lines = ["the arrays do not fit the network."]
    if !missing.isEmpty {
      lines.append("missing: \(missing.listed { "\($0.name) \(pythonTuple($0.shape))" })")
    }
    if !unmatched.isEmpty { lines.append("there is nothing for \(unmatched.listed { $0 })") }
    lines += ambiguous.prefix(most).map { problem in
      "\(problem.layer) could be \(problem.paths.listed(\.excerpt)); name the layer by more of its "
        + "path."
    }
    lines += unfit.prefix(most).map { "\($0.name.excerpt): \($0.problem.text)" }
    if unfit.count > most {
      lines.append("and \(unfit.count - most) more that do not fit.")
    }
    if !leftOver.isEmpty { lines.append("left over: \(leftOver.listed(\.excerpt))") }
    return lines + cures
  }

  private var cures: [String] {
    var cures: [String] = []
    let spared = missing.filter { $0.hasOthers && $0.role.refusal != nil }
    let settings = Set(spared.compactMap(\.role.refusal)).sorted()
    if !settings.isEmpty {
      let layers = Set(spared.map(\.layer)).sorted()
      cures.append(
        "A layer that has none says \(settings.joined(separator: ", ")): \(layers.listed { $0 }).")
    }
    if let recipe { return cures + [recipe] }
    let lacksLayers = missing.count > spared.count || !unmatched.isEmpty
    if lacksLayers || isOnlyTooMuch {
      cures.append("Arrays are named after layers, as in conv1.weight and conv1.bias.")
    }
    if lacksLayers, !known.isEmpty {
      cures.append(
        "The file has \(known.listed(\.excerpt)); name= names a layer so, and an archive of arr_0, "
          + "arr_1 and so on goes by order.")
    }
    if isOnlyTooMuch || cures.isEmpty && !leftOver.isEmpty {
      cures.append("--partial leaves over what no layer takes.")
    }
    return cures
  }

  private var isOnlyTooMuch: Bool {
    !leftOver.isEmpty && missing.isEmpty && unfit.isEmpty && ambiguous.isEmpty && unmatched.isEmpty
  }
}

extension NetworkWeightsError.Problem {
  fileprivate var text: String {
    switch self {
    case .archive(.array(_, let problem)): "\(problem)"
    case .archive(let problem): "\(problem)"
    case .array(let problem): "\(problem)"
    case .ownersAxes(let owner, let said):
      "its shape fits --axes \(said.rawValue) and --axes \(owner.rawValue) alike, and the names are "
        + "\(owner.defaults.owner)'s; say --axes \(owner.rawValue)."
    case .notFloat32(let number):
      "\(number.asciiText) is no float32, as the layer's other numbers are; save it as float32."
    case .parameters(let problem): "\(problem)"
    }
  }
}

/// A shape as Python writes it.
func pythonTuple(_ shape: [Int]) -> String {
  let sides = shape.map(String.init).joined(separator: ", ")
  return shape.count == 1 ? "(\(sides),)" : "(\(sides))"
}
