import ExactNumbers

/// Whose defaults the settings take that a layer's text leaves out, where libraries differ.
///
/// | | `own` | `pytorch` | `keras` |
/// |---|---|---|---|
/// | `batchnorm` `epsilon` | 0.001 | 0.00001 | 0.001 |
/// | `lrn` `alpha` | α itself | divided by the size | α itself |
/// | `lrn` `k` | 2 | 1 | 2 (Keras has no such layer) |
/// | `flatten` `order` | `dyx` | `dyx` | `yxd` |
///
/// An average pool under `padding=same` counts no padding whoever's defaults are taken: such padding is
/// TensorFlow's, and PyTorch's pools have none.
///
/// Sources: the documentation of `torch.nn.BatchNorm2d`, `torch.nn.LocalResponseNorm` and
/// `keras.layers.BatchNormalization`; Krizhevsky and others, 2012, for `lrn`'s own.
package enum SettingDefaults: Sendable, Hashable, CaseIterable {
  case own, pytorch, keras

  package var epsilon: Ratio { self == .pytorch ? Ratio(1, over: 100_000) : Ratio(1, over: 1000) }

  package var flatOrder: FlatOrder { self == .keras ? .yxd : .dyx }

  /// A response normalization's k.
  package var offset: Ratio { Ratio(self == .pytorch ? 1 : 2) }

  /// α of a response normalization, from its `alpha` as it is written; nil beyond 128 bits.
  func alpha(written alpha: Ratio, size: Int) -> Ratio? {
    self == .pytorch && size >= 1 ? alpha.multiplied(by: Ratio(1, over: Int128(size))) : alpha
  }

  /// What else a response normalization's default `alpha` means, for help.
  var alphaNote: String { self == .pytorch ? " over its size" : "" }

  /// Whose they are.
  package var owner: String {
    switch self {
    case .own: "convwalk"
    case .pytorch: "PyTorch"
    case .keras: "Keras"
    }
  }
}

extension Layer {
  /// What a default decided of this layer where libraries differ: `bn epsilon=0.00001`; empty where
  /// all is written, or nothing differs.
  ///
  /// - Parameters:
  ///   - written: the keys of the settings that its text has.
  package func decided(by defaults: SettingDefaults, besides written: Set<String>) -> [String] {
    let decided = operation.rule.contested(in: self, by: defaults)
    let texts = decided.filter { !written.contains($0.key) }.map {
      $0.key.isEmpty ? $0.value : "\($0.key)=\($0.value)"
    }
    return texts.isEmpty ? [] : ["\(name) \(texts.joined(separator: ", "))"]
  }
}

extension Network {
  /// One line that says what defaults decided where libraries differ; nil where they decided
  /// nothing: `defaults (PyTorch's): bn epsilon=0.00001`.
  ///
  /// - Parameter written: the keys of a layer's written settings, by its index; of a layer that is
  ///   not among them nothing was left to the defaults.
  package func defaultsNote(_ defaults: SettingDefaults, written: [Int: Set<String>]) -> String? {
    let most = 4
    let all = layers.flatMap { layer in
      written[layer.index].map { layer.decided(by: defaults, besides: $0) } ?? []
    }
    guard !all.isEmpty else { return nil }
    let more = all.count > most ? "; and \(all.count - most) more layers" : ""
    return "defaults (\(defaults.owner)'s): \(all.prefix(most).joined(separator: "; "))\(more)"
  }
}

extension Network {
  /// What there is to tell where numbers have names that only one library gives, and batch
  /// normalizations another ε than that library's that nobody wrote; nil for nothing.
  ///
  /// - Parameters:
  ///   - library: its defaults.
  ///   - name: what only it calls a variance.
  ///   - written: the keys of each layer's written settings; empty where nothing is known of them.
  package func epsilonNote(
    of library: SettingDefaults, named name: String, written: [Set<String>] = []
  ) -> String? {
    let own = library.epsilon
    let others = layers.compactMap { layer -> String? in
      guard let rule = layer.plan.normalization, rule.epsilon != own,
        !(written.indices.contains(layer.index) && written[layer.index].contains("epsilon"))
      else { return nil }
      return "\(layer.name) has \(rule.epsilon.settingText)"
    }
    guard let first = others.first else { return nil }
    let more = others.count > 1 ? ", \(others.count - 1) more likewise" : ""
    return
      "\(name) is \(library.owner)'s name, and its epsilon \(own.settingText) unless another was "
      + "set; \(first)\(more)."
  }
}
