import Casebook
import StrictJSON
import Testing

@Suite("Folding events") struct EvolveTests {
  private func contradicts(
    _ given: Given, _ event: Event, on stream: StreamAddress, voice: Slug? = nil, _ message: String,
    at location: SourceLocation = #_sourceLocation
  ) {
    var next = given
    let error = #expect(throws: EvolveError.self, sourceLocation: location) {
      try next.append(event, to: stream, voice: voice)
    }
    #expect(
      error?.message.contains(message) == true, "\(error?.message ?? "")", sourceLocation: location)
    #expect(error?.position == Int64(given.facts.count + 1), sourceLocation: location)
    #expect(
      error?.description.contains("dossier log void @\(given.facts.count + 1) -m REASON") == true,
      sourceLocation: location)
  }

  private let gouzenko = World.file("gouzenko")

  private func world() throws -> Given {
    try given(
      RecordClaim("gouzenko", .birth), RecordClaim("gouzenko", .riehle("fear", "yes")),
      AddCitation(
        "gouzenko",
        CitationContent(target: .claim(1), work: "memoir", locator: nil, note: nil, role: .see)),
      StateTabulation(.full))
  }

  @Test("a stream begins with its first event, which happens once")
  func firstEvents() throws {
    contradicts(
      Given(), .predicateDefined(World.vocabulary[0], nil), on: World.casebook,
      "the casebook was never created")
    contradicts(
      try world(), .caseClosed(reason: "so"), on: World.file("nobody"), "the case was never opened")
    contradicts(
      try world(), .caseOpened(CaseContent(slug: "a", kind: .person, name: nil), nil),
      on: World.file("b"), "the case was never opened")
    contradicts(
      try world(), .sourceGraded(.a, grounds: "so"), on: World.source("nothing"),
      "the source was never registered")
    contradicts(
      try world(), .caseOpened(CaseContent(slug: "gouzenko", kind: .person, name: nil), nil),
      on: gouzenko, "case.opened does not belong on a case")
    contradicts(
      try world(), .sourceRegistered(World.source("memoir", "X"), nil), on: World.source("memoir"),
      "source.registered does not belong on a source")
    contradicts(
      try world(), .casebookCreated(CasebookContent(slug: "defectors", title: "X")),
      on: World.casebook, "casebook.created does not belong on a casebook")
  }

  @Test("an event belongs on a stream of its kind")
  func wrongStream() throws {
    contradicts(
      try world(), .sourceGraded(.a, grounds: "so"), on: gouzenko,
      "source.graded does not belong on a case")
    contradicts(
      try world(), .caseClosed(reason: "so"), on: World.casebook,
      "case.closed does not belong on a casebook")
    contradicts(
      try world(), .caseClosed(reason: "so"), on: World.source("memoir"),
      "case.closed does not belong on a source")
  }

  @Test("an event speaks of something that was recorded")
  func missing() throws {
    for event: Event in [
      .claimCorrected(9, .revision(.copy, changes: [:])), .claimWithdrawn(9, reason: "so"),
      .claimReinstated(9, reason: "so"),
    ] {
      contradicts(try world(), event, on: gouzenko, voice: "fbi-1955", "never recorded")
    }
    for event: Event in [
      .claimDisputed(1, DisputeContent(claim: 9, grounds: "so", counter: nil), nil),
      .disputeResolved(9, resolution: "so"),
      .annotationAdded(
        1, AnnotationContent(target: "gouzenko/c9", text: "x", motivation: nil, tags: []), nil),
      .annotationAdded(
        1, AnnotationContent(target: "barmine", text: "x", motivation: nil, tags: []), nil),
      .annotationRevised(9, .revision(changes: [:])), .annotationWithdrawn(9, reason: "so"),
    ] {
      contradicts(try world(), event, on: gouzenko, "never recorded")
    }
    for event: Event in [
      .annotationRevised(9, .revision(changes: [:])), .annotationWithdrawn(9, reason: "so"),
    ] {
      contradicts(try world(), event, on: World.casebook, "never recorded")
      contradicts(try world(), event, on: World.source("memoir"), "never recorded")
    }
    contradicts(
      try world(), .predicateRevised(id: "nothing", .revision(changes: [:])), on: World.casebook,
      "never recorded")
    contradicts(
      try world(), .tabulationWithdrawn(id: "nothing", reason: "so"), on: World.casebook,
      voice: "fbi-1955", "never recorded")
  }

  @Test("a number is given once")
  func numbers() throws {
    contradicts(
      try world(), .claimRecorded(2, .bare(.unknown), nil), on: gouzenko, voice: "fbi-1955",
      "the number 2 was given before")
    contradicts(
      try world(),
      .citationAdded(
        1, CitationContent(target: .claim(1), work: "memoir", locator: nil, note: nil, role: .see),
        nil), on: gouzenko, voice: "fbi-1955", "the number 1 was given before")
    contradicts(
      try world(), .predicateDefined(World.vocabulary[0], nil), on: World.casebook,
      "name.primary was defined before")
    contradicts(
      try world(), .tabulationStated(.full, nil), on: World.casebook, voice: "fbi-1955",
      "stated before")
  }

  @Test("a number is given in its turn: every one takes an event of its stream")
  func turns() throws {
    // It would leave none to be given.
    contradicts(
      try world(), .claimRecorded(999_999_999, .bare(.unknown), nil), on: gouzenko,
      voice: "fbi-1955", "the number 999999999 is not the next")
  }

  @Test("nobody speaks in another's voice")
  func voices() throws {
    let message = "cannot be recorded or changed in the voice of"
    for voice: Slug? in ["memoir", nil] {
      for event: Event in [
        .claimRecorded(3, .bare(.unknown), nil), .claimWithdrawn(1, reason: "so"),
        .claimReinstated(1, reason: "so"),
        .claimCorrected(1, .revision(.copy, changes: ["locator": "p. 2"])),
        .citationAdded(
          2,
          CitationContent(target: .claim(1), work: "memoir", locator: nil, note: nil, role: .see),
          nil),
        .citationCorrected(1, .revision(.citation, changes: ["note": "1"])),
        .citationWithdrawn(1, reason: "so"),
      ] {
        contradicts(try world(), event, on: gouzenko, voice: voice, message)
      }
      for event: Event in [
        .tabulationStated(.sparse, nil), .tabulationWithdrawn(id: "fourteen", reason: "so"),
        .tabulationCorrected(id: "fourteen", .revision(.copy, changes: ["locator": "p. 2"])),
      ] {
        contradicts(try world(), event, on: World.casebook, voice: voice, "voice")
      }
    }
  }

  @Test("what never changes is not changed by a correction")
  func fixed() throws {
    contradicts(
      try world(), .claimCorrected(1, .revision(.copy, changes: ["source": "memoir"])),
      on: gouzenko, voice: "fbi-1955", "in the voice of")
    contradicts(
      try world(), .citationCorrected(1, .revision(.citation, changes: ["target": "c2"])),
      on: gouzenko, voice: "fbi-1955", "in the voice of")
    contradicts(
      try world(), .sourceAmended(.revision(changes: ["slug": "other"])),
      on: World.source("memoir"),
      "short name never changes")
    for changes: JSONObject in [["type": "text", "terms": []], ["id": "other"]] {
      contradicts(
        try world(), .predicateRevised(id: "recall.ordered", .revision(changes: changes)),
        on: World.casebook, "id and type never change")
    }
    for changes: JSONObject in [["source": "memoir"], ["id": "other"]] {
      contradicts(
        try world(), .tabulationCorrected(id: "fourteen", .revision(.copy, changes: changes)),
        on: World.casebook, voice: "fbi-1955", "never changes")
    }
  }

  @Test("a correction leaves something that can be read")
  func unreadable() throws {
    for changes: JSONObject in [
      ["locator": .null], ["colour": "red"], ["value": ["date": "soon"]], ["polarity": "not"],
    ] {
      contradicts(
        try world(), .claimCorrected(1, .revision(.copy, changes: changes)), on: gouzenko,
        voice: "fbi-1955", "changes.")
    }
  }

  @Test("an event that cannot be applied leaves nothing behind")
  func nothingBehind() throws {
    let before = try world()
    var next = before
    #expect(throws: EvolveError.self) {
      try next.append(
        .claimCorrected(1, .revision(.copy, changes: ["source": "memoir"])), to: gouzenko,
        voice: "fbi-1955")
    }
    #expect(next.state.cases["gouzenko"]?.claims == before.state.cases["gouzenko"]?.claims)
  }

  @Test("what happened when and by whom is kept, and whether an import had the last word")
  func stamps() throws {
    let mark = ImportMark(id: "birth", digest: "01")
    var given = try given(RecordClaim("gouzenko", .birth, mark: mark))
    let recorded = Int64(given.facts.count)
    #expect(given.state.cases["gouzenko"]?.claims[1]?.mark == mark)
    #expect(given.state.cases["gouzenko"]?.claims[1]?.hasDiverged == false)
    try given.perform(
      CorrectClaim(
        "gouzenko/c1", ClaimEdit(fields: [.locator: "p. 2"]), kind: .locator, reason: "so"),
      by: "rk")
    let claim = try #require(given.state.cases["gouzenko"]?.claims[1])
    #expect(claim.mark == mark)
    #expect(claim.hasDiverged)
    #expect(claim.revision == 2)
    #expect(claim.recorded.position == recorded)
    #expect(claim.recorded.by == "mh")
    #expect(claim.changed.position == recorded + 1)
    #expect(claim.changed.by == "rk")
    #expect(given.state.cases["gouzenko"]?.lastPosition == recorded + 1)
    #expect(given.state.version(of: gouzenko) == 3)
    #expect(given.state.version(of: World.file("nobody")) == 0)
    #expect(given.state.version(of: World.source("memoir")) == 1)
    #expect(given.state.version(of: World.casebook) == Int64(World.vocabulary.count + 1))
  }

  @Test("forgetting a case takes it out of the state")
  func removed() throws {
    var state = try world().state
    #expect(state.removeCase("gouzenko")?.claims.count == 2)
    #expect(state.cases["gouzenko"] == nil)
    #expect(state.removeCase("gouzenko") == nil)
  }
}
