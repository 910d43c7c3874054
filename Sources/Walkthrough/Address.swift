import ConvolutionEngine
import ExactNumbers

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
  case notAGradient(String)
  /// Weights or biases of one of several layers.
  case ofSeveral(String, names: [String])
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
    case .notAGradient(let text):
      return
        "\(text.quoted) is not a gradient's address; write dX, dX[4,5,0], dKer0[1,2,0], dW3[7] "
        + "or db0."
    case .ofSeveral(let name, let names):
      let shown = names.count <= 4 ? names : names.prefix(3) + ["…"]
      return "\(name.quoted) does not say of which layer; write \(shown.joined(separator: ", "))."
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
    guard Network.isLayerName(layer) else { throw .notAnAddress(text) }
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
  static func numbers(_ text: Substring) -> [Int]? {
    guard text.first == "[", text.last == "]", text.count > 2 else { return nil }
    let parts = text.dropFirst().dropLast().split(
      separator: ",", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }
    return numbers.count == parts.count ? numbers : nil
  }

  /// `[:,:,1]` as its map.
  static func map(_ text: Substring) -> Int? {
    guard text.hasPrefix("[:,:,"), text.last == "]" else { return nil }
    return Int(text.dropFirst(5).dropLast())
  }
}

extension AddressError {
  /// Of many names, the three that share most parts with one, parts being letters or digits that
  /// stand together: `conv5_3` and `block5_conv3` share three. Then those that agree longest from
  /// the front, then the shortest.
  private static func nearest(to name: String, in known: [String]) -> [String] {
    let typed = parts(of: name)
    let ranked = known.enumerated().map { index, other in
      let parts = parts(of: other)
      let shared = Set(parts).reduce(0) { sum, part in
        sum + min(count(of: part, in: parts), count(of: part, in: typed))
      }
      let agreeing = zip(name.lowercased(), other.lowercased()).prefix { $0 == $1 }.count
      return (name: other, rank: (-shared, -agreeing, other.count, index))
    }
    return ranked.sorted { $0.rank < $1.rank }.prefix(3).map(\.name)
  }

  /// `Block5_conv3` is block, 5, conv and 3.
  private static func parts(of name: String) -> [String] {
    var parts: [String] = []
    var isAfterPart = false
    for letter in name.lowercased() {
      let isPart = letter.isLetter || letter.isNumber
      if isPart, isAfterPart, parts.last?.last?.isNumber == letter.isNumber {
        parts[parts.count - 1].append(letter)
      } else if isPart {
        parts.append(String(letter))
      }
      isAfterPart = isPart
    }
    return parts
  }

  private static func count(of part: String, in parts: [String]) -> Int {
    parts.count { $0 == part }
  }
}
