import ConvolutionEngine
import ExactNumbers
import TensorFiles

extension LessonProblem: CustomStringConvertible {
  /// `worked-example.yaml:12:7: ` and what was found, what is expected and how to mend it; free of
  /// anything that a terminal would not show.
  package var description: String {
    shown("\(file):\(place.line):\(place.column): \(shortened("\(cause)"))")
  }

  /// The text without its middle where that is long: a name in it may be as long as a file.
  private func shortened(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let (start, end) = (700, 300)
    guard
      scalars.index(scalars.startIndex, offsetBy: start + end, limitedBy: scalars.endIndex) != nil
    else { return text }
    return String(scalars.prefix(start)) + " … " + String(scalars.suffix(end))
  }
}

extension LessonProblem.Cause: CustomStringConvertible {
  package var description: String {
    switch self {
    case .yaml(let cause): return "\(cause)"
    case .value(let cause): return "\(cause)"
    case .limit(let cause): return "\(cause)"
    case .numbers(let cause): return "\(cause)"
    case .blocks(let cause): return "\(cause)"
    case .named(let cause): return "\(cause)"
    case .stops(let cause): return "\(cause)"
    case .task(let cause): return "\(cause)"
    case .stated(let cause): return "\(cause)"
    case .listed(let cause): return "\(cause)"
    case .address(let problem): return "\(problem)"
    case .expression(let text, let problem): return "in \(text.excerpt) \(problem)."
    case .path(let path):
      return "the file \(path.excerpt) is not taken; name a .npy file inside the lesson's folder, "
        + "such as numbers/x.npy."
    case .file(let problem): return "\(problem)"
    case .array(let path, let problem): return "\(path.excerpt): \(problem)"
    case .picture(let path, let problem): return "\(path.excerpt): \(problem)"
    case .axes(let path, let found, let network):
      let order = found == .dyx ? "2, 1, 0" : "1, 0, 2"
      return
        "\(path.excerpt) seems to have its axes in the order \(found.rawValue), and the network "
        + "takes \(network); save x.transpose(\(order))."
    case .shape(let problem): return "\(problem)"
    case .layer(let problem): return "\(problem)"
    case .network(let problem): return "\(problem)"
    case .arithmetic(let problem): return "\(problem)"
    }
  }
}

extension LessonProblem.Syntax: CustomStringConvertible {
  package var description: String {
    switch self {
    case .fileTooLong(let bytes):
      return "the file has \(bytes) bytes, at most \(LessonText.largestSize) are taken; "
        + "put large arrays into .npy files."
    case .notUTF8: return "this byte is not UTF-8; save the file as UTF-8."
    case .controlCharacter(let scalar):
      return "the control character \(name(of: scalar)) is not taken; remove it."
    case .anchor(let name):
      return "&\(name) begins a YAML anchor, which lessons do not have; write the value out, "
        + "or put a space after the &."
    case .tooDeep:
      return "the values are nested deeper than \(TextNode.deepest) levels; "
        + "a lesson needs no more than 8."
    case .tab: return "found a tab; YAML is indented with spaces."
    case .swallowedItem:
      return "this line goes on with the text above it; write its - under that of the other "
        + "items, or put the text in quotes."
    case .syntax(let fault): return "\(fault)"
    case .directive: return "% begins a YAML directive, which lessons do not have; remove the line."
    case .tag: return "! begins a YAML tag, which lessons do not have; put the text in quotes."
    case .keyTooLong(let found, let limit):
      return "this key has \(found) characters; a key is a word of at most \(limit) before a colon."
    case .emptyFile: return "the file is empty; a lesson begins with title: and a title."
    case .duplicateKey(let key): return "\(key.excerpt) is set twice; set it once."
    case .keyIsNoText: return "this key is not a text; a key is a word before a colon."
    case .alias:
      return "* begins a YAML alias, which lessons do not have; put the text in quotes."
    case .secondDocument:
      return "a second document begins here; a file holds one lesson, remove the ---."
    }
  }
}

extension LessonProblem.Value: CustomStringConvertible {
  package var description: String {
    switch self {
    case .kind(let what, let found, let expected):
      return "\(what) is \(found.rawValue); it must be \(expected.rawValue)."
    case .unknownKey(let key, let of, let known):
      return "\(of) has no \(key.excerpt); it has \(known.joined(separator: ", "))."
    case .missingKey(let key, let of, let example):
      return "\(of) has no \(key); add it, for example \(example)"
    case .exclusive(let first, let second):
      return "\(first) and \(second) cannot both be given; use one of them."
    case .emptyText(let what): return "\(what) is empty; write it out."
    case .inputName(let name):
      return "\(name.excerpt) is not a name for the input; use letters, digits, _ and ., "
        + "not starting with a digit."
    case .size(let found):
      return "size is \(found.excerpt); it must be width x height x depth, such as 11x11x4."
    case .seed(let found):
      return "seed is \(found.excerpt); it must be a whole number from 0 to 2^64 - 1."
    case .noLayers: return "there is no layer; name at least one, for example conv:3."
    case .notesOfUnknownLayer(let name, let known):
      return "there is no layer \(name.excerpt) to have notes; the layers are "
        + "\(known.listed(atMost: 12) { $0 })."
    case .tooManyNotes(let layer, let found, let maps):
      return "\(layer) has \(found) notes and \(maps) map\(maps == 1 ? "" : "s"); "
        + "a note belongs to a map, remove the others."
    }
  }
}

extension LessonProblem.Limit: CustomStringConvertible {
  package var description: String {
    switch self {
    case .textTooLong(let what, let found, let limit):
      return "\(what) has \(found) characters; shorten it to \(limit)."
    case .unprintable(let what, let scalar):
      return "\(what) holds \(name(of: scalar)), which a terminal does not show; remove it."
    case .notOneColumn(let what, let scalar):
      return
        "\(what) has the character \(name(of: scalar)), which is not one column wide; leave it "
        + "out, or write an accented letter as one character."
    case .comment(let what):
      return "this # begins a comment in YAML, which cuts off the end of \(what); put the text in "
        + "quotes, or begin it on the line after |."
    case .tooMany(let what, let found, let limit):
      return "\(what): found \(found), at most \(limit) are taken; leave the others out."
    case .tooCostly(let what, .work):
      return "\(what) takes more work than a file may, with what stands before it; use less of it."
    case .tooCostly(let what, .memory):
      return "\(what) takes more memory than a file may, with what stands before it "
        + "(\(Budget.mostMemory >> 20) MB); use less of it, or smaller sizes."
    }
  }
}

extension LessonProblem.Numbers: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notANumber(let found):
      return "\(found.excerpt) is not a number; write a whole number, a fraction such as 1/9 or "
        + "a decimal such as 0.25."
    case .zeroDenominator(let found):
      return "\(found.excerpt) divides by 0; a denominator is 1 or more."
    case .numberTooLarge(let found):
      return "\(found.excerpt) needs more than 128 bits; use a smaller number."
    case .denominatorTooLarge(let found):
      return "\(found.excerpt) and the numbers before it have no common denominator within "
        + "128 bits; use fewer fractions."
    case .row(let row, let found, let expected):
      return "row \(row) has \(found) number\(found == 1 ? "" : "s"), row 0 has \(expected); "
        + "all rows are equally long."
    case .count(let what, let found, let expected, let each):
      return "\(what): found \(found) \(each)\(found == 1 ? "" : "s"), expected \(expected); "
        + "\(found < expected ? "add what is missing" : "remove the others")."
    case .grid(let what, let found, let expected):
      return "\(what) is \(found), expected \(expected) (width × height); "
        + "change the numbers or the size."
    case .tooManyNumbers(let found, let limit):
      return "\(found) numbers are more than the \(limit) that a lesson's input may have; "
        + "use a smaller size."
    case .disagreement(let layer, let cell):
      return "the working of \(layer)\(cell) and its evaluation differ: "
        + "this is a fault of convwalk, please report it."
    case .lostStep(let layer):
      return "the last step of \(layer) cannot be found by its address: "
        + "this is a fault of convwalk, please report it."
    }
  }
}

extension LessonFileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .outside(let path):
      return "\(path.excerpt) is a link out of the lesson's folder; put the file itself there."
    case .notAFile(let path): return "\(path.excerpt) is not a regular file; name a .npy file."
    case .missing(let path):
      return "there is no \(path.excerpt) in the lesson's folder; check the name."
    case .unreadable(let problem): return "\(problem)"
    }
  }
}

/// `U+001B`: a character that cannot be shown itself.
func name(of scalar: Unicode.Scalar) -> String {
  let digits = String(scalar.value, radix: 16, uppercase: true)
  return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}

/// The text with what a terminal would not show written as `U+001B`.
private func shown(_ text: String) -> String {
  var shown = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if scalar.isShown { shown.append(scalar) } else { shown += name(of: scalar).unicodeScalars }
  }
  return String(shown)
}
