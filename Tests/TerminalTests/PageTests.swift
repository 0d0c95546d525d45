import Terminal
import Testing

@Suite("Pages")
struct PageTests {
  @Test("Left and right stand at the edges of one line, or on two")
  func edges() {
    var page = Page(width: 20)
    page.add(left: "left", right: "right")
    page.add(left: "much too long for", right: "both")
    #expect(
      page.rendered(inColor: false) == """
        left           right
        much too long for
        both

        """)
  }

  @Test("A closing text stands at the right edge of the last line, or below it")
  func closing() {
    var page = Page(width: 20)
    page.add("c1  one", closing: "mh", hanging: 4)
    page.add("c2  one two three four", closing: "mh", hanging: 4)
    page.add("c3  one two three 4", closing: "mh", hanging: 4)
    #expect(
      page.lines.map(\.plain) == [
        "c1  one           mh", "c2  one two three", "    four          mh",
        "c3  one two three 4", "                  mh",
      ])
  }

  @Test("Gaps never come first or twice")
  func gaps() {
    var page = Page(width: 40)
    page.gap()
    page.add("one")
    page.gap()
    page.gap()
    page.add("two", indent: 2)
    #expect(page.rendered(inColor: false) == "one\n\n  two\n")
  }
}
