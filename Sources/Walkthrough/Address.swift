import ConvolutionEngine

/// Where something is, as it is written and typed.
///
/// `v` is a layer, `v[:,:,1]` a map, `v[2,3,1]` a cell, `v[2,3,1]@2` its slice at input depth 2,
/// and `v[2,3,1]@[0,4,2]` one product: column 0, row 4 inside the window, input depth 2.
package struct Address: Sendable, Hashable {
  package enum Part: Sendable, Hashable {
    case layer
    case map(Int)
    case cell(Cell)
    case slice(Cell, depth: Int)
    /// The place is inside the window; its depth is the input's.
    case product(Cell, place: Cell)
  }

  package let layer: String
  package let part: Part

  package init(layer: String, part: Part) {
    self.layer = layer
    self.part = part
  }
}

extension Address: CustomStringConvertible {
  package var description: String {
    switch part {
    case .layer: layer
    case .map(let map): "\(layer)[:,:,\(map)]"
    case .cell(let cell): "\(layer)\(cell)"
    case .slice(let cell, let depth): "\(layer)\(cell)@\(depth)"
    case .product(let cell, let place): "\(layer)\(cell)@\(place)"
    }
  }
}

/// Why an address leads nowhere.
package enum AddressError: Error, Equatable {
  case notAnAddress(String)
  case unknownLayer(String, known: [String])
  case outside(address: String, what: String, size: String)
  case noSuchGrain(address: String, layer: String, what: String)
}

extension AddressError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notAnAddress(let text):
      return "\(text.quoted) is not an address; write v, v[2,3,1], v[2,3,1]@2 or "
        + "v[2,3,1]@[0,4,2]."
    case .unknownLayer(let name, let known):
      let few = known.count <= 12
      let shown = few ? known : AddressError.nearest(to: name, in: known)
      return "there is no layer \(name.quoted); "
        + (few ? "the layers are " : "of its \(known.count) layers the nearest are ")
        + "\(shown.joined(separator: ", "))."
    case .outside(let address, let what, let size):
      return "\(address) lies outside: \(what) \(size)."
    case .noSuchGrain(let address, let layer, let what):
      return "\(address) does not exist: \(layer) has no \(what)."
    }
  }
}

extension Address {
  /// Reads an address; spaces are ignored.
  package init(parsing text: String) throws(AddressError) {
    let compact = text.filter { $0 != " " }
    let halves = compact.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard let head = halves.first, !head.isEmpty else { throw .notAnAddress(text) }
    let bracket = head.firstIndex(of: "[") ?? head.endIndex
    let layer = String(head[..<bracket])
    guard Network.isName(layer) else { throw .notAnAddress(text) }
    let numbers = bracket == head.endIndex ? nil : Address.numbers(head[bracket...])
    if bracket == head.endIndex, halves.count == 1 {
      self.init(layer: layer, part: .layer)
    } else if halves.count == 1, let map = Address.map(head[bracket...]) {
      self.init(layer: layer, part: .map(map))
    } else if let numbers, numbers.count == 3 {
      let cell = Cell(numbers[0], numbers[1], numbers[2])
      guard halves.count == 2 else {
        self.init(layer: layer, part: .cell(cell))
        return
      }
      if let depth = Int(halves[1]) {
        self.init(layer: layer, part: .slice(cell, depth: depth))
      } else if let place = Address.numbers(halves[1]), place.count == 3 {
        self.init(
          layer: layer, part: .product(cell, place: Cell(place[0], place[1], place[2])))
      } else {
        throw .notAnAddress(text)
      }
    } else {
      throw .notAnAddress(text)
    }
  }

  /// `[1,2,3]` as its numbers.
  private static func numbers(_ text: Substring) -> [Int]? {
    guard text.first == "[", text.last == "]", text.count > 2 else { return nil }
    let parts = text.dropFirst().dropLast().split(
      separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }
    return numbers.count == parts.count ? numbers : nil
  }

  /// `[:,:,1]` as its map.
  private static func map(_ text: Substring) -> Int? {
    guard text.hasPrefix("[:,:,"), text.last == "]" else { return nil }
    return Int(text.dropFirst(5).dropLast())
  }
}

extension AddressError {
  /// Of many names, the three that agree longest with one from the front.
  private static func nearest(to name: String, in known: [String]) -> [String] {
    let ranked = known.enumerated().map { index, other in
      (other, agreeing: zip(name, other).prefix { $0 == $1 }.count, index)
    }
    return ranked.sorted { ($1.agreeing, $0.2) < ($0.agreeing, $1.2) }.prefix(3).map(\.0)
  }
}
