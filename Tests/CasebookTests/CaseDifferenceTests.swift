import Casebook
import Testing

@Suite("What differs between two moments of a case") struct CaseDifferenceTests {
  private func difference(
    _ given: Given, _ commands: any Command...
  ) throws -> [CaseDifference.Entry] {
    var next = given
    for command in commands { try next.perform(command) }
    return CaseDifference(from: given.state.cases["gouzenko"], to: next.state.cases["gouzenko"])
      .entries
  }

  private let birth = RecordClaim("gouzenko", .birth)

  @Test("nothing differs where nothing happened, or where it was taken back")
  func nothing() throws {
    #expect(try difference(given(birth)).isEmpty)
    #expect(
      try difference(
        given(birth), WithdrawClaim("gouzenko/c1", reason: "so"),
        ReinstateClaim("gouzenko/c1", reason: "so")
      ).isEmpty)
    #expect(CaseDifference(from: nil, to: nil).entries.isEmpty)
  }

  @Test("what is new, changed or gone is told with its voice")
  func entries() throws {
    let added = try #require(try difference(given(), birth).first)
    #expect(added.kind == .added && added.reference == "gouzenko/c1" && added.voice == "fbi-1955")
    #expect(added.before.isEmpty && !added.after.isEmpty && added.predicate == "birth.date")
    let edit = ClaimEdit(fields: [.locator: "p. 42"])
    let changed = try #require(
      try difference(
        given(birth), CorrectClaim("gouzenko/c1", edit, kind: .locator, reason: "so")
      ).first)
    #expect(changed.kind == .changed)
    #expect(changed.before.map(\.text) == ["p. 41"] && changed.after.map(\.text) == ["p. 42"])
    let removed = try #require(
      try difference(given(birth), WithdrawClaim("gouzenko/c1", reason: "so")).first)
    #expect(removed.kind == .removed && !removed.before.isEmpty && removed.after.isEmpty)
    // Why, and for corrections of what kind; what is new needs no reason.
    #expect(added.reason == nil && changed.reason == "so" && removed.reason == "so")
    #expect(changed.correction == .locator && removed.correction == nil)
  }

  @Test("an accent composed otherwise is a change")
  func accents() throws {
    let edit = ClaimEdit(fields: [.value: "Orle\u{301}v"])
    let entries = try difference(
      given(RecordClaim("gouzenko", .fbi("alias", "Orl\u{E9}v"))),
      CorrectClaim("gouzenko/c1", edit, kind: .transcription, reason: "so"))
    #expect(entries.map(\.kind) == [.changed])
    #expect(entries.first?.before.count == 1)
  }

  @Test("names, closings, citations, disputes and annotations differ too, in a fixed order")
  func everything() throws {
    let entries = try difference(
      given(birth), RenameCase("gouzenko", name: "Igor", reason: nil),
      AddCitation(
        "gouzenko",
        CitationContent(target: .claim(1), work: "memoir", locator: nil, note: nil, role: .see)),
      DisputeClaim("gouzenko/c1", grounds: "so", counter: nil),
      AddAnnotation(AnnotationContent(target: "gouzenko", text: "x", motivation: nil, tags: [])),
      CloseCase("gouzenko", reason: "so"))
    #expect(
      entries.map(\.reference) == ["gouzenko", "gouzenko/n1", "gouzenko/d1", "gouzenko/a1"])
    #expect(entries.map(\.voice) == [nil, "fbi-1955", nil, nil])
    #expect(
      entries[0].after.map { "\($0.name): \($0.text)" } == ["name: Igor", "closed: yes"])
  }
}
