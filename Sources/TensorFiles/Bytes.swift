extension [UInt8] {
  /// The unsigned number that stands at a place, lowest byte first; nil where the bytes end
  /// before it does.
  func littleEndian<Value: FixedWidthInteger>(_ type: Value.Type, at place: Int) -> Value? {
    guard place >= 0, place <= count - MemoryLayout<Value>.size else { return nil }
    return withUnsafeBytes {
      Value(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: Value.self))
    }
  }

  /// Appends a number lowest byte first.
  mutating func append(littleEndian value: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
  }
}
