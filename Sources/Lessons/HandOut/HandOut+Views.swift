import ConvolutionEngine
import ExactNumbers
import Walkthrough

/// What the screen shows beside a text or a question, as far as paper can have it.
extension HandOut {
  /// What the stop's own view shows.
  func view(of stop: Stop) -> [String] {
    guard let address = (stop.at ?? stop.from)?.step, let scene = lesson.scenes[stop.scene] else {
      return []
    }
    let network = scene.network
    let layer = network.layer(named: address.layer) ?? network.layers[0]
    switch stop.view {
    case .strip: return strip(layer, in: network)
    case .readers: return readers(address, of: layer, in: network)
    case .table: return ShapeTable(network).lines
    case .walk, .text, .column, .stretched, .shift, .pictures: return []
    }
  }

  /// The windows along the width, and the formula that counts them.
  private func strip(_ layer: Layer, in network: Network) -> [String] {
    guard let windows = layer.windows?.x, windows.positions <= 32 else { return [] }
    let places = (0..<windows.positions).map { windows.span(of: $0) }
    return wrapped(
      "Windows of \(layer.name) over the columns of \(network.name(of: layer.sources[0])): "
        + "\(places.joined(separator: ", ")).", to: Page.width - 2) + [windows.formula.text]
  }

  /// Which cells of a map read a cell of the input.
  private func readers(_ address: Address, of layer: Layer, in network: Network) -> [String] {
    guard let windows = layer.windows, case .cell(let cell) = address.part,
      address.layer == network.inputName
    else { return [] }
    func list(_ readers: [(position: Int, tap: Int)]) -> String {
      readers.isEmpty ? "none" : readers.map { "\($0.position)" }.joined(separator: ", ")
    }
    return [
      "\(address) is read by the windows of \(layer.name) in columns "
        + "\(list(windows.x.readers(of: cell.x))) and rows \(list(windows.y.readers(of: cell.y)))."
    ]
  }

  /// The window that a question is about: where it lies, and its numbers where the input is too
  /// large to be printed. Nothing where the question asks for something else than the cell there.
  mutating func window(of question: Question, at stop: Stop) -> [String] {
    guard let account = account(of: stop), account.shows(question.answer),
      let address = stop.at?.step, let scene = lesson.scenes[stop.scene],
      let layer = scene.network.layer(named: address.layer), let windows = layer.windows
    else { return [] }
    let cell = account.cell
    let place = wrapped(
      "The window of \(layer.name)\(cell): columns \(windows.x.span(of: cell.x)), rows "
        + "\(windows.y.span(of: cell.y)) of \(scene.network.name(of: layer.sources[0])).",
      to: Page.width - 2)
    guard layer.sources[0] == .input, !isWritten(scene.network.input),
      case .weightedSum(let sum) = account.working
    else { return place }
    return place
      + grids("", sum.filter) { sum.inputs[sum.filter.index($0)] ?? .zero }.dropFirst()
  }
}

extension CellAccount {
  /// Whether what is asked for is among the numbers of the cell's working: its value, a slice or row
  /// sum, a product, or the place that wins.
  func shows(_ answer: [Number]) -> Bool {
    guard let first = answer.first else { return false }
    if case .maximum(let candidates) = working, answer.count == 2 {
      return candidates.winners.contains { winner in
        let cell = candidates.cells[winner]
        return answer == [Number(Int128(cell.x)), Number(Int128(cell.y))]
      }
    }
    guard answer.count == 1 else { return false }
    if first == total { return true }
    guard case .weightedSum(let sum) = working else { return false }
    let sums = (0..<sum.filter.depth).flatMap { depth in
      [sum.sum(sum.slice(depth))]
        + (0..<sum.filter.height).map { sum.sum(sum.row($0, ofSlice: depth)) }
    }
    return (sums + sum.products).contains(first)
  }
}

extension WindowAxis {
  /// `2 to 4`
  fileprivate func span(of position: Int) -> String {
    "\(start(of: position)) to \(start(of: position) + extent - 1)"
  }
}
