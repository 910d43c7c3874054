import Canvas
import ConvolutionEngine
import Lessons
import Walkthrough

extension Player {
  /// What the screens are drawn from.
  var view: View {
    View(shown: shown, size: size, options: options, cover: cover, status: status)
  }

  /// What a stop or a prediction takes of the screen.
  private var cover: Cover {
    var cover = course?.cover ?? Cover()
    if let cell = shown.step.cell, cover.askedPlaces.contains(.cell(shown.layer.name, cell)) {
      cover.hidesResult = true
    }
    if cover.hidesResult { cover.askedProducts = shown.productsOfResult }
    if case .prediction(let prediction) = overlay { prediction.take(&cover, shown) }
    return cover
  }

  /// Draws the whole screen, to be looked at alone.
  package func frame() -> Frame { screen(keepsTargets: false).frame }

  /// Draws the whole screen.
  ///
  /// - Parameter keepsTargets: whether what clicks on it mean is found out too.
  package func screen(keepsTargets: Bool = true) -> Screen {
    guard hasRoom else { return tooSmall() }
    var screen = Screen(size, keepsTargets: keepsTargets)
    let view = view
    let open = overlay?.content
    if open?.coversScreen != true { drawBehind(view, on: &screen) }
    if let open {
      open.draw(on: &screen, view)
    } else if isListShown {
      view.drawMessage(&screen)
    } else {
      view.drawStatus(&screen)
    }
    view.draw(open?.footer(view) ?? footer(view), on: &screen)
    if options.ascii { screen.frame = screen.frame.ascii() }
    return screen
  }

  /// What stands where nothing lies over it: the list, a stop, or the walk.
  private func drawBehind(_ view: View, on screen: inout Screen) {
    if let list, isListShown {
      list.draw(on: &screen, view)
    } else if let course {
      view.drawStop(&screen, course)
    } else {
      view.drawTitle(&screen)
      view.drawWalk(&screen)
      view.drawPanels(&screen)
    }
  }

  private func footer(_ view: View) -> Footer {
    if let list, isListShown { return list.footer(view) }
    if let course {
      let footer = course.footer(
        view, next: list?.entry(after: course.lesson.progressKey)?.title, hasList: list != nil)
      guard course.isWandering, case .keys(let hints, let hasHelp) = footer else { return footer }
      return .keys(hints.prefix(1) + wayHints(view) + hints.dropFirst(), hasHelp: hasHelp)
    }
    var leading = practice == nil ? [] : [Hint(keys: "Esc", label: "back to the exercise")]
    // The walk was come to from there.
    if isAwayFromList {
      leading += [
        Hint(keys: view.key(.leave), label: "list"),
        Hint(keys: view.key(.overview), label: "overview"),
      ]
    }
    leading += wayHints(view)
    return .keys(
      leading + view.hints.filter { hint in leading.allSatisfy { $0.keys != hint.keys } })
  }

  /// Where a number is being followed to what it is made of.
  private func wayHints(_ view: View) -> [Hint] {
    guard trail.following.hops.last?.to == place else { return [] }
    return [
      Hint(keys: view.key(.toTerm), label: "go on"),
      Hint(keys: view.key(.toReader), label: "come back"),
    ]
  }

  /// Whether the list of lessons is what is shown.
  var isListShown: Bool { list != nil && !isInLesson && !isAwayFromList && practice == nil }

  /// Whether a lesson is being taken, stop by stop or as a walk alone.
  var isInLesson: Bool { course != nil || subject.walkedLesson != nil }

  private func tooSmall() -> Screen {
    var screen = Screen(size)
    let lines = [
      "convwalk needs 80×24;", "this is \(size.columns)×\(size.rows).", "Enlarge it, or q quits.",
    ]
    for (row, line) in lines.enumerated() where row < size.rows {
      screen.put(line, 0, row, before: size.columns)
    }
    if options.ascii { screen.frame = screen.frame.ascii() }
    return screen
  }
}
