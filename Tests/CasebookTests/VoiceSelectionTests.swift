import Casebook
import EDTF
import Testing

@Suite("Choosing voices") struct VoiceSelectionTests {
  private func sources() throws -> [Slug: Source] {
    try given(
      RegisterSource(World.source("about-1938", "X", issued: "1938~")),
      RegisterSource(World.source("by-1940", "X", issued: "1939/1940")),
      RegisterSource(World.source("until-1930", "X", issued: "../1930"))
    ).state.sources
  }

  private func heard(_ selection: VoiceSelection) throws -> (sources: [Slug], undated: [Slug]) {
    let (voices, undated) = try selection.resolved(among: sources())
    return ((voices.sources ?? []).sorted(), undated)
  }

  @Test("no wish hears everybody")
  func all() throws {
    let (voices, undated) = try VoiceSelection.all.resolved(among: sources())
    #expect(voices == .all)
    #expect(undated.isEmpty)
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
    "by a date, those whose earliest day is not later; the undated are named",
    arguments: [
      ("1955", ["about-1938", "by-1940", "fbi-1955"]),
      ("1955-01", ["about-1938", "by-1940", "fbi-1955"]),
      ("1954-12-31", ["about-1938", "by-1940"]),
      ("1955-01-01", ["about-1938", "by-1940", "fbi-1955"]),
      ("1939", ["about-1938", "by-1940"]), ("1938", ["about-1938"]), ("1900", []),
      ("2020", ["about-1938", "by-1940", "fbi-1955", "riehle-2020"]),
      ("1930/..", ["about-1938", "by-1940", "fbi-1955", "riehle-2020"]),
    ] as [(EDTF, [Slug])])
  func issuedBy(_ date: EDTF, _ sources: [Slug]) throws {
    let (heard, undated) = try heard(VoiceSelection(issuedBy: date))
    #expect(heard == sources)
    #expect(undated == ["memoir", "until-1930"])
  }

  @Test("wishes add up, and only those asked for are missed")
  func together() throws {
    let selection = VoiceSelection(
      only: ["memoir", "fbi-1955", "riehle-2020"], without: ["riehle-2020"], issuedBy: "1999")
    let (sources, undated) = try heard(selection)
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
