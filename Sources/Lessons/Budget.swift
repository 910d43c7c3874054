/// What reading, expanding and checking one file may cost, and what it has cost so far.
///
/// Costs are counted, not measured: the same file costs the same on every machine. A unit of work
/// is up to ten nanoseconds, one of memory a byte that is kept. Everything that a few words of a
/// file can multiply is spent here before it is done: `numbers(1 << 24)` are paid before a tensor
/// of them is made. What expressions evaluate is bounded by `ExpressionEvaluator`.
package struct Budget {
  /// About a second.
  package static let mostWork = 150_000_000
  package static let mostMemory = 128 << 20

  private let mostWork: Int
  private let mostMemory: Int
  private(set) var work = 0
  private(set) var memory = 0
  /// Whether something was too much; nothing more is to be done then.
  private(set) var isSpent = false

  struct Cost {
    var work: Int
    var memory: Int
  }

  package enum Resource: Sendable, Equatable {
    case work, memory
  }

  package init(mostWork: Int = mostWork, mostMemory: Int = mostMemory) {
    self.mostWork = mostWork
    self.mostMemory = mostMemory
  }

  /// Spends a cost, if there is enough left for it.
  ///
  /// - Returns: what there is too little of; nil where there was enough.
  mutating func spend(_ cost: Cost) -> Resource? {
    // No cost is below 0, and none is added once there was too little.
    let lacking: Resource? =
      cost.work > mostWork - work
      ? .work : cost.memory > mostMemory - memory ? .memory : nil
    guard lacking == nil, !isSpent else {
      isSpent = true
      return lacking ?? .work
    }
    work += cost.work
    memory += cost.memory
    return nil
  }
}

extension Budget.Cost {
  /// A value of a file with so many bytes of text.
  static func node(bytes: Int = 0) -> Self { Self(work: 50 + 2 * bytes, memory: 100 + bytes) }

  /// Numbers that a text spells, in a grid.
  static func grid(numbers: Int) -> Self {
    Self(work: 200 + 50 * numbers, memory: 200 + 80 * numbers)
  }

  /// A layer, read out of its text or given its sizes.
  static func layer(inputs: Int = 1) -> Self {
    Self(work: 1000 + 20 * inputs, memory: 1000 + 100 * inputs)
  }

  /// A tensor of numbers that a seed makes.
  static func seeded(_ numbers: Int) -> Self { Self(work: numbers, memory: numbers) }

  /// A text with places for values, of so many characters, filled and laid out.
  static func template(_ characters: Int) -> Self {
    Self(work: 50 + 50 * characters, memory: 100 + 4 * characters)
  }

  /// An expression or equation of so many characters.
  static func expression(_ characters: Int) -> Self {
    Self(work: 100 + 50 * characters, memory: 0)
  }

  /// Cells that a check works out product by product.
  static func accounts(cells: Int, places: Int) -> Self {
    Self(work: 200 * cells + 20 * places, memory: 0)
  }

  /// Products of layers that a check evaluates, and the cells that are kept.
  static func evaluation(products: Int, cells: Int) -> Self {
    Self(work: products + 10 * cells, memory: 8 * cells)
  }

  /// The screens of a stop, which work out the cells of a grid, and keep the account of one: each of
  /// so many places.
  static func screens(places: Int) -> Self { Self(work: 800 * places, memory: 190 * places) }

  /// A file that a lesson names, read once more for each time.
  static func file(bytes: Int) -> Self { Self(work: bytes / 4, memory: 0) }

  /// Numbers that are kept of such a file.
  static func kept(numbers: Int) -> Self { Self(work: numbers, memory: 4 * numbers) }

  /// A text that a block's places are filled in, of so many bytes when it is.
  static func filled(bytes: Int) -> Self { Self(work: 100 + 10 * bytes, memory: 150 + bytes) }

  /// An item of a block, written once more.
  static let item = Self(work: 200, memory: 0)

  static func * (cost: Self, count: Int) -> Self {
    Self(work: cost.work * count, memory: cost.memory * count)
  }

  static func + (left: Self, right: Self) -> Self {
    Self(work: left.work + right.work, memory: left.memory + right.memory)
  }
}
