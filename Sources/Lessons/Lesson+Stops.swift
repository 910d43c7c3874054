extension Lesson {
  package var stops: [Stop] { [] }
  package var scenes: [String: Scene] { [:] }
  package var next: String { "" }
}
extension Question {
  package func judge(_ typed: String) -> Verdict { .wrong }
}
