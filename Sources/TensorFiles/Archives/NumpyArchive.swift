/// The arrays of a `.npz` file: a ZIP archive of `.npy` files.
package struct NumpyArchive: Sendable {
  private let archive: ZipArchive

  package init(_ bytes: [UInt8]) throws(ArchiveError) {
    archive = try ZipArchive(bytes)
  }

  /// The arrays' names, without `.npy`, in the order of the archive.
  package var names: [String] { arrays.map(\.name) }

  private var arrays: [(name: String, member: ZipArchive.Member)] {
    archive.members.compactMap { member in
      guard member.name.hasSuffix(NumpyArchive.suffix) else { return nil }
      return (String(member.name.dropLast(NumpyArchive.suffix.count)), member)
    }
  }

  private static let suffix = ".npy"

  /// Unpacks one array.
  ///
  /// - Parameters:
  ///   - name: with or without `.npy`; nil for the only one.
  ///   - limit: an array that unpacks to more bytes is refused before memory is taken for it.
  /// - Throws: `ArchiveError`.
  package func array(
    _ name: String? = nil, limit: Int = NumpyFile.largestSize
  ) throws(ArchiveError) -> NumpyFile {
    let arrays = arrays
    let candidates =
      name.map { name in arrays.filter { $0.name == name || $0.member.name == name } } ?? arrays
    guard let chosen = candidates.first else {
      throw name.map { .noArray($0, known: arrays.map(\.name)) } ?? .noArrays
    }
    if name == nil, arrays.count > 1 { throw .chooseArray(known: arrays.map(\.name)) }
    let bytes = try archive.contents(of: chosen.member, limit: limit)
    do {
      return try NumpyFile(bytes)
    } catch {
      throw .array(chosen.name, error)
    }
  }
}
