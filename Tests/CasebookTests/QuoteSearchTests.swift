import Casebook
import Testing

@Suite("A quote is held against its source's text")
struct QuoteSearchTests {
  private static let book = """
    [p. 4]
    The clerk was <u>greatly</u> im-
    pressed by the **freedom** of life.(4) He said: "I’ll never go
    back, Mr. O'Hara." In April, 1944, an anti-
    [p. 5]
    Soviet writer paid $1,500 — or 12% — to the two
    non-Russian employees. "The cost was too great... irrevocably."
    He defected soon after-
    wards. The ﬁrst of Kravchenko's fears grew.
    [pp. 6–7]
    Nobody has seen the map of places.
    Hebrew אבג stood there. The clerk was seen twice.
    """

  private static func finding(_ quote: String, _ locator: String) throws -> QuoteFinding {
    QuoteSearch(try SourceText(book)).find(quote, at: locator)
  }

  @Test(
    "White space, line and page ends, hyphens at them, punctuation, quotation marks and notes do not count",
    arguments: [
      ("greatly impressed by the freedom", "p. 4"), ("The   clerk\nwas greatly", "II, p. [4]"),
      ("the freedom of life. He said", "p. 4"), ("freedom of life(4) He", "p. 4"),
      ("I'll never go back, Mr. O’Hara", "p. 4"), ("“the clerk was greatly”", "p. 4"),
      ("an anti-Soviet writer", "pp. 4–5"), ("an antiSoviet writer", "pp. 4-5"),
      ("anti Soviet writer", "pp. 4–5"),
      ("soon afterwards", "p. 5"), ("The first of", "p. 5"), ("first of Kravchenko", "p. 5"),
      ("$1,500 or 12%", "p. 5"), ("non‑Russian employees", "p. 5"), ("אבג stood", "p. 7"),
      ("he said", "p. 4"), ("the map", "pp. 6–7"), ("the map", "p. 6"),
    ])
  func found(_ quote: String, _ locator: String) throws {
    let finding = try Self.finding(quote, locator)
    #expect(finding.name == "found", "\(finding)")
  }

  @Test(
    "… stands for words left out, brackets for words and letters put in",
    arguments: [
      ("The clerk was … impressed", "p. 4"), ("The clerk ... freedom [...] of life", "p. 4"),
      ("[t]he clerk was", "p. 4"), ("impress[es] by the freedom", "p. 4"),
      ("The clerk [Gouzenko] impressed by", "p. 4"), ("[He] was greatly impressed", "p. 4"),
      ("too great... irrevocably", "p. 5"), ("He defect[s] soon . . . first", "p. 5"),
    ])
  func edited(_ quote: String, _ locator: String) throws {
    let finding = try Self.finding(quote, locator)
    #expect(finding.name == "found", "\(finding)")
  }

  @Test(
    "What stands on another page has moved",
    arguments: [
      ("an anti-Soviet writer", "p. 4", ["pp. 4–5"]), ("greatly impressed", "p. 5", ["p. 4"]),
      ("greatly impressed", "p. 99", ["p. 4"]),
      ("The clerk was", "p. 5", ["p. 4", "pp. 6–7"]),
    ] as [(String, String, [String])])
  func moved(_ quote: String, _ locator: String, _ places: [String]) throws {
    let finding = try Self.finding(quote, locator)
    #expect(finding.name == "moved")
    #expect(finding.places.compactMap(\.place) == places)
  }

  @Test(
    "What is like the text but not in it has changed",
    arguments: [
      (
        "greatly impressed with the freedom", "p. 4", "p. 4",
        "greatly</u> im- pressed by the **freedom"
      ),
      ("two Russian employees", "p. 5", "p. 5", "two non-Russian employees"),
      (
        "the clerk Was greatly impressed", "p. 4", "p. 4",
        "The clerk was <u>greatly</u> im- pressed"
      ),
      ("paid $1.500", "p. 5", "p. 5", "paid $1,500"),
    ])
  func changed(_ quote: String, _ locator: String, _ place: String, _ nearest: String) throws {
    let finding = try Self.finding(quote, locator)
    #expect(finding.name == "changed", "\(finding)")
    #expect(finding.places.first?.place == place)
    #expect(finding.places.first?.words == nearest)
  }

  @Test(
    "What is not like it at all is missing",
    arguments: ["A sentence of another book", "…", "[he]", "im pressed … nobody there at all"])
  func missing(_ quote: String) throws {
    #expect(try Self.finding(quote, "p. 4") == .missing)
  }

  /// A page that is not where the words are: no locator may switch the check off.
  @Test(
    "What is at another place than its locator says is never found",
    arguments: [
      "page 4", "P. 4", "pg. 4", "4", "pp 4-5", "S. 4", "4, 5", "p. A6", "p. 41", "с. 4", "f. 6",
      "chapter II", "the map", "ch. 6", "¶ 6", "vol. 6", "note 6",
    ])
  func elsewhere(_ locator: String) throws {
    #expect(try Self.finding("Nobody has seen the map", locator).name != "found")
  }

  @Test(
    "A locator that counts by what the text does not tell is said to be unplaced",
    arguments: ["chapter II", "the map", "ch. 6", "f. 6", "¶ 6", "note 6"])
  func unplaced(_ locator: String) throws {
    #expect(try Self.finding("Nobody has seen the map", locator) == .unplaced(["p. 4"]))
  }

  @Test("Chapters and paragraphs are places like pages")
  func paragraphs() throws {
    let text = try SourceText(
      "[ch. 5 summary ¶ 1]\none\n[ch. 5 summary ¶ 2]\ntwo\n[ch. 5 notes ¶ 2]\nthree\n[ch. 6 ¶ 1]\nfour"
    )
    let search = QuoteSearch(text)
    for (quote, locator, finding) in [
      ("two", "ch. 5 summary ¶ 2", "found"), ("two", "chapter 5 summary, ¶ 2", "found"),
      ("two", "ch. 5", "found"), ("two", "Kap. 5 ¶ 2", "found"),
      ("three", "ch. 5 notes ¶ 2", "found"),
      ("three", "ch. 5 summary ¶ 2", "moved"), ("four", "ch. 5", "moved"),
      ("four", "ch. 5, ¶ 2", "moved"), ("four", "ch. 5 ¶ 9", "moved"),
      ("four", "chapter 5 ¶ 2", "moved"), ("four", "ch. 6", "found"), ("four", "¶ 1", "found"),
    ] {
      #expect(search.find(quote, at: locator).name == finding, "\(quote) at \(locator)")
    }
  }

  @Test(
    "Figures keep the hyphen at a line's end, and numbers of notes stand behind stops",
    arguments: [
      ("the years 1914-\n18 were", "years 1914-18 were"), ("a T-\n34 stood", "a T-34 stood"),
      ("from 12-\n14 on", "from 12-14 on"), ("In May.12 The clerk", "In May. The clerk"),
      ("all agreed;3 the clerk", "all agreed; the clerk"), ("at No.12 Kirov", "at No.12 Kirov"),
      ("he de¬\nfected", "he defected"), ("he de⸗\nfected", "he defected"),
      ("paid 1.500 roubles", "paid 1.500 roubles"), ("on p.12 the list", "on p.12 the list"),
    ])
  func figures(_ text: String, _ quote: String) throws {
    #expect(QuoteSearch(try SourceText("[p. 1]\n\(text)")).find(quote, at: "p. 1").name == "found")
  }

  @Test("A text without marks is one whole, and words of an omission stand near each other")
  func unmarked() throws {
    let text = try SourceText("The end. " + String(repeating: "and so on ", count: 400) + "begins")
    let search = QuoteSearch(text)
    #expect(search.find("the end and so", at: "p. 4").name == "found")
    #expect(search.find("the end … begins", at: "p. 4").name != "found")
    #expect(search.has("p. 4"))
    #expect(!QuoteSearch(try SourceText("[p. 1]\na")).has("p. 4"))
  }
}
