import ConvolutionEngine
import ExactNumbers
import TensorFiles

extension LessonBuilder {
  /// The input's numbers; nil after a problem.
  ///
  /// - Parameter declared: the size that a named network's input has.
  mutating func input(
    _ draft: InputDraft, seed: UInt64, files: Files, for declared: Shape? = nil
  ) -> Tensor? {
    switch draft.numbers {
    case .unreadable: return nil
    case .seeded: return draft.size.flatMap { seeded($0, seed: seed) }
    case .grids(let grids): return tensor(grids, size: draft.size?.value)
    case .file(let path, let axes):
      return sized(tensor(path, axes: axes, files: files, for: declared), draft.size, path.value)
    case .picture(let path):
      return picture(path, size: draft.size?.value ?? declared, files: files)
    case .scene(let name):
      guard let scene = scenes[name.value] else {
        log.add(.stops(.unknownScene(name.value, known: scenes.keys.sorted())), at: name.place)
        return nil
      }
      return sized(scene.input, draft.size, name.value)
    }
  }

  /// A tensor of the size that is said, if one is; nil after a problem.
  private mutating func sized(_ tensor: Tensor?, _ size: Placed<Shape>?, _ what: String) -> Tensor?
  {
    guard let tensor, let size, size.value != tensor.shape else { return tensor }
    log.add(
      .numbers(.grid(what: what, found: "\(tensor.shape)", expected: "\(size.value)")),
      at: size.place)
    return nil
  }

  /// A picture inside the lesson's folder, scaled to cover a size and cut evenly to it; nil after a
  /// problem.
  private mutating func picture(
    _ path: Placed<String>, size: Shape?, files: Files
  ) -> Tensor? {
    guard SourceFolder.isInside(path.value) else {
      log.add(.path(path.value), at: path.place)
      return nil
    }
    guard let bytes = log.bytes(of: path, files: files) else { return nil }
    do throws(PictureError) {
      var picture = try Picture(bytes: bytes)
      if picture.hasOpacity { picture = try picture.withoutOpacity() }
      guard keeps(picture.shape.count, of: path) else { return nil }
      if let size { picture = try picture.resized(width: size.width, height: size.height) }
      return sized(picture.tensor, size.map { Placed($0, path.place) }, path.value)
    } catch {
      log.add(.picture(path.value, error), at: path.place)
      return nil
    }
  }

  /// Whether an input may have so many numbers out of a file, and they can be paid; false after a
  /// problem.
  private mutating func keeps(_ count: Int, of path: Placed<String>) -> Bool {
    guard log.spend(.kept(numbers: count), path.value, at: path.place) else { return false }
    guard count > Lesson.largestInput else { return true }
    log.add(
      .numbers(.tooManyNumbers(found: count, limit: Lesson.largestInput)), at: path.place)
    return false
  }

  /// The numbers of grids, one a depth, of the first one's size or of another; nil after a problem.
  mutating func tensor(_ grids: Placed<[Grid]>, size: Shape? = nil) -> Tensor? {
    let first = grids.value[0]
    let (width, height) = (size?.width ?? first.width, size?.height ?? first.height)
    guard fits(grids, width, height, depth: size?.depth, "depth"),
      let numbers = CommonDenominator(grids.value.lazy.flatMap(\.numbers), log: &log),
      let shape = shape(width, height, grids.value.count, at: grids.place)
    else { return nil }
    return Tensor(shape, numbers.numerators, over: numbers.denominator)
  }

  private mutating func seeded(_ size: Placed<Shape>, seed: UInt64) -> Tensor? {
    guard log.spend(.seeded(size.value.count), "this input", at: size.place) else { return nil }
    do throws(ArithmeticError) {
      return try Tensor.seeded(size.value, seed: seed)
    } catch {
      log.add(.arithmetic(error), at: size.place)
      return nil
    }
  }

  private mutating func shape(
    _ width: Int, _ height: Int, _ depth: Int, at place: TextPlace
  ) -> Shape? {
    do throws(ShapeError) {
      return try Shape(width, height, depth)
    } catch {
      log.add(.shape(error), at: place)
      return nil
    }
  }

  private mutating func tensor(
    _ path: Placed<String>, axes: AxisOrder, files: Files, for declared: Shape?
  ) -> Tensor? {
    guard let file = array(path, files: files) else { return nil }
    if let declared, let (order, _) = file.otherAxes(than: axes, for: declared) {
      log.add(.axes(path.value, found: order, network: declared), at: path.place)
      return nil
    }
    do throws(NumpyError) {
      let tensor = try Tensor(file, axes: axes)
      return keeps(tensor.shape.count, of: path) ? tensor : nil
    } catch {
      log.add(.array(path.value, error), at: path.place)
      return nil
    }
  }

  /// Whether grids, one a depth, have the size that they should; all that do not are told.
  private mutating func fits(
    _ grids: Placed<[Grid]>, _ width: Int, _ height: Int, depth: Int?, _ what: String
  ) -> Bool {
    let before = log.problems.count
    if let depth, grids.value.count != depth {
      log.add(
        .numbers(.count(what: "\(what)s", found: grids.value.count, expected: depth, each: "grid")),
        at: grids.place)
    }
    for (index, grid) in grids.value.enumerated()
    where grid.width != width || grid.height != height {
      log.add(
        .numbers(
          .grid(
            what: "\(what) \(index)", found: grid.sizeText, expected: "\(width)×\(height)")),
        at: grid.place)
    }
    return log.problems.count == before
  }
}

extension LessonBuilder {
  /// A layer's own weights and bias, from the lesson or from files; nil where it has none.
  mutating func given(
    _ draft: LayerDraft, for layer: Layer, files: Files
  ) -> GivenParameters? {
    if layer.normalization != nil {
      return statistics(draft, for: layer).map { GivenParameters(normalization: $0) }
    }
    guard let parameters = layer.parameters else { return nil }
    var given = GivenParameters()
    if let filters = draft.weights {
      given.weights = weights(filters, for: layer, parameters)
    } else if let path = draft.specification.weightsFile {
      given.weights = coefficients(
        .weight, of: layer, Placed(path, draft.place(ofKey: "weights")), files: files)
    }
    if let bias = draft.bias {
      given.bias = numbers(bias, "bias", count: parameters.filters)
    } else if let path = draft.specification.biasFile {
      given.bias = coefficients(
        .bias, of: layer, Placed(path, draft.place(ofKey: "bias")), files: files)
    }
    return given
  }

  private mutating func weights(
    _ filters: Placed<[Placed<[Grid]>]>, for layer: Layer, _ parameters: Parameters
  ) -> Coefficients? {
    let before = log.problems.count
    if filters.value.count != parameters.filters {
      log.add(
        .numbers(
          .count(
            what: "weights", found: filters.value.count, expected: parameters.filters,
            each: "filter")),
        at: filters.place)
    }
    let filter = parameters.filter
    for (index, grids) in filters.value.enumerated() {
      let what = "filter \(index)"
      if layer.windows == nil {
        checkCount(grids, filter.depth, what)
      } else {
        _ = fits(grids, filter.width, filter.height, depth: filter.depth, "\(what), depth")
      }
    }
    guard log.problems.count == before,
      let numbers = CommonDenominator(
        filters.value.flatMap { $0.value.flatMap(\.numbers) }, log: &log)
    else { return nil }
    return .stored(numbers.numerators, denominator: numbers.denominator)
  }

  /// A dense layer's filter is as many numbers as its input has, however they are broken into rows.
  private mutating func checkCount(_ grids: Placed<[Grid]>, _ expected: Int, _ what: String) {
    let found = grids.value.reduce(0) { $0 + $1.numbers.count }
    guard found != expected else { return }
    log.add(
      .numbers(.count(what: what, found: found, expected: expected, each: "number")),
      at: grids.place)
  }

  /// A normalization's numbers, one row of them after the other; nil where none are given.
  private mutating func statistics(
    _ draft: LayerDraft, for layer: Layer
  ) -> Coefficients? {
    guard !draft.statistics.isEmpty else { return nil }
    let before = log.problems.count
    var all: [Placed<Ratio>] = []
    for role in layer.operation.rule.roles {
      guard let numbers = draft.statistics[role.rawValue] else { continue }
      checkCount(numbers, role.rawValue, layer.output.depth)
      all += numbers.value
    }
    guard log.problems.count == before, let numbers = CommonDenominator(all, log: &log) else {
      return nil
    }
    return .stored(numbers.numerators, denominator: numbers.denominator)
  }

  private mutating func checkCount(
    _ numbers: Placed<[Placed<Ratio>]>, _ what: String, _ expected: Int
  ) {
    guard numbers.value.count != expected else { return }
    log.add(
      .numbers(.count(what: what, found: numbers.value.count, expected: expected, each: "number")),
      at: numbers.place)
  }

  private mutating func numbers(
    _ numbers: Placed<[Placed<Ratio>]>, _ what: String, count: Int
  ) -> Coefficients? {
    let before = log.problems.count
    checkCount(numbers, what, count)
    guard log.problems.count == before, let numbers = CommonDenominator(numbers.value, log: &log)
    else { return nil }
    return .stored(numbers.numerators, denominator: numbers.denominator)
  }

  private mutating func coefficients(
    _ role: ArrayRole, of layer: Layer, _ path: Placed<String>, files: Files
  ) -> Coefficients? {
    guard let file = array(path, files: files) else { return nil }
    do throws(NumpyError) {
      let numbers = try Coefficients(role, of: layer, from: file, axes: .xyd)
      return log.spend(.kept(numbers: numbers.count), path.value, at: path.place) ? numbers : nil
    } catch {
      log.add(.array(path.value, error), at: path.place)
      return nil
    }
  }

  private func isTaken(_ path: String) -> Bool {
    SourceFolder.isInside(path) && path.hasSuffix(".npy")
  }

  /// Refuses every path that leads out of the folder, whatever else is wrong with the scene.
  mutating func checkPaths(of draft: SceneDraft) {
    for layer in draft.layers {
      for (key, path) in [
        ("weights", layer.specification.weightsFile), ("bias", layer.specification.biasFile),
      ] {
        guard let path, !isTaken(path) else { continue }
        log.add(.path(path), at: layer.place(ofKey: key))
      }
    }
  }

  /// A `.npy` file inside the lesson's folder; nil after a problem.
  private mutating func array(_ path: Placed<String>, files: Files) -> NumpyFile? {
    guard isTaken(path.value) else {
      log.add(.path(path.value), at: path.place)
      return nil
    }
    guard let bytes = log.bytes(of: path, files: files) else { return nil }
    do throws(NumpyError) {
      return try NumpyFile(bytes)
    } catch {
      log.add(.array(path.value, error), at: path.place)
      return nil
    }
  }
}
