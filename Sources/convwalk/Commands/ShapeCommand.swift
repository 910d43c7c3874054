import ArgumentParser
import ConvolutionEngine
import Lessons
import Walkthrough

/// What of a network training leaves as it is.
enum FrozenPart: String, OptionWord {
  case base
}

/// `convwalk shape`: sizes, formulas and costs, without evaluating anything.
struct ShapeCommand: ParsableCommand {
  private static let examples = [
    "shape 11x11x4 conv:5,filters=2,stride=2 maxpool:2",
    "shape --image photo.ppm conv:3,filters=4",
    "shape --lesson worked-example",
    "shape --network vgg16 --input 150x150x3 --format csv",
    "shape --network inception-v3 --format compact",
    "shape --network vgg16 --freeze base --head 'flatten dense:9'",
  ]

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "shape",
      abstract: "Show each layer's size, its formula, parameters and multiply-adds.",
      discussion: """
        For example, in 224 columns instead of 227 one is left over:

          $ convwalk shape 224x224x3 conv:11,filters=96,stride=4
          layer      output                     parameters  multiply-adds
          X          224×224×3
          conv       54×54×96   96·(11·11·3) + 96 = 34,944    101,616,768
            width, height  (W − F + 2P)/S + 1 = (224 − 11 + 2·0)/4 + 1 = 213/4 + 1
                           = 54.25, floor 54
                           remainder 1: column 223 and row 223 are never read
            window         11×11, stride 4×4, padding 0
            trainable      34,944, frozen 0
            sees           11×11, stride 4, offset 0; output 1.1 MiB
          total                                     34,944    101,616,768
          trainable                                 34,944
          frozen                                         0

        Nothing is evaluated, so every size that can be has an answer at once.

        \(SubjectOptions.grammar(examples))
        """)
  }

  @OptionGroup var options: SubjectOptions

  @Option(help: "text, compact: a line a layer, json: one object, csv or markdown.")
  var format = TableFormat.text

  @Option(
    help: ArgumentHelp(
      "base: count a network's base as frozen, as in transfer learning.", valueName: "part"))
  var freeze: FrozenPart?

  @Option(
    help: ArgumentHelp(
      """
      The work that is counted: macs (multiply-adds, the usual), flops (two of each) or flops+bias \
      (and one of each bias).
      """, valueName: "work"))
  var count: CountedWork?

  func run() throws {
    let subject = try options.subject(.sizes)
    let network = subject.network
    let frozen = try frozenLayers(subject)
    var output = StandardOutput()
    for line in lines(network, frozen) {
      try output.write(line: line)
    }
    try output.flush()
    // Records have no room for a sentence.
    if format == .csv, let count { StandardError.note(count.explanation) }
  }

  private func lines(_ network: Network, _ frozen: Int) -> [String] {
    switch format {
    case .text:
      ShapeTable(
        network, width: StandardOutput.columns ?? ShapeTable.width, frozen: frozen,
        isFull: true, count: count
      ).lines
    case .compact:
      CompactTable(
        network, width: StandardOutput.columns ?? ShapeTable.width, frozen: frozen,
        count: count
      ).lines
    case .json: [network.shapeJSON(frozen: frozen, count: count).text]
    case .csv: ShapeRecords(network, frozen: frozen, count: count).csv
    case .markdown: ShapeRecords(network, frozen: frozen, count: count).markdown
    }
  }

  private func frozenLayers(_ subject: Subject) throws(CommandFailure) -> Int {
    guard freeze != nil else { return 0 }
    guard let file = subject.file else {
      throw .usage(.needs(option: "--freeze", needed: "--network"))
    }
    guard let count = file.baseCount else { throw .noBase(file.name) }
    return count
  }
}
