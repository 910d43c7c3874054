import ConvolutionEngine

/// `list` prints each work's name, input and layers; `time NAME THREADS SECONDS` the best time of
/// one evaluation in nanoseconds; `detail NAME THREADS SECONDS` each layer's besides; `back THREADS
/// [NAME…]` how long gradients take.
let arguments = Array(CommandLine.arguments.dropFirst())
let works = try Work.all()
switch arguments.first {
case "time", "detail":
  guard arguments.count == 4, let work = works.first(where: { $0.name == arguments[1] }),
    let threads = Int(arguments[2]), threads >= 1, let seconds = Double(arguments[3])
  else { preconditionFailure("time NAME THREADS SECONDS, with a name of the list") }
  var measurement = try Measurement(work, threads: threads)
  try measurement.run(seconds: seconds)
  measurement.show(isDetailed: arguments[0] == "detail")
case "back":
  guard arguments.count >= 2, let threads = Int(arguments[1]), threads >= 1
  else { preconditionFailure("back THREADS [NAME…]") }
  let names = arguments.dropFirst(2)
  for work in try Work.backward() where names.isEmpty || names.contains(work.name) {
    print(work.name)
    try WayBack(work, threads: threads).show()
  }
default:
  for work in works {
    let size = "\(work.input.width)x\(work.input.height)x\(work.input.depth)"
    print(work.name, size, work.layers.joined(separator: " "))
  }
}
