import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// What the settings make of the layer, where there is room: its first map, and before beside after.
extension SettingsEditor {
  /// - Parameter changed: the network as it is set now.
  func panels(_ view: View, _ changed: Network) -> [Panel] {
    let before = original.network.layers[layer]
    return [
      mapsPanel(view, changed), changePanel(before, changed.layers[layer], of: changed),
    ].compactMap(\.self)
  }

  private func changePanel(_ before: Layer, _ now: Layer, of changed: Network) -> Panel {
    func last(_ network: Network) -> String { network.layers.last.map { "\($0.output)" } ?? "" }
    let rows = [
      ("input", "\(before.input)", "\(now.input)"),
      ("output", "\(before.output)", "\(now.output)"),
      ("parameters", grouped(before.parameterCount), grouped(now.parameterCount)),
      ("products", grouped(before.multiplyAdds), grouped(now.multiplyAdds)),
      ("at the end", last(original.network), last(changed)),
      ("all in all", grouped(original.network.parameterCount), grouped(changed.parameterCount)),
    ]
    let width = max(6, rows.map(\.1.unicodeScalars.count).max() ?? 0)
    let nowWidth = max(6, rows.map(\.2.unicodeScalars.count).max() ?? 0)
    return Panel(
      name: .change, sizes: [Size(columns: 12 + width + 4 + nowWidth, rows: rows.count + 1)]
    ) { screen, corner, _ in
      let (column, row) = (corner.column + 12, corner.row)
      screen.frame.put("before", column, row, .heading)
      screen.frame.put("now", column + width + 4, row, .heading)
      for (line, (label, before, now)) in rows.enumerated() {
        let isChanged = before != now
        screen.frame.put(label, corner.column, row + 1 + line, .faint)
        screen.frame.put(before, column, row + 1 + line)
        if isChanged { screen.frame.put("~", column + width + 3, row + 1 + line, .changed) }
        screen.frame.put(
          now, column + width + 4, row + 1 + line, isChanged ? .changed : .plain)
      }
    }
  }

  /// The beginning of the layer's first map as it is set, and where there is room beside it as it
  /// was; nil where what the layer takes is not computed.
  private func mapsPanel(_ view: View, _ changed: Network) -> Panel? {
    let known = isUnchanged ? view.activations : activations(changed, view)
    guard let now = known.flatMap({ map(changed.layers[layer], $0) }) else { return nil }
    let before = map(original.network.layers[layer], view.activations)
    let name = original.network.layers[layer].name
    let parts = [[("now", now)] + (before.map { [("before", $0)] } ?? []), [("now", now)]]
    let sizes = [Size(columns: 8, rows: 8), Size(columns: 6, rows: 5), Size(columns: 5, rows: 3)]
    let wholes = parts.flatMap { parts in
      sizes.map { size in
        parts.map { ("\(name), map [0], \($0.0)", $0.1.cropped(to: size)) }
      }
    }
    func width(_ part: (title: String, grid: NumberGrid)) -> Int {
      max(part.grid.width, part.title.unicodeScalars.count) + 3
    }
    func size(_ parts: [(title: String, grid: NumberGrid)]) -> Size {
      Size(
        columns: parts.reduce(-3) { $0 + width($1) },
        rows: (parts.map(\.grid.rows.count).max() ?? 0) + 2)
    }
    return Panel(name: .maps, sizes: wholes.map(size)) { screen, corner, found in
      var column = corner.column
      for part in wholes.first(where: { size($0) == found }) ?? [] {
        screen.frame.put(part.0, column, corner.row, .heading)
        part.1.draw(on: &screen, column, corner.row + 1)
        column += width(part)
      }
    }
  }

  /// nil where a cell costs too much for a key.
  private func map(_ layer: Layer, _ known: Activations) -> NumberGrid? {
    let cost = max(layer.productsPerCell, layer.placesPerCell) * 64
    guard !layer.output.isFlat, cost <= SettingsEditor.mostProducts,
      known.inputs(of: layer.index) != nil
    else { return nil }
    return NumberGrid(
      columns: 0..<layer.output.width, rows: 0..<layer.output.height, cellWidth: 6
    ) { x, y in
      let value = try? known.value(of: Cell(x, y, 0), in: layer.index)
      return NumberGrid.Entry(text: value?.text(fitting: 5) ?? "!", role: .result)
    }
  }

  /// What the layer takes with these settings; nil where that is not computed.
  private func activations(_ network: Network, _ view: View) -> Activations? {
    let input = original.input.fitted(to: network.input)
    var activations = Activations(network, input: input)
    for case .layer(let index) in network.layers[layer].sources {
      guard input == view.subject.input, let output = view.activations.output(of: index),
        output.shape == network.layers[index].output
      else { return nil }
      activations.store(output, for: index)
    }
    return activations
  }

  /// The products that a key may cost.
  private static let mostProducts = 20_000
}

extension NumberGrid {
  /// Its beginning.
  fileprivate func cropped(to size: Size) -> NumberGrid {
    var grid = self
    grid.crop(columns: size.columns, rows: size.rows, around: nil)
    return grid
  }
}
