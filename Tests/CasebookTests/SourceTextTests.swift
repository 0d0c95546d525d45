import Casebook
import Testing

@Suite("A text is divided at its page marks")
struct SourceTextTests {
  private func places(_ text: String, from first: String? = nil) throws -> [String] {
    try SourceText(text, firstPage: first).passages.map { passage in
      let words = passage.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return "\(passage.place ?? "-"): \(words)"
    }
  }

  @Test("by lines that hold a mark and nothing else")
  func marks() throws {
    #expect(
      try places(
        "Title\n[p. iv]\nin the [p. 3] preface\n  [page 1]  \nI\n[pp. 5–6]\ntwo\n[p. [7]]\nseven")
        == ["-: Title", "p. iv: in the [p. 3] preface", "p. 1: I", "pp. 5–6: two", "p. 7: seven"])
    #expect(
      try places("[¶ 1]\na\n[ch. 5 summary ¶ 2]\nb [see ¶ 3]")
        == ["¶ 1: a", "ch. 5 summary ¶ 2: b [see ¶ 3]"])
    #expect(try places("[p. A41]\na\n[p. XII]\nb") == ["p. A41: a", "p. xii: b"])
    #expect(try places("no marks\n[sic]\n[12]") == ["-: no marks [sic] [12]"])
  }

  @Test("by form feeds, counted from the first page or from a mark at the head of a sheet")
  func formFeeds() throws {
    #expect(
      try places("a\u{C}b\u{C}\u{C}d\n\u{C}", from: "27") == [
        "p. 27: a", "p. 28: b", "p. 29: ", "p. 30: d",
      ])
    #expect(
      try places("a\u{C}b\u{C}[p. 1]\nc\u{C}d", from: "iii") == [
        "p. iii: a", "p. iv: b", "p. 1: c", "p. 2: d",
      ])
    #expect(try places("cover\u{C}[p. 9]\na\u{C}b") == ["-: cover", "p. 9: a", "p. 10: b"])
  }

  @Test(
    "and loses no byte",
    arguments: [
      "\u{FEFF}[p. 1]\r\na\r\n\r\n[p. 2]\r\nb", "a\u{C}\nb\u{C}", "\n\n[p. 1]\n\n[p. 2]\n\nx\n\n",
      "e\u{301} and é", "no end of line",
    ])
  func exact(_ text: String) throws {
    let divided = try SourceText(text, firstPage: text.hasPrefix("a\u{C}") ? "1" : nil)
    #expect(Array(divided.parts.joined().utf8) == Array(text.utf8))
  }

  @Test(
    "but not when the pages cannot be told",
    arguments: [
      ("a\n[p. x2]\nb", nil, "line 2: the mark \"[p. x2]\" names no page"),
      ("[p. 1]\na\n[p. 2]\nb\n[p. 1]\nc", nil, "line 5: p. 1 begins a second time, after line 1"),
      ("a\u{C}b", nil, "the text is divided by form feeds"),
      ("a\nb", "1", "the text has no form feeds"),
      ("a\u{C}b", "twelve", "\"twelve\" is not the number of a page"),
      (" \r\n\u{C}", nil, "the text is empty"),
    ] as [(String, String?, String)])
  func refused(_ text: String, _ first: String?, _ message: String) {
    let refusal = #expect(throws: Refusal.self) { _ = try SourceText(text, firstPage: first) }
    #expect(refusal?.message.hasPrefix(message) ?? false, "\(String(describing: refusal))")
    #expect(refusal?.remedy != nil || message == "the text is empty")
  }

  @Test("A page that a reader asks for is found alone and in a range")
  func named() throws {
    let text = try SourceText("[p. 4]\na\n[pp. 5–6]\nb\n[ch. 5 ¶ 2]\nc")
    #expect(text.passages(named: "6").map(\.text) == ["b\n"])
    #expect(text.passages(named: "p. 4").map(\.text) == ["a\n"])
    #expect(text.passages(named: "¶ 2").map(\.text) == ["c"])
    #expect(text.passages(named: "7").isEmpty)
  }
}
