import ConvolutionEngine
import ExactNumbers

/// A layer over a small input, computed the other way round: not each output cell from its
/// window, but each input number thrown into every output cell whose window lies over it.
struct ScatterOracle {
  let x: SlidingWindow
  let y: SlidingWindow
  let input: Shape
  let numbers: [Int]

  init(_ x: Geometry, _ y: Geometry, depth: Int) throws {
    self.x = try SlidingWindow(x)
    self.y = try SlidingWindow(y)
    input = try Shape(x.input, y.input, depth)
    numbers = scattered(input.count)
  }

  /// Every input number with its column, row and depth.
  private var places: [(x: Int, y: Int, depth: Int, number: Int)] {
    var places: [(x: Int, y: Int, depth: Int, number: Int)] = []
    var remaining = numbers[...]
    for depth in 0..<input.depth {
      for y in 0..<input.height {
        for x in 0..<input.width {
          if let number = remaining.popFirst() { places.append((x, y, depth, number)) }
        }
      }
    }
    return places
  }

  /// - Parameters:
  ///   - groups: how the input's depths and the filters are dealt out.
  ///   - weights: by filter, then depth within its group, then row, then column.
  func convolution(filters: Int, groups: Int, weights: [Int], bias: [Int]?) -> [Number] {
    let depths = dealt(Array(0..<input.depth), into: groups)
    let filterGroups = dealt(Array(0..<filters), into: groups)
    let (width, height) = (x.windows[0].count, y.windows[0].count)
    var maps = (0..<filters).map { filter in
      Array(
        repeating: Array(repeating: bias?[filter] ?? 0, count: x.windows.count),
        count: y.windows.count)
    }
    let grid = dealt(weights, into: filters).map { ofFilter in
      dealt(ofFilter, into: input.depth / groups).map { dealt($0, into: height) }
    }
    for place in places {
      for (group, filterGroup) in zip(depths, filterGroups) {
        guard let depth = group.firstIndex(of: place.depth) else { continue }
        for column in x.readers(of: place.x) {
          for row in y.readers(of: place.y) {
            for filter in filterGroup {
              let weight = grid[filter][depth][row[1]][column[1]]
              maps[filter][row[0]][column[0]] += place.number * weight
            }
          }
        }
      }
    }
    precondition(grid[0][0][0].count == width, "the weights fill the filter")
    return maps.flatMap { $0.flatMap { $0 } }.map { Number(Int128($0)) }
  }

  func maximum() -> [Number] {
    var maps = emptyMaps(Int.min)
    throwEach { depth, row, column, number in
      maps[depth][row][column] = max(maps[depth][row][column], number)
    }
    return maps.flatMap { $0.flatMap { $0 } }.map { Number(Int128($0)) }
  }

  func average(countsPadding: Bool) -> [Number] {
    var sums = emptyMaps(0)
    var counts = emptyMaps(0)
    throwEach { depth, row, column, number in
      sums[depth][row][column] += number
      counts[depth][row][column] += 1
    }
    if countsPadding {
      for depth in 0..<input.depth {
        for row in y.windows.indices {
          for column in x.windows.indices {
            counts[depth][row][column] = x.counted(column) * y.counted(row)
          }
        }
      }
    }
    return zip(sums.joined().joined(), counts.joined().joined()).map {
      Number(Int128($0), over: Int128($1))
    }
  }

  private func throwEach(_ body: (_ depth: Int, _ row: Int, _ column: Int, _ number: Int) -> Void) {
    for place in places {
      for column in x.readers(of: place.x) {
        for row in y.readers(of: place.y) { body(place.depth, row[0], column[0], place.number) }
      }
    }
  }

  private func emptyMaps(_ value: Int) -> [[[Int]]] {
    let row = Array(repeating: value, count: x.windows.count)
    return Array(repeating: Array(repeating: row, count: y.windows.count), count: input.depth)
  }
}

/// A list cut into parts of the same length.
func dealt<Element>(_ list: [Element], into parts: Int) -> [[Element]] {
  var result: [[Element]] = []
  for element in list {
    if let last = result.last, last.count < list.count / parts {
      result[result.count - 1].append(element)
    } else {
      result.append([element])
    }
  }
  return result
}
