import Casebook
import EDTF
import StrictJSON
import Testing

@testable import Exports

@Suite("Chicago notes") struct ChicagoTests {
  static func item(
    _ title: String, issued: String? = nil, _ csl: JSONObject = [:], slug: String = "work"
  ) throws -> CSLItem {
    CSLItem(
      SourceContent(
        slug: try Slug(slug), title: title, issued: try issued.map { try EDTF($0) }, issuedTo: nil,
        csl: csl),
      basis: "notes@1")
  }

  static func krivitsky() throws -> CSLItem {
    try item(
      "In Stalin's Secret Service", issued: "1939",
      [
        "type": "book", "author": [["family": "Krivitsky", "given": "W. G."]],
        "publisher": "Harper & Brothers", "publisher-place": "New York",
      ])
  }

  @Test("A book")
  func book() throws {
    let chicago = Chicago(try Self.krivitsky())
    #expect(
      chicago.fullNote("p. 132")
        == "W. G. Krivitsky, *In Stalin's Secret Service* (New York: Harper & Brothers, 1939), 132."
    )
    #expect(chicago.shortNote("pp. 132-140") == "Krivitsky, *In Stalin's Secret Service*, 132–140.")
    #expect(chicago.shortNote(nil) == "Krivitsky, *In Stalin's Secret Service*.")
    #expect(
      chicago.entry
        == "Krivitsky, W. G. *In Stalin's Secret Service*. New York: Harper & Brothers, 1939.")
  }

  @Test("A report of an office, with its number, month and subtitle")
  func report() throws {
    let chicago = Chicago(
      try Self.item(
        "Soviet Defectors: A Study", issued: "1955-01",
        [
          "type": "report", "author": [["literal": "Federal Bureau of Investigation"]],
          "publisher": "Department of Justice", "number": "55 A 52",
        ]))
    #expect(
      chicago.fullNote("II, p. [5]")
        == "Federal Bureau of Investigation, *Soviet Defectors: A Study*, "
        + "no. 55 A 52 (Department of Justice, January 1955), II, p. \\[5\\].")
    #expect(
      chicago.shortNote("p. 9") == "Federal Bureau of Investigation, *Soviet Defectors*, 9.")
    #expect(
      chicago.entry == "Federal Bureau of Investigation. *Soviet Defectors: A Study*. No. 55 A 52. "
        + "Department of Justice, January 1955.")
  }

  @Test("An article stands in quotation marks, inside its journal")
  func article() throws {
    let chicago = Chicago(
      try Self.item(
        "An Article", issued: "1946-03",
        [
          "type": "article-journal", "container-title": "The Journal", "volume": "3", "issue": "2",
          "author": [["family": "Aa", "given": "V."], ["family": "Bb", "given": "W."]],
        ]))
    #expect(
      chicago.fullNote("12")
        == "V. Aa and W. Bb, “An Article”, *The Journal* 3, no. 2 (March 1946): 12.")
    #expect(
      chicago.entry == "Aa, V. and W. Bb. “An Article”. *The Journal* 3, no. 2 (March 1946).")
  }

  @Test(
    "A year that is not known, about, or more than one",
    arguments: [
      (nil, "n.d."), ("1928~", "ca. 1928"), ("[1927,1928]", "1927 or 1928"),
      ("1928-03", "March 1928"),
    ])
  func year(issued: String?, shown: String) throws {
    let chicago = Chicago(try Self.item("Old File", issued: issued))
    #expect(chicago.fullNote(nil) == "*Old File* (\(shown)).")
  }

  @Test("Signs that Markdown would take for its own are kept as they are")
  func escaping() throws {
    let chicago = Chicago(try Self.item("A *star* | and [more]\nof it"))
    #expect(chicago.fullNote(nil) == #"*A \*star\* \| and \[more\] of it* (n.d.)."#)
  }

  @Test("Ibid. follows the rules of CSL for places")
  func ibid() throws {
    let (one, two) = (try Self.krivitsky(), try Self.item("Two", issued: "1950", slug: "two"))
    var notes = NoteSequence()
    let given: [(CSLItem, String, String?)] = [
      (one, "one", "1"), (one, "one", "1"), (one, "one", "2"), (one, "one", nil), (one, "one", nil),
      (one, "one", "3"), (two, "two", "3"), (one, "one", "3"), (two, "two", nil), (two, "two", nil),
    ]
    let short = "Krivitsky, *In Stalin's Secret Service*"
    #expect(
      try given.map { notes.note($0.0, of: try Slug($0.1), at: $0.2) } == [
        "W. G. Krivitsky, *In Stalin's Secret Service* (New York: Harper & Brothers, 1939), 1.",
        "Ibid.", "Ibid., 2.", "\(short).", "Ibid.", "Ibid., 3.", "*Two* (1950), 3.", "\(short), 3.",
        "*Two*.", "Ibid.",
      ])
  }
}
