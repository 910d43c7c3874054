import ConvolutionEngine
import ExactNumbers
import TensorFiles

extension LessonProblem.Blocks: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownBlock(let name, let known):
      return "there is no block \(name.excerpt); "
        + (known.isEmpty ? "write it under blocks:." : "the blocks are \(list(known)).")
    case .blocksTooDeep(let limit):
      return "blocks are nested deeper than \(limit) levels; write the layers out."
    case .tooManyLayers(let limit):
      return "there are more than \(limit) layers; a network has at most so many."
    case .listLength(let key, let found, let expected):
      return
        "\(key) lists \(found) value\(found == 1 ? "" : "s") and a list before it \(expected); "
        + "all lists of a block are equally long."
    case .place(let place, let known):
      return "\(place.excerpt) has no value here; "
        + (known.isEmpty
          ? "give the block one." : "there are \(list(known)), and a number may have +1.")
    case .unusedValue(let key, let block, let known):
      return "the block \(block) has no place for \(key.excerpt); "
        + (known.isEmpty ? "it has none at all." : "it has places for \(list(known)).")
    case .unusedBlock(let name):
      return "no layer calls the block \(name.excerpt); call it, or remove it."
    case .unknownBase(let name):
      return "base is \(name.excerpt), which names no layer; name the last layer of the base."
    case .numbersInNetwork:
      return "a network's file has no numbers of its layers; leave weights and bias out."
    case .scheme(let found):
      return "scheme is \(found.excerpt); it must be small, signs or few-taps."
    case .taps(let found):
      return "taps is \(found.excerpt); it must be a whole number from 1 to "
        + "\(WeightScheme.mostTaps)."
    case .tapsWithoutScheme: return "taps has no effect without scheme: few-taps."
    case .archivePath(let path):
      return "the file \(path.excerpt) is not taken; name a .npz file that stands beside the "
        + "network's, such as digits.npz."
    case .axisOrder(let found):
      return "\(found.excerpt) is no order of axes; write xyd, yxd (Keras) or dyx (PyTorch)."
    case .archive(let path, let problem): return "\(path.excerpt): \(problem)"
    case .weights(let path, let problem): return "\(path.excerpt): \(problem.inOneLine)"
    case .examples(let path, let problem): return "\(path.excerpt): \(problem)"
    case .pictureSize(let path, let found, let input):
      return "\(path.excerpt): its pictures are \(found), and the network takes \(input); save "
        + "them so, or say in which order their axes are."
    case .taskClasses(let task):
      return
        "\(task.excerpt) tells nothing apart; give it two classes or more, each with its labels, "
        + "such as {even: [zero, two], odd: [one, three]}."
    case .taskLabel(let label, let known):
      return "\(label.excerpt) is no label that this task can still take; each of "
        + "\(list(known)) belongs to one class."
    }
  }
}

extension LessonProblem.Named: CustomStringConvertible {
  package var description: String {
    switch self {
    case .needsNetwork(let key):
      return "\(key) changes a network that is named; add network: vgg16, or remove \(key)."
    case .networkName(let found):
      return
        "network is \(found.excerpt); it must be a network's name: small letters, digits and -."
    case .unknownNetwork(let name):
      return "there is no network \(name.excerpt); convwalk shape --network \(name) lists those "
        + "that there are, or put networks/\(name).yaml into the lesson's folder."
    case .badNetwork(let name, let problem):
      return "the network \(name) cannot be used: \(problem)"
    case .freeze(let found):
      return "freeze is \(found.excerpt); it must be base."
    case .noBase(let name):
      return "the network \(name) does not say where its base ends; leave head and freeze out."
    }
  }
}

extension LessonProblem.Stops: CustomStringConvertible {
  package var description: String {
    switch self {
    case .sceneName(let name):
      return "\(name.excerpt) is not a name for a scene; use letters, digits, _ and ., "
        + "not starting with a digit, and not main, which is the lesson's own."
    case .unknownScene(let name, let known):
      return "there is no scene \(name.excerpt); "
        + (known.count == 1
          ? "there is only main." : "there are \(known.listed(atMost: 12) { $0 }).")
    case .unusedScene(let name):
      return
        "no stop plays in the scene \(name.excerpt), and nothing computes in it; remove it, or "
        + "name it."
    case .tooManyStops(let found, let limit):
      return "there are \(found) stops, at most \(limit) are taken; five to nine make a lesson."
    case .view(let found, let known):
      return "view is \(found.excerpt); it must be one of \(known.joined(separator: ", "))."
    case .inputAddress(let address, let size):
      return "\(address) is a cell of the input, which is \(size); "
        + "only view: readers looks at one of those."
    case .depthText(let found):
      return "depth is \(found.excerpt); it must be a whole number from 0."
    case .depth(let depth, let layer, let input):
      return "depth \(depth) is not there: \(layer) reads \(input); "
        + "use 0 to \(input.depth - 1)."
    case .depthOfGradient(let address):
      return "\(address) says its depth itself; leave depth out."
    case .gradientInView(let address, let view):
      return "\(address) is walked back, which view: \(view) does not show; leave view out."
    case .lossKind(let found, let known):
      return
        "kind is \(found.excerpt); it must be one of \(known.joined(separator: ", ")), or give "
        + "the gradient itself as upstream."
    case .targetOfSum: return "a sum has no target; leave it out, or choose another kind."
    case .loss(let problem): return "\(problem)"
    case .unclosedBrace(let rest):
      return "{ before \(rest.excerpt) is never closed; add }, or write {{ for the brace itself."
    case .unopenedBrace:
      return "} closes nothing; remove it, or write }} for the brace itself."
    case .equalChoices: return "two choices are the same; give each other words."
    case .noChoice(let found, let count):
      return
        "\(found.excerpt) is none of the \(count) choices; write one of them, or its number from 1 "
        + "to \(count)."
    case .slipIsAnswer(let value):
      return "this slip gives \(value), which is the right answer; "
        + "choose a cell or numbers that tell them apart."
    case .slipsEqual(let value, let line):
      return "this slip gives \(value), as the one in line \(line) does; "
        + "choose a cell or numbers that tell them apart."
    }
  }
}

extension LessonProblem.Tasks: CustomStringConvertible {
  package var description: String {
    switch self {
    case .number(let problem): return "\(problem)"
    case .noCondition(let text):
      return "\(text.excerpt) is nothing that holds or does not; write v[1,0,0] = 0 or "
        + "count(v > 0) = 4."
    case .noChange(let text):
      return "\(text.excerpt) changes nothing; write a place and its new number, Ker0[1,1,0] = 8."
    case .notExact:
      return "the solution changes a number that is rounded, or one of too many; let another one "
        + "be changed."
    case .holdsAlready(let wanted):
      return "\(wanted.excerpt) holds before anything is changed; ask for something that does not."
    case .unsolved(let standing):
      return "the answer does not do the task (\(standing)); correct one of them."
    case .tooLarge(let limit):
      return "the network of this task needs more than \(limit) products or cells, and it is "
        + "judged after every change; use a scene with a smaller one."
    }
  }
}

extension LessonProblem.Stated: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noRelation(let text):
      return "\(text.excerpt) claims nothing; write an equation such as params(v) = 202."
    case .claim(let text, let left, let right):
      return "\(text.excerpt) does not hold: it says \(left) on the left and \(right) on the "
        + "right; correct it."
    case .equation(let text, let left, let right):
      return "\(text.excerpt) does not hold: it says \(left) on the left and \(right) on the "
        + "right; correct it, or put it in “ ” where it tells what somebody else says."
    case .statedAddress(let address, let size):
      let why = size.map { "lies outside: \($0)" } ?? "names nothing that the lesson has"
      return "\(address) \(why); correct it, or put it in “ ” where it tells what somebody else "
        + "says."
    case .answerTold(let expression):
      return "{\(expression)} tells what is asked for behind it; leave it out, or ask for another."
    case .unexplainedWord(let word):
      return "\(word.excerpt) is explained nowhere; say here what is called so, or put it into the "
        + "list of words, Sources/Lessons/Glossary.swift."
    case .darkLetter(let letter):
      return "\(letter) stands for nothing that is seen here; say what it is, as in “the input "
        + "\(letter)”, or show it in the figure."
    case .otherCell(let asked, let answer):
      return "\(asked) is asked for, and the answer is \(answer.excerpt); write the same name, by "
        + "which the screen knows what to hide."
    case .rows(let what, let found, let limit, let columns):
      return "\(what) takes \(found) rows of \(columns) columns, \(limit) have room; "
        + "shorten it."
    case .columns(let what, let found, let limit):
      return "\(what) has \(found) columns, \(limit) have room; shorten it."
    case .screen(let stop, let problem): return "the screen of stop \(stop): \(problem)"
    }
  }
}

extension LessonProblem.Listed: CustomStringConvertible {
  package var description: String {
    switch self {
    case .catalogueLine(let found):
      return "\(found.excerpt) is not a lesson of the list; write a line such as - one-window."
    case .foundation(let name, let lesson):
      return "\(lesson) builds on \(name.excerpt), which does not stand above it; move one of them."
    case .listedTwice(let name): return "\(name.excerpt) stands twice in the list; keep one."
    case .missingLesson(let name):
      return "there is no \(name).yaml beside this list; write it or remove the line."
    case .orphan(let file):
      return "\(file.excerpt) is not in the list; add its line, or remove the file."
    }
  }
}

private func list(_ names: [String]) -> String { names.listed(atMost: 12) { $0 } }
