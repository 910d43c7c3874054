import ConvolutionEngine

/// A lesson as its file has it, before sizes are inferred and files are read. What could not be
/// read is nil and stands in the log.
struct LessonDraft {
  var title = ""
  var summary = ""
  var seed: UInt64 = 0
  var input: InputDraft?
  var layers: [LayerDraft] = []
  /// Whether every layer could be read.
  var hasAllLayers = false
  var notes: [NotesDraft] = []
}

struct InputDraft {
  var name = "X"
  var size: Placed<Shape>?
  var numbers = Numbers.seeded

  enum Numbers {
    case seeded
    case grids(Placed<[Grid]>)
    case file(Placed<String>)
    /// There are some, but they could not be read.
    case unreadable
  }
}

struct LayerDraft {
  let specification: LayerSpecification
  /// Where the layer stands, and each of its keys.
  let place: TextPlace
  let keys: [String: TextPlace]
  /// Grids filter by filter, each depth by depth.
  var weights: Placed<[Placed<[Grid]>]>?
  var bias: Placed<[Placed<Ratio>]>?

  func place(ofKey key: String) -> TextPlace { keys[key] ?? place }
}

struct NotesDraft {
  let layer: Placed<String>
  let sentences: [Placed<String>]
}

/// A value and where it stands.
struct Placed<Value> {
  let value: Value
  let place: TextPlace

  init(_ value: Value, _ place: TextPlace) {
    self.value = value
    self.place = place
  }
}

/// Rows of numbers; all rows are as long as the first, which is not empty.
struct Grid {
  let width: Int
  let height: Int
  /// Row by row.
  let numbers: [Placed<Ratio>]
  let place: TextPlace

  var sizeText: String { "\(width)×\(height)" }
}
