import ConvolutionEngine
import ExactNumbers

/// Where in a network's gradients something is, as it is written and typed: `dX`, `dv[:,:,1]`,
/// `dv[2,3,1]`; `dKer0[1,2,0]`, a weight of the first filter; `dW3[7]`, one of a dense layer's rows;
/// `db0`; `dbn_gamma[3]` and `dbn_beta[3]`, a batch normalization's. A slice of a cell, one filter's share or one row of windows, is `dX[4,5,0]@1`, one product
/// of it `dX[4,5,0]@[2,1,0]`: the cell of the layer behind whose gradient flows back.
package struct GradientAddress: Sendable, Hashable {
  package let target: GradientTarget
  package let part: Part

  package enum Part: Sendable, Hashable {
    /// All of it.
    case layer
    /// A depth of it, or all of a filter.
    case map(Int)
    /// In the target's shape.
    case cell(Cell)
    /// A filter, or a row of windows.
    case slice(Cell, Int)
    /// The cell of the reader's output.
    case product(Cell, place: Cell)
  }

  package init(_ target: GradientTarget, _ part: Part) {
    self.target = target
    self.part = part
  }

  /// The number that it is of, in the target's shape; nil for all of it and for maps.
  package var cell: Cell? {
    switch part {
    case .layer, .map: nil
    case .cell(let cell), .slice(let cell, _), .product(let cell, _): cell
    }
  }
}

extension Network {
  /// A gradient's address as it is written.
  package func text(of address: GradientAddress) -> String {
    switch address.part {
    case .layer: return wholeName(of: address.target)
    case .map(let map): return mapName(map, of: address.target)
    case .cell(let cell): return cellName(cell, of: address.target)
    case .slice(let cell, let slice): return "\(cellName(cell, of: address.target))@\(slice)"
    case .product(let cell, let place): return "\(cellName(cell, of: address.target))@\(place)"
    }
  }

  private func wholeName(of target: GradientTarget) -> String {
    let names = CodeNames(self)
    switch target {
    case .source(let source): return "d\(name(of: source))"
    case .weights(let index): return "d\(names.filters(layers[index]))"
    case .bias(let index): return "d\(names.biases(layers[index]))"
    }
  }

  private func mapName(_ map: Int, of target: GradientTarget) -> String {
    switch target {
    case .source(let source): "d\(name(of: source))[:,:,\(map)]"
    case .weights(let index): "d\(CodeNames(self).filter(layers[index], map))"
    case .bias(let index): "d\(CodeNames(self).bias(layers[index], map))"
    }
  }

  /// A cell of a gradient, or of what it is taken by without the `d`: `dKer0[1,2,0]`.
  package func cellName(_ cell: Cell, of target: GradientTarget, mark: String = "d") -> String {
    switch target {
    case .source(let source): return "\(mark)\(name(of: source))\(cell)"
    case .weights(let index):
      let (filter, place) = layers[index].filterPlace(of: cell)
      let name = CodeNames(self).filter(layers[index], filter)
      if layers[index].normalization != nil { return mark + name }
      return layers[index].windows == nil
        ? "\(mark)\(name)[\(place.depth)]" : "\(mark)\(name)\(place)"
    case .bias(let index): return "\(mark)\(CodeNames(self).bias(layers[index], cell.depth))"
    }
  }
}

extension Network {
  /// What a gradient is taken by, from its name: `X`, a layer, `v.weight`, `v.bias`; an exact layer
  /// name wins. A batch normalization's weight is its γ, its bias its β, also `bn.gamma`, `bn.beta`.
  ///
  /// - Throws: `AddressError.unknownLayer`; `.noSuchGrain` for weights that a layer has not.
  package func gradientTarget(named name: String) throws(AddressError) -> GradientTarget {
    if let layer = layer(named: name) { return .source(.layer(layer.index)) }
    if name == inputName { return .source(.input) }
    for ending in [".weight", ".bias", ".gamma", ".beta"] where name.hasSuffix(ending) {
      guard let layer = layer(named: String(name.dropLast(ending.count))) else { continue }
      let isNormalization = layer.normalization != nil
      guard isNormalization || ending == ".weight" || ending == ".bias" else { continue }
      let isWeight = ending == ".weight" || ending == ".gamma"
      let target: GradientTarget =
        isWeight ? .weights(layer: layer.index) : .bias(layer: layer.index)
      let what =
        isNormalization ? isWeight ? "γ" : "β" : isWeight ? "weights" : "biases"
      guard shape(of: target) != nil else {
        throw .noSuchGrain(address: name, layer: layer.name, what: "\(what) to take a gradient by")
      }
      return target
    }
    throw .unknownLayer(name, known: [inputName] + layers.map(\.name))
  }

  /// Reads an address of the way back, where no layer has the name that it begins with.
  ///
  /// - Returns: nil where it is none, but may be one of the walk forward.
  package func gradientAddress(typed text: String) throws(AddressError) -> GradientAddress? {
    if let address = try? Address(parsing: text), layer(named: address.layer) != nil { return nil }
    do throws(AddressError) {
      return try gradientAddress(parsing: text)
    } catch {
      switch error {
      case .unknownLayer: return nil
      case .notAGradient where !text.hasPrefix("d"): return nil
      default: throw error
      }
    }
  }

  /// Reads a gradient's address; spaces are ignored.
  package func gradientAddress(parsing text: String) throws(AddressError) -> GradientAddress {
    let compact = text.filter { $0 != " " }
    guard compact.first == "d" else { throw .notAGradient(text) }
    let halves = compact.dropFirst().split(
      separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let head = halves.first ?? ""
    let bracket = head.firstIndex(of: "[") ?? head.endIndex
    let name = String(head[..<bracket])
    let index = head[bracket...]
    if let target = try? gradientTarget(named: name) {
      return GradientAddress(target, try part(index, halves.dropFirst().first, of: target, text))
    }
    guard let (target, filter) = filterOrBias(named: name) else {
      if let stems = stems(of: name) { throw .ofSeveral("d\(name)", names: stems.map { "d\($0)" }) }
      throw .unknownLayer(name, known: [inputName] + layers.map(\.name))
    }
    return GradientAddress(
      target, try part(index, halves.dropFirst().first, of: target, filter: filter, text))
  }

  /// `Ker0` and `b0` as what they are, and which.
  private func filterOrBias(named name: String) -> (GradientTarget, Int?)? {
    let names = CodeNames(self)
    if let target = names.learned(named: name), shape(of: target) != nil { return (target, nil) }
    for layer in layers {
      guard let parameters = layer.parameters else { continue }
      let stems = [
        (names.filters(layer), GradientTarget.weights(layer: layer.index)),
        (names.biases(layer), .bias(layer: layer.index)),
      ]
      for (stem, target) in stems where name.hasPrefix(stem) && shape(of: target) != nil {
        let number = name.dropFirst(stem.count)
        if number.isEmpty { return (target, parameters.filters == 1 ? 0 : nil) }
        if let filter = Int(number), number.allSatisfy(\.isNumber) { return (target, filter) }
      }
    }
    return nil
  }

  /// What `Ker0`, `W0` or `b0` may stand for where several layers have weights; nil for any other name.
  private func stems(of name: String) -> [String]? {
    guard let stem = CodeNames.stem(of: name) else { return nil }
    let names = CodeNames(self)
    let number = name.dropFirst(stem.count)
    let found = layers.filter { $0.parameters != nil }.flatMap { layer in
      [names.filters(layer)] + (layer.parameters?.bias == nil ? [] : [names.biases(layer)])
    }
    let alike = found.filter { $0.hasSuffix("_\(stem)") }.map { $0 + number }
    return alike.isEmpty ? nil : alike
  }

  private func part(
    _ index: Substring, _ rest: Substring?, of target: GradientTarget, filter: Int?? = nil,
    _ text: String
  ) throws(AddressError) -> GradientAddress.Part {
    guard let shape = shape(of: target) else { throw .notAGradient(text) }
    var numbers = Address.numbers(index)
    if isOfNormalization(target) {
      if numbers?.count == 1, let only = numbers?.first { numbers = [0, 0, only] }
    } else if let filter {
      guard let filter else {
        guard index.isEmpty, rest == nil else { throw .notAGradient(text) }
        return .layer
      }
      guard case .bias = target else {
        guard !index.isEmpty else { return try checked(.map(filter), in: shape, target, text) }
        // A number beyond all filters is refused before it is multiplied.
        _ = try checked(.map(filter), in: shape, target, text)
        let depth = weightDepth(of: target)
        if numbers?.count == 1, let only = numbers?.first { numbers = [0, 0, only] }
        guard let place = numbers, place.count == 3, (0..<depth).contains(place[2]) else {
          throw .outside(
            address: text, what: "a filter is", size: "\(shape.width)×\(shape.height)×\(depth)")
        }
        let cell = Cell(place[0], place[1], filter * depth + place[2])
        return try checked(inner(cell, rest, text), in: shape, target, text)
      }
      guard index.isEmpty else { throw .notAGradient(text) }
      return try checked(inner(Cell(0, 0, filter), rest, text), in: shape, target, text)
    }
    if index.isEmpty, rest == nil { return .layer }
    if rest == nil, let map = Address.map(index) {
      return try checked(.map(map), in: shape, target, text)
    }
    guard let numbers, numbers.count == 3 else { throw .notAGradient(text) }
    let cell = Cell(numbers[0], numbers[1], numbers[2])
    return try checked(inner(cell, rest, text), in: shape, target, text)
  }

  private func isOfNormalization(_ target: GradientTarget) -> Bool {
    switch target {
    case .source: false
    case .weights(let index), .bias(let index): layers[index].normalization != nil
    }
  }

  private func weightDepth(of target: GradientTarget) -> Int {
    guard case .weights(let index) = target else { return 1 }
    return layers[index].parameters?.filter.depth ?? 1
  }

  private func inner(
    _ cell: Cell, _ rest: Substring?, _ text: String
  ) throws(AddressError) -> GradientAddress.Part {
    guard let rest else { return .cell(cell) }
    if let slice = Int(rest) { return .slice(cell, slice) }
    guard let place = Address.numbers(rest), place.count == 3 else { throw .notAGradient(text) }
    return .product(cell, place: Cell(place[0], place[1], place[2]))
  }

  private func checked(
    _ part: GradientAddress.Part, in shape: Shape, _ target: GradientTarget, _ text: String
  ) throws(AddressError) -> GradientAddress.Part {
    let cell: Cell
    switch part {
    case .layer: return part
    case .map(let map):
      let depth = map.multipliedReportingOverflow(by: weightDepth(of: target))
      // What overflows lies outside, as every negative number does.
      cell = Cell(0, 0, depth.overflow ? -1 : depth.partialValue)
    case .cell(let found), .slice(let found, _), .product(let found, _): cell = found
    }
    guard shape.contains(cell) else {
      throw .outside(address: text, what: "\(wholeName(of: target)) is", size: "\(shape)")
    }
    return part
  }
}
