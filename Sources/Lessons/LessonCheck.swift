import ConvolutionEngine
import Walkthrough

/// What `convwalk check` finds: everything that is wrong with lessons, in the order of the files.
package enum LessonCheck {
  /// Networks that need more products are not computed by a check.
  package static let mostProducts = 1 << 31

  /// Up to so many products the working of every cell is computed, beyond only of a few.
  static let mostWorkedProducts = 1 << 20

  /// Decodes each lesson, evaluates every layer of it, and works cells out as a walk shows them.
  package static func problems(in sources: [LessonSource]) -> [LessonProblem] {
    sources.flatMap { source -> [LessonProblem] in
      do throws(LessonProblems) {
        let lesson = try source.lesson()
        return problem(in: lesson).map {
          [LessonProblem(file: source.path, place: .start, cause: $0)]
        } ?? []
      } catch {
        return error.problems
      }
    }
  }

  /// What only computing shows.
  private static func problem(in lesson: Lesson) -> LessonProblem.Cause? {
    let network = lesson.network
    // A network is bounded so that this sum cannot overflow.
    let work = network.layers.reduce(0) { $0 + $1.placesPerCell * $1.output.count }
    guard work <= mostProducts else { return .tooMuchWork(limit: mostProducts) }
    var activations = Activations(network, input: lesson.input)
    do throws(ArithmeticError) {
      for layer in network.layers {
        let output = try activations.evaluate(layer.index)
        for cell in cellsToWork(of: layer, networkWork: work) {
          let account = try activations.account(of: cell, in: layer.index)
          guard account?.total == output[cell] else { return .disagreement(layer.name, cell) }
        }
        if !endsCanBeAddressed(of: layer, in: Walk(network)) { return .lostStep(layer.name) }
      }
    } catch {
      return .arithmetic(error)
    }
    return nil
  }

  /// All cells, of a large network the first and the last, of a huge window none.
  private static func cellsToWork(of layer: Layer, networkWork: Int) -> [Cell] {
    guard layer.placesPerCell <= mostWorkedProducts else { return [] }
    let last = layer.output.count - 1
    let indices = networkWork <= mostWorkedProducts ? Array(0...last) : [0, last]
    return indices.map { layer.output.cell(at: $0) }
  }

  /// Whether the address of the layer's last step leads to that step again, at every grain.
  private static func endsCanBeAddressed(of layer: Layer, in walk: Walk) -> Bool {
    layer.grains.allSatisfy { grain in
      let end = walk.end(ofLayer: layer.index, grain)
      return (try? walk.place(of: walk.address(of: end))) == end
    }
  }

  /// A folder's catalogue against the files beside it.
  ///
  /// - Parameters:
  ///   - catalogue: the catalogue's file.
  ///   - files: the names of all files in its folder.
  package static func problems(
    inCatalogue catalogue: LessonSource, files: [String]
  ) -> [LessonProblem] {
    let entries: [Placed<String>]
    do throws(LessonProblems) {
      entries = try Catalogue.entries(of: catalogue.bytes, file: catalogue.path)
    } catch {
      return error.problems
    }
    var log = ProblemLog(file: catalogue.path)
    for entry in entries where !files.contains("\(entry.value).yaml") {
      log.add(.missingLesson(entry.value), at: entry.place)
    }
    let listed = Set(entries.map { "\($0.value).yaml" } + [Catalogue.fileName])
    for file in files.sorted() where file.hasSuffix(".yaml") && !listed.contains(file) {
      log.add(.orphan(file), at: .start)
    }
    return log.problems
  }
}
