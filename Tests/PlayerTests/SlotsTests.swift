import Testing

@testable import Player

/// `0 1 … 9`.
private func text(_ slots: Slots) -> String {
  slots.places.map { $0.map(String.init) ?? "…" }.joined(separator: " ")
}

@Suite struct `A row that has no room for all` {
  @Test(
    arguments: [
      (11, 5, nil, "0 1 2 … 10"), (11, 3, nil, "0 … 10"), (11, 2, nil, "0 …"), (11, 1, nil, "…"),
      (5, 5, nil, "0 1 2 3 4"), (6, 5, nil, "0 1 2 … 5"), (1, 1, nil, "0"),
      (11, 5, 2, "0 1 2 … 10"), (11, 5, 3, "0 … 3 … 10"), (11, 5, 8, "0 … 8 9 10"),
      (11, 5, 10, "0 1 2 … 10"), (11, 7, 5, "0 … 4 5 6 … 10"), (11, 3, 5, "… 5 …"),
      (11, 3, 9, "… 9 10"), (11, 4, 5, "… 5 6 …"), (11, 4, 8, "… 8 9 10"), (11, 2, 5, "5 …"),
      (11, 2, 10, "… 10"), (4, 3, 1, "0 1 …"),
    ] as [(Int, Int, Int?, String)])
  func `shows its ends, and a mark for what is between`(
    count: Int, room: Int, focus: Int?, expected: String
  ) {
    #expect(text(Slots(0..<count, room: room, showing: focus)) == expected)
  }

  @Test func `is never wider than its room, shows its focus, and hides no more than it says`() {
    for count in 1...14 {
      for room in 1...count + 1 {
        for focus in [nil] + (0..<count).map({ $0 as Int? }) {
          let slots = Slots(0..<count, room: room, showing: focus)
          let seen = slots.places.compactMap(\.self)
          let hidden = slots.places.indices.filter { slots.places[$0] == nil }
            .flatMap { Array(slots.hidden(at: $0)) }
          #expect(slots.count <= room)
          #expect(seen == seen.sorted())
          #expect((seen + hidden).sorted() == Array(0..<count) || room == 2, "\(text(slots))")
          #expect(room < 2 || focus.map(seen.contains) != false, "\(text(slots))")
          #expect(count <= room || slots.places.contains(nil), "\(count) \(room) \(text(slots))")
        }
      }
    }
  }

  @Test(
    arguments: [
      ("v[0,0,0] = 10 + 20 + 30 + 40 + 50 = 150", 40, "v[0,0,0] = 10 + 20 + 30 + 40 + 50 = 150"),
      ("v[0,0,0] = 10 + 20 + 30 + 40 + 50 = 150", 34, "v[0,0,0] = 10 + 20 + … + 50 = 150"),
      ("v[0,0,0] = 10 + 20 + 30 + 40 + 50 = 150", 30, "v[0,0,0] = 10 + … + 50 = 150"),
      ("max(1, 12, 123, 4, 5) = 123", 22, "max(1, 12, …, 5) = 123"),
      ("(1 + 2 + 3 + 4 + 5 + 6)/6 ≈ 3.5", 24, "(1 + 2 + … + 6)/6 ≈ 3.5"),
    ] as [(String, Int, String)])
  func `of terms is cut between two of them`(equation: String, width: Int, expected: String) {
    #expect(cutBetweenTerms(equation, to: width) == expected)
  }
}
