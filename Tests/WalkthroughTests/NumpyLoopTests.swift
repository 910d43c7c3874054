import ConvolutionEngine
import Testing
import Walkthrough

/// Each has been run in numpy and made the engine's numbers.
@Suite struct `A layer's code in numpy` {
  private func code(_ network: Network, map: Int? = nil) -> [[String]] {
    network.layers.map { layer in
      let code = LayerCode(layer, in: network, .numpy)
      return map.map { code.lines(ofMap: $0) } ?? code.lines
    }
  }

  @Test func `is one line over the whole array where there is no window`() throws {
    let network = try network(
      Shape(4, 3, 2), "relu,name=a", "relu6,name=c", "sigmoid,name=d", "dropout:0.5,name=e",
      "zeropad,left=1,top=2,right=3,name=f", "add,from=X+a+X,name=g", "concat,from=X+g,name=h",
      "globalavgpool,name=i", "flatten,name=j")
    #expect(
      code(network) == [
        ["a = np.maximum(X, 0)"], ["c = np.clip(a, 0, 6)"], ["d = 1 / (1 + np.exp(-c))"],
        ["e = d"], ["f = np.pad(e, ((1, 3), (2, 0), (0, 0)))"], ["g = X + a + X"],
        ["h = np.concatenate([X, g], axis=2)"], ["i = np.mean(h, axis=(0, 1), keepdims=True)"],
        ["j = i.flatten(order='F')[None, None, :]"],
      ])
  }

  @Test func `shares each place among its depths, and divides by the neighbours'`() throws {
    let network = try network(
      Shape(4, 3, 5), "softmax,name=a", "lrn:3,name=c", "lrn:4,alpha=0.5,beta=0.5,k=1,name=d",
      "lrn:1,name=e")
    #expect(
      code(network) == [
        [
          "a = np.exp(X - np.max(X, axis=2, keepdims=True))",
          "a /= np.sum(a, axis=2, keepdims=True)",
        ],
        [
          "for k in range(5):",
          "    c[:,:,k] = a[:,:,k] / "
            + "(2 + 0.0001 * np.sum(a[:, :, max(0, k-1):k+2]**2, axis=2))**0.75",
        ],
        [
          "for k in range(5):",
          "    d[:,:,k] = c[:,:,k] / "
            + "(1 + 0.5 * np.sum(c[:, :, max(0, k-2):k+2]**2, axis=2))**0.5",
        ],
        [
          "for k in range(5):",
          "    e[:,:,k] = d[:,:,k] / (2 + 0.0001 * np.sum(d[:, :, k:k+1]**2, axis=2))**0.75",
        ],
      ])
  }

  @Test func `normalizes by the numbers that there are`() throws {
    let network = try network(
      Shape(4, 3, 2), "batchnorm,name=a", "batchnorm,scale=no,name=c",
      "batchnorm,center=no,epsilon=0.5,name=d")
    #expect(
      code(network) == [
        ["a = a_gamma * (X - a_mean) / np.sqrt(a_var + 0.001) + a_beta"],
        ["c = (a - c_mean) / np.sqrt(c_var + 0.001) + c_beta"],
        ["d = d_gamma * (c - d_mean) / np.sqrt(d_var + 0.5)"],
      ])
  }

  @Test func `multiplies a row by a matrix`() throws {
    let network = try network(
      Shape(1, 1, 3), "dense:4,name=a", "dense:2,bias=no,name=c")
    #expect(code(network) == [["a = X @ a_W.T + a_b"], ["c = a @ c_W.T"]])
  }

  @Test(
    arguments: [
      ("maxpool:2", "X", nil, "np.max(X[2*x:2*x+2, 2*y:2*y+2, k])"),
      ("avgpool:2x3,stride=1", "X", nil, "np.mean(X[x:x+2, y:y+3, k])"),
      (
        "maxpool:3,stride=2,padding=1", "Xp",
        "Xp = np.pad(X, ((1, 1), (1, 1), (0, 0)), constant_values=X.min())",
        "np.max(Xp[2*x:2*x+3, 2*y:2*y+3, k])"
      ),
      (
        "avgpool:3,stride=2,left=1", "Xp", "Xp = np.pad(X, ((1, 0), (0, 0), (0, 0)))",
        "np.mean(Xp[2*x:2*x+3, 2*y:2*y+3, k])"
      ),
      (
        "avgpool:3,stride=2,padding=1,count-padding=no", "Xp",
        "Xp = np.pad(X.astype(float), ((1, 1), (1, 1), (0, 0)), constant_values=np.nan)",
        "np.nanmean(Xp[2*x:2*x+3, 2*y:2*y+3, k])"
      ),
      ("avgpool:3,stride=2,count-padding=no", "X", nil, "np.mean(X[2*x:2*x+3, 2*y:2*y+3, k])"),
      ("conv:2,dilation=2,bias=no", "X", nil, "np.sum(X[x:x+3:2, y:y+3:2, :] * Ker)"),
      ("conv:2,filters=3", "X", nil, "np.sum(X[x:x+2, y:y+2, :] * Ker[k]) + b[k]"),
      ("conv:2", "X", nil, "np.sum(X[x:x+2, y:y+2, :] * Ker) + b"),
      ("depthwise:2,bias=no", "X", nil, "np.sum(X[x:x+2, y:y+2, k*1:(k+1)*1] * Ker[k])"),
    ] as [(String, String, String?, String)])
  func `is a loop over windows, padded beforehand`(
    layer: String, input: String, padding: String?, value: String
  ) throws {
    let network = try network(Shape(7, 7, 4), layer + ",name=v")
    let output = network.layers[0].output
    let lines = [
      "for x, y, k in np.ndindex(\(output.width), \(output.height), \(output.depth)):",
      "    v[x,y,k] = \(value)",
    ]
    #expect(code(network) == [(padding.map { [$0] } ?? []) + lines])
  }

  @Test func `of one map leaves the others out`() throws {
    let size = try Shape(5, 4, 4)
    #expect(
      code(try network(size, "conv:2,filters=4,groups=2,name=v"), map: 3) == [
        [
          "for x, y in np.ndindex(4, 3):",
          "    v[x,y,3] = np.sum(X[x:x+2, y:y+2, 2:4] * Ker3) + b3",
        ]
      ])
    #expect(
      code(try network(size, "maxpool:2,name=v"), map: 1) == [
        ["for x, y in np.ndindex(2, 2):", "    v[x,y,1] = np.max(X[2*x:2*x+2, 2*y:2*y+2, 1])"]
      ])
    #expect(
      code(try network(size, "conv:4,name=v"), map: 0) == [
        ["for x, y in np.ndindex(2, 1):", "    v[x,y,0] = np.sum(X[x:x+4, y:y+4, :] * Ker) + b"]
      ])
  }
}
