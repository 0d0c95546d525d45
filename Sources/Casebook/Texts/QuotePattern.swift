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
  struct Part {
    let word: Word
    /// Whether its first letter may be of the other case, as at the head of a quote or in `[h]e`.
    var ignoresFirstCase = false
    /// Whether only its beginning is the source's, as in `defect[ed]`.
    var isBeginning = false
    /// Whether the source may go on with an apostrophe and an s, as after a name quoted alone.
    var mayBePossessive = false

    func matches(_ other: Word) -> Bool {
      var other = other
      if mayBePossessive {
        other.forms += other.forms.filter { $0.hasSuffix("'s") }.map { String($0.dropLast(2)) }
      }
      guard isBeginning else { return word.matches(other, ignoringFirstCase: ignoresFirstCase) }
      return other.forms.contains { form in word.forms.contains { form.hasPrefix($0) } }
    }
  }

  /// The runs, none of them empty.
  private(set) var runs: [[Part]] = []
  /// What stands before each run; nothing is looked for before the first.
  private(set) var gaps: [Gap] = []

  /// All its words.
  var words: [Word] { runs.flatMap { $0.map(\.word) } }

  init(_ quote: String) {
    // Three dots are an omission, spaced or not.
    var rest = quote.replacing(/\.\s?\.\s?\./, with: "…")[...]
    var stretch = Stretch()
    while let character = rest.popFirst() {
      if character == "…" {
        add(&stretch, next: .omission)
      } else if character == "[", let close = rest.firstIndex(of: "]") {
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
      stretch.beginnings.insert(stretch.count - 1)
      rest = rest.drop(while: \.isLetter)
    } else if isWord, inner.count == 1, rest.first?.isLetter ?? false {
      stretch.recased.insert(stretch.count)
      stretch.text += inner
    } else {
      add(&stretch, next: .insertion)
    }
  }

  /// Makes a run of a stretch, and begins the next one.
  private mutating func add(_ stretch: inout Stretch, next gap: Gap) {
    var parts = WordScanner.words(in: stretch.text).map { Part(word: $0) }
    guard !parts.isEmpty else {
      // An omission beside an insertion leaves out what the insertion replaces.
      if gap == .omission { stretch.gap = gap }
      stretch.text = ""
      return
    }
    for index in stretch.recased { parts[index].ignoresFirstCase = true }
    for index in stretch.beginnings { parts[index].isBeginning = true }
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
    var recased: Set<Int> = []
    var beginnings: Set<Int> = []

    var count: Int { WordScanner.words(in: text).count }
    var endsInWord: Bool { text.last.map { $0.isLetter || $0.isNumber } ?? false }
  }
}
