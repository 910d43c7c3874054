import ConvolutionEngine

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
    // In floating point, so that no sum is too large for it.
    let work = network.layers.reduce(0.0) { $0 + $1.work }
    guard work <= Double(mostProducts) else { return .tooMuchWork(limit: mostProducts) }
    var activations = Activations(network, input: lesson.input)
    do throws(ArithmeticError) {
      for layer in network.layers {
        let output = try activations.evaluate(layer.index)
        let cells = layer.output.count
        let every = work <= Double(mostWorkedProducts) ? 1 : max(1, cells - 1)
        for index in stride(from: 0, to: cells, by: every) {
          let cell = layer.output.cell(at: index)
          let account = try activations.account(of: cell, in: layer.index)
          guard account?.total == output[cell] else { return .disagreement(layer.name, cell) }
        }
      }
    } catch {
      return .arithmetic(error)
    }
    return nil
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

extension Layer {
  /// Input places that all its cells look at.
  fileprivate var work: Double {
    let window = windows.map { Double($0.x.filter) * Double($0.y.filter) } ?? 1
    return Double(output.count) * max(window, Double(productsPerCell))
  }
}
