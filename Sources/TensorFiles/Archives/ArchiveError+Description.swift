import ConvolutionEngine
import ExactNumbers

extension ArchiveError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notZip(let foreign?): return foreign.text(expected: .archive)
    case .notZip: return "this is not a .npz file; save the arrays with numpy.savez."
    case .cutShort:
      return "the end of the archive is missing; the file was cut short, \(saveAgain)"
    case .severalParts:
      return "the archive is spread over several files, expected one; \(saveAgain)"
    case .damagedTable: return "the archive's table of members is damaged; \(saveAgain)"
    case .duplicateName(let name):
      return "the archive has two members named \(name.excerpt); \(saveAgain)"
    case .overlap(let name):
      return "the member \(name.excerpt) shares its bytes with another; \(saveAgain)"
    case .damagedHeader(let name):
      return "the header of the member \(name.excerpt) is damaged; \(saveAgain)"
    case .encrypted(let name):
      return "the member \(name.excerpt) is encrypted; save the arrays without a password."
    case .method(let name, let number):
      return "the member \(name.excerpt) is compressed by \(compression(number)), expected none "
        + "or deflate; save the arrays with numpy.savez_compressed."
    case .damagedData(let name):
      return "the member \(name.excerpt) does not unpack to the size and checksum that the "
        + "archive gives; \(saveAgain)"
    case .tooLarge(let name, let size, let limit):
      return "the member \(name.excerpt) unpacks to \(size) bytes, more than the \(limit) that "
        + "are taken; use a smaller array."
    case .noArray(let name, let known):
      return "the archive has no array \(name.excerpt); it has "
        + (known.isEmpty ? "none." : "\(known.listed(\.excerpt)).")
    case .chooseArray(let known):
      return "the archive has \(known.count) arrays, expected one: \(known.listed(\.excerpt)); "
        + "save the one alone with numpy.save, or give --weights an archive whose arrays are named "
        + "after layers."
    case .noArrays(let foreign?): return foreign.text(expected: .archive)
    case .noArrays: return "the archive holds no array; \(saveAgain)"
    case .surplus(let name, let size, let needed):
      return "the member \(name.excerpt) unpacks to \(size) bytes, but its array ends after "
        + "\(needed); \(saveAgain)"
    case .onlyArray(let problem): return "\(problem)"
    case .array(let name, let problem): return "the array \(name.excerpt): \(problem)"
    }
  }

  /// What APPNOTE.TXT, 4.4.5, calls a method.
  private func compression(_ method: Int) -> String {
    switch method {
    case 9: "Deflate64"
    case 12: "bzip2"
    case 14: "LZMA"
    case 93: "Zstandard"
    case 95: "XZ"
    default: "method \(method)"
    }
  }

  private var saveAgain: String { "save the arrays again with numpy.savez." }
}
