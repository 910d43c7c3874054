import Glibc
import TestSupport

/// What libFuzzer calls with each input. A promise that is not kept ends the program, as a trap in
/// the reader itself would; libFuzzer then leaves the input in a file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  do {
    try reader.hold([UInt8](UnsafeBufferPointer(start: data, count: count)))
  } catch {
    fatalError("\(error)")
  }
  return 0
}

private let reader: Reader = {
  let name = getenv("CONVWALK_READER").map { String(cString: $0) } ?? ""
  guard let reader = Reader(rawValue: name) else {
    fatalError(
      "CONVWALK_READER is one of \(Reader.allCases.map(\.rawValue).joined(separator: " "))")
  }
  return reader
}()
