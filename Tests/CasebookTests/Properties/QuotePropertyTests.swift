import Casebook
import Testing

@Suite("Quotes of every kind") struct QuotePropertyTests {
  private static let seeds = Array(UInt64(1)...12)

  /// Texts and quotes of few words, so that they meet, with everything that has a meaning in either.
  private struct Words {
    var random: SplitMix64

    mutating func text() -> String {
      // Omissions end somewhere: now and then a text is longer than that.
      let isLong = random.happens(4)
      var text = random.happens(80) ? "[p. 1]\n" : ""
      var page = 1
      for _ in 0..<random.number(isLong ? 800 : 50) {
        if !text.isEmpty, random.happens(isLong ? 1 : 8) {
          page += random.number(2)
          text += "\n[p. \(page)]\n"
        }
        let filler = ["z", "y"]
        let words = ["a", "A", "b", "ab", "a's", "b’s", "a-\nb", "b-\na", "ab-\na", "a-b", "bé"]
        text +=
          random.pick(isLong && random.happens(97) ? filler : words) + random.pick([" ", ", "])
      }
      return text
    }

    mutating func quote() -> String {
      let words = ["a", "A", "b", "ab", "a's", "ba", "a-b", "z", "be\u{301}", "a-\nb"]
      let marks = [
        " … ", " ... ", " [x y] ", " […] ", "[b] ", "[a]", " [12] ", "(3) ", "[", "]", "a-[B]",
      ]
      return (0..<random.number(7)).reduce(into: "") { quote, _ in
        quote += random.happens(35) ? random.pick(marks) : random.pick(words) + " "
      }
    }

    mutating func locator() -> String {
      random.pick(["p. 1", "p. 2", "pp. 2–3", "pp. 1, 3, 5", "p. 9", "chapter I"])
    }
  }

  @Test("are found as trying everything finds them", arguments: seeds)
  func reference(_ seed: UInt64) throws {
    var words = Words(random: SplitMix64(seed: seed))
    var names: Set<String> = []
    for _ in 0..<30 {
      let text = words.text()
      let source = try SourceText(text)
      let (search, reference) = (QuoteSearch(source), QuoteReference(source))
      for _ in 0..<12 {
        let (quote, locator) = (words.quote(), words.locator())
        let found = search.find(quote, at: locator)
        #expect(found == reference.find(quote, at: locator), "“\(quote)” at \(locator) in: \(text)")
        names.insert(found.name)
      }
    }
    #expect(names == ["found", "moved", "changed", "missing", "unplaced"])
  }

  @Test("of any number of runs are found where each follows the one before")
  func manyRuns() throws {
    let text = (0..<700).map { "[p. \($0 + 1)]\nw\($0) and so on" }.joined(separator: "\n")
    let search = QuoteSearch(try SourceText(text))
    let all = (0..<700).map { "w\($0)" }
    func find(_ words: some Sequence<String>, at locator: String) -> QuoteFinding {
      search.find(words.joined(separator: " … "), at: locator)
    }
    #expect(find(all, at: "pp. 1–700").places.first?.place == "pp. 1–700")
    #expect(find(all[3..<400], at: "pp. 4–400").name == "found")
    let moved = find(all[3..<400], at: "pp. 4–399")
    #expect(moved.name == "moved")
    #expect(moved.places.map(\.place) == ["pp. 4–400"])
    #expect(find(all + ["w0"], at: "pp. 1–700") == .missing)
  }

  /// What a matcher that tries one way after another never comes to the end of.
  @Test(
    "that repeat themselves are looked up in a text that does, too",
    arguments: [
      ("a … ", 100), ("a [x] ", 100), ("a b ", 400), ("a[b] … ", 100), ("[", 3_000),
      ("a[b] ", 400), ("[b]a ", 400),
    ])
  func hostile(_ part: String, _ count: Int) throws {
    let text = Array(repeating: "a b a", count: 1_000).joined(separator: " ")
    let quote = Array(repeating: part, count: count).joined() + "nowhere"
    #expect(QuoteSearch(try SourceText(text)).find(quote, at: "p. 1").name != "found")
  }
}
