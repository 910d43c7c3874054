import TestSupport

@testable import Lessons

/// Holds the reader of progress to records that are sound, and that are written so that they are
/// read again.
func holdProgressPromises(_ bytes: [UInt8]) throws {
  switch CourseProgress.read(bytes) {
  case .newer: break
  case .whole(let progress), .damaged(let progress):
    for (name, record) in progress.records {
      let isName = Catalogue.isName(Substring(name)) && record.lesson == name
      try hold(isName, "\(name.debugDescription) is a lesson's name")
      try hold((0..<max(1, record.stops)).contains(record.stop), "the stop is one: \(record)")
      let areStops = record.done.allSatisfy { (0..<record.stops).contains($0) }
      try hold(areStops, "what is done are stops: \(record)")
    }
    try hold(
      CourseProgress.read(progress.bytes) == .whole(progress), "what is written is read again")
  }
}

/// Holds the reader of catalogues to names that are no paths, or problems with places.
func holdCataloguePromises(_ bytes: [UInt8]) throws {
  let entries = try taken(bytes) { () throws(LessonProblems) in
    try Catalogue.entries(of: bytes, file: "catalogue.yaml").map { Placed($0.value.name, $0.place) }
  }
  let names = (entries ?? []).map(\.value)
  for name in names {
    let isInside = SourceFolder.isInside(name) && !name.contains("/")
    try hold(isInside, "\(name.debugDescription) is no path")
  }
  try hold(Set(names).count == names.count, "no name stands twice")
}
