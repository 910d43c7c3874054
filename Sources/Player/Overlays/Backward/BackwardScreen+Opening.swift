import Canvas
import ConvolutionEngine
import FastEvaluation
import Lessons
import Walkthrough

extension Player {
  /// Turns the walk round, at the input's cell that it looks at.
  mutating func turnBack() -> [Effect] {
    if place.grain == .product, lossOfWayBack.fits(network),
      let product = BackwardWalk(network, from: lossOfWayBack)
        .gradients(of: walk.address(of: place)).first
    {
      return turnBack(to: product)
    }
    let (source, cell) = inputLookedAt
    return turnBack(to: GradientAddress(.source(source), .cell(cell)), grain: grain)
  }

  /// Turns the walk round, at a number of a gradient.
  ///
  /// - Parameter grain: the steps that it goes on by; nil: those that the address names.
  package mutating func turnBack(to address: GradientAddress, grain: Grain? = nil) -> [Effect] {
    let loss = lossOfWayBack
    guard loss.fits(network) else {
      say("The loss is of other sizes than \(network.name(of: loss.source)) has now.")
      return []
    }
    let walk = BackwardWalk(network, from: loss)
    guard walk.targets.contains(address.target) else {
      let name = network.text(of: GradientAddress(address.target, .layer)).dropFirst()
      say("The loss is not made of \(name), so nothing flows back to it.")
      return []
    }
    do throws(AddressError) {
      let place = try walk.place(of: address)
      var screen = BackwardScreen(walk, at: grain.map { walk.place(place, at: $0) } ?? place)
      if let grain { screen.grain = grain }
      let effects = screen.ask(self)
      return open(screen) + effects
    } catch {
      fail("\(error)")
      return []
    }
  }

  /// What flows back comes from: the stop's loss, the subject's, else the sum of the last layer's
  /// numbers.
  var lossOfWayBack: PlacedLoss {
    if let course, !course.lesson.stops.isEmpty, let loss = course.stop.loss { return loss }
    return subject.loss ?? network.sum(ofLayer: network.layers.count - 1)
  }

  /// What the layer takes, and the cell of it that is looked at, or its first.
  private var inputLookedAt: (Source, Cell) {
    let (input, origin) = originShown
    let source = layer.sources[input]
    let cell = askedInput ?? multipliedTap ?? origin ?? Cell(0, 0, 0)
    let shape = network.shape(of: source)
    return (source, shape.contains(cell) ? cell : Cell(0, 0, 0))
  }

  /// Takes in what was found out for `.evaluateGradients`; returns what is still to be done.
  package mutating func receive(_ found: GradientWork.Found) -> [Effect] {
    guard var screen = wayBackShown, screen.take(found), shown.take(found.backward.activations)
    else { return [] }
    shown.backward = found.backward
    wayBackShown = screen
    noteWhatIsAsked()
    return evaluateWanted()
  }

  /// Takes in how far that is, 0 to 1.
  package mutating func receive(gradientProgress fraction: Double) {
    wayBackShown?.take(progress: fraction)
  }

  /// The way back on the screen: the one that is open, else the one that the stop shows.
  private var wayBackShown: BackwardScreen? {
    get {
      if case .backward(let screen) = overlay { screen } else { course?.turned }
    }
    set {
      if case .backward = overlay { overlay = newValue?.overlay } else { course?.turned = newValue }
    }
  }
}

/// The way back that a lesson's stop shows.
extension Player {
  /// Shows what flows back where a stop looks; the check has seen that it exists.
  mutating func turn(to address: GradientAddress) -> [Effect] {
    let walk = BackwardWalk(network, from: lossOfWayBack)
    guard let place = try? walk.place(of: address) else { return [] }
    return turn(to: BackwardScreen(walk, at: place, isOfStop: true))
  }

  private mutating func turn(to screen: BackwardScreen) -> [Effect] {
    var screen = screen
    let effects = screen.ask(self)
    course?.turned = screen
    return effects
  }

  /// The same once the network or its input has been changed.
  mutating func turnAgain() -> [Effect] {
    guard let screen = course?.turned else { return [] }
    course?.turned = nil
    guard screen.walk.loss.fits(network), network.hasSteps(of: screen.walk.network) else {
      return []
    }
    let walk = BackwardWalk(network, from: screen.walk.loss)
    return turn(to: BackwardScreen(walk, at: screen.place, isOfStop: true))
  }

  /// Opens the stop's way back, to look around in.
  mutating func lookAroundBack() -> BackwardScreen? {
    guard let course, !course.isWandering, let screen = course.turned else { return nil }
    self.course?.isWandering = true
    overlay = screen.overlay
    return screen
  }

  /// Walks on from the stop's way back; nil where the stop shows none.
  mutating func walkBack(_ motion: Command.Motion, _ count: Int?) -> [Effect]? {
    guard var screen = lookAroundBack() else { return nil }
    guard case .stay(let effects) = screen.perform(motion, count, &self) else { return [] }
    overlay = screen.overlay
    return effects
  }

  /// Comes back to the stop from the way back that it shows.
  mutating func returnToTurnedStop() -> [Effect] {
    course?.isWandering = false
    noteWhatIsAsked()
    guard var screen = course?.turned else { return [] }
    let effects = screen.ask(self, again: true)
    course?.turned = screen
    return effects
  }
}
