import Terminal
import Testing

@Suite("Display width")
struct DisplayWidthTests {
  @Test(
    "Counts columns, not characters",
    arguments: [
      ("", 0), ("gouzenko", 8), ("Дерябин", 7), ("Škoda", 5), ("S\u{30C}koda", 5),
      ("漢字", 4), ("ｆｕｌｌ", 8), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("é", 1), ("e\u{301}", 1),
      ("👍", 2), ("👨‍👩‍👧", 2), ("❤️", 2), ("a\u{200D}b", 2),
    ])
  func columns(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }
}
