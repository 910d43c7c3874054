import Canvas
import ConvolutionEngine
import Glibc
import Lessons
import Player
import TestSupport
import Walkthrough

/// Holds the whole player to its screens, whatever a terminal sends.
///
/// The first byte chooses what is walked. Among the others, which are a terminal's, 0 is a tick and 1
/// a resize to the next two bytes' columns and rows.
func holdEventPromises(_ bytes: [UInt8]) throws {
  guard let first = bytes.first else { return }
  var player = players[Int(first) % players.count]
  var decoder = InputDecoder()
  var rest = bytes.dropFirst()
  var count = 0
  while let byte = rest.popFirst() {
    var events: [Event] = []
    switch byte {
    case 0: events = [.tick]
    case 1:
      let (columns, rows) = (Int(rest.popFirst() ?? 80), Int(rest.popFirst() ?? 24))
      events = [.resized(Size(columns: columns, rows: rows))]
    default:
      for case .event(let event) in decoder.decode([byte], at: 0) { events.append(event) }
    }
    for event in events {
      try send(event, to: &player)
      count += 1
      if count % 8 == 0 { try holdScreenPromises(player) }
    }
  }
  try holdScreenPromises(player)
}

/// Does what the shell does for the player.
private func send(_ event: Event, to player: inout Player) throws {
  for case .openLesson(let name) in player.carryOut(player.update(event)) {
    if let lesson = lessons[name] { player.carryOut(player.open(lesson)) }
  }
}

/// The shipped lessons that take no time to evaluate.
private let lessons: [String: Lesson] = {
  do {
    let catalogue = try Catalogue(folder: "lessons")
    let pairs = try ["one-window", "sliding", "max-pooling", "shifts", "flatten-dense-scores"]
      .map { ($0, try catalogue.lesson(named: $0)) }
    return Dictionary(uniqueKeysWithValues: pairs)
  } catch {
    fatalError("\(error)")
  }
}()

private let players: [Player] = {
  do {
    let size = Size(columns: 80, rows: 24)
    let entries = lessons.keys.sorted().map {
      LessonList.Entry(name: $0, title: $0, summary: "What \($0) is about.")
    }
    let chains = [
      "conv:3,filters=2,stride=2,name=v maxpool:2,name=p flatten dense:3",
      "conv:3,filters=2,padding=1,name=a relu add,from=X+relu avgpool:2,padding=1 softmax",
      "depthwise:2,name=w batchnorm lrn:3 relu6 globalavgpool",
    ]
    return try [Player(LessonList(entries), size: size)] + chains.map { try player($0, size) }
  } catch {
    fatalError("\(error)")
  }
}()

private func player(_ chain: String, _ size: Size) throws -> Player {
  let words = chain.split(separator: " ").map(String.init)
  let shape = try Shape(7, 7, 2)
  let layers = try words.map { try LayerSpecification(parsing: $0) }
  let subject = Presentation(
    title: "Explore", network: try Network(input: shape, layers: layers),
    input: try Tensor.seeded(shape, seed: 0), command: ["explore", "7x7x2"] + words)
  return Player(subject, size: size)
}
