import ConvolutionEngine
import ExactNumbers
import Walkthrough

extension ShownWalk {
  /// Why a typed change cannot be made, with what can be changed instead.
  func explanation(_ error: NumberChangeError) -> String {
    guard case .unknown(let head, let isComputed) = error else { return "\(error)" }
    let wrong =
      isComputed
      ? "\(head) is computed" : "There is no \(head.isEmpty ? "such place" : head) here"
    if let settings = layer.normalization?.settings {
      let known =
        [network.inputName] + (settings.hasScale ? [names.filter(layer, 0)] : [])
        + (settings.hasCentre ? [names.bias(layer, 0)] : [])
      return "\(wrong); \(known.joined(separator: " or ")) can be changed."
    }
    guard let parameters = layer.parameters else {
      return "\(wrong); \(network.inputName) can be changed."
    }
    let last = parameters.filters - 1
    func all(_ name: (Int) -> String) -> String {
      last == 0 ? name(0) : "\(name(0)) to \(name(last))"
    }
    var known = [network.inputName, all { names.filter(layer, $0) }]
    if parameters.bias != nil { known.append(all { names.bias(layer, $0) }) }
    return "\(wrong); what can be changed is \(known.dropLast().joined(separator: ", ")) and "
      + "\(known[known.count - 1])."
  }
}

extension Presentation {
  /// The presentation with one number changed; nil where that number does not exist or cannot be
  /// changed.
  func making(_ change: NumberChange) -> Presentation? {
    change.made(in: network, input).map { made in
      var changed = self
      (changed.network, changed.input) = (made.network, made.input)
      return changed
    }
  }
}
