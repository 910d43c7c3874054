import ConvolutionEngine
import Lessons

/// What expressions may name: a convolution, and what other layers make of its cells.
let scenes: [String: Scene] = {
  do {
    let layers = try ["conv:2,filters=2,name=v", "maxpool:2,name=p", "avgpool:2,from=v,name=a"]
      .map { text in try LayerSpecification(parsing: text) }
    let shape = try Shape(3, 3, 2)
    let network = try Network(input: shape, layers: layers)
    return [Scene.main: Scene(network: network, input: try Tensor.seeded(shape, seed: 0))]
  } catch {
    preconditionFailure("the scene is sound: \(error)")
  }
}()
