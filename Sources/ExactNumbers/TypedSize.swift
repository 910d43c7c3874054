extension String {
  /// The whole numbers of a size as it is typed, `3x5` or `3×5`; nil in place of what is none.
  package var typedSides: [Int?] {
    unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "x" || $0 == "×" }
      .map { Int(Substring($0)) }
  }
}
