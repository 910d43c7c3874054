import ExactNumbers
import ConvolutionEngine

extension LessonError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let problem): return "\(problem)"
    case .problems(let problems):
      return problems.problems.map { "\($0)" }.joined(separator: "\n")
    case .unknownLesson(let name, let nearest, let known):
      let cure =
        nearest.isEmpty
        ? "the lessons are \(known.listed(atMost: 30) { $0 })."
        : "did you mean \(nearest.joined(separator: " or "))?"
      return "there is no lesson \(name.excerpt); \(cure)"
    case .unknownNetwork(let name, let known):
      return "there is no network \(name.excerpt); "
        + (known.isEmpty
          ? "there are none." : "the networks are \(known.listed(atMost: 30) { $0 }).")
    case .noFolder(let path, let from):
      return "\(from) is \(path.excerpt), which is no folder; name the folder of the lessons."
    case .noLessons(let lookedIn):
      guard !lookedIn.isEmpty else {
        return "where this program lies cannot be found out, and so not where its lessons are; "
          + "name their folder with --lessons or CONVWALK_LESSONS."
      }
      return "there are no lessons in \(lookedIn.map { $0.excerpt }.joined(separator: " or ")); "
        + "name their folder with --lessons or CONVWALK_LESSONS."
    }
  }
}
