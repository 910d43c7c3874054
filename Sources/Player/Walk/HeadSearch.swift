import Training

/// Updates of a head, asked for by the player and made outside of `update` where they are many.
package struct HeadSearch: Sendable, Equatable {
  let training: HeadTraining
  /// The update that is wanted.
  let number: Int

  /// What became of it.
  package struct Found: Sendable {
    let number: Int
    let training: HeadTraining
    let update: Result<HeadUpdate, TrainingError>
  }

  /// - Parameter goesOn: told now and then how far it is, 0 to 1; ends it by false.
  /// - Returns: nil where it was ended.
  package func run(goesOn: @escaping (Double) -> Bool = { _ in true }) -> Found? {
    var training = training
    let start = training.history.count
    do throws(TrainingError) {
      while training.history.count < number {
        try training.advance(to: min(number, training.history.count + 64))
        let share = Double(training.history.count - start) / Double(number - start)
        guard goesOn(share) else { return nil }
      }
      let update = try training.update(number)
      return Found(number: number, training: training, update: .success(update))
    } catch {
      return Found(number: number, training: training, update: .failure(error))
    }
  }
}
