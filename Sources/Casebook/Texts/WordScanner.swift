/// A word of a text, with the place where it stands.
struct Word: Hashable {
  /// How it may be written: a word that a line end divides has two forms, with its hyphen and without.
  var forms: [String]
  /// Where it stands, by byte.
  let range: Range<Int>

  /// Whether a line end divides it.
  var isDivided: Bool { forms.count > 1 }
}

/// Takes a text apart into words, which are what a quote is compared by: letters and digits, with the apostrophes and
/// hyphens inside them. White space, page breaks, punctuation, quotation marks, marks of notes and of emphasis only
/// separate. Words that a hyphen at a line end divides are one.
struct WordScanner {
  private let scalars: [(value: Unicode.Scalar, offset: Int)]
  private let length: Int
  private var index = 0
  private(set) var words: [Word] = []

  static func words(in text: String) -> [Word] {
    var scanner = WordScanner(text)
    scanner.scan()
    return scanner.words
  }

  private init(_ text: String) {
    var offset = 0
    scalars = text.unicodeScalars.map { scalar in
      defer { offset += UTF8.width(scalar) }
      return (scalar, offset)
    }
    length = offset
  }

  private mutating func scan() {
    while index < scalars.count {
      if skipNote() || skipNumberOfNote() || skipTag() { continue }
      let scalar = scalars[index].value
      if isWordPart(scalar) {
        readWord()
      } else {
        if Self.signs.contains(scalar) { add(String(scalar), from: index, to: index + 1) }
        index += 1
      }
    }
  }

  private mutating func readWord() {
    let start = index
    var word = ""
    var whole: String?
    while index < scalars.count {
      let scalar = scalars[index].value
      if isWordPart(scalar) {
        word += Self.ligatures[scalar] ?? String(scalar)
        whole? += Self.ligatures[scalar] ?? String(scalar)
        index += 1
      } else if scalar == "\u{AD}", let next = afterSpace(index + 1, allowsNone: true) {
        // A soft hyphen is there for a line end only.
        index = next
      } else if let joiner = Self.joiner(scalar), isWordPart(at: index + 1),
        !".,:/".contains(joiner) || isDigit(at: index - 1) && isDigit(at: index + 1)
      {
        word.append(joiner)
        whole?.append(joiner)
        index += 1
      } else if Self.joiner(scalar) == "-" || Self.breaks.contains(scalar),
        let next = afterSpace(index + 1, allowsNone: false)
      {
        // A figure after a hyphen is no half of a word: 1914-18, T-34.
        if isLetter(at: next) { whole = whole ?? word }
        word += "-"
        index = next
      } else {
        break
      }
    }
    add(word, from: start, to: index)
    if let whole { words[words.count - 1].forms.append(whole) }
  }

  private mutating func add(_ word: String, from start: Int, to end: Int) {
    let last = end < scalars.count ? scalars[end].offset : length
    words.append(Word(forms: [word], range: scalars[start].offset..<last))
  }

  /// The index of the letter or figure after white space in which a line ends; nil when there is none.
  private func afterSpace(_ start: Int, allowsNone: Bool) -> Int? {
    var next = start
    var endsLine = false
    while next < scalars.count, scalars[next].value.properties.isWhitespace {
      endsLine = endsLine || scalars[next].value == "\n"
      next += 1
    }
    guard endsLine || allowsNone && next == start, isWordPart(at: next) else { return nil }
    return next
  }

  // MARK: What separates

  /// Passes over the number of a note: up to three digits in parentheses or brackets.
  private mutating func skipNote() -> Bool {
    let open = scalars[index].value
    guard open == "(" || open == "[" else { return false }
    var end = index + 1
    while end < scalars.count, isDigit(at: end) { end += 1 }
    guard (2...4).contains(end - index), end < scalars.count,
      scalars[end].value == (open == "(" ? ")" : "]")
    else { return false }
    index = end + 1
    return true
  }

  /// Passes over the number of a note that stands straight after the stop of a sentence or a part of it: “In May.12 The”.
  /// After an abbreviation such as “No.12” it is a number like others.
  private mutating func skipNumberOfNote() -> Bool {
    guard Self.stops.contains(scalars[index].value), isLetter(at: index - 1),
      isDigit(at: index + 1),
      let last = words.last, last.range.upperBound == scalars[index].offset,
      last.forms[0].count > 2, LocatorUnit(last.forms[0]) == nil
    else { return false }
    var end = index + 1
    while end < scalars.count, isDigit(at: end) { end += 1 }
    let isAtEnd = end == scalars.count || scalars[end].value.properties.isWhitespace
    guard end - index <= 4, isAtEnd else { return false }
    index = end
    return true
  }

  /// Passes over a tag such as `<u>`, which is the transcriber's.
  private mutating func skipTag() -> Bool {
    guard scalars[index].value == "<" else { return false }
    var end = index + 1
    if end < scalars.count, scalars[end].value == "/" { end += 1 }
    let name = end
    while end < scalars.count, isLetter(at: end), end - name < 8 { end += 1 }
    guard end > name, end < scalars.count, scalars[end].value == ">" else { return false }
    index = end + 1
    return true
  }

  private func isWordPart(at index: Int) -> Bool {
    index < scalars.count && isWordPart(scalars[index].value)
  }

  private func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    return properties.isAlphabetic || properties.numericType == .decimal
      || properties.generalCategory == .nonspacingMark
  }

  private func isLetter(at index: Int) -> Bool {
    scalars.indices.contains(index) && scalars[index].value.properties.isAlphabetic
  }

  private func isDigit(at index: Int) -> Bool {
    scalars.indices.contains(index) && scalars[index].value.properties.numericType == .decimal
  }

  /// What holds a word together where it stands between two of its parts.
  private static func joiner(_ scalar: Unicode.Scalar) -> Character? {
    switch scalar {
    case "'", "\u{2019}", "\u{2018}", "\u{02BC}": "'"
    case "-", "\u{2010}", "\u{2011}", "\u{2013}": "-"
    case ".", ",", ":", "/": Character(scalar)
    default: nil
    }
  }

  private static let stops: Set<Unicode.Scalar> = [".", ",", ";", ":", "!", "?"]
  /// What else divides a word at a line's end: signs of transcribers and of old print.
  private static let breaks: Set<Unicode.Scalar> = ["¬", "\u{2E17}", "\u{2E40}"]
  private static let signs: Set<Unicode.Scalar> = ["$", "£", "€", "%", "&", "§", "+", "="]
  private static let ligatures: [Unicode.Scalar: String] = [
    "\u{FB00}": "ff", "\u{FB01}": "fi", "\u{FB02}": "fl", "\u{FB03}": "ffi", "\u{FB04}": "ffl",
  ]
}
