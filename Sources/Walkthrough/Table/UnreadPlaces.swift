import ConvolutionEngine

/// The columns or rows of an input that no window reads, as a bounded list.
package struct UnreadPlaces: Sendable, Equatable {
  package let axis: Axis
  package let count: Int
  /// The first of them, at most `longestList`.
  package let first: [Int]
  /// The last of them; nil when every place is read.
  package let last: Int?

  package static let longestList = 16

  package init(_ window: WindowAxis) {
    let unread = window.unread
    axis = window.axis
    count = unread.count
    first = Array(unread.prefix(UnreadPlaces.longestList))
    last = unread.last
  }

  /// `column 223`, `rows 9 and 10`, `columns 4 to 9`, or the first few and how many; nil when
  /// every place is read.
  package var text: String? {
    guard let last else { return nil }
    return "\(count == 1 ? axis.place : axis.places) \(list(last))"
  }

  private func list(_ last: Int) -> String {
    let isRun = last - first[0] == count - 1
    if count > 2, isRun { return "\(first[0]) to \(last)" }
    if count > 6 {
      let few = first.prefix(4).map(String.init).joined(separator: ", ")
      return "\(few), … (\(grouped(count)) in all)"
    }
    let texts = first.map(String.init)
    return texts.count == 1
      ? texts[0] : texts.dropLast().joined(separator: ", ") + " and \(last)"
  }
}
