import ConvolutionEngine
import ExactNumbers

/// The arrays that a file holds, by their names: what a `.npz` file, a ZIP archive of arrays, or a
/// `.npy` file of one has. Their numbers are unpacked when they are asked for.
///
/// Members of an archive are arrays by their first bytes, as for numpy, or by the ending `.npy`.
package struct NamedArrays: Sendable {
  /// Without `.npy`, in the order of the file.
  package let names: [String]
  /// Axes as those have them whose names the arrays bear: PyTorch's, or Keras's and Flax's; nil
  /// where no name tells, or names tell of both.
  package let namedOrder: AxisOrder?
  private let contents: Contents
  /// Where each name stands; a member's whole name too.
  private let places: [String: Int]

  private enum Contents {
    case array([UInt8])
    case archive(ZipArchive, [ZipArchive.Member])
  }

  /// What an array is called that has no name: numpy's `arr_0`, `arr_1`, ….
  private static let unnamed = "arr_"
  private static let suffix = ".npy"

  /// A member may have so many bytes more than its array.
  static let largestSurplus = 1 << 20

  /// - Throws: `ArchiveError` when the bytes are neither kind of file, or damaged.
  package init(_ bytes: [UInt8]) throws(ArchiveError) {
    guard ZipArchive.isRecognized(bytes) else {
      guard NumpyFile.isRecognized(bytes) else {
        throw .notZip(ForeignFile(Array(bytes.prefix(ForeignFile.beginning))))
      }
      namedOrder = nil
      (names, contents, places) = ([NamedArrays.unnamed + "0"], .array(bytes), [:])
      return
    }
    let archive = try ZipArchive(bytes)
    let members = archive.members.filter { member in
      // What macOS adds to an archive is called like the members, and is no array.
      if member.name.hasPrefix("__MACOSX/") { return false }
      return member.name.hasSuffix(NamedArrays.suffix)
        || archive.beginning(of: member, NumpyHeader.magic.count).map(NumpyFile.isRecognized)
          == true
    }
    guard !members.isEmpty else {
      throw .noArrays(ForeignFile(members: archive.members.map(\.name)))
    }
    var names: [String] = []
    var places: [String: Int] = [:]
    for member in members {
      let name = NamedArrays.name(of: member)
      guard places.updateValue(names.count, forKey: name) == nil else { throw .duplicateName(name) }
      names.append(name)
    }
    for (place, member) in members.enumerated() where places[member.name] == nil {
      places[member.name] = place
    }
    self.names = names
    let orders = Set(names.compactMap(AxisOrder.init(ofName:)))
    namedOrder = orders.count == 1 ? orders.first : nil
    self.places = places
    contents = .archive(archive, members)
  }

  private static func name(of member: ZipArchive.Member) -> String {
    member.name.hasSuffix(suffix) ? String(member.name.dropLast(suffix.count)) : member.name
  }

  /// How much of a file that begins so is wanted.
  package static func wanted(_ beginning: [UInt8]) -> FileContents.Wanted {
    if beginning.count < 8 { return .atLeast(8) }
    if ZipArchive.isRecognized(beginning) { return ZipArchive.wanted(beginning) }
    return NumpyFile.isRecognized(beginning)
      ? NumpyHeader.wanted(beginning) : .upTo(beginning.count)
  }

  /// Whether the arrays have no names of their own, but numbers: 0, 1, ….
  var areUnnamed: Bool { !names.isEmpty && names.allSatisfy { NamedArrays.number(of: $0) != nil } }

  /// The 3 of `arr_3`; nil for a name of another kind.
  static func number(of name: String) -> Int? {
    guard name.hasPrefix(unnamed) else { return nil }
    let digits = name.dropFirst(unnamed.count)
    return digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits) : nil
  }

  /// Reads what stands before an array's numbers.
  ///
  /// - Throws: `ArchiveError`.
  package func header(_ name: String) throws(ArchiveError) -> NumpyHeader {
    switch contents {
    case .array(let bytes):
      return try reading(nil) { () throws(NumpyError) in try NumpyHeader(bytes[...]) }
    case .archive(let archive, let members):
      return try header(of: members[try place(of: name)], in: archive)
    }
  }

  /// Unpacks one array.
  ///
  /// - Parameters:
  ///   - name: with or without `.npy`; nil for the only one.
  ///   - limit: an array that unpacks to more bytes is refused before memory is taken for it.
  /// - Throws: `ArchiveError`.
  package func array(
    _ name: String? = nil, limit: Int = NumpyFile.largestSize
  ) throws(ArchiveError) -> NumpyFile {
    switch contents {
    case .array(let bytes):
      return try reading(nil) { () throws(NumpyError) in try NumpyFile(bytes) }
    case .archive(let archive, let members):
      if name == nil, names.count > 1 { throw .chooseArray(known: names) }
      let member = members[try place(of: name)]
      // What is far more than an array, or none, would be memory and work for nothing. What is small
      // or cannot be unpacked is left to unpacking, which finds a more exact reason.
      if member.size > NamedArrays.largestSurplus, member.size <= limit,
        archive.beginning(of: member, 1) != nil
      {
        let header = try header(of: member, in: archive)
        if member.size - header.size > NamedArrays.largestSurplus {
          throw .surplus(member.name, size: member.size, needed: header.size)
        }
      }
      let (bytes, place) = try archive.contents(of: member, limit: limit)
      return try reading(NamedArrays.name(of: member)) { () throws(NumpyError) in
        var file = try NumpyFile(bytes, at: place)
        file.isMarkedExact = member.comment == NumpyFile.exactMark
        return file
      }
    }
  }

  private func place(of name: String?) throws(ArchiveError) -> Int {
    guard let name else { return 0 }
    guard let place = places[name] else { throw .noArray(name, known: names) }
    return place
  }

  private func header(
    of member: ZipArchive.Member, in archive: ZipArchive
  ) throws(ArchiveError) -> NumpyHeader {
    var length = 256
    while true {
      guard let beginning = archive.beginning(of: member, length) else {
        throw .damagedData(member.name)
      }
      if case .atLeast(let needed) = NumpyHeader.wanted(beginning), beginning.count == length {
        length = needed
        continue
      }
      return try reading(NamedArrays.name(of: member)) { () throws(NumpyError) in
        try NumpyHeader(beginning[...])
      }
    }
  }

  private func reading<Value>(
    _ name: String?, _ body: () throws(NumpyError) -> Value
  ) throws(ArchiveError) -> Value {
    try rethrowing(try body()) { error -> ArchiveError in
      name.map { .array($0, error) } ?? .onlyArray(error)
    }
  }
}
