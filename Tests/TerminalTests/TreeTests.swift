import Terminal
import Testing

@Suite("Trees") struct TreeTests {
  @Test("Parts hang on branches, the last of which ends")
  func branches() {
    var page = Page(width: 40)
    page.add(
      Tree("root", [Tree("first", [Tree("inner"), Tree("last of inner")]), Tree("second")]))
    #expect(
      page.rendered(inColor: false) == """
        root
        ├ first
        │ ├ inner
        │ └ last of inner
        └ second

        """)
  }

  @Test("What is too long wraps beside its branch")
  func wrapping() {
    var page = Page(width: 24)
    page.add(
      Tree("one two three four five six", [Tree("a b c d e f g h i j k l m n", [Tree("z")])]))
    #expect(
      page.rendered(inColor: false) == """
        one two three four
        │ five six
        └ a b c d e f g h i j
          │ k l m n
          └ z

        """)
    #expect(page.lines.allSatisfy { $0.width <= 24 })
  }
}
