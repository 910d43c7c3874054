import ConvolutionEngine
import FastEvaluation
import TestSupport
import Walkthrough

/// Holds what is typed as a subject, `8x8x2 conv:3 relu v[1,0,0]`, to what is promised of any text:
/// sizes, tables, code and steps, or a sentence.
func holdSubjectPromises(_ text: String) throws {
  var words = text.split(separator: " ").map(String.init)[...]
  var shape = try Shape(8, 8, 2)
  let sides = words.first?.split(separator: "x").compactMap { Int($0) } ?? []
  if sides.count == 3 {
    words.removeFirst()
    guard let typed = try taken({ try Shape(sides[0], sides[1], sides[2]) }) else { return }
    shape = typed
  }
  let addresses = words.filter { $0.contains("[") }
  var layers: [LayerSpecification] = []
  for word in words.prefix(12) where !word.contains("[") {
    guard let layer = try taken({ try LayerSpecification(parsing: word) }) else { return }
    let again = try? LayerSpecification(parsing: "\(layer)")
    try hold(again == layer, "\(word) is written as \(layer), which is read again")
    layers.append(layer)
  }
  guard let network = try taken({ try Network(input: shape, layers: layers) }) else { return }
  try holdNetworkPromises(network)
  try holdStepPromises(network, addresses)
  try holdNumberPromises(network)
}

private func holdNetworkPromises(_ network: Network) throws {
  for layer in network.layers {
    try hold(layer.output.count > 0, "\(layer.name) has cells")
    for notation in Notation.allCases {
      let code = LayerCode(layer, in: network, notation).lines
      try hold(!code.isEmpty, "\(layer.name) has code in \(notation)")
    }
  }
  let names = ShapeTable(network, isFull: true).lines.joined(separator: "\n")
  let areNamed = network.layers.allSatisfy { names.contains($0.name) }
  try hold(areNamed, "the table names each layer")
  try hold(network.receptiveFields.count == network.layers.count, "each layer sees something")
  _ = ShapeRecords(network).csv
}

private func holdStepPromises(_ network: Network, _ addresses: [String]) throws {
  let walk = Walk(network)
  for layer in network.layers {
    for grain in layer.grains {
      let end = walk.end(ofLayer: layer.index, grain)
      let address = walk.address(of: end)
      let isSame = try taken { try walk.place(of: Address(parsing: "\(address)")) } == end
      try hold(isSame, "\(address) leads to the end of \(layer.name) by the \(grain)")
    }
  }
  for text in addresses {
    guard let address = try taken({ try Address(parsing: text) }) else { continue }
    try hold((try? Address(parsing: "\(address)")) == address, "\(address) is read again")
    guard let place = try taken({ try walk.place(of: address) }) else { continue }
    try hold(walk.address(of: place) == address, "\(address) is its place's")
  }
}

/// Evaluates what is small, and compares each layer's last cell with its account.
private func holdNumberPromises(_ network: Network) throws {
  let work = network.layers.reduce(network.input.count) { $0 + $1.placesPerCell * $1.output.count }
  guard work <= 4096, let input = try taken({ try Tensor.seeded(network.input, seed: 0) }) else {
    return
  }
  var activations = Activations(network, input: input)
  for layer in network.layers {
    guard let output = try taken({ try activations.evaluate(layer.index) }) else { return }
    try hold(output.shape == layer.output, "\(layer.name) has the size that was foretold")
    let last = layer.output.cell(at: layer.output.count - 1)
    let account = try taken { try activations.account(of: last, in: layer.index) } ?? nil
    try hold(account?.total == output[last], "\(layer.name)\(last) is what its account says")
  }
}
