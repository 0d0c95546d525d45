import Casebook
import Testing

@Suite("What differs between two moments outside the cases") struct GroundDifferenceTests {
  private func difference(
    _ given: Given, _ commands: any Command...
  ) throws -> GroundDifference {
    var next = given
    for command in commands { try next.perform(command) }
    return GroundDifference(from: given.state, to: next.state)
  }

  @Test("nothing differs where nothing happened, or only a case changed")
  func nothing() throws {
    for difference in [
      try difference(given()), try difference(given(), RecordClaim("gouzenko", .birth)),
      try difference(
        given(), StateTabulation(.full), WithdrawTabulation("fourteen", reason: "so")),
    ] {
      #expect(difference.casebook.isEmpty && difference.sources.isEmpty)
    }
  }

  @Test("a count is its source's, a predicate and a source the analysts'")
  func voices() throws {
    var predicate = World.vocabulary[0]
    predicate.scope += " And no more."
    let found = try difference(
      given(), StateTabulation(.full), RevisePredicate(predicate, reason: "so"))
    #expect(found.casebook.map(\.kind) == [.changed, .added])
    #expect(found.casebook[0].predicate == predicate.id && found.casebook[0].voice == nil)
    #expect(found.casebook.first { $0.voice != nil }?.reference == .tabulation("fourteen"))
    let sources = try difference(
      given(), AmendSource(World.source("memoir", "Another title"), reason: "so"),
      GradeSource("memoir", .a, grounds: "so"))
    #expect(sources.casebook.isEmpty && sources.sources.map(\.slug) == ["memoir"])
    let entry = try #require(sources.sources.first?.entries.first)
    #expect(entry.kind == .changed && entry.voice == nil && entry.reference == .file("memoir"))
    #expect(entry.after.map(\.name).sorted() == ["grade", "title"])
  }

  @Test("everything is new after the beginning, and gone before it")
  func whole() throws {
    let state = try given(StateTabulation(.full)).state
    let from = GroundDifference(from: CasebookState(), to: state)
    #expect(Set((from.casebook + from.sources.flatMap(\.entries)).map(\.kind)) == [.added])
    #expect(from.sources.map(\.slug) == state.sources.keys.sorted())
    let back = GroundDifference(from: state, to: CasebookState())
    #expect(Set((back.casebook + back.sources.flatMap(\.entries)).map(\.kind)) == [.removed])
  }

  @Test("where no analyst is heard, the sources' counts are left")
  func narrowed() throws {
    let all = CasebookState(hearing: Voices(sources: ["fbi-1955"], includesAnalysts: false))
    let found = GroundDifference(from: CasebookState(), to: all)
    #expect(found.casebook.isEmpty && found.sources.isEmpty)
  }
}
