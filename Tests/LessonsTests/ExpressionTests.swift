import ConvolutionEngine
import ExactNumbers
import Testing

@testable import Lessons

/// The sound lesson's one filter over 0 … 8, then what is made of its four cells.
private let scenes = """
  title: A small one
  summary: Four products make one number.
  input: {name: X, size: 3x3x1, depths: ["0 1 2\\n3 4 5\\n6 7 8"]}
  layers:
    - {kind: conv, name: v, size: 2, weights: [["1 2\\n3 4"]], bias: [5]}
    - {kind: maxpool, name: p, size: 2}
    - {kind: avgpool, name: a, from: v, size: 2}
  scenes:
    two:
      input: {name: Y, depths: ["1 2 3", "4 5 9"]}
      layers:
        - {kind: conv, name: w, size: 2x1, filters: 2, stride: 2, weights: [["1 -1", "1 1"], ["0 0", "1/3 2"]],
           bias: [1, -1/2]}
  """

private func value(_ text: String) throws -> Number {
  var evaluator = ExpressionEvaluator(try lesson(scenes).scenes)
  return try evaluator.value(text.unicodeScalars, in: Scene.main)
}

private func problem(_ text: String) throws -> String {
  do {
    return "\(try value(text))"
  } catch let error as ExpressionError {
    return "\(error.offset): \(error.cause)"
  }
}

@Suite("What an expression computes")
struct ExpressionTests {
  @Test(arguments: [
    ("1 + 2 * 3", Number(1 + 2 * 3)), ("(1 + 2) * 3", Number((1 + 2) * 3)),
    ("7 - 2 - 1", Number(7 - 2 - 1)), ("12 / 3 / 2", Number(2)), ("1/9 + 2/9", Number(1, over: 3)),
    ("-2 * -3", Number(6)), ("5 − 2·3×1", Number(5 - 6)), ("0.25 * 4", Number(1)),
    ("14,455,392 - 456", Number(14_455_392 - 456)), ("(227 - 11)/4 + 1", Number(55)),
    ("227 - 11/4 + 1", Number(901, over: 4)), ("floor(-7/2)", Number(-4)),
    ("floor(7/2)", Number(3)), ("ceil(7/2)", Number(4)), ("ceil(-7/2)", Number(-3)),
    ("floor(3)", Number(3)), ("ceil(3)", Number(3)), (" ( 1 ) ", Number(1)),
    ("2^3", Number(8)), ("-3^2 + 2^10", Number(1015)), ("sqrt(9)", Number(3)),
    ("6/sqrt(9/4 + 4)", Number(12, over: 5)), ("sqrt(0)", Number(0)),
  ])
  func `arithmetic is exact and binds as on paper`(text: String, expected: Number) throws {
    #expect(try value(text) == expected)
  }

  @Test(arguments: [
    ("X[2,1,0]", 5), ("v[0,0,0]", 0 * 1 + 1 * 2 + 3 * 3 + 4 * 4 + 5),
    ("v[1,1,0]", 4 * 1 + 5 * 2 + 7 * 3 + 8 * 4 + 5), ("p[0,0,0]", 72),
    ("v[peakx(v,0),peaky(v,0),0]", 72), ("slice(v[1,0,0],0)", 1 * 1 + 2 * 2 + 4 * 3 + 5 * 4),
    ("bias(v,0)", 5), ("weight(v,0,1,0,0)", 2),
    ("weight(v,0,0,1,0)", 3), ("params(v)", 2 * 2 + 1), ("params(p)", 0), ("params()", 5),
    ("products(v)", 4 * 4), ("products()", 16), ("width(X)", 3), ("height(v)", 2),
    ("depth(v)", 1), ("cells(v)", 4), ("readers(X[0,0,0],v)", 1),
    ("readers(X[1,0,0],v)", 2), ("readers(X[1,1,0],v)", 4), ("readers(v[0,1,0],p)", 1),
    ("unread(v)", 0), ("max(v,0)", 72), ("min(v,0)", 32), ("max(X,0)", 8), ("peakx(v,0)", 1),
    ("peaky(v,0)", 1), ("winnerx(p[0,0,0])", 1), ("winnery(p[0,0,0])", 1),
  ])
  func `names of the engine have the engine's numbers`(text: String, expected: Int) throws {
    #expect(try value(text) == Number(Int128(expected)))
  }

  @Test func `another scene is named by its prefix`() throws {
    // Y is 1 2 3 over 4 5 9; the stride leaves its last column unread.
    #expect(try value("two:w[0,0,0]") == Number(1 * 1 - 1 * 2 + 4 + 5 + 1))
    #expect(try value("two:w[0,0,1]") == Number(2 * (4 + 3 * 2 * 5) - 3, over: 6))
    #expect(try value("two:slice(w[0,0,0],1)") == Number(4 + 5))
    #expect(try value("two:bias(w,1)") == Number(-1, over: 2))
    #expect(try value("two:weight(w,1,0,0,1)") == Number(1, over: 3))
    #expect(try value("two:unread(w)") == Number(1))
    #expect(try value("two:readers(Y[2,0,0],w)") == Number(0))
    #expect(try value("two:params(w) - params(v)") == Number(2 * (2 * 1 * 2) + 2 - 5))
  }

  @Test func `an average stays a fraction`() throws {
    #expect(try value("a[0,0,0]") == Number(32 + 42 + 62 + 72, over: 4))
  }

  @Test(arguments: [
    ("", "0: there is nothing to compute; write an expression such as v[1,1,0] or params(v)"),
    ("1 +", "3: it ends where a number, a cell or a function is expected; complete it"),
    ("1 2", "2: found \"2\" where +, -, * or / is expected"),
    ("(1", "2: it ends where ) is expected; complete it"),
    ("10!3", "2: found \"!\" where +, -, * or / is expected"),
    ("1.2.3", "0: found \"1.2.3\" where a number is expected"),
    ("2 + w[0,0,0]", "4: there is no layer \"w\"; there are X, v, p, a"),
    ("v", "0: \"v\" is not a number; name a cell, such as v[0,0,0], or ask for width(v)"),
    ("v[0,0]", "0: v[…] has 2 numbers; a cell has three: x, y and map"),
    ("v[0,2,0]", "0: v[0,2,0] lies outside: v is 2×2×1"),
    ("v[1/2,0,0]", "0: 0.5 is not a whole number of a usual size, which is expected here"),
    ("v[-1,0,0]", "0: v[-1,0,0] lies outside: v is 2×2×1"),
    ("1/(2-2)", "1: it divides by 0; change the divisor"),
    ("1 + sqrt(2)", "4: 2 has no exact root; use a square, such as 9 or 1/4"),
    ("sqrt(-4)", "0: −4 has no exact root; use a square, such as 9 or 1/4"),
    ("2^x", "2: found \"x\" where a whole exponent is expected"),
    (
      "sum(v)",
      "0: there is no \"sum\"; the functions are floor, ceil, slice, bias, weight, "
        + "params, frozen, trainable, products, width, height, depth, cells, count, readers, unread, "
        + "abs, sqrt, max, min, peakx, peaky, "
        + "winnerx, winnery"
    ),
    ("bias(v)", "0: bias is written bias(v,0), the bias of filter 0"),
    ("params(X)", "0: params is written params(v), or params() for the whole network"),
    ("bias(v,1)", "0: filter 1 lies outside: v has 1"),
    ("bias(p,0)", "0: p has no weights; name a convolution or a dense layer"),
    ("slice(p[0,0,0],0)", "0: p has no weights; name a convolution or a dense layer"),
    ("slice(v[0,0,0],1)", "0: depth 1 lies outside: the filter is 2×2×1"),
    ("winnerx(v[0,0,0])", "0: v has no winners; name a cell of a max pool"),
    ("readers(X[0,0,0],p)", "0: p does not read X; it reads v"),
    ("max(v,1)", "0: map 1 lies outside: there are 1"),
    ("depth(two:w)", "0: depth is written depth(v)"),
    ("nope:v[0,0,0]", "0: there is no scene \"nope\"; there are main, two"),
    (
      "170141183460469231731687303715884105727 + 1",
      "40: it needs more than 128 bits; "
        + "use smaller numbers"
    ),
    (
      "170141183460469231731687303715884105728",
      "0: \"170141183460469231731687303715884105728\" needs more than 128 bits"
    ),
  ])
  func `what has no value is told where it stands`(text: String, expected: String) throws {
    #expect(try problem(text) == expected)
  }

  @Test func `length and nesting are bounded`() throws {
    let deep = String(repeating: "(", count: 33) + "1" + String(repeating: ")", count: 33)
    #expect(try problem(deep) == "33: its brackets are nested deeper than 32; simplify it")
    #expect(try value(String(deep.dropFirst().dropLast())) == Number(1))
    #expect(try problem(String(repeating: "-", count: 33) + "1").contains("nested deeper"))
    let long = String(repeating: "1+", count: 200) + "1"
    #expect(try problem(long) == "0: it has more than 400 characters; split it")
    #expect(try value(String(long.dropFirst(2))) == Number(200))
  }

  @Test func `an expression computes no more than a lesson may`() throws {
    let large = """
      title: a
      summary: b
      input: {size: 1024x1024x4}
      layers: ["conv:3,filters=64,padding=1,name=v", "maxpool:2,name=p"]
      stops: [{title: One, text: "{params(v)} and {v[9,9,9]}", at: "p[0,0,0]"}]
      """
    // Counting costs nothing, and one cell its window; the pool needs all of v.
    #expect(problems(large) == [])
    let found = problems(large.replacing("v[9,9,9]", with: "p[0,0,0]"))
    #expect(found.count == 1 && found[0].contains("need more products than a lesson may"))
  }

  /// What each costs of the same million numbers: an account keeps its terms, and a loss is added up
  /// anew.
  @Test(arguments: [
    ("conv:1000,name=v", "slice(v[0,0,0],0) < 0", 1),
    ("conv:3,name=v", "dKer[0,0,0] < 0", 1), ("conv:3,name=v", "loss < 0", 5),
  ])
  func `accounts and losses of many numbers are soon more than a lesson may`(
    layer: String, claim: String, count: Int
  ) {
    let text =
      "title: a\nsummary: b\ninput: {size: 1000x1000x1}\nlayers: [\"\(layer)\"]\n"
      + "claims:\n" + String(repeating: "  - \(claim)\n", count: count)
    let found = LessonCheck.problems(in: [LessonSource(path: "a.yaml", bytes: Array(text.utf8))])
    #expect(found.count == 1 && found[0].description.contains("need more products"), "\(found)")
  }
}

@Suite("The numbers in a text")
struct TemplateTests {
  @Test func `braces stand for what is computed, doubled ones for themselves`() throws {
    #expect(
      try Template("a {x} {{b}} {=c d}").pieces == [
        .text("a "), .expression("x", isGrouped: true), .text(" {b} "),
        .expression("c d", isGrouped: false), .text(""),
      ])
  }

  @Test(arguments: ["a {b", "{", "a }"])
  func `a brace by itself is refused`(text: String) {
    #expect(throws: Template.Problem.self) { try Template(text) }
  }

  @Test(arguments: [
    (Number(9999), "9999"), (Number(10000), "10,000"), (Number(-14_455_392), "−14,455,392"),
    (Number(901, over: 4), "225.25"), (Number(-1, over: 9), "−1/9"),
    (Number(50_001, over: 2), "25,000.5"),
  ])
  func `a number of five digits is grouped`(number: Number, text: String) {
    #expect(Template.text(number) == text)
  }

  @Test func `grouping can be left out`() {
    #expect(Template.text(Number(14_455_392), isGrouped: false) == "14455392")
  }
}
