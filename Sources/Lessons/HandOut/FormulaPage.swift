import ConvolutionEngine
import ExactNumbers
import FastEvaluation
import Walkthrough

/// All formulas of the course on one page, each with an example that the engine computed.
package enum FormulaPage {
  package static func lines(_ format: Page.Format) -> [String] {
    var page = Page(format)
    page.heading("Formulas", level: 1)
    page.paragraph(
      "W, H and C are an input's width, height and depth; F is a filter's width, K how many filters "
        + "there are, S the stride, P the padding on each side. ⌊ ⌋ rounds down, ⌈ ⌉ up.")
    for (title, formulas) in sections {
      page.heading(title, level: 2)
      for formula in formulas {
        page.paragraph(formula.says)
        page.verbatim(formula.lines)
      }
    }
    return page.lines
  }

  /// A sentence, the formula, and an example.
  private struct Formula {
    let says: String
    let lines: [String]

    init(_ says: String, _ lines: String?...) {
      self.says = says
      self.lines = lines.compactMap { $0 }
    }
  }

  private static var sections: [(title: String, formulas: [Formula])] {
    [
      ("Sizes", sizes), ("Numbers of a cell", cells), ("Costs", costs), ("Who sees what", sight),
      ("What flows back", backward),
    ]
  }
}

extension FormulaPage {
  private static func network(_ input: (Int, Int, Int), _ layers: [String]) -> Network? {
    guard let shape = try? Shape(input.0, input.1, input.2) else { return nil }
    let specifications = layers.compactMap { try? LayerSpecification(parsing: $0) }
    return try? Network(input: shape, layers: specifications)
  }

  private static func layer(_ input: (Int, Int, Int), _ layers: String...) -> Layer? {
    network(input, layers)?.layers.last
  }

  /// A formula of sizes, the engine's own unless another is given, with its example.
  private static func size(
    _ says: String, _ width: Int, _ text: String, symbols: String? = nil
  ) -> Formula {
    let formula = layer((width, width, 1), text)?.windows?.x.formula
    return Formula(
      says, symbols ?? formula?.symbolic,
      formula.map { "\(text) over a width of \(width): \($0.text)" })
  }

  private static var sizes: [Formula] {
    [
      size("How many windows lie along the width:", 11, "conv:5,stride=2"),
      size("What the stride leaves over is rounded down:", 12, "conv:5,stride=2"),
      size("A pool may round up:", 12, "maxpool:5,stride=2,rounding=ceil"),
      size(
        "This padding keeps the size at stride 1, where F is odd:", 11, "conv:5,padding=2",
        symbols: "P = (F − 1)/2"),
      size(
        "padding=same divides the size by the stride, rounded up:", 11,
        "conv:3,stride=2,padding=same", symbols: "⌈W/S⌉"),
      size("A filter dilated by D spans D·(F − 1) + 1 columns:", 11, "conv:3,dilation=2"),
      Formula("A convolution's output has a depth of K, a pool's that of its input."),
    ]
  }

  /// How the engine computes a cell, as an equation.
  private static func cell(
    _ says: String, _ symbols: String, _ input: (Int, Int, Int), _ layers: String..., at cell: Cell
  ) -> Formula {
    guard let network = network(input, layers), let layer = network.layers.last,
      let numbers = try? Tensor.seeded(network.input, seed: 0)
    else { return Formula(says, symbols) }
    var activations = Activations(network, input: numbers)
    try? activations.evaluateInputs(of: layer.index)
    let account = try? activations.account(of: cell, in: layer.index)
    return Formula(
      says, symbols,
      account.map {
        "\(layer.name)\(cell) = \($0.equation)"
      })
  }

  private static var cells: [Formula] {
    [
      cell(
        "A convolution: the window's products with the filter, slice by slice, and the bias once:",
        "v[x,y,k] = Σ X[S·x + i − P, S·y + j − P, d] · Ker[i,j,d] + b   over i, j, d", (4, 4, 2),
        "conv:2", at: Cell(1, 0, 0)),
      cell(
        "A max pool takes the largest of the window:", "p[x,y,d] = max X[S·x + i, S·y + j, d]",
        (4, 4, 1), "maxpool:2", at: Cell(1, 0, 0)),
      cell(
        "An average pool takes the mean:", "p[x,y,d] = Σ X[S·x + i, S·y + j, d] / (F·F)", (4, 4, 1),
        "avgpool:2", at: Cell(1, 0, 0)),
      cell(
        "ReLU cuts off what is negative:", "max(x, 0)", (4, 4, 2), "conv:2", "relu",
        at: Cell(1, 0, 0)),
      cell(
        "A dense unit: a weight for each number, and a bias:", "y[k] = Σ x[i] · W[k,i] + b[k]",
        (2, 2, 1), "flatten", "dense:2", at: Cell(0, 0, 1)),
      cell(
        "Softmax makes shares that add up to 1; to take the largest off first changes none:",
        "e^x[k] / Σ e^x[i]", (1, 1, 3), "softmax",
        at: Cell(0, 0, 1)),
      Formula("Batch normalization, a map at a time:", "γ · (x − μ)/√(σ² + ε) + β"),
    ]
  }

  private static var costs: [Formula] {
    let convolution = layer((227, 227, 3), "conv:11,filters=96,stride=4")
    let products = convolution.map {
      "\(grouped($0.output.count)) · \(grouped($0.productsPerCell)) = \(grouped($0.multiplyAdds))"
    }
    return [
      Formula("Parameters of a convolution:", "K·(F·F·C) + K", convolution?.groupedCountText),
      Formula(
        "Of a depthwise one, a filter for each depth:", "C·(F·F) + C",
        layer((14, 14, 32), "depthwise:3")?.groupedCountText),
      Formula(
        "Of a dense layer of N units over a flattened input:", "N·(W·H·C) + N",
        layer((6, 6, 16), "flatten", "dense:10")?.groupedCountText),
      Formula("Pools, ReLU and flatten have none. Without biases, + K and + N fall away."),
      Formula(
        "Multiply-adds: the cells of the output times the products of each:",
        "(W' · H' · K) · (F·F·C)", products),
    ]
  }

  private static var sight: [Formula] {
    let tower = network((32, 32, 1), ["conv:3", "maxpool:2", "conv:3"])
    let fields = tower?.receptiveFields.map { "\($0.x.size)" }.joined(separator: ", ")
    let windows = layer((11, 11, 1), "conv:3,stride=2")?.windows?.x
    let readers = windows.map { windows in
      windows.readers(of: 4).map { "\($0.position)" }.joined(separator: " and ")
    }
    return [
      Formula(
        "n columns of a layer see so many of what stands before it; go back layer by layer:",
        "(n − 1)·S + F",
        fields.map { "cells of conv:3, maxpool:2, conv:3 see \($0) columns" }),
      Formula(
        "Column x is read by the windows between these two, as far as there are such:",
        "⌈(x + P − F + 1)/S⌉ and ⌊(x + P)/S⌋",
        readers.map { "conv:3,stride=2: column 4 is read by the windows \($0)" }),
    ]
  }

  private static var backward: [Formula] {
    [
      Formula(
        "A cell gets back, from every window that read it, what came back there times the weight "
          + "that it met:", "dX[c] = Σ dv[w] · Ker[place of c in w]   over windows w"),
      Formula(
        "A weight gets what came back times what it multiplied, a bias the sum:",
        "dKer[i,j,d] = Σ dv[x,y] · X[S·x + i − P, S·y + j − P, d]", "db = Σ dv[x,y]"),
      Formula(
        "A max pool hands all to the winner, an average pool each its share, ReLU what was above 0."
      ),
      Formula("One update at the rate η:", "w − η · dw"),
    ]
  }
}
