/// Names of arrays that tell what made a file which has not what is wanted.
enum ForeignNames {
  /// How to save it instead, a sentence; nil where the names tell nothing.
  static func recipe(_ names: [String]) -> String? {
    names.lazy.compactMap(recipe).first
  }

  private static func recipe(_ name: String) -> String? {
    let parts = name.split { $0 == "/" || $0 == "." }
    if parts.contains("parametrizations") {
      return
        "parametrizations are torch's; call torch.nn.utils.parametrize.remove_parametrizations "
        + "before saving."
    }
    switch parts.last {
    case "weight_g", "weight_v":
      return
        "weight_g and weight_v are of torch's weight_norm; call torch.nn.utils.remove_weight_norm "
        + "before saving."
    case "weight_orig", "weight_mask":
      return "weight_orig and weight_mask are of torch's pruning; call torch.nn.utils.prune.remove "
        + "before saving."
    case .some where parts.dropLast().last == "vars":
      return "vars/0 is how Keras's .weights.h5 counts; save "
        + "{v.path: v.numpy() for v in model.weights} with numpy.savez."
    default: return nil
    }
  }
}
