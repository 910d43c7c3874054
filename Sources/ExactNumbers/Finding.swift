/// Texts found in texts, byte by byte: what is searched for in large numbers of short texts.
extension String {
  /// Where another text stands, from its beginning on; those that overlap one before are not among
  /// them.
  package func places(of text: String) -> [Range<Index>] {
    let wanted = Array(text.utf8)
    var places: [Range<Index>] = []
    var rest = utf8[...]
    while let start = rest.firstIndex(of: wanted[0]) {
      rest = rest[start...]
      if rest.starts(with: wanted) {
        let end = rest.index(start, offsetBy: wanted.count)
        places.append(start..<end)
        rest = rest[end...]
      } else {
        rest = rest.dropFirst()
      }
    }
    return places
  }

  /// What stands between the places of another text; empty parts are left out.
  package func parts(between text: String) -> [String] {
    var parts: [String] = []
    var start = startIndex
    for place in places(of: text) {
      if start < place.lowerBound { parts.append(String(self[start..<place.lowerBound])) }
      start = place.upperBound
    }
    return start < endIndex ? parts + [String(self[start...])] : parts
  }
}
