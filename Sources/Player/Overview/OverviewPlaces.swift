import Canvas
import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// Where the place that is marked lies in each layer.
extension View {
  /// The cell of the chosen map that is marked, and walked into: the place itself, else the largest
  /// number of the region that it sees or goes into, or of the whole map where that has nothing of
  /// it; nil until that can be known.
  func placeShown(in overview: OverviewScreen) -> Cell? {
    let shape = network.shape(of: overview.source)
    guard let mark = overview.mark else { return largest(of: overview.map, in: overview.source) }
    guard mark.source != overview.source else { return mark.cell }
    guard !shape.isFlat else { return Cell(0, 0, overview.map) }
    guard let tensor = activations.tensor(of: overview.source),
      let region = region(of: mark, in: overview.source), region.depths.contains(overview.map)
    else { return largest(of: overview.map, in: overview.source) }
    let rows = region.rows.map { row in
      shape.index(Cell(region.columns.lowerBound, row, overview.map))
    }
    let largest = rows.map { start in
      tensor.result(of: Extremes(places: start..<start + region.columns.count))
    }
    .max { $0.high.nearestDouble < $1.high.nearestDouble }
    return largest.map { shape.cell(at: $0.highest) }
  }

  /// Where the largest number of a map stands.
  private func largest(of map: Int, in source: Source) -> Cell? {
    let shape = network.shape(of: source)
    guard !shape.isFlat else { return Cell(0, 0, map) }
    guard let tensor = activations.tensor(of: source) else { return nil }
    let start = shape.plane * map
    return shape.cell(
      at: tensor.result(of: Extremes(places: start..<start + shape.plane)).highest)
  }

  /// What of a layer a place sees, or goes into; nil where that is nothing.
  func region(of mark: OverviewScreen.Mark, in source: Source) -> Influence? {
    let cell = mark.cell
    if mark.source == source { return Influence(cell) }
    if case .layer(let layer) = mark.source {
      if let reach = network.reach(of: cell, in: layer).first(where: { $0.source == source }) {
        return Influence(columns: reach.columns, rows: reach.rows, depths: reach.depths)
      }
    }
    guard case .layer(let later) = source else { return nil }
    return network.influence(of: cell, in: mark.source, on: later)
  }
}
