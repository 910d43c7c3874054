import Glibc
import Testing

@testable import Lessons

/// A lesson that has nothing wrong: a 3×3 input under one 2×2 filter.
let soundLesson = """
  title: A small one
  summary: Four products make one number.
  input:
    size: 3x3x1
    depths:
      - |
        0 1 2
        3 4 5
        6 7 8
  layers:
    - kind: conv
      name: v
      size: 2
      weights:
        - - |
            1 2
            3 4
      bias: [5]
  """

/// Reads a lesson whose files are these, by path.
func lesson(
  _ text: String, files: [String: [UInt8]] = [:]
) throws(LessonProblems) -> Lesson {
  try lesson(bytes: Array(text.utf8), files: files)
}

func lesson(
  bytes: [UInt8], files: [String: [UInt8]] = [:]
) throws(LessonProblems) -> Lesson {
  try Lesson(
    parsing: bytes, name: "small", file: "small.yaml",
    files: { path throws(LessonFileError) in
      guard let bytes = files[path] else { throw .missing(path) }
      return bytes
    })
}

/// What is wrong with a lesson, as a person reads it.
func problems(_ text: String, files: [String: [UInt8]] = [:]) -> [String] {
  problems(bytes: Array(text.utf8), files: files)
}

func problems(bytes: [UInt8], files: [String: [UInt8]] = [:]) -> [String] {
  do throws(LessonProblems) {
    _ = try lesson(bytes: bytes, files: files)
    return []
  } catch {
    return error.problems.map(\.description)
  }
}

/// What is wrong with the sound lesson when one part of it is written otherwise.
func problems(
  with part: String, as other: String, files: [String: [UInt8]] = [:]
) -> [String] {
  #expect(soundLesson.contains(part), "the part stands in the lesson")
  return problems(soundLesson.replacing(part, with: other), files: files)
}

/// A numpy array of bytes in C order, as numpy.save writes it.
func array(_ shape: [Int], _ numbers: [Int8]) -> [UInt8] {
  let sides = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
  var header = "{'descr': '|i1', 'fortran_order': False, 'shape': (\(sides)), }"
  header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
  let magic: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0]
  return magic + Array(header.utf8) + numbers.map { UInt8(bitPattern: $0) }
}

/// Runs a body with an empty folder, which is gone afterwards.
@discardableResult
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  var template = Array("/tmp/convwalk-lessons-XXXXXX".utf8CString)
  let path = try #require(mkdtemp(&template).map { String(cString: $0) })
  defer { remove(tree: path) }
  return try body(path)
}

private func remove(tree path: String) {
  // A link to a folder is removed at once; a folder only when it is empty.
  if unlink(path) == 0 { return }
  for name in SourceFolder(path).fileNames { remove(tree: "\(path)/\(name)") }
  rmdir(path)
}

func write(_ bytes: [UInt8], to path: String) throws {
  let file = try #require(fopen(path, "wb"))
  defer { fclose(file) }
  #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
}

func write(_ text: String, to path: String) throws {
  try write(Array(text.utf8), to: path)
}
