import Glibc

/// A colour as it is seen: CIE L*, a*, b* under the white D65.
struct PerceivedColour {
  let lightness: Double
  let a: Double
  let b: Double

  init(lightness: Double, a: Double, b: Double) {
    (self.lightness, self.a, self.b) = (lightness, a, b)
  }

  /// - Parameter sight: what linear light of red, green and blue becomes for the one who looks.
  init(_ rgb: Int, seenWith sight: Sight = .all) {
    let light = [rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255].map { byte -> Double in
      let share = Double(byte) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    func product(_ rows: [[Double]], _ vector: [Double]) -> [Double] {
      rows.map { row in zip(row, vector).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    let seen = product(sight.matrix, light).map { min(max($0, 0), 1) }
    let xyz = product(
      [
        [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
      ], seen)
    let bent = zip(xyz, [0.95047, 1, 1.08883]).map { value, white -> Double in
      let share = value / white
      return share > 216.0 / 24389 ? cbrt(share) : (24389.0 / 27 * share + 16) / 116
    }
    lightness = 116 * bent[1] - 16
    a = 500 * (bent[0] - bent[1])
    b = 200 * (bent[1] - bent[2])
  }

  /// Which cones one has: G. Machado, M. Oliveira and L. Fernandes 2009, severity 1.
  enum Sight: CaseIterable {
    case all, noLong, noMiddle, noShort

    fileprivate var matrix: [[Double]] {
      switch self {
      case .all: [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
      case .noLong:
        [
          [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
          [-0.003882, -0.048116, 1.051998],
        ]
      case .noMiddle:
        [
          [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
          [-0.011820, 0.042940, 0.968881],
        ]
      case .noShort:
        [
          [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
          [0.004733, 0.691367, 0.303900],
        ]
      }
    }
  }

  /// How far apart two colours look, CIEDE2000 (G. Sharma, W. Wu and E. Dalal 2005).
  func difference(from other: PerceivedColour) -> Double {
    let power = pow((hypot(a, b) + hypot(other.a, other.b)) / 2, 7)
    let stretch = 1 + 0.5 * (1 - sqrt(power / (power + pow(25, 7))))
    let (chroma, otherChroma) = (hypot(stretch * a, b), hypot(stretch * other.a, other.b))
    let (hue, otherHue) = (
      PerceivedColour.degrees(b, stretch * a), PerceivedColour.degrees(other.b, stretch * other.a)
    )
    let hasHues = chroma * otherChroma > 0
    var turn = hasHues ? otherHue - hue : 0
    if turn > 180 { turn -= 360 } else if turn < -180 { turn += 360 }
    let middle = hasHues ? hue + turn / 2 : hue + otherHue
    let meanLightness = (lightness + other.lightness) / 2
    let meanChroma = (chroma + otherChroma) / 2
    func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }
    let hueWeight =
      1 - 0.17 * cosine(middle - 30) + 0.24 * cosine(2 * middle) + 0.32 * cosine(3 * middle + 6)
      - 0.2 * cosine(4 * middle - 63)
    let fromGrey = pow(meanLightness - 50, 2)
    let light =
      (other.lightness - lightness) / (1 + 0.015 * fromGrey / sqrt(20 + fromGrey))
    let colour = (otherChroma - chroma) / (1 + 0.045 * meanChroma)
    let shade =
      2 * sqrt(chroma * otherChroma) * sin(turn / 2 * .pi / 180)
      / (1 + 0.015 * meanChroma * hueWeight)
    let around = (middle < 0 ? middle + 360 : middle) - 275
    let angle = 60 * exp(-pow(around / 25, 2))
    let meanPower = pow(meanChroma, 7)
    let rotation = -sin(angle * .pi / 180) * 2 * sqrt(meanPower / (meanPower + pow(25, 7)))
    return sqrt(light * light + colour * colour + shade * shade + rotation * colour * shade)
  }

  private static func degrees(_ y: Double, _ x: Double) -> Double {
    let angle = atan2(y, x) * 180 / .pi
    return angle < 0 ? angle + 360 : angle
  }
}
