/// What a file is that holds no arrays as numpy saves them, told by its first bytes or, for a ZIP
/// archive, by its members.
package enum ForeignFile: Sendable, Equatable {
  case empty, pytorch, torchScript, torchExport, keras, hdf5, safetensors, pickle
  case gzip, bzip2, xz, zstandard, tar, zip
  case onnx, tensorFlowLite, matlab, idx, picture, json, html, gitLFS, text

  /// Bytes that tell it.
  static let beginning = 512

  /// - Parameter bytes: the file, or its beginning.
  /// - Returns: nil for nothing that is known.
  init?(_ bytes: [UInt8]) {
    if bytes.isEmpty {
      self = .empty
    } else if let known = ForeignFile.signatures.first(where: { bytes.starts(with: $0.bytes) }) {
      self = known.kind
    } else if bytes.starts(with: [0x80]), bytes.count > 1, (2...5).contains(bytes[1]) {
      self = .pickle
    } else if bytes.count > 8, bytes[8] == UInt8(ascii: "{"), bytes[4..<8].allSatisfy({ $0 == 0 }) {
      self = .safetensors
    } else if bytes.count > 262, bytes[257..<262].elementsEqual("ustar".utf8) {
      self = .tar
    } else if bytes.count > 8, bytes[4..<8].elementsEqual("TFL3".utf8) {
      self = .tensorFlowLite
    } else if bytes.count > 2, bytes[0] == 8, (3...20).contains(bytes[1]),
      [0x12, 0x3A, 0x42].contains(bytes[2])
    {
      // ModelProto: ir_version, then producer_name, graph or opset_import.
      self = .onnx
    } else if Picture.isRecognized(bytes) {
      self = .picture
    } else if let kind = ForeignFile.kind(ofText: bytes) {
      self = kind
    } else {
      return nil
    }
  }

  /// - Parameter names: all members of a ZIP archive, none of which is an array.
  init?(members names: [String]) {
    if names.contains("model.weights.h5") {
      self = .keras
    } else if names.contains(where: { $0.hasSuffix("constants.pkl") }) {
      self = .torchScript
    } else if names.contains(where: { $0.hasSuffix("models/model.json") }) {
      self = .torchExport
    } else if names.contains(where: { $0.hasSuffix("data.pkl") }) {
      self = .pytorch
    } else if !names.isEmpty {
      self = .zip
    } else {
      return nil
    }
  }

  private static let signatures: [(bytes: [UInt8], kind: ForeignFile)] = [
    // The number with which torch began its files before they were ZIP archives.
    ([0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19], .pytorch),
    ([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A], .hdf5),
    ([0x1F, 0x8B], .gzip),
    (Array("BZh".utf8), .bzip2),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .xz),
    ([0x28, 0xB5, 0x2F, 0xFD], .zstandard),
    (Array("MATLAB 5.0".utf8), .matlab),
    (Array("version https://git-lfs".utf8), .gitLFS),
    // MNIST's: bytes, and one to four axes.
    ([0, 0, 8, 1], .idx), ([0, 0, 8, 2], .idx), ([0, 0, 8, 3], .idx), ([0, 0, 8, 4], .idx),
  ]

  private static func kind(ofText bytes: [UInt8]) -> ForeignFile? {
    let isText = bytes.prefix(beginning).allSatisfy {
      (0x20...0x7E).contains($0) || (9...13).contains($0)
    }
    guard isText else { return nil }
    // Of protocol 0, which is text: a list, dictionary or tuple, or the name of a Python class.
    let beginnings = [
      "(lp0\n", "(dp0\n", "(tp0\n", "(i", "ccopy_reg\n", "cnumpy", "ctorch", "ccollections\n",
    ]
    if beginnings.contains(where: { bytes.starts(with: $0.utf8) }) { return .pickle }
    let text = String(decoding: bytes.prefix(beginning), as: UTF8.self).lowercased()
    switch text.first(where: { !$0.isWhitespace }) {
    case "<": return .html
    case "{": return .json
    default: return .text
    }
  }
}

extension ForeignFile {
  /// What was to be read in its place.
  enum Expected: String {
    case array = "a .npy file"
    case archive = "a .npz file"
  }

  /// What it is, what was expected, and how to come by that.
  func text(expected: Expected) -> String {
    "this is \(name), expected \(expected.rawValue); \(cure(expected))."
  }

  private var name: String {
    switch self {
    case .empty: "an empty file"
    case .pytorch: "a PyTorch file"
    case .torchScript: "a TorchScript file"
    case .torchExport: "a file of torch.export"
    case .keras: "a Keras file"
    case .hdf5: "an HDF5 file, as Keras's .h5 is"
    case .safetensors: "a safetensors file"
    case .pickle: "a Python pickle"
    case .gzip: "compressed by gzip"
    case .bzip2: "compressed by bzip2"
    case .xz: "compressed by xz"
    case .zstandard: "compressed by Zstandard"
    case .tar: "a tar archive"
    case .zip: "a ZIP archive without arrays"
    case .onnx: "an ONNX file"
    case .tensorFlowLite: "a TensorFlow Lite file"
    case .matlab: "a MATLAB file"
    case .idx: "an idx file, as MNIST has them"
    case .picture: "a picture"
    case .json: "JSON text"
    case .html: "a web page or XML"
    case .gitLFS: "a pointer of Git LFS, and not the file itself"
    case .text: "text"
    }
  }

  private func cure(_ expected: Expected) -> String {
    switch self {
    case .empty, .html: "get the file again"
    case .pytorch:
      "save its arrays: numpy.savez('net.npz', **{name: array.numpy() for name, array in "
        + "torch.load('net.pth').items()})"
    case .torchScript, .torchExport:
      "save the model's arrays: numpy.savez('net.npz', **{name: array.numpy() for name, array in "
        + "model.state_dict().items()})"
    case .keras, .hdf5:
      "load the model in Keras and save its arrays: numpy.savez('net.npz', "
        + "**{v.path: v.numpy() for v in model.weights})"
    case .safetensors:
      "save its arrays: numpy.savez('net.npz', **safetensors.numpy.load_file('net.safetensors'))"
    case .pickle: "load it in Python and save its arrays with numpy.savez"
    case .gzip: "unpack it with gunzip"
    case .bzip2: "unpack it with bunzip2"
    case .xz: "unpack it with unxz"
    case .zstandard: "unpack it with unzstd"
    case .tar, .zip: "unpack it and name the file that is wanted"
    case .onnx, .tensorFlowLite: "save its arrays by their layers' names with numpy.savez"
    case .matlab: "save its array: numpy.save('x.npy', scipy.io.loadmat('x.mat')['x'])"
    case .idx:
      "save one of its pictures, which begin at byte 16: numpy.save('x.npy', "
        + "numpy.fromfile('x.idx', 'u1')[16:800].reshape(28, 28))"
    case .picture: "a picture is given by --image"
    case .gitLFS: "fetch it with git lfs pull"
    case .json where expected == .archive, .text where expected == .archive:
      "put arrays into one by their names: numpy.savez('x.npz', x=array)"
    case .json, .text: "save the numbers with numpy.save('x.npy', numpy.loadtxt('x.txt'))"
    }
  }
}
