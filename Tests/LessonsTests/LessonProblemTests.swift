import ExactNumbers
import Testing

@testable import Lessons

@Suite("What is wrong with a lesson")
struct LessonProblemTests {
  @Test(arguments: [
    (
      "title: A small one\n", "",
      "1:1: the lesson has no title; add it, for example title: One window"
    ),
    ("title: A small one", "title:", "1:7: title is nothing; it must be a text."),
    ("title: A small one", "title: []", "1:8: title is a list; it must be a text."),
    ("title: A small one", "title: \"  \"", "1:8: title is empty; write it out."),
    (
      "title: A small one", "title: \"a\\e[31mb\"",
      "1:8: title holds U+001B, which a terminal does not show; remove it."
    ),
    (
      "title: A small one", "title: \"a\\u202eb\"",
      "1:8: title holds U+202E, which a terminal does not show; remove it."
    ),
    (
      "title: A small one", "title: 12345678901234567890123456789012345678901",
      "1:8: title has 41 characters; shorten it to 40."
    ),
    (
      "title: A small one", "titel: A small one\ntitle: A small one",
      "1:1: the lesson has no \"titel\"; it has title, summary, seed, "
        + "input, layers, network, weights, head, freeze, notes, loss, scenes, stops, next, claims."
    ),
    (
      "title: A small one", "title: A small one\nseed: -1",
      "2:7: seed is \"-1\"; it must be a whole number from 0 to 2^64 - 1."
    ),
    (
      "size: 3x3x1", "size: 3x3x1x1",
      "4:9: size is \"3x3x1x1\"; it must be width x height x depth, such as 11x11x4."
    ),
    ("size: 3x3x1", "size: 3x0x1", "4:9: height 0 is not a size; it must be 1 or more."),
    (
      "size: 3x3x1", "size: 4096x4097x1",
      "4:9: 16781312 numbers are more than the 16777216 that a lesson's input may have; "
        + "use a smaller size."
    ),
    (
      "size: 3x3x1", "size: 99999999999999999999x1x1",
      "4:9: size is \"99999999999999999999x1x1\"; it must be width x height x depth, such as "
        + "11x11x4."
    ),
    (
      "size: 3x3x1", "size: 3x4x1",
      "6:7: depth 0 is 3×3, expected 3×4 (width × height); change the numbers or the size."
    ),
    (
      "size: 3x3x1", "size: 3x3x1\n  name: 2",
      "5:9: \"2\" is not a name for the input; use letters, digits, _ and ., "
        + "not starting with a digit."
    ),
    (
      "size: 3x3x1", "size: 3x3x1\n  file: x.npy",
      "5:3: depths and file cannot both be given; use one of them."
    ),
    ("0 1 2\n", "0 1\n", "8:7: row 1 has 3 numbers, row 0 has 2; all rows are equally long."),
    (
      "3 4 5", "3 nan 5",
      "8:9: \"nan\" is not a number; write a whole number, a fraction such as 1/9 or "
        + "a decimal such as 0.25."
    ),
    (
      "3 4 5", "3 4 1e3",
      "8:11: \"1e3\" is not a number; write a whole number, a fraction such as 1/9 or "
        + "a decimal such as 0.25."
    ),
    ("3 4 5", "3 1/0 5", "8:9: \"1/0\" divides by 0; a denominator is 1 or more."),
    (
      "3 4 5", "3 4 170141183460469231731687303715884105728",
      "8:11: \"170141183460469231731687303715884105728\" needs more than 128 bits; "
        + "use a smaller number."
    ),
    (
      "3 4 5", "1/170141183460469231731687303715884105727 1/3 5",
      "8:49: \"1/3\" and the numbers before it have no common denominator within "
        + "128 bits; use fewer fractions."
    ),
  ])
  func `the lesson and its input`(part: String, other: String, problem: String) {
    #expect(problems(with: part, as: other) == ["small.yaml:\(problem)"])
  }

  @Test(arguments: [
    (
      "kind: conv", "kind: cnov",
      "11:5: \"cnov\" is not a layer; the kinds are conv, depthwise, maxpool, avgpool, "
        + "globalavgpool, relu, relu6, leakyrelu, sigmoid, softmax, flatten, dense, batchnorm, lrn, "
        + "zeropad, dropout, add, concat."
    ),
    (
      "- kind: conv\n    name: v", "- name: v",
      "11:5: the layer has no kind; add it, for example kind: conv"
    ),
    (
      "size: 2\n", "size: two\n",
      "13:5: conv is \"two\"; it must be a whole number, or 3x5 (width x height)."
    ),
    ("    size: 2\n", "", "11:5: conv needs a size, for example conv:3."),
    (
      "size: 2\n", "size: 4\n",
      "11:5: layer v (input 3×3×1): the filter spans 4 columns, more than the input's 3; "
        + "use a filter or dilation that fits, or add padding."
    ),
    (
      "size: 2\n", "size: 2\n    stride: 0\n",
      "14:5: layer v (input 3×3×1): stride 0 is not possible; stride must be from 1 to 16777216."
    ),
    (
      "size: 2\n", "size: 2\n    strides: 2\n",
      "14:5: conv has no setting \"strides\"; it has filters, stride, padding, left, right, top, "
        + "bottom, dilation, rounding, groups, bias, weights, name, from."
    ),
    (
      "size: 2\n", "size: 2\n    from: w\n",
      "14:5: layer v takes \"w\", which is none of the layers before it: X."
    ),
    (
      "name: v", "name: X",
      "12:5: the name X is used twice; names must differ, the input's too (name=… sets one)."
    ),
    (
      "name: v", "name: .v",
      "12:5: \".v\" is not a layer name; use letters, digits, _ and ., not starting with a dot."
    ),
    ("[5]", "[5, 6]", "18:11: bias: found 2 numbers, expected 1; remove the others."),
    ("[5]", "[5 6]", "18:12: a bias: found 2 numbers, expected 1; remove the others."),
    (
      "[5]", "[x]",
      "18:12: \"x\" is not a number; write a whole number, a fraction such as 1/9 or "
        + "a decimal such as 0.25."
    ),
    ("[5]", "[]", "18:11: bias: found 0 numbers, expected 1; add what is missing."),
    (
      "          1 2\n", "",
      "15:11: filter 0, depth 0 is 2×1, expected 2×2 (width × height); "
        + "change the numbers or the size."
    ),
    (
      "- - |\n          1 2\n          3 4\n", "- []\n",
      "15:9: filter 0, depths is empty; write it out."
    ),
  ])
  func `a layer`(part: String, other: String, problem: String) {
    #expect(problems(with: part, as: other) == ["small.yaml:\(problem)"])
  }

  @Test func `all of it is told at once, in the order of the text`() {
    let text = """
      titel: A
      summary: b
      input:
        depths:
          - |
            0 1
            2 x
          - y
      layers:
        - {kind: conv, size: two, stride: none, strides: 2, stride-x: 3}
        - cnov
        - maxpool:2,weights=w.npy
      notes: none
      """
    let words = problems(text).map { $0.split(separator: ";")[0].split(separator: ":").dropFirst() }
    #expect(
      words.map { $0.joined(separator: ":") } == [
        "1:1: the lesson has no \"titel\"", "1:1: the lesson has no title",
        "7:9: \"x\" is not a number", "8:7: \"y\" is not a number",
        "10:18: conv is \"two\"", "10:29: stride is \"none\"",
        "10:43: conv has no setting \"strides\"",
        "10:55: conv has no setting \"stride-x\"", "11:5: \"cnov\" is not a layer",
        "12:5: maxpool has no setting \"weights\"", "13:8: notes is a text",
      ])
  }

  @Test(arguments: ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"])
  func `places are the same whatever ends the lines`(ending: String) {
    let text = soundLesson.replacing("7 8", with: "7 y").replacing("\n", with: ending)
    #expect(problems(text).map { $0.prefix(16) } == ["small.yaml:9:11:"])
  }

  @Test(arguments: [("1 x", 14), ("\"1 x\"", 15), ("'1 x'", 15), ("\"1\\tx\"", 12)])
  func `a word inside quotes is found where its letters are, else its text is`(
    bias: String, column: Int
  ) {
    let found = problems(with: "[5]", as: "[\(bias)]")
    #expect(found.count == 1 && found[0].hasPrefix("small.yaml:18:\(column): \"x\""), "\(found)")
  }

  @Test func `a layer without its size still tells what else is wrong`() {
    #expect(
      problems(with: "    size: 2\n", as: "    stride: x\n") == [
        "small.yaml:11:5: conv needs a size, for example conv:3.",
        "small.yaml:13:5: stride is \"x\"; it must be a whole number, or 3x5 (width x height).",
      ])
  }

  @Test func `depths are counted against the size, in the input and in the filters`() {
    #expect(
      problems(with: "size: 3x3x1", as: "size: 3x3x2") == [
        "small.yaml:6:5: depths: found 1 grid, expected 2; add what is missing.",
        "small.yaml:15:9: filter 0, depths: found 1 grid, expected 2; add what is missing.",
      ])
  }

  @Test func `weights and biases are counted against the filters`() {
    #expect(
      problems(with: "size: 2\n", as: "size: 2\n    filters: 2\n") == [
        "small.yaml:16:7: weights: found 1 filter, expected 2; add what is missing.",
        "small.yaml:19:11: bias: found 1 number, expected 2; add what is missing.",
      ])
    #expect(
      problems(with: "3 4\n  ", as: "3 4\n        - 5\n  ") == [
        "small.yaml:15:9: filter 0, depths: found 2 grids, expected 1; remove the others.",
        "small.yaml:18:11: filter 0, depth 1 is 1×1, expected 2×2 (width × height); "
          + "change the numbers or the size.",
      ])
  }

  @Test(arguments: [
    ("\nnotes:\n  w: [a]", "20:3: there is no layer \"w\" to have notes; the layers are v."),
    (
      "\nnotes:\n  v: [a, b]",
      "20:10: v has 2 notes and 1 map; a note belongs to a map, remove the others."
    ),
    ("\nnotes:\n  v: a", "20:6: notes of v is a text; it must be a list."),
    ("\nnotes:\n  v: [[]]", "20:7: a note of v is a list; it must be a text."),
    (
      "\nnotes:\n  v: [\"a\\x9bb\"]",
      "20:7: a note of v holds U+009B, which a terminal does not show; remove it."
    ),
  ])
  func `notes`(notes: String, problem: String) {
    #expect(problems(soundLesson + notes) == ["small.yaml:\(problem)"])
  }

  @Test(arguments: [
    "/etc/passwd.npy", "../x.npy", "a/../../x.npy", "a/./x.npy", "a//x.npy", "x.txt", "~", "x.npy/",
  ])
  func `a path that could leave the folder, or is no array, is not even tried`(path: String) {
    let cure = "is not taken; name a .npy file inside the lesson's folder, such as numbers/x.npy."
    #expect(
      problems("title: a\nsummary: b\ninput: {file: \"\(path)\"}\nlayers: [relu]")
        == ["small.yaml:3:15: the file \"\(path)\" \(cure)"])
    #expect(
      problems("title: a\nsummary: b\ninput: {size: 3x3}\nlayers: [\"conv:2,bias=\(path)\"]")
        == ["small.yaml:4:10: the file \"\(path)\" \(cure)"])
    #expect(
      problems(
        "title: a\nsummary: b\ninput: {size: 3x3}\n"
          + "layers: [{kind: conv, size: 2, weights: \"\(path)\"}]")
        == ["small.yaml:4:32: the file \"\(path)\" \(cure)"])
  }

  @Test func `an array that does not fit says what would`() {
    let files = ["x.npy": array([2, 2], [1, 2, 3, 4]), "w.npy": array([4], [1, 2, 3, 4])]
    let text = "title: a\nsummary: b\ninput: {file: x.npy, size: 2x3}\nlayers: [relu]"
    #expect(
      problems(text, files: files) == [
        "small.yaml:3:28: x.npy is 2×2×1, expected 2×3×1 (width × height); "
          + "change the numbers or the size."
      ])
    let weights = "title: a\nsummary: b\ninput: {file: x.npy}\nlayers: [\"conv:2,weights=w.npy\"]"
    #expect(
      problems(weights, files: files) == [
        "small.yaml:4:10: \"w.npy\": the shape of the weights is (4,), "
          + "expected (1, 2, 2, 1) (filter, x, y, depth); transpose or reshape the array."
      ])
    #expect(
      problems(weights, files: ["x.npy": array([2, 2], [1, 2, 3, 4])]) == [
        "small.yaml:4:10: there is no \"w.npy\" in the lesson's folder; check the name."
      ])
    #expect(
      problems(weights, files: ["x.npy": [1, 2, 3], "w.npy": []]) == [
        "small.yaml:3:15: \"x.npy\": this is not a .npy file; save the array with numpy.save."
      ])
  }

  @Test func `no more than a hundred problems are told`() {
    let row = Array(repeating: "x", count: 500).joined(separator: " ")
    #expect(problems(with: "3 4 5", as: row).count == 100)
  }

  @Test func `numbers given for a layer are not completed by invented ones`() {
    let start = "title: a\nsummary: b\ninput: {size: 3x3x1}\nlayers:\n"
    let why =
      "layer v (input 3×3×1): its weights are given and its bias is not; write bias=no for "
      + "none, or give the bias too (bias=…)."
    #expect(
      problems(start + "  - {kind: conv, name: v, size: 2, weights: [[\"1 2\\n3 4\"]]}\n")
        == ["small.yaml:5:36: \(why)"])
    #expect(
      problems(start + "  - {kind: conv, name: v, size: 2, bias: [1]}\n") == [
        "small.yaml:5:36: layer v (input 3×3×1): its bias is given and its weights are not; give the "
          + "weights too (weights=…), or leave the bias out."
      ])
    #expect(
      problems(start + "  - {kind: conv, name: v, size: 2, bias: no, weights: [[\"1 2\\n3 4\"]]}\n")
        == [])
  }
}
