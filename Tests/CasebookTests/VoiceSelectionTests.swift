import Casebook
import EDTF
import StrictJSON
import Testing

@Suite("Choosing voices") struct VoiceSelectionTests {
  private func sources() throws -> [Slug: Source] {
    try given(
      RegisterSource(World.source("about-1938", "X", issued: "1938~")),
      RegisterSource(World.source("by-1940", "X", issued: "1939/1940")),
      RegisterSource(World.source("until-1930", "X", issued: "../1930"))
    ).state.sources
  }

  private func heard(
    _ selection: VoiceSelection
  ) throws -> (sources: [Slug], undated: [Slug], doubtful: [Slug]) {
    let (voices, undated, doubtful) = try selection.resolved(among: sources())
    return ((voices.sources ?? []).sorted(), undated, doubtful)
  }

  @Test("no wish hears everybody")
  func all() throws {
    let (voices, undated, doubtful) = try VoiceSelection.all.resolved(among: sources())
    #expect(voices == .all)
    #expect(undated.isEmpty && doubtful.isEmpty)
    #expect(VoiceSelection.all.isAll)
    #expect(VoiceSelection.all.description == nil)
  }

  @Test("some sources only are heard without analysts; all but some with them")
  func onlyAndWithout() throws {
    let only = VoiceSelection(only: ["memoir", "fbi-1955"])
    #expect(try heard(only).sources == ["fbi-1955", "memoir"])
    #expect(try only.resolved(among: sources()).voices.includesAnalysts == false)
    let without = VoiceSelection(without: ["memoir", "until-1930", "by-1940", "about-1938"])
    #expect(try heard(without).sources == ["fbi-1955", "riehle-2020"])
    #expect(try without.resolved(among: sources()).voices.includesAnalysts)
    #expect(try heard(VoiceSelection(only: ["memoir"], without: ["memoir"])).sources == [])
  }

  @Test(
    "by a date, those that were issued by it whichever day is meant; the undated and the doubtful are named",
    arguments: [
      ("1955", ["about-1938", "by-1940", "fbi-1955", "until-1930"], []),
      ("1955-01", ["about-1938", "by-1940", "fbi-1955", "until-1930"], []),
      ("1954-12-31", ["about-1938", "by-1940", "until-1930"], []),
      ("1955-01-01", ["about-1938", "by-1940", "until-1930"], ["fbi-1955"]),
      ("1939", ["about-1938", "until-1930"], ["by-1940"]),
      ("1938", ["about-1938", "until-1930"], []), ("1936", ["until-1930"], ["about-1938"]),
      ("1935", ["until-1930"], []), ("1900", [], ["until-1930"]),
      ("2020", ["about-1938", "by-1940", "fbi-1955", "riehle-2020", "until-1930"], []),
      ("1930/..", ["about-1938", "by-1940", "fbi-1955", "riehle-2020", "until-1930"], []),
    ] as [(EDTF, [Slug], [Slug])])
  func issuedBy(_ date: EDTF, _ sources: [Slug], _ unsure: [Slug]) throws {
    let (heard, undated, doubtful) = try heard(VoiceSelection(issuedBy: date))
    #expect(heard == sources)
    #expect(undated == ["memoir"])
    #expect(doubtful == unsure)
  }

  @Test(
    "every kind of date of issue is heard, doubtful or later, in the source or in its CSL-JSON",
    arguments: [
      ("[..1939]", nil, "1950", .heard), ("../1939", nil, "1950", .heard),
      ("XXXX", nil, "1901", .doubtful), ("19XX", nil, "1901", .doubtful),
      ("1939", nil, "1939-03", .doubtful), ("1939", nil, "1939", .heard),
      ("1940/..", nil, "1950", .doubtful), ("1951/..", nil, "1950", .later),
      ("[1939,1951]", nil, "1950", .doubtful),
      (nil, ["date-parts": [[1927]]], "1950", .heard),
      (nil, ["date-parts": [["1927", "5", "1"]]], "1927-05-01", .heard),
      (nil, ["date-parts": [[1927], [1929]]], "1928", .doubtful),
      (nil, ["date-parts": [[1927]], "circa": true], "1926", .doubtful),
      (nil, ["raw": "1951-01"], "1950", .later), (nil, ["literal": "1927"], "1950", .heard),
      (nil, "1927-05", "1927", .heard), (nil, ["literal": "n.d."], "1950", .undated),
      (nil, ["date-parts": []], "1950", .undated), (nil, nil, "1950", .undated),
      ("1927", ["date-parts": [[1927]]], "1950", .heard),
    ] as [(String?, JSON?, EDTF, Hearing)])
  func datesOfIssue(_ issued: String?, _ csl: JSON?, _ limit: EDTF, _ hearing: Hearing) throws {
    let source = SourceContent(
      slug: "tract", title: "A Tract", issued: try issued.map { try EDTF($0) }, issuedTo: nil,
      csl: csl.map { ["issued": $0] })
    let sources = try given(RegisterSource(source)).state.sources
    let (voices, undated, doubtful) = try VoiceSelection(only: ["tract"], issuedBy: limit)
      .resolved(among: sources)
    #expect(voices.sources == (hearing == .heard ? ["tract"] : []))
    #expect(undated == (hearing == .undated ? ["tract"] : []))
    #expect(doubtful == (hearing == .doubtful ? ["tract"] : []))
  }

  enum Hearing { case heard, doubtful, later, undated }

  @Test("wishes add up, and only those asked for are missed")
  func together() throws {
    let selection = VoiceSelection(
      only: ["memoir", "fbi-1955", "riehle-2020"], without: ["riehle-2020"], issuedBy: "1999")
    let (sources, undated, _) = try heard(selection)
    #expect(sources == ["fbi-1955"])
    #expect(undated == ["memoir"])
    #expect(
      selection.description
        == "source fbi-1955, memoir, riehle-2020; without riehle-2020; issued by 1999")
    #expect(!selection.isAll)
  }

  @Test("a source that is not there is refused, with the nearest one")
  func unknown() throws {
    for selection in [VoiceSelection(only: ["memoirs"]), VoiceSelection(without: ["memoirs"])] {
      let refusal = try #require(throws: Refusal.self) { try selection.resolved(among: sources()) }
      #expect(refusal.rule == .unknownSource)
      #expect(refusal.isNotFound)
      #expect(refusal.message == "there is no source \"memoirs\"")
      #expect(refusal.remedy == "Did you mean \"memoir\"?")
    }
    let refusal = try #require(throws: Refusal.self) {
      try VoiceSelection(only: ["zzz"]).resolved(among: sources())
    }
    #expect(refusal.description == "there is no source \"zzz\". See them with: dossier source list")
    let early = try #require(throws: Refusal.self) {
      try VoiceSelection(only: ["zzz"]).resolved(among: [:])
    }
    #expect(early.remedy == "No source was registered at that moment.")
  }
}
