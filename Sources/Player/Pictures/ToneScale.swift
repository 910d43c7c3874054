import Canvas
import ConvolutionEngine
import ExactNumbers

/// Which numbers the tones of a picture stand for: what its ends are, and how it goes between them.
///
/// Where a number is below zero both ends are equally far from it, so that zero is in the middle.
struct ToneScale: Sendable, Equatable {
  /// How tones follow numbers.
  enum Curve: Sendable, Hashable, CaseIterable {
    /// Evenly, from the least number to the greatest.
    case linear
    /// Evenly over the middle 98 of 100 numbers; what lies beyond is as the ends.
    case percentile
    /// By magnitude, so that small numbers next to large ones are told apart.
    case logarithmic

    var title: String {
      switch self {
      case .linear: "linear"
      case .percentile: "1st to 99th percentile"
      case .logarithmic: "logarithmic, over three powers of ten"
      }
    }
  }

  let low: Number
  let high: Number
  let curve: Curve
  /// The light that a depth of a colour picture is; nil for all else.
  private(set) var light: Light?
  // The ends, near enough for a shade.
  private let least: Double
  private let most: Double

  init(from low: Number, to high: Number, _ curve: Curve = .linear) {
    (self.low, self.high, self.curve) = (low, high, curve)
    (least, most) = (low.nearestDouble, high.nearestDouble)
  }

  /// The same in the light of one depth of a colour picture.
  func lit(_ light: Light?) -> ToneScale {
    var scale = self
    scale.light = light
    return scale
  }

  /// One scale for all maps of a tensor.
  ///
  /// Its percentiles are numbers of the tensor, by the nearest rank: of 1,000 numbers in rising
  /// order the 10th and the 990th.
  init(_ tensor: Tensor, _ curve: Curve) {
    let count = tensor.shape.count
    guard curve == .percentile else {
      let (low, high, _) = tensor.result(of: Extremes(places: 0..<count))
      self.init(from: low, to: high, curve)
      return
    }
    let ranks = [1, 99].map { max(0, ($0 * count + 99) / 100 - 1) }
    let found = tensor.result(of: RankedNumbers(ranks: ranks))
    self.init(from: found[0], to: found[1], curve)
  }

  var tones: Tone.Scale { low.isNegative ? .diverging : .grey }

  /// What the ends stand for: `0` and `9`, or `−37` and `37`.
  var ends: (low: String, high: String) {
    guard tones == .diverging else { return (low.text, high.text) }
    let magnitude = (abs(least) > most ? low : high).magnitudeText
    return ("−\(magnitude)", magnitude)
  }

  func tone(of value: Double) -> Tone {
    let share = share(of: value)
    switch light {
    case nil: return Tone(share, tones)
    case .red: return Tone(red: share, green: 0, blue: 0)
    case .green: return Tone(red: 0, green: share, blue: 0)
    case .blue: return Tone(red: 0, green: 0, blue: share)
    }
  }

  /// The ground of a number in a grid.
  func tint(of value: Double, isLit: Bool) -> Tint? {
    let share = share(of: value)
    return light.map { Tint(share, $0, isLit: isLit) } ?? Tint(share, tones, isLit: isLit)
  }

  /// Some of its tones, from the low end.
  var examples: [Tone] {
    guard light != nil else { return Tone.all(tones) }
    return (0...5).map { tone(of: least + (most - least) * Double($0) / 5) }
  }

  /// How far a number is from the low end to the high one, 0 to 1; from zero, −1 to 1, where some
  /// are below it.
  private func share(of value: Double) -> Double {
    guard tones == .grey else { return shareOfReach(of: value) }
    guard most > least else { return value > most ? 1 : value < least ? 0 : 0.5 }
    return bent((value - least) / (most - least))
  }

  /// How far a number is from zero, as a bar shows it: −1 to 1.
  func shareOfReach(of value: Double) -> Double {
    let reach = max(abs(least), abs(most))
    guard reach > 0 else { return value > 0 ? 1 : value < 0 ? -1 : 0 }
    return bent(value / reach)
  }

  private func bent(_ share: Double) -> Double {
    let share = min(max(share, -1), 1)
    guard curve == .logarithmic else { return share }
    // A thousandth of the end is where the first of the three powers of ten begins.
    let bent = logarithm(1 + 999 * abs(share)) / logarithm(1000)
    return share < 0 ? -bent : bent
  }
}

/// The natural logarithm of a number from 1 to 1,000, near enough for a shade.
private func logarithm(_ number: Double) -> Double {
  // ln(m · 2^e) = e ln 2 + ln m, and ln m of a significand from 1 to 2 by the series of artanh.
  let ratio = (number.significand - 1) / (number.significand + 1)
  let square = ratio * ratio
  let series = 1 + square * (1.0 / 3 + square * (1.0 / 5 + square * (1.0 / 7 + square / 9)))
  return Double(number.exponent) * 0.693_147_180_559_945_3 + 2 * ratio * series
}

/// What all maps of a layer have in common, measured once.
struct Sheet: Sendable, Equatable {
  let scale: ToneScale
  /// The maps, or the numbers of a flat tensor, by their greatest.
  let largestFirst: [Int]

  /// - Parameter known: others of the same tensor, for other curves.
  init(_ tensor: Tensor, _ curve: ToneScale.Curve, knowing known: [Sheet] = []) {
    let whole = known.map(\.scale).first { $0.curve != .percentile }
    if curve != .percentile, let whole {
      scale = ToneScale(from: whole.low, to: whole.high, curve)
    } else {
      scale = ToneScale(tensor, curve)
    }
    largestFirst =
      known.first?.largestFirst ?? tensor.result(of: LargestMaps(plane: tensor.shape.plane))
  }
}

/// A sheet that a screen draws.
struct SheetWish: Sendable, Hashable {
  let source: Source
  let curve: ToneScale.Curve
}
