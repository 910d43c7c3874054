import ConvolutionEngine
import ExactNumbers
import TensorFiles
import TestSupport

@testable import Lessons

/// Holds the reader of lessons to what it promises of any bytes: a lesson that can be walked, or
/// problems with places.
///
/// - Returns: the lesson, where the bytes are one.
@discardableResult
func holdLessonPromises(_ bytes: [UInt8]) throws -> Lesson? {
  let files = try filesBeside()
  let read = try taken(bytes) { () throws(LessonProblems) in
    try LessonReading(bytes, name: "small", file: "small.yaml") { path throws(LessonFileError) in
      guard let bytes = files[path] else { throw .missing(path) }
      return bytes
    }
  }
  guard let reading = read else { return nil }
  try holdPaid(reading)
  let lesson = reading.lesson
  try hold(lesson.input.shape == lesson.network.input, "the input has the network's size")
  try hold(!lesson.title.isEmpty, "it has a title")
  if let heading = LessonHeading(firstLinesOf: bytes) {
    let isSame = heading.title == lesson.title && heading.summary == lesson.summary
    try hold(isSame, "the list shows the lesson's own heading, not \(heading)")
  }
  return lesson
}

/// Holds a lesson to have been paid for, and no file to cost more than its bound: what was made is
/// counted here a second time, from the lesson itself.
private func holdPaid(_ reading: LessonReading) throws {
  var kept = 0
  for scene in reading.lesson.scenes.values {
    kept += scene.input.shape.count + 500 * scene.network.layers.count
    kept += scene.notes.values.joined().reduce(0) { $0 + $1.utf8.count }
  }
  for stop in reading.lesson.stops {
    kept += (stop.text + stop.figure + stop.after).reduce(0) { $0 + $1.utf8.count } / 20
  }
  try hold(kept <= reading.budget.memory, "\(kept) was paid for, not \(reading.budget.memory)")
  let isBounded =
    reading.budget.work <= Budget.mostWork && reading.budget.memory <= Budget.mostMemory
  try hold(isBounded, "no file costs more than its bound")
}

/// What such a lesson may name: a network with a base, and four numbers.
private func filesBeside() throws -> [String: [UInt8]] {
  let network = """
    title: Small
    source: nowhere
    input: {size: 3x3x1}
    base: v
    layers: ["conv:2,name=v", flatten, "dense:2,name=d"]
    """
  let numbers = Tensor(try Shape(2, 2, 1), .int8([1, 2, 3, 4]))
  return ["networks/small.yaml": Array(network.utf8), "w.npy": try numbers.numpyBytes(.int64)]
}

/// Holds what is made of a sound lesson to its promises: problems with places, and lines that
/// can be printed.
func holdTeachingPromises(_ lesson: Lesson, _ bytes: [UInt8]) throws {
  let source = LessonSource(path: "/nowhere/small.yaml", bytes: bytes)
  let problems = LessonCheck.problems(in: [source])
  if !problems.isEmpty { try holdReadable(LessonProblems(problems: problems), of: bytes) }
  for format in HandOut.Format.allCases {
    for line in HandOut.lines(of: lesson, format) {
      // A form feed begins a page.
      let isShown = line == "\u{0C}" || line.unicodeScalars.allSatisfy(\.isShown)
      try hold(isShown, "a hand-out can be printed: \(line.debugDescription)")
    }
  }
}

/// Holds the reader of networks to a network no larger than may be, or problems with places.
func holdNetworkPromises(_ bytes: [UInt8]) throws {
  var budget = Budget()
  let file = try taken(bytes) { () throws(LessonProblems) in
    try NetworkFile(bytes, name: "small", file: "small.yaml", budget: &budget) {
      path throws(LessonFileError) in throw .missing(path)
    }
  }
  guard let file else { return }
  try hold(500 * file.layers.count <= budget.memory, "each layer was paid for")
  let isBounded = file.layers.count <= NetworkDecoder.mostLayers
  try hold(isBounded, "no more layers than a network may have")
  let source = LessonSource(path: "/nowhere/networks/small.yaml", bytes: bytes)
  let problems = NetworkCheck.problems(in: source)
  if !problems.isEmpty { try holdReadable(LessonProblems(problems: problems), of: bytes) }
}

/// What is made of a file; nil after problems with places.
func taken<Value>(
  _ bytes: [UInt8], _ read: () throws(LessonProblems) -> Value
) throws -> Value? {
  do {
    return try read()
  } catch {
    try holdReadable(error, of: bytes)
    return nil
  }
}

/// Holds problems to be told in sentences, at places which the bytes have.
func holdReadable(_ found: LessonProblems, of bytes: [UInt8]) throws {
  try hold(!found.problems.isEmpty, "there is a problem")
  let lines = bytes.count { $0 == 0x0A || $0 == 0x0D || $0 >= 0x80 } + 2
  for problem in found.problems {
    let place = problem.place
    try hold((1...lines).contains(place.line) && place.column >= 1, "\(place) is in the file")
    let text = problem.description
    try hold(text.unicodeScalars.allSatisfy(\.isShown), "it is shown: \(text.debugDescription)")
    try holdReadable(text)
  }
}
