extension StyledText {
  /// Breaks this text into lines of at most `width` columns; nothing of it is cut off.
  ///
  /// Breaks fall at spaces and between East Asian wide characters. A word longer than a line is
  /// broken where the line ends, unless `breakingWords` is false: then it runs over, so that an
  /// address or a path can still be copied. Line breaks in the text are honoured.
  ///
  /// - Parameters:
  ///   - width: Columns available, at least 1.
  ///   - hangingIndent: Columns by which every line after the first is indented.
  ///   - breakingWords: Whether a word that fits no line is broken.
  /// - Returns: The lines, at least one, without the spaces at which they were broken.
  public func wrapped(
    to width: Int, hangingIndent: Int = 0, breakingWords: Bool = true
  ) -> [StyledText] {
    let width = max(width, 1)
    let indent = min(hangingIndent, max(width - 8, 0))
    var wrapper = Wrapper(width: width, indent: indent, breakingWords: breakingWords)
    for span in spans {
      for character in span.text {
        wrapper.add(character, span.style, isWhole: span.isWhole)
      }
    }
    return wrapper.finish()
  }
}

extension StyledText {
  /// As much of the text as stands on one line of this width, ended by “…” where some is left out: for what can be read
  /// in full elsewhere.
  public func shortened(to width: Int) -> StyledText {
    guard self.width > width else { return self }
    var result = StyledText()
    var room = max(width - 1, 0)
    for span in spans {
      let fitting = span.text.prefix { character in
        room -= String(character).displayWidth
        return room >= 0
      }
      result.append(safe: String(fitting), span.style, isWhole: span.isWhole)
      if room < 0 { break }
    }
    return result + "…"
  }
}

/// Fills lines character by character, holding back the word that is being read.
private struct Wrapper {
  let width: Int
  let indent: Int
  let breakingWords: Bool

  private var lines: [StyledText] = []
  private var line = StyledText()
  private var lineWidth = 0
  private var lineHasWords = false
  private var space = StyledText()
  private var spaceWidth = 0
  private var word = StyledText()
  private var wordWidth = 0

  init(width: Int, indent: Int, breakingWords: Bool) {
    self.width = width
    self.indent = indent
    self.breakingWords = breakingWords
  }

  mutating func add(_ character: Character, _ style: Style?, isWhole: Bool) {
    switch character {
    case "\n":
      placeWord()
      endLine()
    case " " where !isWhole:
      placeWord()
      space.append(safe: " ", style)
      spaceWidth += 1
    default:
      let columns = character.displayWidth
      // A line may end on either side of a wide character.
      if columns == 2 { placeWord() }
      word.append(safe: String(character), style)
      wordWidth += columns
      if columns == 2 { placeWord() }
      // A word as long as a whole line is put on one; what follows goes below.
      let available = width - (lineHasWords ? indent : lineStart)
      if breakingWords, wordWidth >= available { placeWord() }
    }
  }

  mutating func finish() -> [StyledText] {
    placeWord()
    endLine()
    return lines
  }

  /// The column at which words of the present line begin.
  private var lineStart: Int { lines.isEmpty ? 0 : indent }

  /// Moves the word read so far to the present line, or to a new one if it does not fit.
  private mutating func placeWord() {
    if word.isEmpty { return }
    if lineHasWords, lineWidth + spaceWidth + wordWidth > width {
      endLine()  // the spaces at which a line is broken are not shown
    } else {
      line.append(space)
      lineWidth += spaceWidth
    }
    if !lineHasWords { indentLine() }
    line.append(word)
    lineWidth += wordWidth
    lineHasWords = true
    clearSpace()
    word = StyledText()
    wordWidth = 0
  }

  private mutating func indentLine() {
    guard lineStart > 0 else { return }
    let spaces = StyledText(String(repeating: " ", count: lineStart))
    line = spaces + line
    lineWidth += lineStart
  }

  private mutating func endLine() {
    lines.append(line)
    line = StyledText()
    lineWidth = 0
    lineHasWords = false
    clearSpace()
  }

  private mutating func clearSpace() {
    space = StyledText()
    spaceWidth = 0
  }
}
