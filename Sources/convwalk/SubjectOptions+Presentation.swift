import Player
import TensorFiles

extension SubjectOptions {
  /// The subject as a player shows it.
  ///
  /// - Parameter command: the command that opens it again.
  func presentation(_ command: String) throws(CommandFailure) -> Presentation {
    let subject = try subject(.numbers)
    var words = [command]
    if let seed { words += ["--seed", seed] }
    if axes != .xyd { words += ["--axes", axes.rawValue] }
    return Presentation(
      title: "Explore", network: subject.network, input: try subject.input(),
      command: words + self.words)
  }
}
