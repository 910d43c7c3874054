import ConvolutionEngine
import ConvolutionKernels

/// How a layer is evaluated: the numbers that come out are the same whatever stands here.
package struct EvaluationSettings {
  package var kernels: Kernels
  package var threads: Int
  /// Layers with less to do than this, counted as `Layer.threadedWork` does, take one thread.
  package var leastWork: Int
  /// Told now and then, in the caller's thread, how much of the layer is done, growing from 0 to
  /// 1; the evaluation ends with `ArithmeticError.cancelled` when the answer is false.
  package var progress: ((Double) -> Bool)?

  package init(
    kernels: Kernels = .fastest, threads: Int = 1,
    leastWork: Int = EvaluationSettings.worthAThread, progress: ((Double) -> Bool)? = nil
  ) {
    precondition(threads >= 1, "there is the caller's thread at least")
    self.leastWork = leastWork
    self.kernels = kernels
    self.threads = threads
    self.progress = progress
  }

  /// A few times what it takes to start a thread and to wait for its end.
  package static let worthAThread = 8_000_000

  /// Every processor that there is, for layers that are worth it.
  package static var everyProcessor: EvaluationSettings {
    EvaluationSettings(threads: convolutionProcessors())
  }

  /// The same for one layer, with as many threads as are worth it.
  func `for`(_ layer: Layer) -> EvaluationSettings {
    guard threads > 1, layer.threadedWork < leastWork else { return self }
    var settings = self
    settings.threads = 1
    return settings
  }

  /// Tells how many cells are done, now and then, and stops where that is asked for.
  func report(_ cell: Int, of count: Int) throws(ArithmeticError) {
    guard cell % 1_024 == 0 else { return }
    guard goesOn(at: Double(cell) / Double(count)) else { throw .cancelled }
  }

  /// The same for a part of the work: its progress goes from one share of the whole to another.
  func part(from start: Double, to end: Double) -> EvaluationSettings {
    guard let progress else { return self }
    return EvaluationSettings(kernels: kernels, threads: threads, leastWork: leastWork) {
      progress(start + $0 * (end - start))
    }
  }

  private func goesOn(at share: Double) -> Bool { progress?(share) ?? true }

  /// Does units of work, each once, in as many threads as are asked for.
  ///
  /// - Parameter work: gets the number of its thread, from 0, and the unit; units that run at the
  ///   same time must not write to the same place.
  /// - Returns: false when `progress` ended it early.
  func forEachUnit(_ count: Int, _ work: (_ thread: Int, _ unit: Int) -> Void) -> Bool {
    guard threads > 1, count > 1 else {
      for unit in 0..<count {
        guard goesOn(at: Double(unit) / Double(count)) else { return false }
        work(0, unit)
      }
      return goesOn(at: 1)
    }
    return withoutActuallyEscaping(work) { work in
      // No thread writes to it, so all may read it.
      let units = UnsafeMutablePointer<Units>.allocate(capacity: 1)
      units.initialize(to: Units(work: work, goesOn: goesOn, count: count))
      defer {
        units.deinitialize(count: 1)
        units.deallocate()
      }
      return convolutionUnits(
        count, threads, units,
        { context, thread, unit in Units.at(context).work(thread, unit) },
        { context, done in Units.at(context).report(done) })
    }
  }
}

extension EvaluationSettings {
  /// How many windows one unit of tiles has: so many that the numbers they read are still near when
  /// the next panel of filters reads them, and so few that there is something to do for every thread
  /// and something to report.
  ///
  /// - Parameter step: how many windows a tile has.
  func windowsPerUnit(of windows: Int, step: Int, panels: Int) -> Int {
    let wanted = 16 * threads / panels + 1
    let even = (windows + wanted - 1) / wanted
    return max(1, min(even / step, 32)) * step
  }
}

extension Layer {
  /// What there is to do, counted in products that a tile makes of numbers which it reads often; a
  /// number that is read once takes as long as several.
  var threadedWork: Int {
    let readOnce = 8
    return output.plane > 1 && multiplyAdds > 0
      ? multiplyAdds : readOnce * placesPerCell * output.count
  }
}

/// What the C threads are given to do.
private struct Units {
  let work: (Int, Int) -> Void
  let goesOn: (Double) -> Bool
  let count: Int

  static func at(_ context: UnsafeMutableRawPointer) -> Units {
    context.assumingMemoryBound(to: Units.self).pointee
  }

  func report(_ done: Int) -> Bool { goesOn(Double(done) / Double(count)) }
}
