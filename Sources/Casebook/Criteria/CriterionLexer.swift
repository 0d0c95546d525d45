/// A word or sign of a criterion.
struct CriterionToken {
  enum Kind: Equatable {
    case word
    /// Text in quotation marks, which never is a word of the language.
    case quoted
    case sign
    case end
  }

  let kind: Kind
  /// What it says; for quoted text, without the marks.
  let text: String
  /// Where it begins, in characters from 0.
  let start: Int
  /// Where it ends.
  let end: Int

  /// How a message shows it.
  var display: String { kind == .end ? "the end" : "“\(text)”" }
}

/// Cuts a criterion into words and signs.
struct CriterionLexer {
  let characters: [Character]
  private var index = 0

  init(_ text: String) {
    characters = Array(text)
  }

  /// All tokens, the last of which is the end.
  mutating func tokens() throws(Refusal) -> [CriterionToken] {
    var tokens: [CriterionToken] = []
    while true {
      while index < characters.count, characters[index].isWhitespace { index += 1 }
      guard index < characters.count else {
        tokens.append(CriterionToken(kind: .end, text: "", start: index, end: index))
        return tokens
      }
      tokens.append(try token())
    }
  }

  private mutating func token() throws(Refusal) -> CriterionToken {
    let start = index
    let first = characters[index]
    if first == "\"" { return try quoted() }
    if "()[],=".contains(first) {
      index += 1
      return CriterionToken(kind: .sign, text: String(first), start: start, end: index)
    }
    if "<>!".contains(first) {
      index += 1
      let isPair = index < characters.count && characters[index] == "="
      guard isPair || first != "!" else {
        throw .criterion("a “!” stands alone", at: start, "Write != for “is not”, or not.")
      }
      if isPair { index += 1 }
      return CriterionToken(
        kind: .sign, text: isPair ? "\(first)=" : String(first), start: start, end: index)
    }
    while index < characters.count, Self.isOfWord(characters[index]) { index += 1 }
    guard index > start else {
      throw .criterion(
        "“\(first)” has no meaning there", at: start,
        "Put values with other characters than letters, digits and . - : / in quotation marks.")
    }
    return CriterionToken(
      kind: .word, text: String(characters[start..<index]), start: start, end: index)
  }

  private mutating func quoted() throws(Refusal) -> CriterionToken {
    let start = index
    var text = ""
    index += 1
    while index < characters.count {
      if characters[index] == "\"" {
        index += 1
        guard index < characters.count, characters[index] == "\"" else {
          return CriterionToken(kind: .quoted, text: text, start: start, end: index)
        }
      }
      text.append(characters[index])
      index += 1
    }
    throw .criterion("a quotation mark is never closed", at: start, "Close it with \".")
  }

  private static func isOfWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || ".-:/".contains(character)
  }
}

extension Refusal {
  /// A criterion that goes wrong at a character, counted from 0.
  static func criterion(_ message: String, at offset: Int, _ remedy: String) -> Refusal {
    Refusal(.badCriterion, "at character \(offset + 1), \(message)", remedy: remedy)
  }
}
