import ExactNumbers

/// What a loss grows by where one of the scores does, and why.
package enum LossTerm: Sendable, Hashable {
  /// The loss is the sum of all numbers.
  case one
  /// The gradient is given.
  case given(Number)
  /// Half the square of a difference.
  case difference(score: Number, target: Number)
  /// The hinge loss, at the target: the classes that come too near.
  case tooNear([Int])
  /// The hinge loss, at another class: by how much it comes too near, where that is above 0.
  case margin(Number)
  /// A cross-entropy: the share that softmax gives, to within 2^−280, and the share that is wanted;
  /// `of` is what all wanted shares of the place add up to.
  case share(Number, target: Number, of: Number)
  /// A binary one: the share that sigmoid gives.
  case lone(Number, target: Number)
}
