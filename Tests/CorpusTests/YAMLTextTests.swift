import Casebook
@testable import Corpus
import StrictJSON
import Testing

/// Texts written as YAML are read back byte by byte.
struct YAMLTextTests {
  private func readBack(_ yaml: String) throws -> [String: String] {
    let log = ProblemLog()
    let root = YAMLNode(yaml, of: "x.yaml", log)
    try log.check()
    guard case .mapping(let members, _)? = root else { return [:] }
    var texts: [String: String] = [:]
    for member in members {
      switch member.value {
      case .scalar(let text, _): texts[member.key] = text
      case .list(let items, _):
        for (index, item) in items.enumerated() {
          if case .scalar(let text, _) = item { texts["\(member.key)\(index)"] = text }
        }
      case .mapping(let inner, _):
        for inner in inner {
          if case .scalar(let text, _) = inner.value { texts["\(member.key).\(inner.key)"] = text }
        }
      }
    }
    return texts
  }

  private func check(_ text: String) throws {
    var lines = YAMLLines()
    lines.field("plain", text)
    lines.members("with", [(key: "inner", value: text)])
    lines.list("list", [text, "end"])
    lines.nested("item") { $0.item(text) }
    let read = try readBack(lines.text)
    for key in ["plain", "with.inner", "list0", "item0"] {
      #expect(read[key].map { Array($0.utf8) } == Array(text.utf8), "\(key) in \(lines.text)")
    }
  }

  @Test(arguments: [
    "a", "1919-01-13", "1928~", "~", "yes", "null", "- a", "a: b", "a:", "a #b", "#a", "'a'",
    "\"a\"", "a\\b", "[1927,1928]", "{a}", "a, b", "*a", "&a", "!a", "%a", "@a", "`a`", "? a",
    "| a", "> a", " a", "a ", "a  b", "a\tb", "a\nb", "a\n\nb", "a\n b", "a \nb", "\na", "a\n",
    "a\r\nb", "a\u{85}b", "a\u{2028}b", "a\u{FEFF}b", "a\u{1B}[2Jb", "\u{202E}abc", "…", "“a”",
    "p. [11]", "é", "e\u{301}", " \u{301}x", "a \u{301}b", "---", "...", "--- a", "\u{FFFF}",
    "😀", "II, pp. [5–6]", "a:b", "http://x/y?z=1&w=2#f", "=", "<<", "a'b\"c", "日本語",
  ])
  func anOddTextIsReadBack(_ text: String) throws {
    try check(text)
  }

  @Test func longTextsAreReadBack() throws {
    let words = ["claim", "#not", "a:", "- x", "é", "“quoted”", "[42]", "…", "'", "\"", "%"]
    var random = Seeded(state: 7)
    for _ in 0..<200 {
      let count = Int.random(in: 1...60, using: &random)
      let text = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }
      try check(text.joined(separator: " "))
      try check(text.joined(separator: "\n"))
    }
  }

  @Test func randomTextsAreReadBack() throws {
    let scalars = Array(
      " \n\t:#-,[]{}&*!|>'\"%@`~?.=<\\ab1é\u{301}\u{85}\u{2028}\u{7F}😀".unicodeScalars)
    var random = Seeded(state: 11)
    for _ in 0..<2000 {
      var text = "x"
      if Bool.random(using: &random) { text = "" }
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        text.unicodeScalars.append(scalars.randomElement(using: &random) ?? " ")
      }
      try check(text)
    }
  }

  @Test func longProseIsWrapped() {
    var lines = YAMLLines()
    lines.field("value", Array(repeating: "word", count: 40).joined(separator: " "))
    #expect(lines.text.hasPrefix("value: >-\n  word word"))
    #expect(lines.text.split(separator: "\n").allSatisfy { $0.count <= YAMLText.width })
  }

  @Test func bibliographyIsReadBack() throws {
    let csl: JSONObject = [
      "type": "book", "volume": "2", "issued": ["date-parts": [["1955", "1"]]],
      "author": [["family": "Orlov", "given": "A: B"], ["literal": "x, y"]], "categories": [],
      "custom": ["none": [:], "nested": ["a": ["b": ["c", ["d"]]]], "odd key: ": "v"],
    ]
    var lines = YAMLLines()
    lines.item { lines in
      lines.field("source", "x")
      lines.field("title", "X")
      lines.json("csl", .object(csl))
    }
    let log = ProblemLog()
    let root = try #require(YAMLNode(lines.text, of: "x.yaml", log))
    let entries = SourcesReader(file: "x.yaml", log: log).read(root)
    try log.check()
    #expect(entries.first?.source.content.csl == csl)
  }
}

/// The same numbers on every run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
