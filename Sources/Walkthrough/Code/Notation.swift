import ConvolutionEngine

/// The library whose line of code a step shows. It changes the code, never the numbers.
package enum Notation: String, Sendable, Hashable, CaseIterable {
  /// The source material's own: `X[x, y, depth]`.
  case numpy
  /// `X[depth, y, x]`
  case pytorch
  /// `X[y, x, depth]`
  case keras

  package var title: String {
    switch self {
    case .numpy: "numpy"
    case .pytorch: "PyTorch"
    case .keras: "Keras"
    }
  }

  package var next: Notation {
    switch self {
    case .numpy: .pytorch
    case .pytorch: .keras
    case .keras: .numpy
    }
  }

  /// An index or slice for each axis, in this notation's order.
  func index(x: String, y: String, depth: String) -> String {
    switch self {
    case .numpy: "[\(x), \(y), \(depth)]"
    case .pytorch: "[\(depth), \(y), \(x)]"
    case .keras: "[\(y), \(x), \(depth)]"
    }
  }

  /// One cell, written close: `[1,1,0]`.
  func index(_ cell: Cell) -> String {
    switch self {
    case .numpy: "[\(cell.x),\(cell.y),\(cell.depth)]"
    case .pytorch: "[\(cell.depth),\(cell.y),\(cell.x)]"
    case .keras: "[\(cell.y),\(cell.x),\(cell.depth)]"
    }
  }

  /// An array laid in one row, its numbers in the order of a flatten, as one expression.
  ///
  /// - Parameter shape: the array's, width × height × depth.
  func flat(_ array: String, _ order: FlatOrder, from shape: Shape) -> String {
    let isKeras = order.isKeras(over: shape)
    switch self {
    case .numpy:
      return isKeras ? "\(array).transpose(1, 0, 2).flatten()" : "\(array).flatten(order='F')"
    case .pytorch:
      return isKeras ? "\(array).permute(1, 2, 0).flatten()" : "\(array).flatten()"
    case .keras:
      return isKeras || FlatOrder.isEither(over: shape)
        ? "\(array).flatten()" : "ops.ravel(ops.transpose(\(array), (2, 0, 1)))"
    }
  }

  /// Whether a library holds an array as a vector: what is flattened loses two axes, except in
  /// the source's numpy, where it keeps them with one place each.
  func isVector(_ source: Source, in network: Network) -> Bool {
    guard self != .numpy else { return false }
    var source = source
    while case .layer(let index) = source {
      let layer = network.layers[index]
      let words = layer.operation.words
      let isVector = words.isVector(self, over: true)
      // A kind whose output is the same either way settles it.
      guard isVector != words.isVector(self, over: false) else { return isVector }
      source = layer.sources[0]
    }
    return false
  }

  /// The module whose `sum`, `max` and so on are called.
  var module: String {
    switch self {
    case .numpy: "np"
    case .pytorch: "torch"
    case .keras: "ops"
    }
  }
}

/// What a layer's arrays are called in code and on screen.
package struct CodeNames: Sendable, Equatable {
  private let network: Network
  private let prefixed: Bool

  package init(_ network: Network) {
    self.network = network
    prefixed =
      network.layers.count { $0.parameters != nil } > 1
      || ([network.inputName] + network.layers.map(\.name)).contains {
        CodeNames.stem(of: $0) != nil
      }
  }

  /// `Ker` of `Ker0`: how a name begins that an only layer's filters or biases have; nil for others.
  static func stem(of name: String) -> String? {
    ["Ker", "W", "b"].first { stem in
      name.hasPrefix(stem) && name.dropFirst(stem.count).allSatisfy(\.isNumber)
    }
  }

  /// A layer's or the input's array; `features.0` and `0` are no Python names, so they
  /// become `features_0` and `_0`.
  package func array(_ source: Source) -> String { python(network.name(of: source)) }

  package func array(_ layer: Layer) -> String { python(layer.name) }

  /// `Ker` for an only filter, `Ker0` for the first of several; with the layer's name before it
  /// where more than one layer has filters, or one is called like that. A dense layer's rows are
  /// `W0`, `W1`, …; a batch normalization's scale is `bn_gamma[0]`.
  package func filter(_ layer: Layer, _ map: Int) -> String {
    if layer.normalization != nil { return "\(filters(layer))[\(map)]" }
    return stem(layer, isDense(layer) ? "W" : "Ker") + number(layer, map)
  }

  package func bias(_ layer: Layer, _ map: Int) -> String {
    if layer.normalization != nil { return "\(biases(layer))[\(map)]" }
    return stem(layer, "b") + number(layer, map)
  }

  /// The layer and the map whose filter, or row of weights, is called so; nil for any other name.
  package func filter(named name: String) -> (layer: Layer, map: Int)? {
    parameters(named: name, filter)
  }

  /// The layer and the map whose bias is called so; nil for any other name.
  package func bias(named name: String) -> (layer: Layer, map: Int)? {
    parameters(named: name, bias)
  }

  /// A batch normalization's γ or β of that name, which a number in brackets follows; nil for any
  /// other name.
  func learned(named name: String) -> GradientTarget? {
    for layer in network.layers where layer.normalization != nil {
      if name == filters(layer) { return .weights(layer: layer.index) }
      if name == biases(layer) { return .bias(layer: layer.index) }
    }
    return nil
  }

  private func parameters(
    named name: String, _ text: (Layer, Int) -> String
  ) -> (layer: Layer, map: Int)? {
    let digits = name.unicodeScalars.reversed().prefix { ("0"..."9").contains($0) }.count
    let map = Int(name.suffix(digits)) ?? 0
    let layer = network.layers.first {
      map < ($0.parameters?.filters ?? 0) && text($0, map) == name
    }
    return layer.map { ($0, map) }
  }

  /// All filters or biases as one array: `Ker[k]`.
  func filters(_ layer: Layer) -> String {
    layer.normalization != nil
      ? normalization(layer, "gamma") : stem(layer, isDense(layer) ? "W" : "Ker")
  }
  func biases(_ layer: Layer) -> String {
    layer.normalization != nil ? normalization(layer, "beta") : stem(layer, "b")
  }

  /// One of a batch normalization's arrays, a number a map: `bn_gamma`.
  func normalization(_ layer: Layer, _ name: String) -> String {
    "\(python(layer.name))_\(name)"
  }

  private func isDense(_ layer: Layer) -> Bool { layer.windows == nil }

  private func stem(_ layer: Layer, _ name: String) -> String {
    prefixed ? "\(python(layer.name))_\(name)" : name
  }

  private func number(_ layer: Layer, _ map: Int) -> String {
    (layer.parameters?.filters ?? 1) > 1 ? "\(map)" : ""
  }

  private func python(_ name: String) -> String {
    let letters = String(name.map { $0 == "." ? "_" : $0 })
    let name = letters.first?.isNumber == true ? "_" + letters : letters
    return CodeNames.taken.contains(name) ? name + "_" : name
  }

  /// What means something else in Python or in the code that is shown.
  private static let taken: Set<String> = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield", "k", "x", "y", "np", "torch", "nn", "ops", "keras", "layers",
  ]
}
