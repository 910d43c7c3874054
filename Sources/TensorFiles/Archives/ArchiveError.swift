/// Why an archive, or one member of it, is not taken. The wording is in
/// `ArchiveError+Description.swift`.
package enum ArchiveError: Error, Equatable {
  /// - Parameter foreign: what it is instead, where that is known.
  case notZip(ForeignFile?)
  /// It begins as an archive does, but does not end so.
  case cutShort
  case severalParts
  /// The table of members is cut short, damaged, or says what cannot be.
  case damagedTable
  case duplicateName(String)
  /// Two members claim the same bytes.
  case overlap(String)

  /// A member's own header is missing or says something else than the table.
  case damagedHeader(String)
  case encrypted(String)
  case method(String, number: Int)
  /// The member's bytes are not what its size or checksum says.
  case damagedData(String)
  case tooLarge(String, size: Int, limit: Int)

  case noArray(String, known: [String])
  /// Several arrays, and none was named.
  case chooseArray(known: [String])
  case noArrays(ForeignFile?)
  /// A member goes on far behind its array: bytes.
  case surplus(String, size: Int, needed: Int)
  case array(String, NumpyError)
  /// The same for a `.npy` file, which holds nothing else.
  case onlyArray(NumpyError)
}
