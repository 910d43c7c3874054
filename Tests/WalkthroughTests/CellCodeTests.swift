import ConvolutionEngine
import Testing
import Walkthrough

@Suite struct `A cell's line of code` {
  private func lines(_ network: Network, layer: String, _ cell: Cell) throws -> [String] {
    let layer = try #require(network.layer(named: layer))
    return Notation.allCases.map { CellCode(layer, in: network, $0).line(cell) }
  }

  @Test func `is the source's own for the worked example`() throws {
    let network = try network(Shape(11, 11, 4), "conv:5,filters=2,stride=2,name=v")
    #expect(
      try lines(network, layer: "v", Cell(1, 2, 0)) == [
        "v[1,2,0] = np.sum(X[2:7, 4:9, :] * Ker0) + b0",
        "v[0,2,1] = torch.sum(X[:, 4:9, 2:7] * Ker0) + b0",
        "v[2,1,0] = ops.sum(X[4:9, 2:7, :] * Ker0) + b0",
      ])
  }

  @Test func `leaves padding out of window and filter alike`() throws {
    let network = try network(
      Shape(4, 5, 4), "conv:3,filters=2,padding=1,dilation=2,groups=2,bias=no,name=v")
    #expect(
      try lines(network, layer: "v", Cell(0, 2, 1)) == [
        "v[0,2,1] = np.sum(X[1:4:2, 1:4:2, 2:4] * Ker1[1:3, 0:2, :])",
        "v[1,2,0] = torch.sum(X[2:4, 1:4:2, 1:4:2] * Ker1[:, 0:2, 1:3])",
        "v[2,0,1] = ops.sum(X[1:4:2, 1:4:2, 2:4] * Ker1[0:2, 1:3, :])",
      ])
  }

  @Test func `divides an average by the places that count`() throws {
    let network = try network(Shape(3, 3, 1), "avgpool:2,padding=1,count-padding=no,name=p")
    #expect(
      try lines(network, layer: "p", Cell(1, 0, 0))[0] == "p[1,0,0] = np.sum(X[1:3, 0:1, 0]) / 2")
  }

  @Test func `indexes a vector once, and gives it back its axes under a window`() throws {
    let network = try network(
      Shape(2, 3, 2), "flatten,name=f", "relu,name=r", "maxpool:1,name=p", "dense:1,name=d")
    #expect(
      try lines(network, layer: "f", Cell(0, 0, 5)) == [
        "f[0,0,5] = X.flatten(order='F')[5]", "f[5] = X.flatten()[5]",
        "f[5] = ops.ravel(ops.transpose(X, (2, 0, 1)))[5]",
      ])
    #expect(
      try lines(network, layer: "r", Cell(0, 0, 5)) == [
        "r[0,0,5] = np.maximum(f[0,0,5], 0)", "r[5] = torch.relu(f[5])", "r[5] = ops.relu(f[5])",
      ])
    #expect(
      try lines(network, layer: "p", Cell(0, 0, 5)) == [
        "p[0,0,5] = np.max(r[0:1, 0:1, 5])", "p[5,0,0] = torch.max(r[:, None, None][5, 0:1, 0:1])",
        "p[0,0,5] = ops.max(r[None, None, :][0:1, 0:1, 5])",
      ])
    #expect(
      try lines(network, layer: "d", Cell(0, 0, 0)) == [
        "d[0,0,0] = np.sum(p[0, 0, :] * W) + b", "d[0] = torch.sum(p.flatten() * W) + b",
        "d[0] = ops.sum(p.flatten() * W) + b",
      ])
  }

  @Test func `cuts, squeezes and shares in each library's words`() throws {
    let network = try network(
      Shape(3, 2, 2), "relu6,name=r", "sigmoid,name=g", "softmax,name=s", "flatten,name=f",
      "softmax,name=t", "lrn:2,name=l")
    #expect(
      try lines(network, layer: "r", Cell(2, 0, 1)) == [
        "r[2,0,1] = np.clip(X[2,0,1], 0, 6)", "r[1,0,2] = torch.clamp(X[1,0,2], 0, 6)",
        "r[0,2,1] = ops.relu6(X[0,2,1])",
      ])
    #expect(
      try lines(network, layer: "g", Cell(2, 0, 1)) == [
        "g[2,0,1] = 1 / (1 + np.exp(-r[2,0,1]))", "g[1,0,2] = torch.sigmoid(r[1,0,2])",
        "g[0,2,1] = ops.sigmoid(r[0,2,1])",
      ])
    #expect(
      try lines(network, layer: "s", Cell(2, 0, 1)) == [
        "s[2,0,1] = np.exp(g[2,0,1] - np.max(g[2, 0, :])) "
          + "/ np.sum(np.exp(g[2, 0, :] - np.max(g[2, 0, :])))",
        "s[1,0,2] = torch.softmax(g[:, 0, 2], 0)[1]", "s[0,2,1] = ops.softmax(g[0, 2, :])[1]",
      ])
    #expect(
      try lines(network, layer: "t", Cell(0, 0, 5)).dropFirst() == [
        "t[5] = torch.softmax(f, 0)[5]", "t[5] = ops.softmax(f)[5]",
      ])
    #expect(
      try lines(network, layer: "l", Cell(0, 0, 5)) == [
        "l[0,0,5] = t[0,0,5] / (2 + 0.0001 * np.sum(t[0, 0, 4:6]**2))**0.75",
        "l[5] = t[5] / (2 + 0.0001 * torch.sum(t[4:6]**2))**0.75",
        "l[5] = t[5] / (2 + 0.0001 * ops.sum(t[4:6]**2))**0.75",
      ])
  }

  @Test func `multiplies nothing where a window sees padding alone`() throws {
    for (layer, value) in [
      ("conv:2,filters=2,padding=2", "b1"), ("conv:2,filters=2,padding=2,bias=no", "0"),
    ] {
      let network = try network(Shape(2, 2, 1), layer + ",name=v")
      for cell in [Cell(0, 2, 1), Cell(2, 0, 1)] {
        #expect(
          CellCode(network.layers[0], in: network, .numpy).line(cell)
            == "v[\(cell.x),\(cell.y),1] = \(value)")
      }
    }
  }

  @Test func `adds nothing up where an average sees padding alone`() throws {
    let network = try network(Shape(2, 2, 1), "avgpool:2,padding=2,name=p")
    #expect(
      try lines(network, layer: "p", Cell(0, 1, 0)) == [
        "p[0,1,0] = np.sum(X[0:0, 0:2, 0]) / 4", "p[0,1,0] = torch.sum(X[0, 0:2, 0:0]) / 4",
        "p[1,0,0] = ops.sum(X[0:2, 0:0, 0]) / 4",
      ])
  }

  @Test(arguments: ["b", "b0", "Ker", "W", "W12"])
  func `tells numbers from layers that are called like them`(name: String) throws {
    let dense = try network(Shape(1, 1, 2), "dense:2,name=\(name)")
    #expect(
      try lines(dense, layer: name, Cell(0, 0, 1))[0]
        == "\(name)[0,0,1] = np.sum(X[0, 0, :] * \(name)_W1) + \(name)_b1")
    let input = try Network(
      inputName: name, input: Shape(1, 1, 2), layers: [LayerSpecification(parsing: "dense:1")])
    #expect(
      try lines(input, layer: "dense", Cell(0, 0, 0))[0]
        == "dense[0,0,0] = np.sum(\(name)[0, 0, :] * dense_W) + dense_b")
    let other = try network(Shape(1, 1, 2), "dense:2,name=bb", "relu,name=b0x")
    #expect(
      try lines(other, layer: "bb", Cell(0, 0, 1))[0]
        == "bb[0,0,1] = np.sum(X[0, 0, :] * W1) + b1")
  }

  @Test func `gives names that Python keeps an underscore`() throws {
    let network = try network(Shape(1, 1, 1), "relu,name=lambda", "relu,name=features.0")
    #expect(
      try lines(network, layer: "features.0", Cell(0, 0, 0))[0]
        == "features_0[0,0,0] = np.maximum(lambda_[0,0,0], 0)")
  }
}
