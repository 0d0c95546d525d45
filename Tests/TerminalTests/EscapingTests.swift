import Terminal
import Testing

@Suite("Escaping")
struct EscapingTests {
  @Test(
    "What would command the terminal, reorder or hide itself is spelt out",
    arguments: [
      ("\u{1B}[31mred", "\\u{1b}[31mred"), ("bell\u{7}", "bell\\u{7}"), ("\u{9B}2J", "\\u{9b}2J"),
      ("a\u{7F}", "a\\u{7f}"), ("a\rb", "a\\u{d}b"), ("a\tb", "a\\u{9}b"), ("a\r\nb", "a\\u{d}\nb"),
      ("\u{202E}evil", "\\u{202e}evil"), ("a\u{2066}b", "a\\u{2066}b"),
      ("\u{200F}", "\\u{200f}"), ("\u{FEFF}", "\\u{feff}"), ("\u{E0041}", "\\u{e0041}"),
    ])
  func unsafe(text: String, shown: String) {
    #expect(text.escapedForDisplay == shown)
  }

  @Test(
    "Everything else is left alone",
    arguments: [
      "plain", "two\nlines", "Дерябин “quoted” – ¶ 2", "עברית", "S\u{30C}", "👨‍👩‍👧", "\\u{1b}",
    ])
  func safe(text: String) {
    #expect(Array(text.escapedForDisplay.unicodeScalars) == Array(text.unicodeScalars))
    #expect(Array(text.escapedForJSON.unicodeScalars) == Array(text.unicodeScalars))
  }

  @Test("In JSON it becomes JSON's own escape, outside the first plane a surrogate pair")
  func json() {
    #expect("\"\u{9B}\u{202E}\u{E0041}\"".escapedForJSON == #""\u009b\u202e\udb40\udc41""#)
  }

  @Test("A value put into a styled text is escaped, what is written in the program is not")
  func interpolation() {
    let stored = "\u{1B}]0;title\u{7}"
    let text: StyledText = "a\tb \(stored, .strong)"
    #expect(text.plain == "a\tb \\u{1b}]0;title\\u{7}")
  }
}
