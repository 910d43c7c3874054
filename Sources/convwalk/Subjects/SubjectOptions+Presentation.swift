import ArgumentParser
import ExactNumbers
import Lessons
import Player
import TensorFiles

extension Presentation {
  /// A shipped network with what it brings, or on a shipped picture, as `explore --network NAME` shows
  /// it.
  init(
    network name: String, picture: String?, lessons folder: String?
  ) throws(CommandFailure) {
    var words = ["--network", name] + (folder.map { ["--lessons", $0] } ?? [])
    if let picture {
      let lessons = try rethrowing(
        try LessonsFolder(option: folder).path(), as: CommandFailure.lesson)
      words += ["--image", "\(lessons)/pictures/\(picture)"]
    }
    guard let options = try? SubjectOptions.parse(words) else {
      preconditionFailure("a network's name and a folder are always options")
    }
    self = try options.presentation(of: options.subject(.numbers))
  }
}

extension SubjectOptions {
  /// The subject as a player shows it, with the words that open it again.
  ///
  /// - Parameter way: what flows back comes from.
  func presentation(
    of subject: Subject, _ way: WayBackOptions
  ) throws(CommandFailure) -> Presentation {
    var presentation = try presentation(of: subject)
    if let loss = try way.placed(in: subject.network, axes) {
      presentation.loss = loss
      presentation.command += way.given.flatMap { [$0.option, $0.value] }
    }
    return presentation
  }

  fileprivate func presentation(of subject: Subject) throws(CommandFailure) -> Presentation {
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
    var pictures: (all: LabelledPictures, shown: Int)?
    if let picture = subject.picture, let all = subject.file?.pictures { pictures = (all, picture) }
    return Presentation(
      title: subject.file?.title ?? "Explore", network: subject.network, input: try subject.input(),
      command: words + self.words, pictures: pictures)
  }
}
