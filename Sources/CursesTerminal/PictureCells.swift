import CNcurses
import Canvas

/// The cells of pictures: upper half blocks whose two colours are a pair of tones.
struct PictureCells {
  /// By the numbers of both tones, made when first needed: there are more than a thousand.
  private var cells: [cchar_t?]
  private let direct: Bool

  /// nil where the terminal has too few colours, or too few pairs of them.
  init?() {
    guard has_colors(), ColourDepth(count: Int(curses_color_count())) == .full,
      Int(curses_pair_count()) > PictureCells.firstPair + Tone.count * Tone.count
    else { return nil }
    direct = curses_colors_are_direct()
    cells = Array(repeating: nil, count: Tone.count * Tone.count)
  }

  /// Roles take the first ones.
  private static var firstPair: Int { Role.allCases.count + 1 }

  mutating func cell(_ tones: Tones) -> cchar_t {
    let index = tones.upper.index * Tone.count + tones.lower.index
    if let cell = cells[index] { return cell }
    let pair = Int32(PictureCells.firstPair + index)
    init_extended_pair(
      pair, cursesColour(tones.upper.colour, direct: direct),
      cursesColour(tones.lower.colour, direct: direct))
    var cell = cchar_t()
    let halfBlock: [wchar_t] = [0x2580, 0]
    _ = curses_set_cell(&cell, halfBlock, 0, pair)
    cells[index] = cell
    return cell
  }
}
