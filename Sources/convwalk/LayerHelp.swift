import ConvolutionEngine
import TensorFiles
import Walkthrough

/// What help says of the kinds of layers: made of the settings that each kind lists, so that what
/// it says is what is read.
struct LayerHelp {
  /// Columns.
  private static let width = 78
  /// Those before a kind's settings.
  private static let margin = 17

  private let kinds = Operation.kinds.map { Kind($0) }

  /// How a layer is written.
  var text: String {
    """
    A LAYER is a kind, its size behind a colon where it has one, and settings,
    joined by commas, for example
      conv:5,filters=2,stride=2,name=v      conv:3x5,weights=w.npy,bias=b.npy
      maxpool:3,stride=2,rounding=ceil      flatten,order=yxd
    Every kind, with its settings as they are where nothing is said (SIZE: as the
    layer's size):
    \(table.joined(separator: "\n"))

    What is written for them:
    \(values.joined(separator: "\n"))
    A flatten's order is that of the array whose numbers it lays in one row: dyx
    (PyTorch) or yxd (Keras). name= names a layer, from= the layers that it takes.
    weights= (of \(weighted)) and bias= name .npy files, --weights
    a .npz file for all layers; without them the seed makes small integers, but
    never a part of a layer's.

    What is meant where nothing is said, as far as libraries differ:
    \(contested.joined(separator: "\n"))
    Keras has no lrn. running_var among the names of --weights says PyTorch too.
    Lessons and networks mean what their files say and, where those say nothing,
    what stands under no --axes, but for the order of flatten.
    """
  }

  /// The kinds, each with its settings as they are where they are left out.
  private var table: [String] {
    let withSettings = kinds.filter { !$0.settings.isEmpty || $0.example != nil }
    let plain = kinds.filter { $0.settings.isEmpty && $0.example == nil }
    let joining = plain.filter(\.joinsInputs).map(\.name)
    let bare = plain.filter { !$0.joinsInputs }.map(\.name)
    return withSettings.flatMap { entry($0.example ?? $0.name, $0.settings.map(\.text)) }
      + entry(joining.joined(separator: ", "), ["from=a+b"])
      + listed("Without settings", bare)
  }

  /// What may be written for which setting. Kinds are named where one takes what another does not.
  private var values: [String] {
    let taken = kinds.flatMap(\.taken)
    return distinct(taken.map(\.takes)).flatMap { takes in
      let users = distinct(taken.filter { $0.takes == takes }.map(\.key)).map { key in
        let same = taken.filter { $0.key == key }
        let kinds = same.filter { $0.takes == takes }.map(\.kind)
        return kinds.count == same.count && key != "size"
          ? key : "\(key) of \(kinds.joined(separator: ", "))"
      }
      let sign = users.contains { $0.contains(",") } ? "; " : ", "
      return listed(users.joined(separator: sign), [takes])
    }
  }

  /// The kinds that take a file's weights.
  private var weighted: String { kinds.filter(\.hasWeights).map(\.name).joined(separator: ", ") }

  /// Defaults that are not the same in all libraries, one a line, in the order of `--axes`.
  private var contested: [String] {
    let orders = AxisOrder.allCases
    let head = orders.map { $0.defaults == .own ? "no --axes" : "--axes \($0.rawValue)" }
    let owners = orders.map { $0.defaults == .own ? "" : "as in \($0.defaults.owner)" }
    let rows = kinds.flatMap { kind in
      kind.settings.compactMap { setting -> [String]? in
        let defaults = orders.map { setting.shownDefault($0.defaults) }
        return Set(defaults).count > 1 ? ["\(kind.name) \(setting.key)"] + defaults : nil
      }
    }
    return aligned([[""] + head, [""] + owners] + rows)
  }

  private func aligned(_ rows: [[String]]) -> [String] {
    let widths = (0..<rows[0].count).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { leading($0, to: $1) }
      let line = "  " + cells.joined(separator: "  ")
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// A label and its settings beside it, or below it where it is long.
  private func entry(_ label: String, _ settings: [String]) -> [String] {
    let indent = String(repeating: " ", count: LayerHelp.margin)
    let lines = wrapped(
      settings.joined(separator: ", "), to: LayerHelp.width - LayerHelp.margin
    ).map { indent + $0 }
    let start = "  \(label)"
    guard let first = lines.first, start.count < LayerHelp.margin else { return [start] + lines }
    return [start + first.dropFirst(start.count)] + lines.dropFirst()
  }

  private func listed(_ label: String, _ items: [String]) -> [String] {
    let lines = wrapped(
      "\(label): \(items.joined(separator: ", "))", to: LayerHelp.width - 4)
    return lines.enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
  }
}

extension LayerHelp {
  /// One kind, of whichever type.
  private struct Kind {
    let name: String
    /// With its size, if it has one.
    let example: String?
    let settings: [Key]
    /// What is written for each key, and for the size.
    let taken: [(kind: String, key: String, takes: String)]
    let joinsInputs: Bool
    let hasWeights: Bool

    init<Rule: LayerRule>(_ rule: Rule.Type) {
      name = rule.name
      joinsInputs = rule.joinsInputs
      hasWeights = rule.hasWeights
      example = rule.settings.lazy.compactMap(\.example).first
      settings = rule.settings.flatMap { setting in
        setting.keys.map { key in
          Key(key: key) { setting.shownDefault($0) ?? "" }
        }
      }
      taken = rule.settings.flatMap { setting in
        (setting.keys.isEmpty ? ["size"] : setting.keys).map { (rule.name, $0, setting.takes) }
      }
    }
  }

  /// A setting's key, and its default by whose it is.
  private struct Key {
    let key: String
    let shownDefault: (SettingDefaults) -> String

    var text: String { "\(key)=\(shownDefault(.own))" }
  }
}

/// Each once, in the order in which they first stand.
private func distinct(_ texts: [String]) -> [String] {
  var seen: Set<String> = []
  return texts.filter { seen.insert($0).inserted }
}
