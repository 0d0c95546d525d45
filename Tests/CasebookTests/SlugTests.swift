import Casebook
import Testing

@Suite("Slugs") struct SlugTests {
  @Test(
    "these are slugs",
    arguments: [
      "gouzenko", "a", "7", "fbi-1955", "group-of-20", "c12", String(repeating: "x", count: 63),
    ])
  func valid(_ text: String) throws {
    #expect(try Slug(text).text == text)
  }

  @Test(
    "these are not, and the nearest valid form is suggested",
    arguments: [
      ("", ""), ("-", ""), ("Gouzenko", "gouzenko"), ("igor gouzenko", "igor-gouzenko"),
      ("a--b", "a-b"), ("-a", "a"), ("a-", "a"), ("a_b", "a-b"), ("a.b", "a-b"),
      ("a/b", "a"), ("a,b", "a"),
      ("'; DROP TABLE event", "drop-table-event"), ("дело", ""), ("a\nb", "a-b"),
      ("a\u{0}", "a"), (" a", "a"), ("１", ""),
      (String(repeating: "x", count: 64), String(repeating: "x", count: 63)),
      (String(repeating: "x", count: 62) + " yz", String(repeating: "x", count: 62)),
    ])
  func invalid(_ text: String, _ suggestion: String) throws {
    let refusal = try #require(throws: Refusal.self) { try Slug(text) }
    #expect(refusal.rule == .badSlug)
    #expect(refusal.message == "\"\(text)\" is not a valid short name")
    if suggestion.isEmpty {
      #expect(refusal.remedy == "Use lower-case letters, digits and hyphens.")
    } else {
      #expect(refusal.remedy?.hasSuffix("such as \"\(suggestion)\".") == true)
      #expect(try Slug(suggestion).text == suggestion)
    }
  }

  @Test("they are ordered by their bytes")
  func order() {
    let slugs: [Slug] = ["b", "a-b", "a1", "a", "1"]
    #expect(slugs.sorted() == ["1", "a", "a-b", "a1", "b"])
  }

  @Test("no case and no source takes a word that references use themselves")
  func reserved() throws {
    for word: Slug in ["casebook", "tabulation"] {
      try given().when(OpenCase(CaseContent(slug: word, kind: .person, name: nil))).refused(
        .badSlug, "\"\(word)\" has a meaning of its own in references", "Choose another.")
      try given().when(RegisterSource(World.source(word, "A title"))).refused(
        .badSlug, "\"\(word)\" has a meaning of its own in references", "Choose another.")
    }
  }
}
