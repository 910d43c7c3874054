import ConvolutionEngine
import ExactNumbers
import Glibc
import TensorFiles

/// Why a file that a lesson names is not read. The wording is in
/// `LessonProblem+Description.swift`.
package enum LessonFileError: Error, Sendable, Equatable {
  /// A link leads out of the lesson's folder.
  case outside(String)
  /// A folder, a pipe or a device.
  case notAFile(String)
  case missing(String)
  case unreadable(FileError)
}

/// The folder in which a lesson's file stands, and which no path in the lesson leaves.
package struct SourceFolder: Sendable {
  package let path: String

  /// Bytes; the numbers of a lesson are not the weights of a large network.
  package static let largestFile = 1 << 28

  package init(_ path: String) { self.path = path }

  /// The names of everything in the folder, sorted; none where it cannot be read.
  package var fileNames: [String] {
    guard !path.utf8.contains(0), let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Whether a path stays inside the folder in which it begins, as far as it can be seen from the
  /// path itself: it is relative and has no `.` or `..`.
  static func isInside(_ path: String) -> Bool {
    path.utf8.count <= 255 && path.unicodeScalars.allSatisfy(\.isShown)
      && path.split(separator: "/", omittingEmptySubsequences: false)
        .allSatisfy { !["", ".", ".."].contains($0) }
  }

  /// Reads a file by its path inside the folder.
  ///
  /// - Throws: `LessonFileError`; a link is followed only to what lies in the folder too.
  package func read(_ name: String) throws(LessonFileError) -> [UInt8] {
    guard let folder = resolved(path), let file = resolved("\(path)/\(name)") else {
      throw .missing(name)
    }
    let inside = folder == "/" ? "/" : folder + "/"
    guard file.hasPrefix(inside) else { throw .outside(name) }
    // A pipe would keep the lesson waiting for ever.
    guard kind(ofPath: file) == S_IFREG else { throw .notAFile(name) }
    do {
      return try FileContents.readRegular(file, limit: SourceFolder.largestFile)
    } catch {
      throw .unreadable(error)
    }
  }

  /// The path without links and dots; nil where nothing is.
  private func resolved(_ path: String) -> String? {
    guard !path.utf8.contains(0), let buffer = realpath(path, nil) else { return nil }
    defer { free(buffer) }
    return String(cString: buffer)
  }
}

/// What stands at a path, as `S_IFREG` or `S_IFDIR`; nil where nothing does.
package func kind(ofPath path: String) -> mode_t? {
  var status = stat()
  guard !path.utf8.contains(0), stat(path, &status) == 0 else { return nil }
  return status.st_mode & S_IFMT
}
