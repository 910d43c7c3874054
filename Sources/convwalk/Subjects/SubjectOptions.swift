import ArgumentParser
import ConvolutionEngine
import ExactNumbers
import Lessons
import TensorFiles

/// How every command is told what it works on.
struct SubjectOptions: ParsableArguments {
  /// How a subject is written, at the end of every command's help; nothing while none is written.
  ///
  /// - Parameter examples: command lines, each of which runs where a picture photo.ppm lies.
  static func grammar(_ examples: [String]) -> String {
    guard Convwalk.writesHelp else { return "" }
    return """
      A SUBJECT is an input and its layers, or --lesson or --network names them:

      \(examples.map { "  $ convwalk \($0)" }.joined(separator: "\n"))

      INPUT is a size, width x height x depth, filled with small integers made from
      the seed; or a .npy file; or - for one on standard input. Write -- before a
      file's name that starts with a dash. --image FILE takes its place, with a size
      or without.

      \(LayerHelp().text)

      Integers stay exact. float32 weights or input make the layer float32: each of
      its numbers is the exact value, rounded once, whatever the machine.

      A NETWORK is alexnet, alexnet-one-tower, digits, inception-v3, keras-binary,
      lenet-5, mobilenet-v1, pytorch-net, resnet-50, vgg16, or a file of your own.
      --input gives it another size, --head other layers behind its base; --image is
      scaled and cut to its size. digits is trained; --index 5 takes its sixth picture.
      """
  }

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("A lesson's input and layers, in place of typed ones.", valueName: "name"),
    completion: .lesson)
  var lesson: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("A shipped network, or a network file.", valueName: "name"),
    completion: .network)
  var network: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Another input for a network: a size, a .npy file, or - for standard input.",
      valueName: "input"), completion: .array)
  var input: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "One of a network's own pictures as its input, counted from 0.", valueName: "number"))
  var index: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Other layers behind a network's base, as in 'globalavgpool dense:10'.",
      valueName: "layers"))
  var head: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The folder of the lessons, if not the usual one.", valueName: "folder"),
    completion: .directory)
  var lessons: String?

  @Option(parsing: .unconditional, help: "Makes the numbers that no file gives.")
  var seed: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A picture as the input: PBM, PGM, PPM or PAM; scaled to cover the size that is asked for, if one "
        + "is, and cut evenly to it.", valueName: "file"), completion: .picture)
  var image: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A .npz file with the numbers of all layers, its arrays named conv1.weight, conv1.bias and "
        + "so on (or conv1/kernel), or in the layers' order.", valueName: "file"),
    completion: .archive)
  var weights: String?

  @Flag(help: "The file of --weights may have more than these layers take.")
  var partial = false

  @Option(help: "The order of the axes in files: xyd, yxd (Keras) or dyx (PyTorch).")
  var axes = AxisOrder.xyd

  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp("INPUT and its LAYERs, in order.", valueName: "subject"),
    completion: .subject)
  var words: [String] = []

  /// What of the subject is needed.
  enum Need {
    /// Sizes alone: the input's numbers are not decoded.
    case sizes
    case numbers
  }

  /// Resolves the options, reads the files that they name, and tells what there is to tell of
  /// those on standard error.
  ///
  /// - Throws: `CommandFailure`; where all would fit in another order of axes, it says so.
  func subject(_ need: Need) throws(CommandFailure) -> Subject {
    var files = ArrayFiles()
    do throws(CommandFailure) {
      let subject = try subject(need, axes: axes, &files)
      for note in subject.notes { StandardError.note(note) }
      return subject
    } catch {
      guard error.mayBeAxes, !files.isEmpty else { throw error }
      let other = AxisOrder.allCases.first { order in
        order != axes && (try? subject(need, axes: order, &files)) != nil
      }
      throw other.map { .otherAxes(error, fits: $0) } ?? error
    }
  }

  private func subject(
    _ need: Need, axes: AxisOrder, _ files: inout ArrayFiles
  ) throws(CommandFailure) -> Subject {
    if let network { return try subject(ofNetwork: network, need, axes: axes, &files) }
    for (option, value) in [("--input", input), ("--index", index), ("--head", head)]
    where value != nil {
      throw .usage(.needs(option: option, needed: "--network"))
    }
    if let lesson { return try subject(ofLesson: lesson) }
    if lessons != nil { throw .usage(.needs(option: "--lessons", needed: "--lesson or --network")) }
    let seed = try seedNumber()
    guard let (input, layers) = try inputAndLayers() else { throw .usage(.noSubject) }
    let weights = try weightsFile(&files)
    var chain = SubjectChain(
      image: image, input: input, layers: layers, seed: seed, axes: axes, weights: weights,
      files: files)
    defer { files = chain.files }
    return try chain.subject(need)
  }

  private func weightsFile(_ files: inout ArrayFiles) throws(CommandFailure) -> WeightsFile? {
    guard let weights else {
      if partial { throw .usage(.needs(option: "--partial", needed: "--weights")) }
      return nil
    }
    return try WeightsFile(weights, isPartial: partial, files: &files)
  }

  private func subject(ofLesson name: String) throws(CommandFailure) -> Subject {
    for (option, isGiven) in [
      ("--image", image != nil), ("--weights", weights != nil), ("--partial", partial),
    ] where isGiven {
      throw .usage(.needs(option: option, needed: "typed layers or --network"))
    }
    guard try !isTyped() else { throw .usage(.subjectTwice) }
    guard seed == nil else { throw .usage(.needs(option: "--seed", needed: "a typed input")) }
    return Subject(
      try rethrowing(try Lesson.open(name, lessons: lessons), as: CommandFailure.lesson))
  }

  private func subject(
    ofNetwork name: String, _ need: Need, axes: AxisOrder, _ files: inout ArrayFiles
  ) throws(CommandFailure) -> Subject {
    guard lesson == nil, try !isTyped() else { throw .usage(.subjectTwice) }
    var changes = NetworkFile.Changes()
    if seed != nil { changes.seed = try seedNumber() }
    changes.flatOrder = axes.defaults.flatOrder
    if let head { changes.head = try layers(head, axes.defaults) }
    let file = try networkFile(name)
    if head != nil, file.base == nil { throw .noBase(file.name) }
    let weights = try weightsFile(&files)
    var numbers = Subject.InputNumbers.seeded(changes.seed ?? file.seed)
    var notes: [String] = []
    let picture = try picture(of: file)
    if let picture, let pictures = file.pictures {
      numbers = .given(pictures.input(picture))
    } else if input != nil || image != nil {
      let input = try readInput(of: file, need, changes, axes: axes, &files)
      (changes.input, numbers, notes) = (input.shape, input.numbers, input.notes)
    }
    var network = try building { () throws(NetworkError) in try file.network(changes) }
    if let weights {
      let found = try weights.parameters(of: network, axes: axes)
      network = try building { () throws(NetworkError) in try network.taking(found.given) }
      notes += found.notes
    }
    let keys = head.map {
      $0.split(separator: " ").map { LayerSpecification.writtenKeys(String($0)) }
    }
    if need == .numbers, let note = file.defaultsNote(of: network, axes.defaults, head: keys) {
      notes.append(note)
    }
    return Subject(file, network: network, input: numbers, picture: picture, notes: notes)
  }

  /// Which picture of a network's own is chosen, else its first where no other input is; nil where it
  /// has none.
  private func picture(of file: NetworkFile) throws(CommandFailure) -> Int? {
    let others = [("--input", input), ("--image", image)].first { $0.1 != nil }
    guard let index else { return others == nil && file.pictures != nil ? 0 : nil }
    if let others { throw .usage(.contradiction("--index", others.0)) }
    guard let pictures = file.pictures else {
      throw .usage(
        .needs(option: "--index", needed: "a network with pictures of its own, such as digits"))
    }
    guard let number = Int(index), (0..<pictures.count).contains(number) else {
      throw .pictureIndex(index, count: pictures.count)
    }
    return number
  }

  /// Another input for a network. An array whose axes are in another order than is said would only
  /// be another size, which is refused where that can be seen.
  private func readInput(
    of file: NetworkFile, _ need: Need, _ changes: NetworkFile.Changes, axes: AxisOrder,
    _ files: inout ArrayFiles
  ) throws(CommandFailure) -> SubjectChain.Input {
    let path = input ?? ""
    var chain = SubjectChain(
      image: image, input: path, layers: [], seed: changes.seed ?? file.seed, axes: axes,
      files: files)
    defer { files = chain.files }
    var input = try chain.readInput(need, pictureSize: file.input)
    guard let array = input.array else { return input }
    if let (order, shape) = array.otherAxes(than: axes, for: file.input) {
      throw .inputAxes(
        path: path, found: input.shape, axes, wanted: file.input, fits: order, as: shape)
    }
    if input.shape.depth != file.input.depth {
      input.notes.append(
        "\(path): the input is \(input.shape) by --axes \(axes.rawValue), in place of the "
          + "network's \(file.input).")
    }
    return input
  }

  func networkFile(_ name: String) throws(CommandFailure) -> NetworkFile {
    let folder = lessons
    return try rethrowing(as: CommandFailure.lesson) { () throws(LessonError) in
      try NetworkFile.open(name) { () throws(LessonError) in
        try LessonsFolder(option: folder).path()
      }
    }
  }

  private func layers(
    _ head: String, _ defaults: SettingDefaults
  ) throws(CommandFailure) -> [LayerSpecification] {
    var layers: [LayerSpecification] = []
    for word in head.split(separator: " ").map(String.init) {
      layers.append(
        try rethrowing(
          try LayerSpecification(parsing: word, defaults: defaults),
          as: { CommandFailure.subject(.layerText(word, $0)) }))
    }
    return layers
  }

  private func seedNumber() throws(CommandFailure) -> UInt64 {
    try seed.map { seed throws(CommandFailure) in try convwalk.seedNumber(seed) } ?? 0
  }

  /// The input and the layers; nil where there is neither.
  private func inputAndLayers() throws(CommandFailure) -> (input: String, layers: [String])? {
    let all = try typedWords()
    // A picture has its own size, so that its layers may follow at once.
    if image != nil, all.first.map(SubjectChain.isLayer) ?? true { return ("", all) }
    return all.first.map { ($0, Array(all.dropFirst())) }
  }

  private func isTyped() throws(CommandFailure) -> Bool { try !typedWords().isEmpty }

  private func typedWords() throws(CommandFailure) -> [String] {
    let end = words.firstIndex(of: "--") ?? words.endIndex
    // A word such as -5x3x1 is a size, if not one that can be; any other is an unknown option.
    if let option = words[..<end].first(where: { $0.hasPrefix("-") && !isDashOrNumber($0) }) {
      throw .usage(.unknownOption(option))
    }
    return Array(words[..<end] + words[end...].dropFirst())
  }

  private func isDashOrNumber(_ word: String) -> Bool {
    word == "-" || word.dropFirst().first?.isNumber == true
  }
}

extension AxisOrder: OptionWord {}

/// A seed as it is typed.
func seedNumber(_ text: String) throws(CommandFailure) -> UInt64 {
  guard let number = UInt64(text) else { throw .usage(.seed(text)) }
  return number
}
