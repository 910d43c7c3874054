import CNcurses
import Canvas

/// The cells of pictures: upper half blocks whose two colours are a pair of tones.
struct PictureCells {
  /// By the numbers of both tones, made when first needed: there are tens of thousands, and
  /// terminals have not always so many pairs of colours.
  private var cells: [Int: cchar_t] = [:]
  private let pairs: Range<Int>
  private let direct: Bool
  private let ground: Ground

  /// nil where the terminal has too few colours, or too few pairs of them.
  init?(on ground: Ground) {
    guard has_colors(), ColourDepth(count: Int(curses_color_count())) == .full,
      Int(curses_pair_count()) > PictureCells.firstPair + PictureCells.fewestPairs
    else { return nil }
    self.ground = ground
    direct = curses_colors_are_direct()
    pairs = PictureCells.firstPair..<min(Int(curses_pair_count()), Int(Int16.max))
  }

  /// Roles and tints take the first ones.
  private static var firstPair: Int { Role.allCases.count + Tint.all.count + 1 }
  /// All of the grey scale and of the diverging one.
  private static let fewestPairs = Tone.scales * Tone.scales

  mutating func cell(_ tones: Tones) -> cchar_t {
    let index = tones.index
    if let cell = cells[index] { return cell }
    // Those that are gone from the screen give way; the others are made anew with the next frame.
    if cells.count == pairs.count { cells.removeAll(keepingCapacity: true) }
    let pair = Int32(pairs.lowerBound + cells.count)
    init_extended_pair(
      pair, cursesColour(tones.upper.colour(on: ground), direct: direct),
      cursesColour(tones.lower.colour(on: ground), direct: direct))
    var cell = cchar_t()
    let halfBlock: [wchar_t] = [0x2580, 0]
    _ = curses_set_cell(&cell, halfBlock, 0, pair)
    cells[index] = cell
    return cell
  }
}
