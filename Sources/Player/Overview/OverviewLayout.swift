import Canvas
import ConvolutionEngine
import Walkthrough

/// Where things stand in an overview.
struct OverviewLayout {
  let shape: Shape
  /// How many maps there are; of a flat layer, how many numbers.
  let count: Int
  /// Rows that the strip of layers may take.
  let stripRows: Int
  /// The first column behind what stands at the left.
  let left: Int
  let inputRoom: Size
  let chosenRoom: Size
  /// The chosen map's filter; nil for a layer without any.
  let filter: Shape?
  let filterRoom: Size
  let thumbRoom: Size
  /// What a small picture takes with the column or the row beside it.
  let pitch: Size
  /// How many of them, or of the bars of a flat layer, stand side by side and one under another.
  let columns: Int
  let lines: Int
  let inputDepth: Int
  let isInColour: Bool

  private let overview: OverviewScreen
  private let order: [Int]?
  private let size: Size

  init(_ overview: OverviewScreen, _ view: View) {
    self.overview = overview
    size = view.size
    isInColour = view.shown.isInputInColour
    shape = view.network.shape(of: overview.source)
    count = shape.depth
    stripRows = OverviewLayout.stripRows(view.network, size)
    left = min(max(26, size.columns * 27 / 100), 60)
    let wish = SheetWish(source: overview.source, curve: overview.curve)
    order = overview.isLargestFirst ? view.shown.sheets[wish]?.largestFirst : nil
    var layer: Layer?
    if case .layer(let index) = overview.source { layer = view.network.layers[index] }
    filter = layer.flatMap { $0.form == .filters ? $0.parameters?.filter : nil }
    let rows = size.rows - 4 - stripRows - 1
    let width = left - 3
    inputRoom = Size(columns: width, rows: (rows - 1) / 2)
    filterRoom = Size(columns: filter == nil ? 0 : min(max(6, width / 3), 16), rows: (rows - 1) / 4)
    chosenRoom = Size(
      columns: filter == nil ? width : width - filterRoom.columns - 2,
      rows: rows - 1 - inputRoom.rows)
    let room = Size(columns: size.columns - left - 1, rows: rows)
    if shape.isFlat {
      (thumbRoom, pitch) = (room, room)
      columns = min(max(1, room.columns / 44), (count + rows - 1) / rows)
      lines = rows
    } else {
      (thumbRoom, pitch) = OverviewLayout.thumbs(shape, in: room)
      columns = max(1, (room.columns - 1) / pitch.columns)
      lines = max(1, room.rows / pitch.rows)
    }
    inputDepth = isInColour ? 0 : OverviewLayout.inputDepth(overview, layer, of: view.network)
  }

  /// No more rows for the strip than its layers can fill.
  private static func stripRows(_ network: Network, _ size: Size) -> Int {
    let most = size.rows < 36 ? 1 : size.rows < 50 ? 2 : 3
    let width = network.layers.reduce(30) { $0 + min(24, $1.name.utf8.count) + 3 }
    return min(most, (width + size.columns - 1) / size.columns)
  }

  /// The input's depth that is shown: of those that the chosen map sees the first, in a layer over the
  /// input the one that meets the shown depth of the filter.
  private static func inputDepth(
    _ overview: OverviewScreen, _ layer: Layer?, of network: Network
  ) -> Int {
    guard let layer else { return overview.map }
    guard network.input.depth > 1, !network.input.isFlat else { return 0 }
    let seen = network.reach(of: Cell(0, 0, overview.map), in: layer.index).last
    let first = seen?.source == .input ? seen?.depths.lowerBound ?? 0 : 0
    return layer.sources.first == .input
      ? min(first + overview.filterDepth, network.input.depth - 1) : first
  }

  /// The largest small pictures of which all maps find room, else small ones.
  private static func thumbs(_ shape: Shape, in room: Size) -> (Size, Size) {
    let least = 4
    var rows = max(least, min(room.rows - 1, 24))
    while true {
      let thumb = Size(columns: 2 * rows, rows: rows)
      let picture = PictureLayout(of: shape, room: thumb).size
      let digits = "\(shape.depth - 1)".count
      let pitch = Size(columns: max(picture.columns + 1, digits + 2), rows: picture.rows + 1)
      let fits = (room.columns - 1) / pitch.columns * (room.rows / pitch.rows)
      if fits >= shape.depth || rows == least { return (thumb, pitch) }
      rows -= 1
    }
  }

  /// The row of the headings.
  var top: Int { stripRows }
  /// The first row of the chosen map's picture.
  var chosenTop: Int { top + inputRoom.rows + 2 }
  var filterColumn: Int { left - filterRoom.columns - 1 }

  /// How many of them are shown at once.
  var page: Int { columns * lines }

  /// By how many the arrow keys go on: bars stand one under another, maps side by side.
  var across: Int { shape.isFlat ? lines : 1 }
  var downwards: Int { shape.isFlat ? 1 : columns }

  /// Where the chosen map stands among all.
  var position: Int { order?.firstIndex(of: overview.map) ?? overview.map }

  func map(at position: Int) -> Int { order?[position] ?? position }

  /// The places in the order that are shown: whole lines around the chosen one.
  var shown: Range<Int> {
    let line = shape.isFlat ? 1 : columns
    let all = (count + line - 1) / line
    let room = shape.isFlat ? page : lines
    let first = max(0, min(position / line - room / 2, all - room))
    return first * line..<min(count, (first + room) * line)
  }

  /// The screen's corner of one of them.
  func corner(_ position: Int) -> Point {
    let number = position - shown.lowerBound
    return shape.isFlat
      ? Point(
        column: left + 1 + number / lines * ((size.columns - left - 1) / columns),
        row: top + 1 + number % lines)
      : Point(
        column: left + 1 + number % columns * pitch.columns,
        row: top + 1 + number / columns * pitch.rows)
  }

  var input: PictureWish {
    PictureWish(.input, depth: isInColour ? 0 : inputDepth, room: inputRoom, nil, mixed)
  }

  private var mixed: PictureWish.Colours? { isInColour ? .mixed : nil }

  /// A depth of a colour picture is shown in its own light.
  private var own: PictureWish.Colours? { isInColour && overview.source == .input ? .own : nil }

  var chosen: PictureWish {
    PictureWish(
      overview.source, depth: shape.isFlat ? 0 : overview.map, room: chosenRoom, overview.curve,
      own)
  }

  func thumb(_ map: Int) -> PictureWish {
    PictureWish(
      overview.source, depth: map, room: thumbRoom, overview.curve, own, hasRange: false)
  }

  var pictures: [PictureWish] {
    [input, chosen] + (shape.isFlat ? [] : shown.map { thumb(map(at: $0)) })
  }
}
