import Canvas
import ConvolutionEngine
import ExactNumbers
import Lessons
import Walkthrough

/// What a screen of the walk is drawn from: the walk, the room for it, and what covers it.
struct View: ShowsWalk, NamesKeys {
  let shown: ShownWalk
  let size: Size
  let options: Player.Options
  let cover: Cover
  let status: Status
  // Every number that is drawn asks for them.
  let layer: Layer
  let step: Step
  private let found = Found()

  init(
    shown: ShownWalk, size: Size, options: Player.Options, cover: Cover, status: Status
  ) {
    self.shown = shown
    self.size = size
    self.options = options
    self.cover = cover
    self.status = status
    layer = shown.layer
    step = shown.step
  }

  /// What several parts of a screen need, found out once.
  private final class Found {
    var account: Result<CellAccount?, ArithmeticError>?
    var convolution: (Windows, ConvolutionLayout)?
  }

  func account() throws(ArithmeticError) -> CellAccount? {
    if let known = found.account { return try known.get() }
    let account = Result { () throws(ArithmeticError) in try shown.account() }
    found.account = account
    return try account.get()
  }

  /// Where the parts of a convolution's screen stand.
  func convolutionLayout(_ windows: Windows, _ filter: Shape) -> ConvolutionLayout {
    if let (of, layout) = found.convolution, of == windows { return layout }
    let layout = newConvolutionLayout(windows, filter)
    found.convolution = (windows, layout)
    return layout
  }

  /// The rows under the grids that a stop's text or a question takes.
  var coveredRows: Range<Int> { size.rows - 9..<size.rows - 2 }
}

/// What a stop's text or a question takes of the walk's screen, and what is asked and so not told.
struct Cover: Sendable, Equatable {
  /// Whether the lower part of the screen is taken.
  var isBottomCovered = false
  /// Whether the current cell's result is asked for.
  var hidesResult = false
  /// The number of the way back that is asked for.
  var askedGradient: GradientAddress?
  /// The answer that a stop's question asks for.
  var asked: [Number]?
  /// What of the network that answer is.
  var askedPlaces: Set<Question.Asked> = []
  /// The products of the current cell whose sum is asked for.
  var askedProducts: Range<Int>?

  /// Whether a sum of products would tell what is asked for.
  func hides(_ products: Range<Int>) -> Bool {
    guard let asked = askedProducts else { return false }
    return products.lowerBound <= asked.lowerBound && asked.upperBound <= products.upperBound
  }
}

extension View {
  var coversBottom: Bool { cover.isBottomCovered }
  var hidesResult: Bool { cover.hidesResult }

  /// Whether a number of a gradient is what is asked for.
  func hides(_ cell: Cell?, of target: GradientTarget) -> Bool {
    guard let cell else { return false }
    if let asked = cover.askedGradient, asked.target == target, asked.cell == cell { return true }
    guard !cover.askedPlaces.isEmpty else { return false }
    return cover.askedPlaces.contains(.gradient(network.cellName(cell, of: target)))
  }

  /// Whether a number of a layer's output is what is asked for, by the layer's name. Who is asked for
  /// one of the input is to find it there.
  func hides(_ cell: Cell, of name: String) -> Bool {
    !cover.askedPlaces.isEmpty && name != network.inputName
      && cover.askedPlaces.contains(.cell(name, cell))
  }

  /// The size of a layer's output or of the input, a `?` for the depth where that is asked for, and for
  /// both sides of its maps where one of them is: the other one often is as long.
  func sizeText(_ shape: Shape, of name: String) -> String {
    func isAsked(_ side: Question.Asked.Side) -> Bool {
      cover.askedPlaces.contains(.side(name, side))
    }
    let map = isAsked(.width) || isAsked(.height) ? "?×?" : "\(shape.width)×\(shape.height)"
    return "\(map)×\(isAsked(.depth) ? "?" : "\(shape.depth)")"
  }

  /// The size of what a layer takes.
  func inputSizeText(_ layer: Layer, _ index: Int = 0) -> String {
    sizeText(layer.inputs[index], of: network.name(of: layer.sources[index]))
  }

  func outputSizeText(_ layer: Layer) -> String { sizeText(layer.output, of: layer.name) }

  /// Whether a number is what the stop's question asks for.
  func isAsked(_ number: Int) -> Bool { cover.asked == [Number(Int128(number))] }
}
