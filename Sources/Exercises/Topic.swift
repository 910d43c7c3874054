/// What exercises are about.
package enum Topic: String, Sendable, Hashable, CaseIterable {
  case sizes, pools, parameters, products, cells, fields, unread, readers, settings, code,
    gradients, losses

  /// What is asked, in a few words.
  package var about: String {
    switch self {
    case .sizes: "how large a convolution's output is: stride, padding, dilation"
    case .pools: "how large a pool's output is, rounded down or up"
    case .parameters: "how many parameters layers have"
    case .products: "how many multiply-adds a layer takes"
    case .cells: "a cell, a slice sum, a pooled value"
    case .fields: "how much of the input a cell of a later layer sees"
    case .unread: "which columns and rows no window reads"
    case .readers: "how many windows read an input's cell"
    case .settings: "the padding, stride or filter that gives a size"
    case .code: "what a line of PyTorch or Keras makes"
    case .gradients: "what flows back to a cell, a weight, a bias"
    case .losses: "a hinge loss, and what flows back from it"
    }
  }

  /// The lessons of the course that teach it, the first one first.
  package var lessons: [String] {
    switch self {
    case .sizes: ["counting-positions", "borders-and-padding", "depth-stride-padding", "dilation"]
    case .pools: ["max-pooling"]
    case .parameters: ["filters-stack", "why-not-dense", "separable", "flatten-dense-scores"]
    case .products: ["krizhevsky", "separable"]
    case .cells: ["one-window", "channels-add", "worked-example", "max-pooling"]
    case .fields: ["seeing-further"]
    case .unread: ["depth-stride-padding", "counting-positions"]
    case .readers: ["sliding", "borders-and-padding"]
    case .settings: ["borders-and-padding", "depth-stride-padding"]
    case .code: ["pytorch-net", "keras-net"]
    case .gradients:
      ["nudge", "back-through-window", "back-through-pool", "filter-gradient"]
    case .losses: ["retraining-head"]
    }
  }

  /// The kinds of exercises that it has, by their numbers: what a seed chooses among does not depend
  /// on where their cases stand.
  package var kinds: [ExerciseKind] {
    ExerciseKind.allCases.filter { $0.topic == self }.sorted { $0.number < $1.number }
  }
}
