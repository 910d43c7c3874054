/// The settings of windows.
extension Setting where Rule: WindowedRule {
  /// The size and everything that places windows, in the order in which it is written.
  ///
  /// - Parameters:
  ///   - roundingUp: whether the kind is a pool, whose windows stand side by side unless a stride is
  ///     said, and whose last one may hang over the edge.
  ///   - first: what stands before them.
  static func windows(roundingUp: Bool, first: [Setting] = []) -> [Setting] {
    [windowSize(example: roundingUp ? 2 : 3)] + first + [
      stride(isSize: roundingUp)
    ] + padding + [
      pair("dilation", \.windows.dilation, default: Pair(1)), rounding(up: roundingUp),
    ]
  }

  private static func windowSize(example: Int) -> Setting {
    let example = "\(Rule.name):\(example)"
    return Setting([], takes: SettingValues.pairExpected, example: example, shown: { _ in nil }) {
      rule, values, _ throws(LayerTextError) in
      guard let size = values.takeSize() else {
        throw .missingSize(kind: Rule.name, example: example)
      }
      rule.windows.size = try SettingValues.pair(size, key: Rule.name)
    } written: {
      [("", $0.windows.size.description)]
    }
  }

  private static func pair(
    _ key: String, _ path: Path<Pair>, default value: Pair
  ) -> Setting {
    .value(key, path, takes: SettingValues.pairExpected) { _, _ in
      value
    } parse: { values throws(LayerTextError) in
      try values.pair(key)
    } text: {
      $0.description
    }
  }

  private static func stride(isSize: Bool) -> Setting {
    .value(
      "stride", \.windows.stride, takes: SettingValues.pairExpected,
      shown: { _ in isSize ? "SIZE" : "1" }
    ) { rule, _ in
      isSize ? rule.windows.size : Pair(1)
    } parse: { values throws(LayerTextError) in
      try values.pair("stride")
    } text: {
      $0.description
    }
  }

  private static var padding: [Setting] {
    [
      Setting(["padding"], takes: SettingValues.paddingExpected, shown: { _ in "0" }) {
        rule, values, _ throws(LayerTextError) in
        rule.windows.padding = try values.padding() ?? Padding.none
      } written: { rule in
        switch rule.windows.padding {
        case .same: return [("padding", "same")]
        case .sides(let left, _, _, _):
          return rule.windows.padding.unequal == nil && left != 0 ? [("padding", "\(left)")] : []
        }
      },
      .sides {
        $0.windows.padding = .sides(
          left: $1.left, right: $1.right, top: $1.top, bottom: $1.bottom)
      } written: {
        $0.windows.padding.unequal
      },
    ]
  }

  private static func rounding(up: Bool) -> Setting {
    let all = Dictionary(uniqueKeysWithValues: Rounding.allCases.map { ($0.rawValue, $0) })
    let takes = up ? SettingValues.expected(all) : "floor or strict (ceil is for pools)"
    return .value("rounding", \.windows.rounding, takes: takes) { _, _ in
      .floor
    } parse: { values throws(LayerTextError) in
      let rounding = try values.choice("rounding", all)
      guard up || rounding != .ceil else {
        throw .value(key: "rounding", found: "ceil", expected: takes)
      }
      return rounding
    } text: {
      $0.rawValue
    }
  }
}

extension Padding {
  /// The sides where no one number says them.
  fileprivate var unequal: Sides? {
    guard case .sides(let left, let right, let top, let bottom) = self,
      Set([left, right, top, bottom]).count > 1
    else { return nil }
    return Sides(left: left, right: right, top: top, bottom: bottom)
  }
}
