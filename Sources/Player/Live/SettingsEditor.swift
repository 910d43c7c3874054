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
  let original: Presentation
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

  var fields: [Field] { Field.allCases.filter { value(of: $0) != nil } }

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
    switch SettingsEditor.place(of: field) {
    case .axes(let path):
      let pair = windows[keyPath: path]
      return pair.x == pair.y ? "\(pair.x)" : "\(pair.x)×\(pair.y)"
    case .sides(let paths) where Set(paths.map { sides[keyPath: $0] }).count > 1: return "mixed"
    case .input, .count, .sides: return value(of: field).map { "\($0)" } ?? ""
    }
  }

  /// Where a setting stands.
  private enum Place {
    case input(WritableKeyPath<SettingsEditor, Int>)
    /// A value for each axis.
    case axes(WritableKeyPath<WindowSettings, Pair>)
    /// Of those kinds alone that have it under the field's name.
    case count
    case sides([WritableKeyPath<Sides, Int>])
  }

  private static func place(of field: Field) -> Place {
    switch field {
    case .inputWidth: .input(\.width)
    case .inputHeight: .input(\.height)
    case .filterSize: .axes(\.size)
    case .stride: .axes(\.stride)
    case .dilation: .axes(\.dilation)
    case .filters, .multiplier, .groups: .count
    case .padding: .sides([\.left, \.right, \.top, \.bottom])
    case .left: .sides([\.left])
    case .right: .sides([\.right])
    case .top: .sides([\.top])
    case .bottom: .sides([\.bottom])
    }
  }

  /// The value of a setting; where its axes differ that of x, where its sides do the left one's.
  /// nil where the kind has no such setting.
  private func value(of field: Field) -> Int? {
    switch SettingsEditor.place(of: field) {
    case .input(let path): self[keyPath: path]
    case .axes(let path): windows[keyPath: path].x
    case .count: specifications[layer].operation.count(field.rawValue)
    case .sides(let paths): sides[keyPath: paths[0]]
    }
  }

  /// The padding a side; `same` as the sides that it comes to.
  private var sides: Sides {
    if case .sides(let left, let right, let top, let bottom) = windows.padding {
      return Sides(left: left, right: right, top: top, bottom: bottom)
    }
    guard let windows = original.network.layers[layer].windows else { return Sides() }
    return Sides(
      left: windows.x.paddingBefore, right: windows.x.paddingAfter, top: windows.y.paddingBefore,
      bottom: windows.y.paddingAfter)
  }

  /// Changes the selected field, on both axes where it has two; values run from 0 to 999.
  mutating func change(by distance: Int) {
    func moved(_ value: Int) -> Int { min(999, max(0, value + distance)) }
    if case .axes(let path) = SettingsEditor.place(of: field) {
      setWindows { windows in
        let pair = windows[keyPath: path]
        windows[keyPath: path] = Pair(moved(pair.x), moved(pair.y))
      }
    } else if let value = value(of: field) {
      set(field, to: moved(value))
    }
  }

  mutating func set(_ field: Field, to value: Int) {
    switch SettingsEditor.place(of: field) {
    case .input(let path): self[keyPath: path] = value
    case .axes(let path): setWindows { $0[keyPath: path] = Pair(value) }
    case .count: specifications[layer].operation.setCount(field.rawValue, to: value)
    case .sides(let paths):
      var sides = self.sides
      for path in paths { sides[keyPath: path] = value }
      setWindows {
        $0.padding = .sides(
          left: sides.left, right: sides.right, top: sides.top, bottom: sides.bottom)
      }
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
    guard let value = value(of: field) else { return [] }
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
