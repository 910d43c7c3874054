import Canvas

/// The keys of the way back.
extension BackwardScreen {
  /// What each key does here.
  private func helpLines(_ view: View) -> [(keys: String, what: String)] {
    let back = view.key(.backward)
    return [
      (view.key(.next), "next number"), (view.key(.back), "the number before"),
      (
        "\(view.key(.finer)) \(view.key(.coarser))",
        "finer, coarser steps: product, filter's share, number, map, all"
      ),
      (view.arrows, "move what is in brackets"),
      ("\(view.key(.nextDepth)) \(view.key(.previousDepth))", "the same place in another depth"),
      (
        "\(view.key(.nextMap)) \(view.key(.previousMap))",
        "another map of what came back; another filter"
      ),
      (
        "\(view.key(.nextLayer)) \(view.key(.previousLayer))",
        "the gradient of what another layer takes"
      ),
      ("W", "from an input to the weights, from these to the biases, and back"),
      ("w", "to the step forward that made it; \(back) comes back from there"),
      (view.key(.change), "change it: does the loss do as the gradient promised?"),
      (view.key(.goTo), "go to dX[4,5,0], dKer0[2,1,0], db0, a step's number or +5"),
      (
        "\(view.key(.search)) \(view.key(.searchNext)) \(view.key(.searchBack))",
        "search nonzero, negative or largest; again; back"
      ),
      ("\(view.key(.mark)) \(view.key(.jumpToMark))", "set a mark, go to one"),
      (
        "\(view.key(.notation)) \(view.key(.commandLine))",
        "numpy, PyTorch or Keras; this as a command line"
      ),
      ("\(view.key(.rowStart)) \(view.key(.rowEnd))", "ends of the row"),
      ("\(view.key(.first)) \(view.key(.last))", "first, last number"),
      ("\(back) Esc", "forward again, where the walk stands"),
    ]
  }

  func drawHelp(on screen: inout Screen, _ view: View) {
    screen.frame.put("Keys of the way back", 1, 0, .heading)
    for (row, line) in helpLines(view).enumerated() {
      screen.put(line.keys, 1, 2 + row, .key, before: 15)
      screen.put(line.what, 16, 2 + row, before: view.size.columns)
    }
    let notes = [
      "◂ what flows back   [ ] the number, and what came back   · not computed yet",
      "≈ rounded (all else is exact)   … there is more",
    ]
    for (row, note) in notes.enumerated() {
      screen.put(note, 1, view.size.rows - 4 + row, .faint, before: view.size.columns)
    }
  }
}
