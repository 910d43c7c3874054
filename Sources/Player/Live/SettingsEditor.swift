import ConvolutionEngine
import ExactNumbers

/// The settings of one layer while they are being changed. Every value can be reached, also one
/// that does not fit; `outcome` then says why.
struct SettingsEditor: Sendable, Equatable {
  enum Field: String, Sendable, CaseIterable {
    case inputWidth = "input width"
    case inputHeight = "input height"
    case filterSize = "filter size"
    case filters
    case multiplier
    case stride
    case padding
    case left = "  left"
    case right = "  right"
    case top = "  top"
    case bottom = "  bottom"
    case dilation
    case groups
  }

  let layer: Int
  private let original: Presentation
  private(set) var width: Int
  private(set) var height: Int
  private(set) var specifications: [LayerSpecification]
  private let unchanged: [LayerSpecification]
  private(set) var selected = 0
  /// The keys that lead here from the layer, as a script names them.
  private(set) var keys = ["e"]

  /// nil where the layer has no window, and so nothing to set.
  ///
  /// - Parameter field: the setting to begin with, where the layer has it.
  init?(_ presentation: Presentation, layer: Int, at field: Field? = nil) {
    guard presentation.network.layers[layer].operation.windows != nil else { return nil }
    original = presentation
    self.layer = layer
    width = presentation.network.input.width
    height = presentation.network.input.height
    specifications = presentation.network.layers.map { layer in
      var specification = layer.specification
      // Names must not change when the kinds around them do.
      specification.name = layer.name
      return specification
    }
    unchanged = specifications
    if let field, let index = fields.firstIndex(of: field), index > 0 {
      selected = index
      // Wherever it was left in between.
      keys += ["\(Field.allCases.count)Up", "\(index)Down"]
    }
  }

  /// Whether every setting is as it was.
  var isUnchanged: Bool {
    let input = original.network.input
    return width == input.width && height == input.height && specifications == unchanged
  }

  /// Presses a key some times, and remembers it.
  mutating func press(
    _ name: String, times: Int, _ change: (inout SettingsEditor) -> Void
  ) {
    for _ in 0..<times { change(&self) }
    keys.append(times == 1 ? name : "\(times)\(name)")
  }

  mutating func select(by distance: Int) {
    selected = min(max(0, selected + distance), fields.count - 1)
  }

  var fields: [Field] {
    Field.allCases.filter { field in
      switch field {
      case .filters, .multiplier, .groups: count(field) != nil
      case .inputWidth, .inputHeight, .filterSize, .stride, .padding, .left, .right, .top, .bottom,
        .dilation:
        true
      }
    }
  }

  var field: Field { fields[min(selected, fields.count - 1)] }

  private var isConvolution: Bool { original.network.layers[layer].form == .filters }

  func label(of field: Field) -> String {
    field == .filterSize && !isConvolution ? "pool size" : field.rawValue
  }

  /// The layer's windows as they are set now; the input's sizes may still not go with them.
  var windows: WindowSettings {
    specifications[layer].operation.windows ?? WindowSettings(size: Pair(1))
  }

  /// A setting as it is shown: `3×5` where the axes differ, `mixed` where the sides do.
  func text(of field: Field) -> String {
    if let axes = SettingsEditor.axes(of: field) {
      let pair = windows[keyPath: axes]
      return pair.x == pair.y ? "\(pair.x)" : "\(pair.x)×\(pair.y)"
    }
    let sides = self.sides
    let isMixed = Set([sides.left, sides.right, sides.top, sides.bottom]).count > 1
    return field == .padding && isMixed ? "mixed" : "\(value(of: field))"
  }

  /// Where a setting stands that has a value for each axis.
  private static func axes(of field: Field) -> WritableKeyPath<WindowSettings, Pair>? {
    switch field {
    case .filterSize: \.size
    case .stride: \.stride
    case .dilation: \.dilation
    case .inputWidth, .inputHeight, .filters, .multiplier, .groups, .padding, .left, .right, .top,
      .bottom:
      nil
    }
  }

  /// How many filters, groups or filters a map; nil where the kind has no such setting.
  private func count(_ field: Field) -> Int? {
    switch (specifications[layer].operation, field) {
    case (.convolution(let convolution), .filters): convolution.filters
    case (.convolution(let convolution), .groups): convolution.groups
    case (.depthwiseConvolution(let convolution), .multiplier): convolution.multiplier
    default: nil
    }
  }

  /// The value of a setting; where its axes differ that of x, where its sides do the left one's.
  private func value(of field: Field) -> Int {
    let sides = self.sides
    switch field {
    case .inputWidth: return width
    case .inputHeight: return height
    case .filterSize: return windows.size.x
    case .filters, .multiplier, .groups: return count(field) ?? 1
    case .stride: return windows.stride.x
    case .padding, .left: return sides.left
    case .right: return sides.right
    case .top: return sides.top
    case .bottom: return sides.bottom
    case .dilation: return windows.dilation.x
    }
  }

  /// The padding a side; `same` as the sides that it comes to.
  private var sides: (left: Int, right: Int, top: Int, bottom: Int) {
    if case .sides(let left, let right, let top, let bottom) = windows.padding {
      return (left, right, top, bottom)
    }
    guard let windows = original.network.layers[layer].windows else { return (0, 0, 0, 0) }
    return (
      windows.x.paddingBefore, windows.x.paddingAfter, windows.y.paddingBefore,
      windows.y.paddingAfter
    )
  }

  /// Changes the selected field, on both axes where it has two; values run from 0 to 999.
  mutating func change(by distance: Int) {
    func moved(_ value: Int) -> Int { min(999, max(0, value + distance)) }
    guard let axes = SettingsEditor.axes(of: field) else {
      set(field, to: moved(value(of: field)))
      return
    }
    setWindows { windows in
      let pair = windows[keyPath: axes]
      windows[keyPath: axes] = Pair(moved(pair.x), moved(pair.y))
    }
  }

  mutating func set(_ field: Field, to value: Int) {
    var sides = self.sides
    switch field {
    case .inputWidth: width = value
    case .inputHeight: height = value
    case .filters, .multiplier, .groups: setCount(field, to: value)
    case .filterSize: setWindows { $0.size = Pair(value) }
    case .stride: setWindows { $0.stride = Pair(value) }
    case .dilation: setWindows { $0.dilation = Pair(value) }
    case .padding: sides = (value, value, value, value)
    case .left: sides.left = value
    case .right: sides.right = value
    case .top: sides.top = value
    case .bottom: sides.bottom = value
    }
    if [.padding, .left, .right, .top, .bottom].contains(field) {
      setWindows {
        $0.padding = .sides(
          left: sides.left, right: sides.right, top: sides.top, bottom: sides.bottom)
      }
    }
  }

  private mutating func setCount(_ field: Field, to value: Int) {
    switch specifications[layer].operation {
    case .convolution(var convolution):
      if field == .filters { convolution.filters = value } else { convolution.groups = value }
      specifications[layer].operation = .convolution(convolution)
    case .depthwiseConvolution(var convolution):
      convolution.multiplier = value
      specifications[layer].operation = .depthwiseConvolution(convolution)
    default: break
    }
  }

  /// The next rule for what the stride leaves over; `ceil` is for pools only.
  mutating func changeRounding() {
    let rules: [Rounding] = isConvolution ? [.floor, .strict] : [.floor, .ceil, .strict]
    let index = rules.firstIndex(of: windows.rounding) ?? 0
    setWindows { $0.rounding = rules[(index + 1) % rules.count] }
  }

  private mutating func setWindows(_ change: (inout WindowSettings) -> Void) {
    var windows = self.windows
    change(&windows)
    specifications[layer].operation.windows = windows
  }

  /// The network as it is set now, or why there is none.
  var outcome: Result<Network, NetworkError> {
    do throws(NetworkError) {
      let shape: Shape
      do throws(ShapeError) {
        shape = try Shape(width, height, original.network.input.depth)
      } catch {
        throw .layer(
          name: original.network.inputName, number: 0, input: original.network.input, error)
      }
      return .success(try original.network.rebuilt(input: shape, layers: specifications))
    } catch {
      return .failure(error)
    }
  }

  /// The windows along one axis with the settings as they are, whatever the rounding says.
  func windows(_ axis: Axis) -> WindowAxis? {
    var relaxed = windows
    if relaxed.rounding == .strict { relaxed.rounding = .floor }
    return try? relaxed.windows(axis, over: size(axis))
  }

  /// The size of the layer's input along an axis: the network's own for the first layer.
  func size(_ axis: Axis) -> Int {
    guard case .layer(let source) = original.network.layers[layer].sources[0] else {
      return axis == .x ? width : height
    }
    guard case .success(let network) = outcome else {
      let shape = original.network.layers[source].output
      return axis == .x ? shape.width : shape.height
    }
    let shape = network.layers[source].output
    return axis == .x ? shape.width : shape.height
  }

  /// Whether the layers behind this one can be made too.
  private var fitsWholly: Bool {
    guard let shape = try? Shape(width, height, original.network.input.depth) else { return false }
    let network = try? Network(
      inputName: original.network.inputName, input: shape, layers: specifications)
    return network != nil
  }

  /// Changes of one setting with which nothing is left over in this layer and every layer behind
  /// it can be made, nearest first.
  var mends: [String] {
    var found: [String] = []
    let tries: [(Field, [Int])] = [
      (.filterSize, around(.filterSize)), (.stride, around(.stride)), (.padding, around(.padding)),
    ]
    for (field, values) in tries {
      for value in values {
        var copy = self
        copy.set(field, to: value)
        guard let windows = copy.windows(.x), windows.formula.divides, copy.fitsWholly else {
          continue
        }
        let name = field == .filterSize ? (isConvolution ? "filter" : "pool") : field.rawValue
        found.append("\(name) \(value) gives \(windows.positions)")
        if found.count(where: { $0.hasPrefix(name) }) == 2 { break }
      }
    }
    return found
  }

  private func around(_ field: Field) -> [Int] {
    let value = value(of: field)
    return [value - 1, value + 1, value - 2, value + 2, value + 3].filter {
      $0 >= (field == .padding ? 0 : 1)
    }
  }

  /// What the change makes of the presentation: numbers are kept wherever they still fit.
  func presentation(_ network: Network) -> Presentation {
    var changed = original
    changed.network = network
    changed.input = original.input.fitted(to: network.input)
    changed.command = original.command
    return changed
  }
}

extension Network {
  /// The network with other settings; each layer keeps its own numbers where their count still
  /// fits, and gets seeded ones where not.
  func rebuilt(
    input: Shape, layers: [LayerSpecification]
  ) throws(NetworkError) -> Network {
    try Network(
      inputName: inputName, input: input, layers: layers, seed: seed, scheme: scheme
    ).keepingNumbers(of: self)
  }
}

extension Tensor {
  /// The same numbers in another width and height: cut, or continued by repeating.
  func fitted(to shape: Shape) -> Tensor {
    guard shape != self.shape else { return self }
    let places = (0..<shape.count).map { index in
      let cell = shape.cell(at: index)
      return self.shape.index(
        Cell(cell.x % self.shape.width, cell.y % self.shape.height, cell.depth % self.shape.depth))
    }
    switch storage {
    case .exact(let numerators, let denominator):
      return Tensor(shape, places.map { numerators[$0] }, over: denominator)
    case .float32(let floats, let isRounded):
      return Tensor(shape, finite: places.map { floats[$0] }, isRounded: isRounded)
    }
  }
}
