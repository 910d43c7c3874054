import Canvas
import ConvolutionEngine

/// The layers of a network side by side, the chosen one in brackets: `X ─[conv1]─ relu ─ … ─ fc2`.
///
/// Behind a layer that several read stands `(`, before each further way from it `|`, and `)` where
/// they meet: `relu ─( conv1 ─ conv2 | conv0 )─ add`.
struct NetworkStrip {
  /// A layer, or the input, and what stands before it.
  struct Piece: Equatable {
    /// nil: some that are left out.
    var source: Source?
    var text: String
    var link: String

    var width: Int { text.unicodeScalars.count + link.unicodeScalars.count }
  }

  /// The rows of the strip.
  let rows: [[Piece]]

  /// - Parameter widths: how many columns each row has.
  init(_ network: Network, chosen: Source, widths: [Int]) {
    let whole = NetworkStrip(network, chosen: chosen, widths: widths, longest: 24)
    let isPoor = whole.rows.joined().count < min(NetworkStrip.enough, network.layers.count + 1)
    self = isPoor ? NetworkStrip(network, chosen: chosen, widths: widths, longest: 10) : whole
  }

  /// So many pieces show where a layer stands: both ends, what is left out, and a neighbour.
  private static let enough = 6

  /// - Parameter longest: of the names of layers that are not chosen.
  private init(_ network: Network, chosen: Source, widths: [Int], longest: Int) {
    let count = network.layers.count
    let last = count - 1
    var chosenIndex = -1
    if case .layer(let index) = chosen { chosenIndex = index }
    let words = Words(network, chosen: chosenIndex, longest: longest)
    // The nearest to the chosen one first, with both ends, as many as fit.
    var shown: Set<Int> = [-1, chosenIndex, last]
    var rows =
      NetworkStrip.rows(words, shown.sorted(), widths)
      ?? NetworkStrip.rows(words, [chosenIndex], widths) ?? []
    for distance in 1...max(1, count + 1) {
      for index in [chosenIndex + distance, chosenIndex - distance]
      where (-1...last).contains(index) && !shown.contains(index) {
        guard let more = NetworkStrip.rows(words, shown.union([index]).sorted(), widths) else {
          self.rows = rows
          return
        }
        shown.insert(index)
        rows = more
      }
      if shown.count == count + 1 { break }
    }
    self.rows = rows
  }

  /// The pieces of some layers, those between left out; nil where they find no room.
  private static func rows(_ words: Words, _ shown: [Int], _ widths: [Int]) -> [[Piece]]? {
    var rows: [[Piece]] = [[]]
    var width = 0
    func add(_ piece: Piece) -> Bool {
      if width + piece.width > widths[rows.count - 1] - 2 {
        guard rows.count < widths.count else { return false }
        rows.append([])
        width = 0
      }
      rows[rows.count - 1].append(piece)
      width += piece.width
      return width <= widths[rows.count - 1]
    }
    var before: Int?
    for index in shown {
      if let before, index > before + 1 {
        let link = before == words.chosen ? "─ " : " ─ "
        guard add(Piece(source: nil, text: "…", link: link)) else { return nil }
      }
      guard add(words.piece(index, after: before)) else { return nil }
      before = index
    }
    return rows
  }
}

/// What all layers are called in a strip, and what stands before them: looked up once, for what is shown
/// is tried layer by layer.
private struct Words {
  let chosen: Int
  /// By the layer, after the input: alone, and behind the layer before it.
  private let alone: [NetworkStrip.Piece]
  private let behind: [NetworkStrip.Piece]

  init(_ network: Network, chosen: Int, longest: Int) {
    self.chosen = chosen
    let forks = network.forks
    func piece(_ index: Int, after before: Int?) -> NetworkStrip.Piece {
      let isChosen = index == chosen
      var link = before.map { network.link(from: $0, to: index, forks) } ?? " ─ "
      // Brackets take the blanks of the links beside them.
      if isChosen, link.last == " " { link.removeLast() }
      if before == chosen, link.first == " " { link.removeFirst() }
      return NetworkStrip.Piece(
        source: index < 0 ? .input : .layer(index),
        text: network.stripName(index, after: before, isChosen, longest: longest), link: link)
    }
    alone = (-1..<network.layers.count).map { piece($0, after: nil) }
    behind = (-1..<network.layers.count).map { piece($0, after: $0 < 0 ? nil : $0 - 1) }
  }

  /// - Parameter before: the one that is drawn before it; nil at the beginning.
  func piece(_ index: Int, after before: Int?) -> NetworkStrip.Piece {
    if before == index - 1 { return behind[index + 1] }
    var piece = alone[index + 1]
    if before == nil { piece.link = "" }
    return piece
  }
}

extension Network {
  /// What more than one layer reads.
  fileprivate var forks: Set<Source> {
    var readers: [Source: Int] = [:]
    for layer in layers {
      for source in Set(layer.sources) { readers[source, default: 0] += 1 }
    }
    return Set(readers.filter { $0.value > 1 }.keys)
  }

  /// What stands between two layers, of which the second is drawn next.
  fileprivate func link(from first: Int, to second: Int, _ forks: Set<Source>) -> String {
    let before: Source = first < 0 ? .input : .layer(first)
    let layer = layers[second]
    let splits = forks.contains(before) ? "(" : ""
    if layer.sources.count > 1 { return splits.isEmpty ? " )─ " : " ─()─ " }
    guard layer.sources == [before] else { return " | " }
    return splits.isEmpty ? " ─ " : " ─( "
  }

  /// A layer's name, without what it shares with the one drawn before it: `relu` behind
  /// `block1_conv1` for `block1_conv1_relu`.
  fileprivate func stripName(
    _ index: Int, after before: Int?, _ isChosen: Bool, longest: Int
  ) -> String {
    let name = index < 0 ? inputName : layers[index].name
    if isChosen { return "[\(cut(name, to: 24))]" }
    guard let before, before >= 0, index >= 0 else { return cutInside(name, to: longest) }
    return cutInside(name.withoutSharedStart(of: layers[before].name), to: longest)
  }
}

extension String {
  /// The rest behind the parts, which `_` or `.` end, that another name begins with too.
  fileprivate func withoutSharedStart(of other: String) -> String {
    var rest = Substring(self)
    let isSeparator = { (letter: Character) in letter == "_" || letter == "." }
    var shared = Substring(other)
    while let end = rest.firstIndex(where: isSeparator) {
      let part = rest[..<end]
      let otherPart = shared.prefix { !isSeparator($0) }
      let next = rest[rest.index(after: end)...]
      guard part == otherPart, !next.isEmpty else { break }
      rest = next
      shared = shared.dropFirst(otherPart.count + 1)
    }
    return String(rest)
  }
}
