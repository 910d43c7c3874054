import Canvas
import ConvolutionEngine
import Player
@main struct T {
  static func main() throws {
    var args = Array(CommandLine.arguments.dropFirst())
    var size = Size(columns: 80, rows: 24)
    if args[0] == "-w" { size = Size(columns: 200, rows: 60); args.removeFirst() }
    let keys = args.removeFirst()
    let p = args[0].split(separator: "x").compactMap { Int($0) }
    let shape = try Shape(p[0], p[1], p[2])
    let network = try Network(input: shape, layers: args.dropFirst().map { try LayerSpecification(parsing: $0) })
    var player = Player(Presentation(title: "Explore", network: network, input: try Tensor.seeded(shape, seed: 0), command: ["explore"] + args), size: size)
    for key in Key.keys(parsing: keys) {
      let e = player.update(.key(key))
      for case .evaluateInputs(let of) in e {
        var a = player.activations
        try a.evaluateInputs(of: of)
        player.receive(.success(a))
      }
    }
    let f = player.scene().frame
    print(f.lines.joined(separator: "\n"))
    print("clipped", f.clipped)
  }
}
