import ConvolutionEngine
import ExactNumbers
import TensorFiles

/// A lesson as its file has it, before sizes are inferred and files are read. What could not be
/// read is nil and stands in the log.
struct LessonDraft {
  var title = ""
  var summary = ""
  /// The lesson's own network.
  var main = SceneDraft()
  var scenes: [Placed<SceneDraft>] = []
  /// Whether every scene could be read.
  var hasAllScenes = true
  var stops: [StopDraft] = []
  var next: Placed<String>?
  var claims: [Placed<String>] = []
}

struct SceneDraft {
  var name = Scene.main
  /// Makes the numbers that are not given.
  var seed: UInt64?
  var input: InputDraft?
  /// Whether an input is given; it may have been unreadable.
  var hasInput = false
  /// The named network that takes the place of layers.
  var network: NetworkDraft?
  var layers: [LayerDraft] = []
  /// The numbers of all layers.
  var arrays: ArraysDraft?
  /// Whether every layer could be read.
  var hasAllLayers = false
  var notes: [NotesDraft] = []
  var loss: LossDraft?
}

/// What flows back comes from, in a scene or at a stop.
struct LossDraft {
  let place: TextPlace
  var layer: Placed<String>?
  let kind: Kind

  enum Kind {
    /// The gradient that is given.
    case upstream(Placed<[Grid]>)
    /// With what the scores should be; nil for the sum.
    case named(Loss.Kind, target: Target?)
  }

  enum Target {
    case label(Placed<Int>)
    case numbers(Placed<[Grid]>)

    var place: TextPlace {
      switch self {
      case .label(let label): label.place
      case .numbers(let grids): grids.place
      }
    }
  }
}

/// A network that a scene takes from the networks folder, and what it changes of it.
struct NetworkDraft {
  let name: Placed<String>
  /// What stands behind the base in place of the network's own head.
  var head: [LayerDraft]?
  /// Where training is told to leave the base as it is; nil: it is not.
  var freeze: TextPlace?
}

struct StopDraft {
  let place: TextPlace
  var title = ""
  var scene: Placed<String>?
  var view = Stop.View.walk
  var from: Placed<String>?
  var at: Placed<String>?
  var depth: Placed<Int>?
  var loss: LossDraft?
  var text: Placed<String>?
  var figure: Placed<String>?
  var question: QuestionDraft?
  var after: Placed<String>?
  var loose: LooseDraft?
}

struct QuestionDraft {
  let ask: Placed<String>
  let answer: Placed<String>
  /// What can be chosen; empty where a number is typed.
  let choices: [Placed<String>]
  /// What is to be changed, where the answer is a change.
  let task: TaskDraft?
  let slips: [(answer: Placed<String>, says: Placed<String>)]
  /// At least one, each nearer than the one before it.
  let hints: [Placed<String>]
  let why: Placed<String>
}

struct TaskDraft {
  let change: Placed<String>
  let until: Placed<String>
}

struct LooseDraft {
  let written: Placed<String>
  let arithmetic: Placed<String>
  let matters: Placed<String>
}

struct InputDraft {
  var name = "X"
  var size: Placed<Shape>?
  var seed: UInt64?
  var numbers = Numbers.seeded

  enum Numbers {
    case seeded
    case grids(Placed<[Grid]>)
    case file(Placed<String>, AxisOrder)
    case picture(Placed<String>)
    /// Another scene's.
    case scene(Placed<String>)
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
  /// A batch normalization's own numbers by their key, one a map.
  var statistics: [String: Placed<[Placed<Ratio>]>] = [:]

  func place(ofKey key: String) -> TextPlace { keys[key] ?? place }

  /// Whether numbers of its own are given, here or by a file.
  var hasNumbers: Bool {
    weights != nil || bias != nil || !statistics.isEmpty || specification.weightsFile != nil
      || specification.biasFile != nil
  }
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
