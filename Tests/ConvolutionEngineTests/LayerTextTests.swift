import ConvolutionEngine
import ExactNumbers
import Testing

struct LayerTextTests {
  private func windows(
    _ size: Pair, stride: Pair = Pair(1), padding: Padding = .none, dilation: Pair = Pair(1),
    rounding: Rounding = .floor
  ) -> WindowSettings {
    WindowSettings(
      size: size, stride: stride, padding: padding, dilation: dilation, rounding: rounding)
  }

  private func parsed(_ text: String) throws -> LayerSpecification {
    try LayerSpecification(parsing: text)
  }

  @Test func `a convolution with all its settings`() throws {
    #expect(
      try parsed("conv:5,filters=2,stride=2,padding=1,dilation=1,groups=1,bias=no")
        == LayerSpecification(
          .convolution(
            Convolution(
              windows: windows(Pair(5), stride: Pair(2), padding: .all(1)), filters: 2,
              hasBias: false))))
    #expect(
      try parsed("conv:3")
        == LayerSpecification(.convolution(Convolution(windows: windows(Pair(3))))))
  }

  @Test func `a convolution with its files and sides`() throws {
    #expect(
      try parsed("conv:3x5,weights=w.npy,bias=b.npy,left=1,right=2,top=0,bottom=1")
        == LayerSpecification(
          .convolution(
            Convolution(
              windows: windows(
                Pair(3, 5), padding: .sides(left: 1, right: 2, top: 0, bottom: 1)))),
          weightsFile: "w.npy", biasFile: "b.npy"))
  }

  @Test func `a pool's stride is its size unless given`() throws {
    #expect(
      try parsed("maxpool:2")
        == LayerSpecification(
          .maxPool(MaxPool(windows: windows(Pair(2), stride: Pair(2))))))
    #expect(
      try parsed("maxpool:3,stride=2,rounding=ceil")
        == LayerSpecification(
          .maxPool(
            MaxPool(
              windows: windows(Pair(3), stride: Pair(2), rounding: .ceil)))))
    #expect(
      try parsed("avgpool:2x3,count-padding=no")
        == LayerSpecification(
          .averagePool(
            AveragePool(
              windows: windows(Pair(2, 3), stride: Pair(2, 3)), countsPadding: false))))
  }

  @Test func `layers without a size, and dense`() throws {
    #expect(try parsed("globalavgpool") == LayerSpecification(.globalAverage(GlobalAverage())))
    #expect(try parsed("relu,name=r") == LayerSpecification(.relu(ReLU()), name: "r"))
    #expect(
      try parsed("flatten,from=a+b") == LayerSpecification(.flatten(Flatten()), inputs: ["a", "b"]))
    #expect(try parsed("dense:10") == LayerSpecification(.dense(Dense(outputs: 10))))
    #expect(
      try parsed("dense:10,bias=no,weights=w.npy")
        == LayerSpecification(
          .dense(Dense(outputs: 10, hasBias: false)), weightsFile: "w.npy"))
    #expect(try parsed("dense:10,bias=yes").biasFile == nil)
  }

  @Test func `padding is one number, two, same or valid`() throws {
    func padding(_ text: String) throws -> Padding? {
      guard case .convolution(let settings) = try parsed("conv:3,padding=" + text).operation else {
        return nil
      }
      return settings.windows.padding
    }
    #expect(try padding("2") == .all(2))
    #expect(try padding("2x1") == .sides(left: 2, right: 2, top: 1, bottom: 1))
    #expect(try padding("same") == .same)
    #expect(try padding("valid") == Padding.none)
  }

  @Test func `a layer's description is read back as the same layer`() throws {
    var tried = 0
    for operation in everyOperation {
      for (name, inputs) in [(nil, nil), ("a.b_1", nil), (nil, ["x"]), ("n", ["x", "y"])]
        as [(String?, [String]?)]
      {
        let layer = LayerSpecification(operation, name: name, inputs: inputs)
        #expect(try parsed(layer.description) == layer, "\(layer)")
        tried += 1
      }
    }
    #expect(tried > 4_000)
    let files = LayerSpecification(
      .dense(Dense(outputs: 3)), weightsFile: "w.npy", biasFile: "b.npy")
    #expect(try parsed(files.description) == files)
  }

  @Test func `a description has only what is not the default`() throws {
    #expect(try parsed("conv:3,filters=1,stride=1,bias=yes").description == "conv:3")
    #expect(try parsed("maxpool:2,stride=2").description == "maxpool:2")
    #expect(
      try parsed("conv:5x3,padding=2x1,stride=2x1,groups=2,filters=4,bias=no").description
        == "conv:5x3,filters=4,stride=2x1,left=2,right=2,top=1,bottom=1,groups=2,bias=no")
    #expect(
      try parsed("avgpool:3,stride=2,padding=1,rounding=ceil,count-padding=no").description
        == "avgpool:3,stride=2,padding=1,rounding=ceil,count-padding=no")
    #expect(try parsed("dense:10,name=d,from=f").description == "dense:10,name=d,from=f")
  }

  @Test func `a default that is shown means what nothing said does, whosever it is`() throws {
    var tried = 0
    for kind in Operation.kinds {
      for defaults in SettingDefaults.allCases { tried += try expectDefaults(of: kind, defaults) }
    }
    #expect(tried > 100)
  }

  /// Writes out each default as it is shown, beside the shortest layer of its kind.
  private func expectDefaults<Rule: LayerRule>(
    of kind: Rule.Type, _ defaults: SettingDefaults
  ) throws -> Int {
    let example = kind.settings.lazy.compactMap(\.example).first ?? kind.name
    let layer = String(example.split(separator: " ").last ?? "")
    let plain = try LayerSpecification(parsing: layer, defaults: defaults)
    var tried = 0
    for setting in kind.settings {
      for key in setting.keys where !layer.contains(",\(key)=") {
        let shown = try #require(setting.shownDefault(defaults))
        let first = String(shown.prefix { $0 != " " })
        let value = first == "SIZE" ? "2" : first
        let written = try LayerSpecification(
          parsing: "\(layer),\(key)=\(value)", defaults: defaults)
        // A flatten that names no order takes its network's.
        let order = LayerSpecification(.flatten(Flatten(order: defaults.flatOrder)))
        #expect(written == (key == "order" ? order : plain), "\(layer),\(key)=\(value)")
        tried += 1
      }
    }
    return tried
  }

  private var everyOperation: [Operation] {
    var operations: [Operation] = [
      .globalAverage(GlobalAverage()), .relu(ReLU()), .relu6(ReLU6()), .sigmoid(Sigmoid()),
      .softmax(Softmax()), .flatten(Flatten()), .flatten(Flatten(order: .dyx)),
      .flatten(Flatten(order: .yxd)), .addition(Addition()), .concatenation(Concatenation()),
      .dropout(Dropout(rate: Ratio(1, over: 2))), .dropout(Dropout(rate: Ratio(1, over: 3))),
      .dropout(Dropout(rate: .zero)),
      .zeroPadding(ZeroPadding(Sides(left: 1, right: 1, top: 1, bottom: 1))),
      .zeroPadding(ZeroPadding(Sides(right: 1))),
      .zeroPadding(ZeroPadding(Sides(left: 2, right: 2))), .zeroPadding(ZeroPadding(Sides())),
      .responseNormalization(ResponseNormalization(size: 5)),
      .responseNormalization(
        ResponseNormalization(
          size: 3, alpha: Ratio(1, over: 100_000_000), beta: Ratio(1), offset: Ratio(1, over: 3))),
    ]
    for (scale, centre) in [(true, true), (true, false), (false, true), (false, false)] {
      operations.append(
        .batchNormalization(
          BatchNormalization(
            epsilon: scale ? Ratio(1001, over: 100_000_000) : Ratio(1, over: 1000),
            hasScale: scale, hasCentre: centre)))
    }
    for bias in [true, false] {
      operations.append(.dense(Dense(outputs: 7, hasBias: bias)))
    }
    let paddings: [Padding] = [
      .none, .all(2), .same, .sides(left: 1, right: 1, top: 2, bottom: 2),
      .sides(left: 0, right: 2, top: 3, bottom: 4),
    ]
    for size in [Pair(3), Pair(3, 5)] {
      for stride in [Pair(1), Pair(2), Pair(2, 1), size] {
        for padding in paddings {
          for dilation in [Pair(1), Pair(2, 3)] {
            for rounding in Rounding.allCases {
              operations += operationsWith(
                WindowSettings(
                  size: size, stride: stride, padding: padding, dilation: dilation,
                  rounding: rounding))
            }
          }
        }
      }
    }
    return operations
  }

  /// Every layer that may be written with these windows.
  private func operationsWith(_ windows: WindowSettings) -> [Operation] {
    var operations: [Operation] = [.maxPool(MaxPool(windows: windows))]
    operations += [true, false].map {
      .averagePool(AveragePool(windows: windows, countsPadding: $0))
    }
    guard windows.rounding != .ceil else { return operations }
    for (filters, groups, bias) in [(1, 1, true), (2, 1, false), (4, 2, true), (4, 4, false)] {
      operations.append(
        .convolution(
          Convolution(windows: windows, filters: filters, groups: groups, hasBias: bias)))
      operations.append(
        .depthwiseConvolution(
          DepthwiseConvolution(windows: windows, multiplier: filters, hasBias: bias)))
    }
    return operations
  }
}
