import Terminal
import Testing

@Suite("Wrapping")
struct WrapTests {
  private func lines(
    _ text: String, _ width: Int, hanging: Int = 0, breakingWords: Bool = true
  ) -> [String] {
    StyledText(text).wrapped(to: width, hangingIndent: hanging, breakingWords: breakingWords)
      .map(\.plain)
  }

  @Test("Breaks at spaces and drops those at the break")
  func words() {
    #expect(lines("the quick brown fox", 9) == ["the quick", "brown fox"])
    #expect(lines("the quick brown fox", 10) == ["the quick", "brown fox"])
    #expect(lines("the   quick", 5) == ["the", "quick"])
  }

  @Test("What fits stays as it is, spaces included")
  func fitting() {
    #expect(lines("a  b   c", 20) == ["a  b   c"])
    #expect(lines("", 20) == [""])
    #expect(lines("  indented", 20) == ["  indented"])
  }

  @Test("What is shortened takes no more than the room, and says that something is left out")
  func shortened() {
    let text: StyledText = "\("the quick", .strong) brown fox"
    #expect(text.shortened(to: 19).plain == "the quick brown fox")
    #expect(text.shortened(to: 12).plain == "the quick b…")
    #expect(text.shortened(to: 1).plain == "…" && text.shortened(to: 0).plain == "…")
    // A character of two columns that does not fit whole is left out.
    #expect(StyledText("東京都").shortened(to: 4).plain == "東…")
    #expect(StyledText("東京都").shortened(to: 6).plain == "東京都")
  }

  @Test("A label stays with the first word of its text")
  func labels() {
    let text: StyledText = "value  \(StyledText.labelled("as written:", "two words"))"
    #expect(text.wrapped(to: 17).map(\.plain) == ["value", "as written: two", "words"])
    #expect(text.wrapped(to: 40).map(\.plain) == ["value  as written: two words"])
  }

  @Test("Every line after the first hangs")
  func hangingIndent() {
    #expect(lines("one two three four", 10, hanging: 2) == ["one two", "  three", "  four"])
  }

  @Test("Line breaks in the text are honoured")
  func lineBreaks() {
    #expect(lines("one\n\ntwo", 20) == ["one", "", "two"])
  }

  @Test("A word longer than a line is broken, or runs over if asked; nothing is lost")
  func longWords() {
    #expect(lines("abcdefghijklmno", 5) == ["abcde", "fghij", "klmno"])
    #expect(lines("ab cdefghijklmno", 8) == ["ab", "cdefghij", "klmno"])
    #expect(
      lines("see /a/very/long/path now", 8, breakingWords: false)
        == ["see", "/a/very/long/path", "now"])
  }

  @Test("East Asian text may be broken anywhere")
  func wide() {
    #expect(lines("漢字漢字", 5) == ["漢字", "漢字"])
  }

  @Test("No line is too wide and every word survives", arguments: 1...40)
  func everyWidth(width: Int) {
    let text = "“this order was cancelled”, so far as is known; he left Ottawa on 5 September 1945"
    let wrapped = lines(text, width, hanging: 2)
    #expect(wrapped.allSatisfy { $0.displayWidth <= width })
    #expect(wrapped.joined().filter { $0 != " " } == text.filter { $0 != " " })
  }

  @Test("Styles survive the break")
  func styles() {
    let text: StyledText = "plain \("strong words here", .strong)"
    let rendered = text.wrapped(to: 12).map { $0.rendered(inColor: true) }
    #expect(rendered == ["plain \u{1B}[1mstrong\u{1B}[0m", "\u{1B}[1mwords here\u{1B}[0m"])
  }
}
