/// One layer as it is written down: what it does, and optionally its name, what it takes and
/// where its numbers come from. `Network` gives it sizes.
package struct LayerSpecification: Sendable, Hashable {
  /// nil: named by its kind.
  package var name: String?
  /// The layers it takes by name; nil: the previous one.
  package var inputs: [String]?
  package var operation: Operation
  /// Files that hold its weights and bias, as written; nil: seeded.
  package var weightsFile: String?
  package var biasFile: String?

  package init(
    _ operation: Operation, name: String? = nil, inputs: [String]? = nil,
    weightsFile: String? = nil, biasFile: String? = nil
  ) {
    self.operation = operation
    self.name = name
    self.inputs = inputs
    self.weightsFile = weightsFile
    self.biasFile = biasFile
  }
}

extension LayerSpecification {
  /// The same with an order for a flatten that names none; the walk's own is not written out.
  func flattening(_ order: FlatOrder) -> LayerSpecification {
    var specification = self
    specification.operation = operation.rule.flattening(order)
    return specification
  }
}

extension LayerSpecification: CustomStringConvertible {
  /// The layer as the command line has it, with only the settings that are not defaults (our own):
  /// `conv:5,filters=2,stride=2`. Parsing it again gives the same layer.
  package var description: String {
    var settings = operation.rule.written
    let size = settings.first { $0.key.isEmpty }?.value
    settings.removeAll { $0.key.isEmpty }
    if let weightsFile { settings.append(("weights", weightsFile)) }
    if let biasFile { settings.append(("bias", biasFile)) }
    if let name { settings.append(("name", name)) }
    if let inputs { settings.append(("from", inputs.joined(separator: "+"))) }
    let head = size.map { "\(operation.kind):\($0)" } ?? operation.kind
    return ([head] + settings.map { "\($0.key)=\($0.value)" }).joined(separator: ",")
  }
}
