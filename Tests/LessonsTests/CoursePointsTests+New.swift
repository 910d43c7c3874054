import Testing

@testable import Lessons

/// The numbers that lessons say were computed by torch or numpy as well.
@Suite("The points of the course, of filters, costs and what flows back")
struct NewCoursePointsTests {
  static let points = filters + costs + backward + heads

  private static let filters = [
    CoursePoint(
      "what all of this is for", "first-look", "It finds edges",
      ["edges of the strokes", "This is a convolution"]),
    CoursePoint("a trained network reads", "first-look", "It reads", ["1400", "It is a 3"]),
    CoursePoint(
      "a blur is a mean, its weights add up to 1", "filters-by-hand", "Blur",
      ["nine weights of 1/9", "(9 + 9 + 9)/9 = 3", "The weights add up to 1"]),
    CoursePoint(
      "sharpen", "filters-by-hand", "Sharpen", ["5 − 4 = 1", "5·9 − 9 − 9 − 9 − 0 = 18"]),
    CoursePoint(
      "Sobel: weights that add up to 0", "filters-by-hand", "Sobel, an edge filter",
      ["add up to 0", "1·9 + 2·9 + 1·9 = 36"]),
    CoursePoint(
      "which filter made this map", "filters-by-hand", "Which filter made this map?",
      ["−9 − 9 − 9 = −27"]),
    CoursePoint(
      "design one: the sum of the weights", "filters-by-hand", "Design one",
      ["8·7 − 8·7 = 0", "the sum of the weights is what a flat area is multiplied by"]),
    CoursePoint(
      "a task that the engine judges", "filters-by-hand", "Write one yourself",
      ["Change Ker until", "1·4 − 1·0 = 4"]),
    CoursePoint(
      "on a photograph", "filters-by-hand", "On a photograph", ["32×29", "raccoon"]),
    CoursePoint(
      "a convolution turns the filter", "cross-correlation", "What mathematics does",
      ["turns the filter", "3, 2, 1"]),
    CoursePoint(
      "signal processing's formula", "cross-correlation", "The minus in the formula",
      ["h(k)·x(n − k)", "3·2 + 2·1 + 1·4 = 12", "commutative"]),
    CoursePoint(
      "what every library computes", "cross-correlation", "One name, two results",
      ["torch.nn.Conv2d", "numpy.convolve", "5·1 + 0·2 + 0·3 + 1·4 = 9"]),
    CoursePoint(
      "where it matters", "cross-correlation", "Where it does matter",
      ["−1·2 + 1·7 = 5", "turned"]),
    CoursePoint(
      "dilation's span", "dilation", "How many windows fit",
      ["(W − D·(F − 1) − 1 + 2P)/S + 1", "(10 − 3·2 − 1)/1 + 1 = 3/1 + 1 = 4"]),
    CoursePoint(
      "what dilation skips", "dilation", "What it skips", ["40 of 49"]),
    CoursePoint(
      "ties: the first one wins", "ties", "Two that large",
      ["the first one that is met", "column 1, row 0"]),
  ]

  private static let costs = [
    CoursePoint(
      "1×1 mixes depth without looking around", "separable", "What 1×1 is for",
      ["64·(1·1·256 + 1) = 16,448", "bottleneck"]),
    CoursePoint(
      "2,336 weights for 18,432", "separable", "What both cost",
      ["18,432", "32·3·3 + 64·32 = 288 + 2048 = 2336"]),
    CoursePoint(
      "looking around without mixing", "separable", "Depthwise, the other half",
      ["2·2 + 2·2 + 2·2 = 12", "nothing is added across depths"]),
    CoursePoint(
      "windows as rows, the same products", "matrix-product", "Why libraries do it",
      ["3025·96·363 = 105,415,200", "1,098,075", "seven times"]),
    CoursePoint(
      "im2col with depth", "matrix-product", "With depth", ["5·4 = 20", "2·2·3 = 12"]),
    CoursePoint(
      "activations take memory, for every picture", "krizhevsky", "What memory it takes",
      [
        "55·55·96·4 = 290,400·4 = 1,161,600", "139,776", "148,684,800", "123,642,856", "6,422,528",
      ]),
    CoursePoint(
      "batch normalization: four numbers a map", "batch-normalization", "Four numbers a map",
      ["running_mean", "2·64 = 128", "256"]),
    CoursePoint(
      "folded into the convolution before it", "batch-normalization", "Folded into the bias",
      ["(3 − 5)·6/2 + 2 = −6 + 2 = −4"]),
    CoursePoint(
      "its statistics are not trained", "batch-normalization", "Measured, not learned",
      ["0.9·10 + 0.1·20 = 9 + 2 = 11", "not trained"]),
  ]

  private static let backward = [
    CoursePoint(
      "a gradient is what a nudge does", "nudge", "Smaller nudges",
      ["3.5, then 3.05, then 3.005", "derivative"]),
    CoursePoint("the chain rule", "nudge", "Slope times slope", ["3·2 = 6", "chain rule"]),
    CoursePoint(
      "downhill", "nudge", "Which way?", ["2 − 12/24 = 2 − ½ = 1.5", "gradient descent"]),
    CoursePoint(
      "ReLU at exactly 0", "back-through-pool", "At exactly 0", ["0 is not above 0"]),
    CoursePoint(
      "nothing to the losers", "back-through-pool", "One winner", ["The three losers get 0"]),
    CoursePoint(
      "overlapping pools add up", "back-through-pool", "Winning more than once",
      ["2 − 1 + 3 + 5 = 9", "+="]),
    CoursePoint("a dead ReLU", "back-through-pool", "Where it ends", ["dead"]),
    CoursePoint(
      "where windows overlap, sums", "back-through-window", "Where windows overlap",
      ["4·2 + 1·1 = 9", "ask who read it"]),
    CoursePoint(
      "dX without turning", "back-through-window", "Who read me?",
      ["4·3 + 1·(−1) + 2·2 + (−1)·1 = 12 − 1 + 4 − 1 = 14"]),
    CoursePoint(
      "stride, and a column never read", "back-through-window", "Stride",
      ["5·(−1) = −5", "dX[5,0,0] is 0"]),
    CoursePoint(
      "padding takes no gradient", "back-through-window", "Padding",
      ["3·3 + 4·1 = 13", "S·x − P"]),
    CoursePoint(
      "the worked example, backwards", "back-through-window", "The worked example", ["4 − 2 = 2"]),
    CoursePoint(
      "every place it was used", "filter-gradient", "Every place it was used",
      ["8 + 0 − 2 − 1 = 5", "4·1 + 1·2 + 2·3 + (−1)·(−1) = 13"]),
    CoursePoint(
      "a bias gets the sum", "filter-gradient", "The bias", ["4 + 1 + 2 − 1 = 6"]),
    CoursePoint(
      "a filter's gradient with stride 2", "filter-gradient", "Stride",
      ["3·3 + 2·4 = 17", "its numbers 2 apart"]),
    CoursePoint(
      "channels that pair", "filter-gradient", "Channels that pair",
      ["3·2 + (−1)·0 = 6", "pairs map k of dv with depth d of X"]),
    CoursePoint(
      "a batch is divided once", "filter-gradient", "A batch", ["(6 + 10)/2 = 8"]),
    CoursePoint(
      "the exam's example: dW", "one-step", "The filter",
      ["−5·8 + (−1)·3 = −40 − 3 = −43", "−8 −16 −10 / −24 −43 −24 / −12 −8 −29"]),
    CoursePoint(
      "the exam's example: dI", "one-step", "The input",
      ["5 0 −5 0 0 0 / 5 0 −4 0 −1 0 / 5 0 −4 0 −1 0 / 0 0 1 0 −1 0"]),
    CoursePoint(
      "the loss falls, less than promised", "one-step", "What was promised",
      ["4470/1000 = 4.47", "9.112898", "3.887102"]),
    CoursePoint(
      "when the promise fails", "one-step", "When the promise fails", ["26.5898", "9.36 and 16.9"]),
  ]

  private static let heads = [
    CoursePoint(
      "the hinge loss", "retraining-head", "Too near", ["0 + 10 = 10", "violator"]),
    CoursePoint(
      "what flows back from softmax and cross-entropy", "retraining-head", "With softmax",
      ["its share less 1", "1/4 − 1 = −0.75"]),
    CoursePoint(
      "one update", "retraining-head", "One update", ["1 − 5/4 = −0.25"]),
    CoursePoint(
      "the base reads once", "retraining-head", "A new question for digits",
      ["3600", "193"]),
    CoursePoint(
      "training, validation, test", "retraining-head", "Three sets of pictures",
      ["1174    1182    1187", "197     198     195", "387 of 397"]),
    CoursePoint(
      "what it gets wrong and why", "retraining-head", "What it gets wrong",
      ["wrong on 11", "28724 + 1 = 28,725", "2450", "437"]),
    CoursePoint(
      "a network walked to its scores", "network-that-reads", "Ten scores",
      ["7347 − 399 = 6948", "2247"]),
    CoursePoint(
      "which pixels made it say 8", "network-that-reads", "Which pixels made it say 8",
      ["7347 − 7501 = −154", "1560"]),
    CoursePoint(
      "one grey turns an error", "network-that-reads", "And when it errs", ["182 − 348 = −166"]),
  ]

  @Test(arguments: points) func `each point is made at its stop`(_ point: CoursePoint) throws {
    try point.check()
  }
}
