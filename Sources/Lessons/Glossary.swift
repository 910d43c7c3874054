/// The words and letters of the course, each explained once: what `w` shows beside a text, and what a
/// list of all of them is made of.
package enum Glossary {
  package struct Term: Sendable, Equatable {
    package let name: String
    package let explanation: String
    /// How texts write it, besides the name; a letter alone and what has capitals count only as they
    /// are written.
    let forms: [String]

    fileprivate init(_ name: String, _ forms: String..., explains explanation: String) {
      self.name = name
      self.forms = forms
      self.explanation = explanation
    }
  }

  /// In alphabetical order.
  package static let terms: [Term] =
    (general + learning + others + symbols).sorted {
      ($0.name.lowercased(), $0.name) < ($1.name.lowercased(), $1.name)
    }

  /// Whether one of them is an abbreviation or a name.
  static func explains(_ name: String) -> Bool { names.contains(name) }

  private static let names = Set(terms.flatMap { [$0.name] + $0.forms }.flatMap { words(of: $0) })

  /// The letters that mean the same in every text.
  static let letters = Set(
    terms.flatMap { [$0.name] + $0.forms }.filter { $0.count == 1 } + ["b", "e"])

  /// Words of the field that the course has no use for, and so does not explain: who uses one says
  /// what it is.
  static let lacks: Set<String> = [
    "adam", "adversarial", "attention", "autoencoder", "backbone", "bagging", "boosting",
    "deconvolution", "denoising", "discriminator", "distillation", "embedding", "embeddings",
    "ensemble", "feedforward", "generative", "hessian", "jacobian", "latent", "layernorm",
    "momentum", "optimizer", "optimizers", "perceptron", "perplexity", "pretraining", "pruning",
    "quantization", "recurrent", "regularization", "regularisation", "regularizer", "residual",
    "residuals", "segmentation", "softplus", "tokenization", "transformer", "transformers",
    "unpooling", "warmup", "xavier",
  ]
}

extension Glossary {
  private static let general = [
    Term(
      "CNN", "CNNs", "convolutional network", "convolutional networks",
      explains: "A convolutional neural network: layers one after another, among them convolutions."
    ),
    Term(
      "convolution", "convolutions", "convolutional",
      explains: "A layer that slides filters over its input. Each window makes one number of a map."
    ),
    Term(
      "cross-correlation",
      explains:
        "A convolution without turning the filter first. It is what every library computes."),
    Term(
      "filter", "filters", "kernel", "kernels",
      explains:
        "The weights that a window is multiplied with, as deep as the input. One filter makes "
        + "one map."),
    Term(
      "filter slice", "filter slices",
      explains: "The part of a filter that belongs to one depth of the input."),
    Term(
      "window", "windows",
      explains: "The part of the input that lies under the filter for one cell of the output."),
    Term(
      "depth", "depths", "channel", "channels",
      explains:
        "How many grids of numbers lie one behind another: 3 in a colour picture. Also one of "
        + "them."),
    Term(
      "map", "maps", "feature map", "feature maps",
      explains: "What one filter makes: a grid of numbers, one depth of the output."),
    Term("cell", "cells", explains: "One number of an input or of a map, at x, y and its depth."),
    Term("product", "products", explains: "One number of the input times one weight."),
    Term("row sum", "row sums", explains: "The sum of the products in one row of a window."),
    Term("slice sum", "slice sums", explains: "The sum of the products in one depth of a window."),
    Term(
      "bias", "biases",
      explains: "A number that is added once to every cell of a map. Each filter has its own."),
    Term(
      "weight", "weights",
      explains:
        "A number that inputs are multiplied with. Training changes it."),
    Term(
      "parameter", "parameters",
      explains: "All numbers that a layer brings: its weights and biases, say."),
    Term(
      "multiply-add", "multiply-adds",
      explains:
        "A product together with its being added to a sum: the unit in which work is counted."),
    Term(
      "stride", "strides",
      explains: "How many columns, or rows, the window moves from one cell to the next."),
    Term("padding", "padded", explains: "Zeros laid around the input before windows are taken."),
    Term(
      "answers to", "answered to",
      explains: "A filter answers to windows that look like it: they give it large numbers."),
    Term(
      "same padding", "called same", "stride and same", "padding is same",
      explains: "A padding with which, at stride 1, the output is as wide as the input."),
    Term("valid", "VALID", explains: "No padding: every window lies inside the input."),
    Term(
      "dilation", "dilated",
      explains:
        "The distance between the places that a filter reads; at 2 it leaves one out between "
        + "two."),
    Term(
      "pool", "pools", "pooling", "max pool", "max pooling", "average pool", "average pooling",
      explains:
        "A layer that makes one number of each window, without weights: the largest, or the "
        + "mean."),
    Term("winner", "winners", explains: "The largest number of a max pool's window."),
    Term("tie", "ties", explains: "Several equal numbers that are all the largest of a window."),
    Term(
      "ReLU", "rectified", explains: "A layer that leaves what is above 0 and makes 0 of all else."),
    Term(
      "leaky ReLU", explains: "A ReLU that multiplies what is below 0 by a small number, not by 0."),
    Term(
      "activation", "activations",
      explains: "What a layer gives out for an input. Also a bend behind a layer, such as ReLU."),
    Term(
      "flatten", "flattened", "flattens", explains: "To lay all numbers of all maps into one row."),
    Term(
      "dense", "dense layer", "fully connected",
      explains:
        "A layer of which every cell reads every number of its input, each with a weight of its own."
    ),
    Term(
      "score", "scores", "logit", "logits",
      explains: "What a network's last layer says of a class: the larger, the surer."),
    Term("class", "classes", explains: "One of the things that a network tells apart: cat, or 8."),
    Term(
      "softmax", explains: "Makes scores into shares between 0 and 1 that add up to 1."),
    Term("sigmoid", explains: "Makes of any number one between 0 and 1: 1/(1 + e^−x)."),
    Term(
      "receptive field", "receptive fields",
      explains: "The part of the picture that a cell of a later layer depends on."),
    Term(
      "depthwise", explains: "A convolution in which each filter reads one depth alone."),
    Term(
      "separable", explains: "A depthwise convolution, and a 1×1 one behind it that mixes depths."),
    Term(
      "1×1",
      explains: "A convolution whose window is one place: it mixes depths and sees nothing "
        + "around it."),
    Term(
      "group", "groups", "grouped",
      explains:
        "A part of the depths that has filters of its own, which read no other."),
    Term(
      "im2col",
      explains: "To write each window as a row, so that a convolution becomes one product "
        + "of matrices."),
    Term(
      "dropout",
      explains: "Sets numbers to 0 by chance while a network is trained; afterwards it "
        + "does nothing."),
    Term(
      "pixel", "pixels",
      explains: "One point of a picture: a number if it is grey, three if it has colour."),
    Term("vector", "vectors", explains: "Numbers in one row."),
    Term("matrix", "matrices", explains: "Numbers in rows and columns."),
    Term(
      "neuron", "neurons",
      explains: "A dot product of numbers and weights, and a bias: one cell of a layer."),
    Term(
      "setting", "settings", "hyperparameter", "hyperparameters",
      explains: "What a person chooses of a layer, as its stride. Training does not change it."),
    Term(
      "weight sharing", explains: "One set of weights is used at every place of the input."),
    Term(
      "local connection", explains: "A cell reads a small part of its input, not all of it."),
    Term(
      "equivariant", explains: "Where the picture moves, the map moves along by as much."),
    Term("invariant", explains: "Unchanged, whatever is done to the picture: moved, say."),
    Term(
      "transposed convolution", "transposed convolutions",
      explains: "A convolution's way back, taken as a layer of its own: it makes maps larger."),
    Term(
      "skip connection", "skip connections",
      explains: "What goes into some layers is added to what comes out of them."),
    Term("tensor", "tensors", explains: "A block of numbers with several axes: x, y and depth."),
    Term("float32", explains: "A number of 32 bits, rounded to about seven digits."),
  ]

  private static let learning = [
    Term(
      "loss", "losses",
      explains: "One number that says how wrong a network is. Training makes it "
        + "less."),
    Term(
      "cross-entropy", "binary cross-entropy", "categorical cross-entropy",
      explains: "A loss: minus the logarithm of the share that the right class got. Binary: of two "
        + "classes."),
    Term(
      "hinge", explains: "A loss that counts how far other classes come too near to the right one."),
    Term(
      "squared error", explains: "A loss: the squares of how far the numbers are off, added up."),
    Term(
      "gradient", "gradients",
      explains: "How much the loss grows for each 1 that a number grows, at first."),
    Term("upstream", explains: "The gradient that comes back to a layer from the one behind it."),
    Term(
      "update", "updates",
      explains: "One step of learning: each weight less the rate times its "
        + "gradient."),
    Term("rate", "learning rate", "η", explains: "What a gradient is multiplied by in an update."),
    Term(
      "derivative", "derivatives",
      explains: "By how much a result grows for each 1 that something grows, at first."),
    Term(
      "chain rule", explains: "Slopes of steps that follow one another are multiplied."),
    Term(
      "gradient descent",
      explains: "To learn by many small updates, each against the gradient, so that the loss falls."
    ),
    Term(
      "SGD", "stochastic gradient descent",
      explains: "Gradient descent in which each step looks at a few pictures, chosen at random."
    ),
    Term(
      "vanishing gradient", "vanishing gradients",
      explains:
        "Behind many layers hardly anything flows back, so that the first ones do not learn."),
    Term(
      "overfitting", "overfit", "overfits",
      explains: "To learn the training pictures by heart, and fail at new ones."),
    Term(
      "augmentation", "augmented", "augment",
      explains: "To train with changed copies of pictures too: mirrored, moved, brighter."),
    Term("training set", explains: "The pictures that a network learns from."),
    Term(
      "validation set",
      explains:
        "Pictures that nothing learns from, by which settings and the end of training are chosen."
    ),
    Term(
      "test set",
      explains: "Pictures kept back to the end: they say once how good the finished network is."),
    Term(
      "standard deviation", "deviation", "deviations",
      explains: "The root of the variance: how far numbers usually lie from their mean."),
    Term("violator", "violators", explains: "A class that comes too near to the right one."),
    Term("batch", "batches", explains: "Pictures that go through a network together."),
    Term("epoch", "epochs", explains: "Once through all pictures that are learned from."),
    Term(
      "batch normalization", "batch norm", "batchnorm",
      explains:
        "A layer that takes a map's mean away, divides by its spread, multiplies by gamma and "
        + "adds beta."),
    Term("gamma", explains: "What a batch normalization multiplies a map by. It is learned."),
    Term("beta", explains: "What a batch normalization adds to a map. It is learned."),
    Term(
      "epsilon", explains: "A small number added to a variance, so that nothing is divided by 0."),
    Term("mean", explains: "The sum of numbers divided by how many they are."),
    Term("variance", explains: "The mean of the squared distances from the mean."),
    Term(
      "transfer learning",
      explains: "To take a trained network's base and train a new head for "
        + "another question."),
    Term("base", explains: "A network without its head: the layers that make maps of a picture."),
    Term("head", explains: "A network's last layers, which make scores of the base's maps."),
    Term(
      "freeze", "frozen", "freezes", "freezing",
      explains:
        "To leave weights as they are while others are trained."),
    Term(
      "fine-tuning", "fine-tune", explains: "To train a base a little further, at a small rate."),
    Term(
      "preprocessing", explains: "What is done to a picture's numbers before a network takes them."),
    Term(
      "backpropagation", "backward",
      explains: "To compute gradients layer by layer, from the loss "
        + "back."),
  ]

  private static let others = [
    Term("numpy", "NumPy", explains: "A library of Python that computes with blocks of numbers."),
    Term(
      "PyTorch", "torchvision", explains: "A library of Python for networks, with the depth first."),
    Term("Keras", explains: "A library of Python for networks, with the depth last."),
    Term(
      "library", "libraries", "TensorFlow", "JAX", "OpenCV", "MATLAB", "scipy",
      explains: "A program that other programs use; TensorFlow and JAX, say, compute networks."),
    Term("MNIST", explains: "A collection of grey handwritten digits, 28×28×1."),
    Term("CIFAR-10", "CIFAR", explains: "A collection of small colour photographs, 32×32×3."),
    Term(
      "VGG16", "Inception v3", "ResNet-50", "MobileNet",
      explains: "Networks that others trained on more than a million photographs."),
  ]

  private static let symbols = [
    Term(
      "W", explains: "In formulas the width of an input. W0 and W1 are the weights of dense cells."),
    Term("H", explains: "In formulas the height of an input."),
    Term("D", explains: "In formulas a depth, or the dilation."),
    Term("F", "f", explains: "In formulas the width of a filter or of a pool's window."),
    Term("K", explains: "In formulas how many filters there are, and so how many maps."),
    Term("S", "s", explains: "In formulas the stride."),
    Term("P", explains: "In formulas the padding on each side."),
    Term("X", explains: "The input. X[2,0,1] is its number in column 2, row 0, depth 1."),
    Term(
      "Ker", "Ker0", "Ker1",
      explains: "A filter. Ker0[2,0,1] is its weight in column 2, row 0, "
        + "depth 1."),
    Term(
      "dX", "dv", "dKer0", "dKer",
      explains: "With d before its name, the gradient of the loss with "
        + "respect to it."),
    Term("≈", explains: "Rounded. Whatever stands behind = is exact."),
  ]
}
