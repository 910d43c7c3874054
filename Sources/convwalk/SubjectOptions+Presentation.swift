import Lessons
import Player
import TensorFiles

extension SubjectOptions {
  /// The subject as a player shows it, with the words that open it again.
  func presentation() throws(CommandFailure) -> Presentation {
    try presentation(of: subject(.numbers))
  }

  func presentation(of subject: Subject) throws(CommandFailure) -> Presentation {
    if let lesson = subject.lesson { return Presentation(lesson) }
    var words = ["explore"]
    if let image { words += ["--image", image] }
    if let seed { words += ["--seed", seed] }
    for (option, value) in [
      ("--network", network), ("--input", input), ("--index", index), ("--head", head),
      ("--weights", weights),
    ] {
      if let value { words += [option, value] }
    }
    if partial { words.append("--partial") }
    if axes != .xyd { words += ["--axes", axes.rawValue] }
    let own = input == nil && image == nil ? subject.file?.pictures : nil
    return Presentation(
      title: subject.file?.title ?? "Explore", network: subject.network, input: try subject.input(),
      command: words + self.words, pictures: own.map { ($0, index.flatMap { Int($0) } ?? 0) })
  }
}
