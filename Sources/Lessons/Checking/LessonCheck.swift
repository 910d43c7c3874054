import ConvolutionEngine
import FastEvaluation
import Walkthrough

/// What `convwalk check` finds: everything that is wrong with lessons and networks, in the order of
/// the files.
package enum LessonCheck {
  /// Of a network that needs more products only the cells that stops look at are computed.
  package static let mostProducts = 1 << 22

  /// Of a network whose exponentials cost more, too.
  private static let mostExponentials = 1 << 26

  /// Up to so many products of a lesson the working of every cell is computed, beyond only of a few.
  static let mostWorkedProducts = 1 << 20

  /// Looks at a stop as the screen shows it and says what is wrong with it, one line each.
  package typealias Render = (_ lesson: Lesson, _ stop: Int) -> [String]

  /// Decodes each lesson, evaluates every layer of it, works cells out as a walk shows them,
  /// computes what the lesson claims, and sees that its texts fit.
  package static func problems(
    in sources: [LessonSource], within budget: Budget = Budget(),
    render: Render = { _, _ in [] }
  ) -> [LessonProblem] {
    sources.flatMap { source -> [LessonProblem] in
      if NetworkCheck.isNetwork(source) { return NetworkCheck.problems(in: source) }
      do throws(LessonProblems) {
        return problems(in: try source.reading(within: budget), of: source.path, render: render)
      } catch {
        return error.problems
      }
    }
  }

  private static func problems(
    in reading: LessonReading, of file: String, render: Render
  ) -> [LessonProblem] {
    var log = ProblemLog(file: file, budget: reading.budget)
    let lesson = reading.lesson
    var places = [Scene.main: TextPlace.start]
    for scene in reading.draft.scenes { places[scene.value.name] = scene.place }
    var worked = 0
    for name in lesson.scenes.keys.sorted() where !log.isFull {
      guard let scene = lesson.scenes[name], let place = places[name] else { continue }
      check(scene, name, at: place, &worked, &log)
    }
    var evaluator = reading.evaluator
    claimProblems(in: reading.draft.claims, of: reading.text, &evaluator, &log)
    let played = Set(lesson.stops.map(\.scene)).union(evaluator.namedScenes)
    for scene in reading.draft.scenes where !played.contains(scene.value.name) {
      log.add(.stops(.unusedScene(scene.value.name)), at: scene.place)
    }
    accountProblems(in: reading, &evaluator, &log)
    statementProblems(in: reading, &evaluator, &log)
    toldAnswers(in: reading, &log)
    wordProblems(in: reading, &log)
    let crowded = roomProblems(in: reading, &log)
    // The screen would only repeat what is too long.
    for index in lesson.stops.indices where !crowded.contains(index) && !log.isFull {
      let place = reading.draft.stops[index].place
      guard log.spend(screens(of: lesson.stops[index], in: lesson), "this stop", at: place) else {
        break
      }
      for problem in render(lesson, index) {
        log.add(.stated(.screen(stop: index + 1, problem)), at: place)
      }
    }
    return log.sorted
  }

  /// What drawing a stop costs, whose screen may show cells that nothing has computed before.
  private static func screens(of stop: Stop, in lesson: Lesson) -> Budget.Cost {
    let layers = lesson.scenes[stop.scene]?.network.layers ?? []
    let shown = [stop.from, stop.at].compactMap(\.self).flatMap { place in
      // What flows back to a number may come through any layer.
      layers.filter { place.step == nil || place.step?.layer == $0.name }
    }
    return .screens(places: shown.map(\.placesPerCell).max() ?? 0)
  }

  /// Adds what only computing shows.
  ///
  /// A scene that is too large to compute is only asked for its sizes, or for a few cells.
  ///
  /// - Parameter worked: how many products were worked out of scenes before.
  private static func check(
    _ scene: Scene, _ name: String, at place: TextPlace, _ worked: inout Int,
    _ log: inout ProblemLog
  ) {
    let network = scene.network
    guard let (work, cost) = evaluation(of: network),
      log.spend(cost, "the scene \(name)", at: place)
    else { return }
    let isWhole = worked + work <= mostWorkedProducts
    if isWhole { worked += work }
    var activations = Activations(network, input: scene.input)
    do throws(ArithmeticError) {
      for layer in network.layers where !log.isFull {
        let cells = cellsToWork(of: layer, isWhole: isWhole)
        let places = cells.count * max(layer.placesPerCell, layer.inputs.count)
        guard
          log.spend(
            .accounts(cells: cells.count, places: places), "the scene \(name)", at: place)
        else { return }
        let output = try activations.evaluate(layer.index)
        for cell in cells {
          let account = try activations.account(of: cell, in: layer.index)
          guard account?.total == output[cell] else {
            return log.add(.numbers(.disagreement(layer.name, cell)), at: place)
          }
        }
        if !endsCanBeAddressed(of: layer, in: Walk(network)) {
          return log.add(.numbers(.lostStep(layer.name)), at: place)
        }
      }
    } catch {
      log.add(.arithmetic(error), at: place)
    }
  }

  /// How many products all layers take, and what computing them costs; nil where it is too much.
  private static func evaluation(of network: Network) -> (products: Int, Budget.Cost)? {
    // A network is bounded so that these sums cannot overflow.
    let products = network.layers.reduce(0) { $0 + $1.placesPerCell * $1.output.count }
    guard products <= mostProducts else { return nil }
    let cells = network.layers.reduce(0) { $0 + $1.output.count }
    let exponentials = network.layers.reduce(0) {
      $0 + ExpressionEvaluator.exponentials(perCellOf: $1) * $1.output.count
    }
    guard exponentials <= mostExponentials else { return nil }
    return (products, .evaluation(products: products + exponentials, cells: cells))
  }

  /// All cells, of a large network the first and the last, of a huge window none.
  private static func cellsToWork(of layer: Layer, isWhole: Bool) -> [Cell] {
    guard layer.placesPerCell <= mostWorkedProducts else { return [] }
    let last = layer.output.count - 1
    let indices = isWhole ? Array(0...last) : [0, last]
    return indices.map { layer.output.cell(at: $0) }
  }

  /// Whether the address of the layer's last step leads to that step again, at every grain.
  static func endsCanBeAddressed(of layer: Layer, in walk: Walk) -> Bool {
    layer.grains.allSatisfy { grain in
      let end = walk.end(ofLayer: layer.index, grain)
      return (try? walk.place(of: walk.address(of: end))) == end
    }
  }

  /// Checks a folder: its catalogue, the files beside it, every lesson in the list, and every
  /// network.
  package static func report(
    onFolder folder: String, render: Render = { _, _ in [] }
  ) throws(LessonError) -> CheckReport {
    let catalogue = try LessonSource(path: "\(folder)/\(Catalogue.fileName)", isRegular: true)
    let files = SourceFolder(folder).fileNames
    var found = problems(inCatalogue: catalogue, files: files)
    let lessons = files.filter { $0.hasSuffix(".yaml") && $0 != Catalogue.fileName }
    let paths = lessons.map { "\(folder)/\($0)" } + NetworkCheck.paths(beside: folder)
    let (sources, unreadable) = LessonSource.read(paths, areRegular: true)
    found += problems(in: sources, render: render)
    return CheckReport(
      problems: found, checked: CheckedFiles(sources), unreadable: unreadable)
  }

  /// A folder's catalogue against the files beside it.
  ///
  /// - Parameters:
  ///   - catalogue: the catalogue's file.
  ///   - files: the names of all files in its folder.
  package static func problems(
    inCatalogue catalogue: LessonSource, files: [String]
  ) -> [LessonProblem] {
    let entries: [Placed<Catalogue.Entry>]
    do throws(LessonProblems) {
      entries = try Catalogue.entries(of: catalogue.bytes, file: catalogue.path)
    } catch {
      return error.problems
    }
    var log = ProblemLog(file: catalogue.path)
    let present = Set(files)
    for entry in entries where !present.contains("\(entry.value.name).yaml") {
      log.add(.listed(.missingLesson(entry.value.name)), at: entry.place)
    }
    let listed = Set(entries.map { "\($0.value.name).yaml" } + [Catalogue.fileName])
    for file in files.sorted() where file.hasSuffix(".yaml") && !listed.contains(file) {
      log.add(.listed(.orphan(file)), at: .start)
    }
    return log.problems
  }
}
