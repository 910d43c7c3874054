import Canvas
import ConvolutionEngine
import Walkthrough

/// The keys that a walk's footer names.
extension View {
  var moveHint: Hint { Hint(keys: arrows, label: "move") }

  /// The keys of a walk that a stop looks at.
  var walkHints: [Hint] {
    let depths = shownDepths.count > 1 && place.grain < .map
    return [moveHint]
      + (depths ? [Hint(keys: key(.nextDepth), label: "depth")] : [])
      + [Hint(keys: key(.goTo), label: "go to")]
  }

  /// The keys that lead on from here, most telling first.
  var hints: [Hint] {
    if status.isPlaying {
      return [
        Hint(keys: key(.next), label: "pause"), Hint(keys: key(.slower), label: "slower"),
        Hint(keys: key(.faster), label: "faster"),
      ]
    }
    // Of a whole layer the sizes and the code are what there is to see.
    let formula = Hint(keys: key(.formula), label: "formula")
    let isLayer = place.grain == .layer
    let isNarrow = size.columns < View.wideFooter
    let moving = movingHints
    // Of a number that is only passed on, where it comes from is what there is to ask.
    let source =
      step.cell != nil && layer.form == .cellwise
      ? [Hint(keys: key(.toTerm), label: "source")] : []
    let leading: [Hint] = moving.prefix(2) + source + moving.dropFirst(2)
    return leading
      + (isLayer ? [formula, Hint(keys: key(.notation), label: "code")] : [])
      + [Hint(keys: key(.goTo), label: "go to"), Hint(keys: key(.autoplay), label: "auto")]
      + (isLayer ? [] : [formula]) + (isNarrow ? [] : usefulHints)
  }

  /// From this width on a footer names what is useful besides what leads on.
  private static let wideFooter = 100

  /// What there is to do where the walk stands, besides going on: most telling first.
  var usefulHints: [Hint] {
    let isOnCell = step.cell != nil
    let canPredict = place.grain < .map && walk.place(place, movedBy: 1, wanted: grain) != nil
    let hasTerms = isOnCell && layer.form != .cellwise
    return (canPredict ? [Hint(keys: key(.predict), label: "predict")] : [])
      + (hasTerms ? [Hint(keys: key(.toTerm), label: "largest term")] : [])
      + (layer.windows == nil ? [] : [Hint(keys: key(.settings), label: "settings")])
      + [
        Hint(keys: key(.overview), label: "overview"), Hint(keys: key(.change), label: "change"),
        Hint(keys: key(.table), label: "table"),
      ] + (isOnCell ? [Hint(keys: key(.path), label: "path")] : [])
      + [
        Hint(keys: key(.backward), label: "backward"),
        Hint(keys: key(.statistics), label: "statistics"),
      ]
  }

  private var movingHints: [Hint] {
    var hints: [Hint] = []
    let isAtEnd = walk.place(place, movedBy: 1, wanted: grain) == nil
    let isAtStart = place == walk.start(grain)
    if !isAtEnd { hints.append(Hint(keys: key(.next), label: "next")) }
    if !isAtStart { hints.append(Hint(keys: key(.back), label: "back")) }
    if place.grain > (layer.grains.first ?? .product) {
      hints.append(Hint(keys: key(.finer), label: "finer"))
    }
    if place.grain < .layer { hints.append(Hint(keys: key(.coarser), label: "coarser")) }
    if !isAtStart { hints.append(Hint(keys: arrows, label: "move")) }
    if place.grain == .window, shownDepths.count > 1 {
      hints.append(Hint(keys: key(.nextDepth), label: "depth"))
    }
    if place.grain == .window, layer.output.depth > 1, place.position > 0 {
      hints.append(Hint(keys: key(.nextMap), label: "map"))
    }
    if network.layers.count > 1, place.grain >= .map || isAtEnd {
      hints.append(Hint(keys: key(.nextLayer), label: "layer"))
    }
    return hints
  }
}
