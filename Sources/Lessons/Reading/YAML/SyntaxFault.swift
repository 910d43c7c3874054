/// What breaks YAML's rules, in words that say how to mend it.
package struct SyntaxFault: Sendable, Equatable {
  /// libyaml's wording.
  private let problem: String
  private let context: String

  init(_ failure: YAMLEvents.Failure) {
    problem = failure.problem
    context = failure.context
  }

  /// Whether the place to look at is where the reading of something began, not where it failed.
  var isToldAtStart: Bool {
    problem == "could not find expected ':'" || context == "while scanning a quoted scalar"
  }
}

extension SyntaxFault: CustomStringConvertible {
  package var description: String {
    textText ?? structureText
      ?? "this is not YAML: \(problem); put a text with signs of YAML's in quotes, or look at the "
      + "line before."
  }

  /// Of a text that YAML takes for something else; nil for another fault.
  private var textText: String? {
    switch problem {
    case "mapping values are not allowed in this context":
      "this \": \" makes no key here; put the text in quotes, or begin it on the line "
        + "after |."
    case "found character that cannot start any token":
      "a text cannot begin with @, ` or %; put it in quotes."
    case "found unexpected end of stream", "found unexpected document indicator":
      "the quote that begins here is never closed; add it at the end of the text."
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      "in \"…\" a \\ begins an escape that YAML does not know; write \\\\, or use '…'."
    case "did not find expected comment or line break":
      "only a comment can stand after | or >; begin the text on the next line."
    case "found an indentation indicator equal to 0":
      "| and > take no 0; write | alone and indent the text."
    case "did not find expected alphabetic or numeric character":
      "& and * begin YAML anchors and aliases, which lessons do not have; put the text in quotes."
    case "found undefined tag handle", "did not find expected tag URI",
      "did not find expected whitespace or line break", "did not find URI escaped octet",
      "did not find expected '!'", "did not find the expected '>'":
      "! begins a YAML tag, which lessons do not have; put the text in quotes."
    default: nil
    }
  }

  /// Of lists and mappings; nil for another fault.
  private var structureText: String? {
    switch problem {
    case "could not find expected ':'":
      "this line is no key with its value; write key: value, or indent the line deeper than the "
        + "key whose text it goes on with."
    case "did not find expected key":
      "no key begins here; indent all keys of a mapping alike, and put a text that begins with a "
        + "quote wholly in quotes."
    case "did not find expected '-' indicator":
      "an item of the list is expected here; indent every - alike, and what belongs to an item "
        + "deeper."
    case "block sequence entries are not allowed in this context":
      "a list cannot begin here; begin each - on a line of its own, indented alike."
    case "mapping keys are not allowed in this context":
      "? begins a key of YAML's here; put the text in quotes."
    case "did not find expected ',' or ']'":
      "a list in [ ] ends or goes on wrongly here; put commas between its items and ] at its end."
    case "did not find expected ',' or '}'":
      "a mapping in { } ends or goes on wrongly here; put commas between its keys and } at its "
        + "end, and a text with { in quotes."
    case "did not find expected node content", "found unexpected ':'":
      "a value is expected here; put a text that begins with a sign of YAML's in quotes, and close "
        + "every [ and {."
    case "did not find expected <document start>":
      "the file's mapping has ended before this; indent it as the keys above."
    default: nil
    }
  }
}
