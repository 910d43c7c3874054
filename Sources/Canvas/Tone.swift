/// How bright or how far from zero one point of a picture is: a step of a scale.
///
/// On terminals of 256 colours a cell shows two points, one above the other; elsewhere one
/// character of rising density stands for both.
package struct Tone: Hashable, Sendable {
  /// What the steps of a picture mean.
  package enum Scale: Hashable, Sendable {
    /// From dark, the least, to bright, the most.
    case grey
    /// From blue, below zero, to orange, above it: colours that those who do not tell red from green
    /// tell apart. The farther from zero, the farther from the terminal's own ground.
    case diverging
  }

  /// Grey: 0 to 23; diverging: 24 to 36, of which 30 is zero; from 37 on the colours of the cube.
  private let code: UInt16

  private static let greys = 24
  /// The steps on each side of zero.
  private static let reach = 6
  private static let zero = greys + reach
  private static let cube = zero + reach + 1
  private static let cubeSide = 6

  /// - Parameter share: 0 to 1 on the grey scale, −1 to 1 on the diverging one; what lies beyond
  ///   is as its end.
  package init(_ share: Double, _ scale: Scale) {
    let share = share.isFinite ? share : 0
    switch scale {
    case .grey:
      code = UInt16((min(max(share, 0), 1) * Double(Tone.greys - 1)).rounded())
    case .diverging:
      let steps = (min(max(share, -1), 1) * Double(Tone.reach)).rounded()
      code = UInt16(Tone.zero + Int(steps))
    }
  }

  /// A colour of a picture itself: the nearest of the colour cube.
  ///
  /// - Parameters: red, green and blue light, 0 to 1; what lies beyond is as the ends.
  package init(red: Double, green: Double, blue: Double) {
    let levels = [red, green, blue].map { share in
      let level = (share.isFinite ? min(max(share, 0), 1) : 0) * 255
      // Those of xterm's cube: 0, 95, and then every 40.
      return level < 48 ? 0 : level < 115 ? 1 : Int(((level - 55) / 40).rounded())
    }
    let side = Tone.cubeSide
    code = UInt16(Tone.cube + (levels[0] * side + levels[1]) * side + levels[2])
  }

  private init(code: Int) { self.code = UInt16(code) }

  /// - Parameter index: its place among all tones.
  init(index: Int) { self.init(code: index) }

  private var isBelowOrAboveZero: Bool { (Tone.greys..<Tone.cube).contains(Int(code)) }

  /// How bright it is, as a step of the grey scale.
  private var brightness: Int {
    guard Int(code) >= Tone.cube else { return Int(code) }
    let rgb = redGreenBlue(ofColour: cubeColour) ?? 0
    let light =
      0.2126 * Double(rgb >> 16) + 0.7152 * Double(rgb >> 8 & 255)
      + 0.0722 * Double(rgb & 255)
    return Int((light / 255 * Double(Tone.greys - 1)).rounded())
  }

  /// Every tone of a scale, from its low end.
  package static func all(_ scale: Scale) -> [Tone] {
    switch scale {
    case .grey: (0..<greys).map { Tone(code: $0) }
    case .diverging: (greys...zero + reach).map { Tone(code: $0) }
    }
  }

  /// Its place among all tones, from 0.
  package var index: Int { Int(code) }
  package static let count = cube + cubeSide * cubeSide * cubeSide

  /// How many tones there are of both scales that stand for numbers.
  package static let scales = cube

  /// Its colour among the 256 of xterm: the grey ramp, or steps of the colour cube.
  package func colour(on ground: Ground) -> Int {
    switch Int(code) {
    case ..<Tone.greys: 232 + Int(code)
    case ..<Tone.cube:
      (ground == .dark ? Tone.divergingOnDark : Tone.divergingOnLight)[Int(code) - Tone.greys]
    default: cubeColour
    }
  }

  private var cubeColour: Int { 16 + Int(code) - Tone.cube }

  /// From blue over the ground's own lightness to orange; the lightness (CIE L*) of each goes with
  /// its distance from zero. Opposite ones are within 3 of each other's, and at least 20 apart
  /// (CIEDE2000) for everyone: also as those see them who lack one kind of cone (G. Machado and
  /// others, 2009, severity 1).
  private static let divergingOnDark = [
    75, 69, 32, 27, 20, 19, 234, 52, 88, 160, 166, 202, 208,
  ]
  private static let divergingOnLight = [
    20, 27, 33, 105, 111, 189, 255, 222, 179, 202, 166, 160, 88,
  ]

  /// The character for both tones of a cell where there are no colours: the denser, the brighter;
  /// on the diverging scale the denser, the farther from zero, with other characters below it.
  static func density(_ upper: Tone, _ lower: Tone) -> Unicode.Scalar {
    guard upper.isBelowOrAboveZero else {
      return greyRamp[(upper.brightness + lower.brightness) * greyRamp.count / (2 * greys)]
    }
    let distance = Int(upper.code) + Int(lower.code) - 2 * zero
    let ramp = distance < 0 ? belowRamp : aboveRamp
    return ramp[(abs(distance) * (ramp.count - 1) + reach) / (2 * reach)]
  }

  // No dot: that is what is not computed yet.
  private static let greyRamp: [Unicode.Scalar] = [
    " ", ",", ":", "-", "=", "+", "*", "#", "%", "@",
  ]
  private static let belowRamp: [Unicode.Scalar] = [" ", "`", "-", "~", "="]
  private static let aboveRamp: [Unicode.Scalar] = [" ", ",", "+", "*", "#"]
}

/// The light that a depth of a colour picture is.
package enum Light: Int, Hashable, Sendable, CaseIterable {
  case red, green, blue
}

/// The two points of a picture that one cell shows.
package struct Tones: Hashable, Sendable {
  package let upper: Tone
  package let lower: Tone

  init(upper: Tone, lower: Tone) { (self.upper, self.lower) = (upper, lower) }

  /// - Parameter index: its place among all pairs.
  init(index: Int) {
    (upper, lower) = (Tone(index: index / Tone.count), Tone(index: index % Tone.count))
  }

  /// Its place among all pairs, from 0.
  package var index: Int { upper.index * Tone.count + lower.index }
}

extension Frame {
  /// Writes one cell of a picture.
  package mutating func put(_ upper: Tone, over lower: Tone, _ column: Int, _ row: Int) {
    var cell = FrameCell(Tone.density(upper, lower))
    cell.tones = Tones(upper: upper, lower: lower)
    put(cell, column, row)
  }
}
