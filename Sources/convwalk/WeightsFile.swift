import ConvolutionEngine
import TensorFiles

/// The file of `--weights`: the numbers of all layers.
struct WeightsFile {
  private let path: String
  private let axes: AxisOrder
  private let weights: NetworkWeights

  init(_ path: String, axes: AxisOrder) throws(CommandFailure) {
    self.path = path
    self.axes = axes
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileContents.read(path, ifBeginning: ZipArchive.isRecognized)
    } catch {
      throw .file(error)
    }
    do throws(ArchiveError) {
      weights = try NetworkWeights(bytes)
    } catch {
      throw .archive(path: path, error)
    }
  }

  var isNamedByPyTorch: Bool { weights.isNamedByPyTorch }

  /// Every layer's numbers but those that the layer takes from files of its own.
  func parameters(of network: Network) throws(CommandFailure) -> [String: GivenParameters] {
    do throws(NetworkWeightsError) {
      return try weights.parameters(of: network, axes: axes)
    } catch {
      throw .weights(path: path, error)
    }
  }

  func filterCount(ofLayer name: String, size: Pair) -> Int? {
    weights.filterCount(ofLayer: name, size: size, axes: axes)
  }
}
