/// A quote as what must be found: runs of words, in order, with what the person who quotes left out or put in between.
struct QuotePattern {
  /// What may stand between two runs.
  enum Gap {
    /// An omission, written `…`, `...` or `[…]`.
    case omission
    /// Words of the person who quotes, in brackets, in place of some of the source's.
    case insertion

    /// How many words of the source it stands for at most.
    var limit: Int {
      switch self {
      case .omission: 500
      case .insertion: 12
      }
    }
  }

  /// One word, as the quote has it.
  struct Part: Hashable {
    /// How it may be written.
    let forms: [String]
    /// Whether its first letter may be of the other case, as at the head of a quote or in `[h]e`.
    var ignoresFirstCase = false
    /// Whether only its beginning is the source's, as in `defect[ed]`.
    var isBeginning = false
    /// Whether the source may go on with an apostrophe and an s, as after a name quoted alone.
    var mayBePossessive = false

    func matches(_ other: Word) -> Bool {
      var written = other.forms
      if mayBePossessive {
        written += written.filter { $0.hasSuffix("'s") }.map { String($0.dropLast(2)) }
      }
      return written.contains { form in forms.contains { isWritten($0, as: form) } }
    }

    private func isWritten(_ own: String, as form: String) -> Bool {
      guard !isBeginning else { return form.hasPrefix(own) }
      return own == form
        || ignoresFirstCase && own.dropFirst() == form.dropFirst()
          && own.prefix(1).lowercased() == form.prefix(1).lowercased()
    }
  }

  /// The runs, none of them empty.
  private(set) var runs: [[Part]] = []
  /// What stands before each run; nothing is looked for before the first.
  private(set) var gaps: [Gap] = []

  /// All its words, as they are written.
  var words: [String] { runs.flatMap { $0.map { $0.forms[0] } } }

  init(_ quote: String) {
    // Three dots are an omission, spaced or not.
    let quote =
      quote.utf8.contains(UInt8(ascii: "."))
      ? quote.replacing(/\.\s?\.\s?\./, with: "…") : quote
    let lastClose = quote.lastIndex(of: "]") ?? quote.startIndex
    var rest = quote[...]
    var stretch = Stretch()
    while let character = rest.popFirst() {
      if character == "…" {
        add(&stretch, next: .omission)
      } else if character == "[", rest.startIndex <= lastClose,
        let close = rest.firstIndex(of: "]")
      {
        let inner = rest[..<close]
        rest = rest[rest.index(after: close)...]
        read(bracketed: inner, &rest, &stretch)
      } else {
        stretch.text.append(character)
      }
    }
    add(&stretch, next: .omission)
  }

  private mutating func read(
    bracketed inner: Substring, _ rest: inout Substring, _ stretch: inout Stretch
  ) {
    let isWord = !inner.isEmpty && inner.allSatisfy(\.isLetter)
    if inner.contains("…") {
      add(&stretch, next: .omission)
    } else if inner.allSatisfy(\.isNumber), inner.count <= 3 {
      // The number of a note.
      stretch.text.append(" ")
    } else if isWord, stretch.endsInWord {
      stretch.beginnings.append(stretch.text.utf8.count - 1)
      rest = rest.drop(while: \.isLetter)
    } else if isWord, inner.count == 1, rest.first?.isLetter ?? false {
      stretch.recased.insert(stretch.text.utf8.count)
      stretch.text += inner
    } else {
      add(&stretch, next: .insertion)
    }
  }

  /// Makes a run of a stretch, and begins the next one.
  private mutating func add(_ stretch: inout Stretch, next gap: Gap) {
    let words = WordScanner.words(in: stretch.text)
    var parts = words.map { Part(forms: $0.forms) }
    guard !parts.isEmpty else {
      // An omission beside an insertion leaves out what the insertion replaces.
      if gap == .omission { stretch.gap = gap }
      stretch.text = ""
      return
    }
    var beginnings = stretch.beginnings[...]
    for (index, word) in words.enumerated() {
      parts[index].ignoresFirstCase = stretch.recased.contains(word.range.lowerBound)
      beginnings = beginnings.drop { $0 < word.range.lowerBound }
      parts[index].isBeginning = beginnings.first.map(word.range.contains) ?? false
    }
    parts[parts.count - 1].mayBePossessive = true
    if runs.isEmpty || stretch.gap == .omission { parts[0].ignoresFirstCase = true }
    runs.append(parts)
    gaps.append(stretch.gap)
    stretch = Stretch(gap: gap)
  }

  /// What is read between two gaps.
  private struct Stretch {
    var gap = Gap.omission
    var text = ""
    /// Where a letter of the other case begins a word, by byte.
    var recased: Set<Int> = []
    /// The last byte of each word of which only the beginning is the source's.
    var beginnings: [Int] = []

    var endsInWord: Bool { text.last.map { $0.isLetter || $0.isNumber } ?? false }
  }
}
