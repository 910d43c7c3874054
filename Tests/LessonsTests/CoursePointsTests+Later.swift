import Testing

@testable import Lessons

@Suite("The points of the course, after the worked example")
struct LaterCoursePointsTests {
  static let points = settings + responses + networks + heads

  private static let settings = [
    CoursePoint(
      "3 parameters: they are settings, and the filter's size is one too", "depth-stride-padding",
      "Settings are not parameters",
      ["3 parameters", "20 weights and biases", "F is a setting too"]),
    CoursePoint(
      "the settings, live", "depth-stride-padding", "Change them live",
      ["Press e now", "7×7", "4×4"]),
    CoursePoint(
      "rarely more than 3: Krizhevsky's is 4", "depth-stride-padding", "How large a stride?",
      ["rarely more than 3", "227×227×3", "4 fits"]),
    CoursePoint("ReLU: what is cut", "relu", "Cut at zero", ["max(0, v)", "max(0, −6) = 0"]),
    CoursePoint("y = Wx + b", "relu", "Straight after straight", ["y = Wx + b", "= 6x − 1"]),
    CoursePoint("why something must bend", "relu", "No line does this", ["straight line"]),
    CoursePoint(
      "the bias moves the bend", "relu", "No line does this",
      ["c, bias −1        −4    −4    −4    −1     5", "the bias moves the bend"]),
    CoursePoint("F = 2, S = 2", "max-pooling", "The largest of four", ["F = 2", "S = 2"]),
    CoursePoint("32×32×4 → 16×16×4", "max-pooling", "32×32×4", ["32×32×4", "16×16×4"]),
    CoursePoint(
      "twice less parameters: a quarter of the values", "max-pooling", "Twice less?",
      ["twice less parameters", "1024 of 4096", "0.25", "0 parameters"]),
    CoursePoint(
      "the pools save parameters in fc1, none in conv2", "max-pooling", "What pooling does save",
      ["28 − 5 + 1 = 24", "1,106,040", "48,120", "2416"]),
    CoursePoint(
      "max_pool(w,h,d) pools nothing", "max-pooling", "A pool that pools nothing",
      ["max_pool(w, h, d)", "15×15×128", "7200.0", "6272"]),
    CoursePoint(
      "not every convolution is followed by a pool", "max-pooling", "Not after every convolution",
      ["always", "5 convolutions and 3 pools"]),
    CoursePoint(
      "(2,2) and 2 are the same pool", "max-pooling", "(2, 2) and 2",
      ["F.max_pool2d(x, (2, 2))", "F.max_pool2d(x, 2)", "the same pool"]),
  ]

  private static let responses = [
    CoursePoint("slide a pattern with the arrow keys", "shifts", "Move it", ["arrow keys"]),
    CoursePoint(
      "stride 2: one column changes the values", "shifts", "Stride 2, one column",
      ["One column changes the values"]),
    CoursePoint(
      "stride 2: two columns move them by one cell", "shifts", "Stride 2, two columns",
      ["Two columns of X are one cell of v"]),
    CoursePoint(
      "translationally invariant: convolution is equivariant", "shifts", "Equivariant",
      ["translationally invariant", "anywhere", "equivariant"]),
    CoursePoint(
      "away from the borders", "shifts", "Anywhere, but not at the border",
      ["only while the pattern is inside"]),
    CoursePoint(
      "pooling forgives some small shifts", "shifts", "What a pool forgives", ["stays at 2, 1"]),
    CoursePoint("depending on phase", "shifts", "Forgiven, or not", ["phase", "p[3,1,0]"]),
    CoursePoint(
      "flatten and dense do not", "shifts", "Dense layers forgive nothing",
      ["place 4 + 2·9 = 22", "5 + 2·9 = 23", "Another weight"]),
    CoursePoint(
      "two 3×3 see 5×5", "seeing-further", "Two 3×3 see 5×5", ["receptive field", "= 5"]),
    CoursePoint(
      "a first layer that finds edges", "seeing-further", "A picture one recognises",
      ["castle", "left edges", "made by hand"]),
    CoursePoint(
      "a second that finds corners made of them", "seeing-further", "Corners are made of edges",
      ["2 + 0 + 2 − 3 = 1"]),
    CoursePoint(
      "task-oriented late layers: why transfer works", "seeing-further",
      "General first, special last", ["task-oriented", "transfer", "hierarchy"]),
    CoursePoint(
      "227×227×3, 96 filters, stride 4 → 55×55×96", "krizhevsky", "A real first layer",
      ["227×227×3", "11×11×3", "stride 4", "55×55×96"]),
    CoursePoint(
      "every one of 105,415,200 products addressable", "krizhevsky",
      "Every product has an address", ["conv1[54,54,95]@[10,10,2]", "105,415,200"]),
    CoursePoint(
      "11 filters", "krizhevsky", "Not 11 filters", ["11 filters", "34,944"]),
    CoursePoint(
      "the paper's printed 224 gives 54.25", "krizhevsky", "The 224 in the paper",
      ["224", "54.25", "227 gives 55"]),
    CoursePoint(
      "windows overlap: X[103,103] feeds 4 cells a map", "krizhevsky", "Who reads one pixel?",
      ["2·2 = 4", "X[102,102,0] is read by 9", "105,705,600"]),
    CoursePoint(
      "a pool that overlaps", "krizhevsky", "A pool that overlaps", ["2·2 = 4", "27×27×96"]),
  ]

  private static let networks = [
    CoursePoint(
      "the three flattening orders", "flatten-dense-scores", "Three orders",
      ["PyTorch", "Keras", "numpy", "order='F'"]),
    CoursePoint("a dense layer", "flatten-dense-scores", "A dense layer", ["1 + 2 + 3 − 1 = 5"]),
    CoursePoint(
      "no softmax in the PyTorch net", "flatten-dense-scores", "Why no softmax?",
      ["CrossEntropyLoss", "twice"]),
    CoursePoint(
      "a sigmoid in the Keras one", "flatten-dense-scores", "One score and a sigmoid",
      ["sigmoid", "0.5"]),
    CoursePoint(
      "the batch axis", "flatten-dense-scores", "The batch axis", ["view(-1, 16*5*5)", "None"]),
    CoursePoint(
      "each line of code beside its shape", "pytorch-net", "Code beside sizes",
      ["nn.Conv2d(3, 6, 5)", "28×28×6, then 14×14×6", "nn.Conv2d(6, 16, 5)", "5×5×16"]),
    CoursePoint(
      "why 16 * 5 * 5", "pytorch-net", "Why 16 * 5 * 5?",
      ["5·5·16 = 400", "28 − 4 = 24", "nn.Linear(16 * 4 * 4, 120)"]),
    CoursePoint(
      "widths 32 to 35 all give it", "pytorch-net", "Other widths, same net", ["32 to 35"]),
    CoursePoint(
      "num_flat_features is called and never defined", "pytorch-net", "A function never defined",
      ["num_flat_features", "never defined", "16·4·4 = 256", "400"]),
    CoursePoint(
      "Variable is no longer needed", "pytorch-net", "Variable", ["Variable", "PyTorch 0.4"]),
    CoursePoint(
      "120 → 84 → 10", "pytorch-net", "Three dense layers",
      ["120 into 84", "84 into 10", "48,120", "62,006"]),
    CoursePoint("its products", "pytorch-net", "Where the work is", ["352,800", "651,720"]),
  ]

  private static let heads = [
    CoursePoint(
      "32, 64, 128, 128 of 3×3, each followed by a pool", "keras-net", "Code beside sizes",
      ["Conv2D(32, (3, 3)", "Conv2D(128, (3, 3)", "(None, 7, 7, 128)", "Dense(512", "'sigmoid'"]),
    CoursePoint(
      "3,453,121 parameters", "keras-net", "Where the parameters are", ["3,211,776", "3,453,121"]),
    CoursePoint(
      "15×15 → 7×7 drops 29 of 225", "keras-net", "A row and a column are dropped",
      ["15×15", "29 of 225"]),
    CoursePoint(
      "you rarely train a CNN from zero", "transfer-learning", "Rarely from zero",
      ["rarely trains a CNN from zero", "cut"]),
    CoursePoint(
      "VGG16's base is frozen", "transfer-learning", "A new head", ["14,714,688", "requires_grad"]),
    CoursePoint("where the cut is", "transfer-learning", "VGG16's base", ["The cut", "7×7×512"]),
    CoursePoint(
      "global average pool and Dense 10 make 5,130", "transfer-learning", "A new head",
      ["5130", "250,890"]),
    CoursePoint(
      "one step of training", "transfer-learning", "One step of training",
      ["−1 + 0.4 = −0.6", "= 0.1 instead of −2"]),
    CoursePoint(
      "the base's own preprocessing", "transfer-learning", "The base's own preprocessing",
      ["x/127.5 − 1", "0.8 − 1 = −0.2", "preprocess_input"]),
    CoursePoint(
      "requires_grad does not stop a batch normalization's statistics", "transfer-learning",
      "Frozen, and yet it moves",
      [
        "requires_grad = False does not stop them", "0.9·3 + 0.1·13 = 4", "3/2 = 1.5",
        "base.eval()",
      ]),
    CoursePoint(
      "Inception v3: 21,802,784 and 20,490", "transfer-learning", "Inception v3",
      ["21,802,784", "20,490"]),
    CoursePoint(
      "what is frozen, what is trained", "transfer-learning", "Where to cut",
      ["thaw", "7,079,424"]),
  ]

  @Test(arguments: points) func `each point is made at its stop`(_ point: CoursePoint) throws {
    try point.check()
  }
}
