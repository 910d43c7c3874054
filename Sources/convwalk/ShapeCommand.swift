import ArgumentParser
import Walkthrough

/// `convwalk shape`: sizes, formulas and costs, without evaluating anything.
struct ShapeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shape",
    abstract: "Show each layer's size, its formula, parameters and multiply-adds.",
    discussion: """
      For example, in 224 columns instead of 227 one is left over:

        $ convwalk shape 224x224x3 conv:11,filters=96,stride=4
        layer  output                     parameters  multiply-adds
        X      224×224×3
        conv   54×54×96   96·(11·11·3) + 96 = 34,944    101,616,768
          width, height  (W − F + 2P)/S + 1 = (224 − 11 + 2·0)/4 + 1 = 213/4 + 1
                         = 54.25, floor 54
                         remainder 1: column 223 and row 223 are never read
        total                                 34,944    101,616,768

      Nothing is evaluated, so every size that can be has an answer at once.

      \(SubjectOptions.grammar)
      """)

  @OptionGroup var options: SubjectOptions

  @Option(help: "text, or json: one object.")
  var format = OutputFormat.text

  func run() throws {
    let network = try options.subject(.sizes).network
    var output = StandardOutput()
    switch format {
    case .text: for line in ShapeTable(network).lines { try output.write(line: line) }
    case .json: try output.write(line: network.shapeJSON.text)
    }
    try output.flush()
  }
}
