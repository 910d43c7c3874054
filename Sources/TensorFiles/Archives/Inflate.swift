import CZlib

/// Unpacks a raw deflate stream (RFC 1951).
///
/// - Parameter size: what it must unpack to, to the byte; no more memory than that is used.
/// - Returns: nil where the bytes are not one whole stream of that size.
func inflated(_ bytes: ArraySlice<UInt8>, to size: Int) -> [UInt8]? {
  var stream = z_stream()
  let structureSize = Int32(MemoryLayout<z_stream>.size)
  guard inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, structureSize) == Z_OK else {
    return nil
  }
  defer { inflateEnd(&stream) }
  var isWhole = false
  // zlib wants a place to write to even where nothing is written.
  let result = [UInt8](unsafeUninitializedCapacity: max(size, 1)) { output, count in
    bytes.withUnsafeBufferPointer { input in
      isWhole = stream.run(from: input, to: output, size: size)
    }
    count = isWhole ? size : 0
  }
  return isWhole ? result : nil
}

/// Unpacks the beginning of a raw deflate stream and leaves the rest alone.
///
/// - Returns: so many bytes, fewer where the stream has no more; nil where it is damaged.
func inflatedBeginning(_ bytes: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
  var stream = z_stream()
  let structureSize = Int32(MemoryLayout<z_stream>.size)
  guard inflateInit2_(&stream, -MAX_WBITS, ZLIB_VERSION, structureSize) == Z_OK else {
    return nil
  }
  defer { inflateEnd(&stream) }
  var isSound = true
  let result = [UInt8](unsafeUninitializedCapacity: max(count, 1)) { output, made in
    bytes.withUnsafeBufferPointer { input in
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.avail_in = UInt32(min(input.count, 1 << 30))
      stream.next_out = output.baseAddress
      stream.avail_out = UInt32(count)
      while isSound, stream.avail_out > 0 {
        let status = inflate(&stream, Z_NO_FLUSH)
        if status == Z_STREAM_END { break }
        // Nothing more to read is Z_BUF_ERROR: the stream was cut short.
        isSound = status == Z_OK
      }
    }
    made = count - Int(stream.avail_out)
  }
  return isSound ? result : nil
}

/// The checksum that a ZIP archive holds for a member's bytes.
func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
  bytes.withUnsafeBufferPointer { UInt32(crc32_z(0, $0.baseAddress, $0.count)) }
}

extension z_stream {
  /// Whether the input is one whole stream that fills the output to its size exactly.
  fileprivate mutating func run(
    from input: UnsafeBufferPointer<UInt8>, to output: UnsafeMutableBufferPointer<UInt8>, size: Int
  ) -> Bool {
    // zlib only reads through this pointer; its type dates from before `const`.
    next_in = UnsafeMutablePointer(mutating: input.baseAddress)
    next_out = output.baseAddress
    var unread = input.count
    var unwritten = size
    while true {
      // zlib counts in 32 bits.
      let offered = (input: min(unread, 1 << 30), output: min(unwritten, 1 << 30))
      avail_in = UInt32(offered.input)
      avail_out = UInt32(offered.output)
      let status = inflate(&self, Z_NO_FLUSH)
      let (used, made) = (offered.input - Int(avail_in), offered.output - Int(avail_out))
      unread -= used
      unwritten -= made
      if status == Z_STREAM_END { return unread == 0 && unwritten == 0 }
      guard status == Z_OK, used > 0 || made > 0 else { return false }
    }
  }
}
