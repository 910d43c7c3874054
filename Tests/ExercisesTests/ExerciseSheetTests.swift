import Exercises
import Lessons
import Testing

@Suite struct `An exercise sheet` {
  private func lines(_ format: Page.Format, seed: UInt64 = 7, _ topics: [Topic]) -> [String] {
    ExerciseSheet(seed: seed, count: 2, topics: topics).lines(
      format, command: "convwalk sheet --seed 7 --count 2 --topics sizes,cells")
  }

  @Test func `has room for answers, and its key on a page of its own`() {
    #expect(
      lines(.text, [.sizes, .cells])
        == [
          "Exercises",
          "=========",
          "",
          "Sizes are width × height × depth. Columns, rows, depths and maps count from 0,",
          "and a cell is [column,row,map]. Padding 1 is one place of zeros on every side.",
          "Where a stride leaves a rest, sizes are rounded down. Filters go through all",
          "depths of their input and have a bias each. All of this unless something else",
          "is said. This sheet is made by: convwalk sheet --seed 7 --count 2 --topics",
          "sizes,cells",
          "",
          "1. 16 filters of 3×3 with stride 4 and no padding go over an input of 30×30×4.",
          "What is the width of the output?",
          "",
          "Answer: ________________________________________",
          "",
          "2. The filter Ker goes over X with stride 2 and no padding. What is the slice",
          "sum of conv[1,1,0] at depth 0?",
          "",
          "  X depth 0            X depth 1            Ker depth 0   Ker depth 1",
          "       0  1  2  3  4        0  1  2  3  4        0  1          0  1",
          "   0   9  1  2  3  8    0   8  2  9  0  5    0  −2 −1      0   0  1",
          "   1   6  7  3  5  8    1   2  3  0  5  3    1   0  0      1   2 −1",
          "   2   5  3  3  7  1    2   4  4  4  4  2",
          "   3   3  6  2  0  7    3   2  4  7  3  9",
          "  bias 2",
          "",
          "Answer: ________________________________________",
          "",
          "\u{0C}",
          "",
          "Key",
          "===",
          "",
          "To the sheet of convwalk sheet --seed 7 --count 2 --topics sizes,cells",
          "",
          "1. 7",
          "",
          "(30 − 3 + 2·0)/4 + 1 = 27/4 + 1 = 7.75, floor 7.",
          "",
          "  convwalk explore 30x30x4 conv:3,filters=16,stride=4 --at 'conv[6,0,0]'",
          "",
          "2. −13",
          "",
          "conv[1,1,0]@0 = −13 + 0 = −13.",
          "",
          "  convwalk explore 5x4x2 conv:2,stride=2 --seed 455 --at 'conv[1,1,0]@0'",
        ])
  }

  @Test func `can be Markdown`() {
    #expect(
      lines(.markdown, [.sizes, .cells])
        == [
          "# Exercises",
          "",
          "Sizes are width × height × depth. Columns, rows, depths and maps count from 0, and a cell is \\[column,row,map\\]. Padding 1 is one place of zeros on every side. Where a stride leaves a rest, sizes are rounded down. Filters go through all depths of their input and have a bias each. All of this unless something else is said. This sheet is made by: convwalk sheet --seed 7 --count 2 --topics sizes,cells",
          "",
          "**1.** 16 filters of 3×3 with stride 4 and no padding go over an input of 30×30×4. What is the width of the output?",
          "",
          "Answer: ________________________________________",
          "",
          "**2.** The filter Ker goes over X with stride 2 and no padding. What is the slice sum of conv\\[1,1,0\\] at depth 0?",
          "",
          "```",
          "X depth 0            X depth 1            Ker depth 0   Ker depth 1",
          "     0  1  2  3  4        0  1  2  3  4        0  1          0  1",
          " 0   9  1  2  3  8    0   8  2  9  0  5    0  −2 −1      0   0  1",
          " 1   6  7  3  5  8    1   2  3  0  5  3    1   0  0      1   2 −1",
          " 2   5  3  3  7  1    2   4  4  4  4  2",
          " 3   3  6  2  0  7    3   2  4  7  3  9",
          "bias 2",
          "```",
          "",
          "Answer: ________________________________________",
          "",
          "",
          "<div style=\"page-break-after: always\"></div>",
          "",
          "# Key",
          "",
          "To the sheet of convwalk sheet --seed 7 --count 2 --topics sizes,cells",
          "",
          "**1.** 7",
          "",
          "(30 − 3 + 2·0)/4 + 1 = 27/4 + 1 = 7.75, floor 7.",
          "",
          "```",
          "convwalk explore 30x30x4 conv:3,filters=16,stride=4 --at 'conv[6,0,0]'",
          "```",
          "",
          "**2.** −13",
          "",
          "conv\\[1,1,0\\]@0 = −13 + 0 = −13.",
          "",
          "```",
          "convwalk explore 5x4x2 conv:2,stride=2 --seed 455 --at 'conv[1,1,0]@0'",
          "```",
        ])
  }

  @Test func `is the same again from the same seed, and another from another`() {
    #expect(lines(.text, [.sizes, .code]) == lines(.text, [.sizes, .code]))
    #expect(lines(.text, [.sizes, .code]) != lines(.text, seed: 8, [.sizes, .code]))
  }

  @Test(arguments: Topic.allCases)
  func `asks nothing twice, however long it is`(topic: Topic) {
    let sheet = ExerciseSheet(seed: 3, count: 60, topics: [topic])
    #expect(Set(sheet.exercises.map { [$0.question.ask] + $0.figure }).count == 60)
    #expect(sheet.exercises.allSatisfy { $0.topic == topic })
  }

  @Test func `takes the topics in turn`() {
    let topics = ExerciseSheet(seed: 3, count: 5, topics: [.cells, .sizes]).exercises.map(\.topic)
    #expect(topics == [.cells, .sizes, .cells, .sizes, .cells])
  }

  /// Its key was computed by torch and keras (`Tests/Oracles/sheets.py`).
  @Test func `has the key that torch gives`() {
    let key = ExerciseSheet(seed: 7, count: 30).exercises.map {
      Question.text(of: $0.question.answer)
    }
    #expect(
      key == [
        "7",
        "12×10×4",
        "36",
        "36,288",
        "47",
        "5",
        "11",
        "2",
        "2",
        "4×11×19",
        "64",
        "17",
        "8",
        "5×12×8",
        "310",
        "3861",
        "9",
        "15",
        "6",
        "2",
        "2",
        "3×21×9",
        "−2",
        "−2",
        "15",
        "4×4×1",
        "1608",
        "169,344",
        "21",
        "9",
      ])
  }
}
