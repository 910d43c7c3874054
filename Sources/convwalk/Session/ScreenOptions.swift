import ArgumentParser
import Canvas
import CursesTerminal
import Player
import Walkthrough

/// Where a screen begins.
struct StartOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: "Where to begin: v, v[:,:,1], v[1,1,0], v[1,1,0]@2, v[1,1,0]@[0,4,2] or dX[4,5,0].")
  var at: String?

  @Option(help: "How much a step does: product, slice, window, map or layer.")
  var grain: Grain?

  @Option(
    parsing: .unconditional,
    help: """
      Keys to press first, as in 'Space Space d': the standard ones, whatever your own are. After \
      an = they may begin with a dash: --keys='- -'.
      """)
  var keys: String?

  /// Takes a player to its beginning; what the keys ask for is found out at once.
  ///
  /// `--keys` are the standard ones whatever the person's own are, and are pressed on a screen that
  /// is large enough, so that a command line that somebody passes on does the same everywhere.
  func prepare(_ player: inout Player) throws(CommandFailure) {
    player.carryOut(player.evaluateWanted())
    if let at {
      do throws(AddressError) {
        if let back = try player.network.gradientAddress(typed: at) {
          player.carryOut(player.turnBack(to: back))
        } else {
          player.carryOut(player.goTo(try checked(Address(parsing: at), in: player)))
        }
      } catch {
        throw .subject(.address(error))
      }
    }
    if let grain { player.carryOut(player.use(grain)) }
    let (bindings, size) = (player.options.bindings, player.size)
    defer { (player.options.bindings, player.size) = (bindings, size) }
    player.options.bindings = .standard
    player.size = Size(
      columns: max(size.columns, Player.smallest.columns),
      rows: max(size.rows, Player.smallest.rows))
    for key in Key.keys(parsing: keys ?? "") {
      let rest = player.carryOut(player.update(.key(key)))
      if rest.contains(.quit) { break }
    }
  }

  private func checked(_ address: Address, in player: Player) throws(AddressError) -> Address {
    _ = try player.walk.place(of: address)
    return address
  }
}

/// How the terminal is used.
struct TerminalOptions: ParsableArguments {
  @Flag(
    help: """
      Draw with ASCII characters only, as on a terminal that draws signs such as × two columns \
      wide: that one is found out.
      """)
  var ascii = false

  @Flag(name: .customLong("no-mouse"), help: "Leave the mouse to the terminal's own selection.")
  var withoutMouse = false

  @OptionGroup var colours: ColourOptions

  var options: Terminal.Options {
    Terminal.Options(
      ascii: ascii, mouse: !withoutMouse, monochrome: colours.areUnused, ground: colours.ground)
  }
}

/// Which colours a screen is drawn in.
struct ColourOptions: ParsableArguments {
  @Flag(
    exclusivity: .exclusive,
    help: "The colours for a dark or a light background; without either the terminal is asked.")
  var ground: Ground?

  @Flag(name: .customLong("no-colour"), help: "Draw without colours, as NO_COLOR does.")
  var areUnused = false
}

extension Ground: EnumerableFlag {}

extension Grain: ExpressibleByArgument {
  public init?(argument: String) {
    guard let grain = Grain.allCases.first(where: { $0.name == argument }) else { return nil }
    self = grain
  }

  public static var allValueStrings: [String] { allCases.map(\.name) }

  public static var allValueDescriptions: [String: String] { [:] }
}
