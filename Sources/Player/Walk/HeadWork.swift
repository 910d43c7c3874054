import Training

/// Updates of a head, asked for by the player and made outside of `update` where they are many.
package struct HeadWork: Sendable, Equatable {
  let head: Head
  /// The update that is wanted.
  let number: Int

  /// How far the head is.
  enum Head: Sendable, Equatable {
    /// The layers under it have not read the examples.
    case unread(HeadStart)
    case training(HeadTraining)
  }

  /// What became of it.
  package struct Found: Sendable {
    let number: Int
    /// nil where the examples cannot be learned from.
    let training: HeadTraining?
    let update: Result<HeadUpdate, TrainingError>
  }

  /// - Parameter goesOn: told now and then how far it is, 0 to 1; ends it by false.
  /// - Returns: nil where it was ended.
  package func run(goesOn: @escaping (Double) -> Bool = { _ in true }) -> Found? {
    var known: HeadTraining?
    do throws(TrainingError) {
      let made: HeadTraining?
      switch head {
      case .unread(let start): made = try start.training(goesOn: goesOn)
      case .training(let training): made = training
      }
      guard var training = made else { return nil }
      known = training
      let start = training.history.count
      while training.history.count < number {
        try training.advance(to: min(number, training.history.count + 64))
        known = training
        let share = Double(training.history.count - start) / Double(number - start)
        guard goesOn(share) else { return nil }
      }
      let update = try training.update(number)
      return Found(number: number, training: training, update: .success(update))
    } catch {
      return Found(number: number, training: known, update: .failure(error))
    }
  }
}
