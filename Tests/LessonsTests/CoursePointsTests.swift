import Testing

@testable import Lessons

/// A point that the course has to make, and the stop that makes it.
struct CoursePoint: Sendable, CustomTestStringConvertible {
  /// What the learner is to take away, shortly.
  let point: String
  let lesson: String
  /// The title of the stop.
  let stop: String
  /// Words and numbers that stand there, as they are printed.
  let words: [String]

  init(_ point: String, _ lesson: String, _ stop: String, _ words: [String]) {
    self.point = point
    self.lesson = lesson
    self.stop = stop
    self.words = words
  }

  var testDescription: String { "\(lesson): \(point)" }

  /// Fails unless the stop exists and says all the words.
  func check() throws {
    let stops = try Catalogue(folder: ShippedLessonTests.folder).lesson(named: lesson).stops
    let named = try #require(stops.first { $0.title == stop }, "there is no such stop")
    for word in words { #expect(named.everythingSaid.contains(word), "\(word)") }
  }
}

extension Stop {
  /// All that a learner can read at the stop, in one line.
  fileprivate var everythingSaid: String {
    var parts = text + figure + after
    if let question {
      parts += [question.ask, question.hint, question.why] + question.slips.map(\.says)
    }
    return parts.joined(separator: " ")
  }
}

@Suite("The points of the course, up to the worked example")
struct CoursePointsTests {
  static let points = pictures + windows + depths

  private static let pictures = [
    CoursePoint(
      "three planes of a small colour picture", "picture-is-numbers", "Three planes",
      ["red is depth 0", "green is depth 1", "blue is depth 2"]),
    CoursePoint(
      "width × height × depth", "picture-is-numbers", "Width × height × depth", ["8×5×3"]),
    CoursePoint(
      "the axes X[x,y,depth]", "picture-is-numbers", "The address of a number",
      ["X[x,y,depth]", "First the column"]),
    CoursePoint(
      "numpy prints X[:,:,0] transposed", "picture-is-numbers", "How numpy prints it",
      ["transpose", "X[:,:,0].T"]),
    CoursePoint(
      "CIFAR-10's 32×32×3, MNIST's depth 1", "picture-is-numbers", "CIFAR-10 and MNIST",
      ["32×32×3", "MNIST's depth is 1", "3072"]),
    CoursePoint(
      "where two neighbouring pixels land", "why-not-dense", "Neighbours torn apart",
      ["32 places apart", "1024"]),
    CoursePoint(
      "dense: 14,455,392", "why-not-dense", "Count dense weights",
      ["32×32×3", "28×28×6", "14,455,392"]),
    CoursePoint(
      "local but unshared: 357,504", "why-not-dense", "Read only what is near",
      ["local connection", "357,504"]),
    CoursePoint("shared filters: 456", "why-not-dense", "Share the weights", ["filter", "456"]),
    CoursePoint(
      "the fair comparison side by side", "why-not-dense", "Same outputs, three prices",
      ["14,455,392", "357,504", "456"]),
    CoursePoint(
      "150×150×3 into 512 neurons", "why-not-dense", "Same outputs, three prices",
      ["150×150×3", "512 neurons", "34,560,512"]),
  ]

  private static let windows = [
    CoursePoint(
      "7×7×1 with a 3×3 filter", "one-window", "A picture and a filter", ["7×7×1", "3×3"]),
    CoursePoint(
      "nine products, one number", "one-window", "Nine products, one number",
      ["nine products", "0 + 8 + (−2) = 6"]),
    CoursePoint(
      "cross-correlation, said once", "one-window", "Turned or not",
      ["cross-correlation", "half a turn"]),
    CoursePoint(
      "a window makes one number, not a 2D map", "one-window", "One number, not a map",
      ["one cell", "1 sum", "5·5 = 25"]),
    CoursePoint(
      "the same filter everywhere", "sliding", "The second plus", ["weight sharing"]),
    CoursePoint("local connection", "sliding", "Only what is near", ["local connection"]),
    CoursePoint(
      "filter numbers come from training; here they are made by hand", "sliding",
      "Where weights come from", ["training", "learns", "made by hand"]),
    CoursePoint(
      "a one-dimensional strip", "counting-positions", "A strip of seven", ["strip of 7 columns"]),
    CoursePoint(
      "why + 1", "counting-positions", "Why + 1", ["Steps are not windows", "W − F + 1"]),
    CoursePoint(
      "floor means no room for another window", "counting-positions", "No room for another",
      ["floor", "no room for another window"]),
    CoursePoint(
      "which column is never read", "counting-positions", "The column never read",
      ["Column 6 is left over"]),
    CoursePoint(
      "Input-Filter/Stride+1 gives 225.25", "counting-positions", "Mind the parentheses",
      ["Input-Filter/Stride+1", "225.25", "55", "2P"]),
    CoursePoint(
      "padded zeros", "borders-and-padding", "A frame of zeros", ["padded zero", "P = 1"]),
    CoursePoint(
      "what the filter answers to at a border", "borders-and-padding", "What the filter answers to",
      ["a dark frame that is not in the picture"]),
    CoursePoint("same", "borders-and-padding", "Both sides count", ["called same"]),
    CoursePoint(
      "how many windows use a corner, an edge, the middle", "borders-and-padding",
      "Who uses the corner?", ["corner", "edge", "middle", "now has 6", "still 9"]),
    CoursePoint(
      "X[0,0] feeds 1 cell a map, X[4,4] 9", "borders-and-padding", "Stride makes it uneven",
      ["feeds 1 cell", "X[4,4,0]", "make 9"]),
    CoursePoint(
      "X[5,5] feeds 4", "borders-and-padding", "One step aside", ["X[5,5,0]", "2·2 = 4"]),
    CoursePoint(
      "the size stays only when P = (F − 1)/2 and the stride is 1", "borders-and-padding",
      "Stride and same", ["P = (F − 1)/2", "stride 1", "11 becomes 6", "P = 7"]),
  ]

  private static let depths = [
    CoursePoint(
      "slice sums are added, one bias a cell", "channels-add", "Slice sums are added",
      ["15 + 0 + (−9) + (−8) = −2", "added once for each cell"]),
    CoursePoint(
      "CIFAR-10's 5×5×3 window", "channels-add", "CIFAR-10's 5×5×3 window",
      ["5×5×3", "75 products", "76"]),
    CoursePoint(
      "one filter, one map", "channels-add", "One filter, one map",
      ["one filter makes one map", "6×4×1"]),
    CoursePoint(
      "the filter's depth is the input's: conv2's is 6", "channels-add", "How deep is a filter?",
      ["image depth", "conv2's filters have depth 6", "2416"]),
    CoursePoint(
      "a slice of zeros ignores its channel", "channels-add", "A channel that is ignored",
      ["A slice of zeros ignores its channel"]),
    CoursePoint(
      "two filters, two maps", "filters-stack", "Two maps, depth 2",
      ["4×4×2", "depth of v is the number of filters"]),
    CoursePoint(
      "the depth column; four cells in a row are not one", "filters-stack", "The depth column",
      ["v[1,1,:]", "column vector", "row 0 of map 0"]),
    CoursePoint(
      "four cells are not yet the first feature map", "filters-stack", "Four cells are not a map",
      ["the first feature map", "4 of its 16 cells"]),
    CoursePoint(
      "16 maps and 36 filters make 36 maps, not 576", "filters-stack", "16 maps and 36 filters",
      ["36 maps", "576", "One filter makes one map"]),
    CoursePoint(
      "against it: groups", "filters-stack", "Groups", ["groups = 2", "76", "148", "4 to 7"]),
    CoursePoint(
      "against it: depthwise", "filters-stack", "Depthwise",
      ["nothing is added across depths", "16 groups and 576 filters"]),
    CoursePoint(
      "11×11×4, stride 2", "worked-example", "One input, two filters",
      ["11×11×4", "5×5×4", "(11 − 5)/2 + 1 = 4"]),
    CoursePoint(
      "v[0,0,0] in Python, without bias", "worked-example", "The first window",
      ["v[0,0,0] = np.sum(X[:5,:5,:] * Ker)", "worked-example-plain"]),
    CoursePoint(
      "only the first index grows along a row", "worked-example", "Along the width",
      [
        "v[1,0,0] = np.sum(X[2:7,:5,:] * Ker)", "v[2,0,0] = np.sum(X[4:9,:5,:] * Ker)",
        "Only the first index grows",
      ]),
    CoursePoint(
      "the second filter", "worked-example", "The second filter",
      ["Ker1", "3 + 0 + 2 + 0 + (−1) = 4"]),
    CoursePoint(
      "the window stretched to 100 numbers", "worked-example", "100 numbers in a row",
      ["100 numbers", "dot product", "101", "485"]),
    CoursePoint("the max pool at its end", "worked-example", "Then a pool", ["max pool", "9"]),
  ]

  @Test(arguments: points) func `each point is made at its stop`(_ point: CoursePoint) throws {
    try point.check()
  }
}
