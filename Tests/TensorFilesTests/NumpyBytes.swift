/// A `.npy` file put together by hand: version 1.0, unpadded header, unless told otherwise.
func npy(
  _ element: String, _ shape: String, fortran: Bool = false, version: UInt8 = 1,
  _ data: [UInt8] = []
) -> [UInt8] {
  let order = fortran ? "True" : "False"
  return npy(
    header: "{'descr': '\(element)', 'fortran_order': \(order), 'shape': \(shape), }\n",
    version: version, data)
}

/// The same with any text for a header.
func npy(header: String, version: UInt8 = 1, _ data: [UInt8] = []) -> [UInt8] {
  let text = Array(header.utf8)
  let length = [UInt8(text.count % 256), UInt8(text.count / 256)]
  let wide: [UInt8] = version == 1 ? [] : [0, 0]
  return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + wide + text + data
}

/// Bytes written as hexadecimal digits; anything else between them is left out.
func hex(_ digits: String) -> [UInt8] {
  let values = digits.compactMap(\.hexDigitValue)
  return stride(from: 0, to: values.count, by: 2).map { UInt8(values[$0] * 16 + values[$0 + 1]) }
}

/// The lowest bytes of a number in the wanted order.
func bytes(_ value: Int, size: Int, bigEndian: Bool = false) -> [UInt8] {
  let little = (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  return bigEndian ? little.reversed() : little
}

/// What a call throws, in its own words; nil if it does not throw.
func refusal(_ call: () throws -> some Any) -> String? {
  do {
    _ = try call()
    return nil
  } catch {
    return "\(error)"
  }
}
