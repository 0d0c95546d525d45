import Casebook
import StrictJSON
import Testing

@Suite("The trail") struct TrailTests {
  /// The last step of the log that the commands make.
  private func last(_ commands: any Command...) throws -> TrailEntry {
    var given = try given()
    for command in commands { try given.perform(command) }
    var builder = TrailBuilder(voided: [])
    return try #require(try given.facts.map { try builder.step($0) }.last)
  }

  private func fields(_ fields: [TrailEntry.Field]) -> [String] {
    fields.map { "\($0.name): \($0.text)" }
  }

  private static let recall = RecordClaim(
    "gouzenko",
    .fbi("recall.ordered", "ordered") {
      $0.hedge = "apparently"
      $0.stance = .reports
      $0.saidBy = "orlov"
      $0.qualifiers = ["date": "1944", "outcome": "evaded"]
      $0.quote = "the order"
    })

  @Test("a claim is told by its value; what goes without saying is left out")
  func recorded() throws {
    let entry = try last(RecordClaim("gouzenko", .birth))
    #expect(entry.type == .claimRecorded)
    #expect(entry.reference == "gouzenko/c1")
    #expect(entry.voice == "fbi-1955")
    #expect(entry.stream == World.file("gouzenko"))
    #expect(entry.stamp.by == "mh")
    #expect(entry.predicate == "birth.date")
    #expect(entry.locator == "p. 41")
    #expect(entry.reason == nil)
    #expect(entry.before.isEmpty)
    #expect(fields(entry.after) == ["value: 1919-01-13"])
    #expect(!entry.isVoided)
    let unknown = try last(RecordClaim("gouzenko", .fbi("fear", nil) { $0.state = .unknown }))
    #expect(fields(unknown.after) == ["state: unknown"])
    #expect(
      fields(try last(Self.recall).after) == [
        "value: ordered", "hedge: apparently", "attribution: reports orlov", "date: 1944",
        "outcome: evaded", "quote: the order",
      ])
    let denied = try last(RecordClaim("gouzenko", .fbi("fear", "yes") { $0.isNegative = true }))
    #expect(fields(denied.after) == ["value: yes", "polarity: negative"])
  }

  @Test("a correction is told by what it changed, before and after")
  func corrected() throws {
    let edit = ClaimEdit(
      fields: [.hedge: nil, .locator: "p. 42", .asWritten: "was ordered back"],
      qualifiers: ["date": "1944-09", "outcome": nil])
    let entry = try last(
      Self.recall, CorrectClaim("gouzenko/c1", edit, kind: .locator, reason: "misread"))
    #expect(entry.type == .claimCorrected)
    #expect(entry.reason == "misread")
    #expect(entry.correction == .locator && entry.claim?.locator == "p. 42")
    #expect(entry.locator == "p. 42")
    #expect(
      fields(entry.before) == [
        "hedge: apparently", "date: 1944", "outcome: evaded", "locator: p. 41",
      ])
    #expect(
      fields(entry.after) == ["asWritten: was ordered back", "date: 1944-09", "locator: p. 42"])
    let accent = try last(
      RecordClaim("gouzenko", .fbi("alias", "Orl\u{E9}v")),
      CorrectClaim(
        "gouzenko/c1", ClaimEdit(fields: [.value: "Orle\u{301}v"]), kind: .transcription,
        reason: "so"))
    #expect(accent.before.count == 1 && accent.after.count == 1)
  }

  @Test("a withdrawal is told by what was, a reinstatement by what is again")
  func withdrawn() throws {
    let withdraw = WithdrawClaim("gouzenko/c1", reason: "so")
    let gone = try last(RecordClaim("gouzenko", .birth), withdraw)
    #expect(fields(gone.before) == ["value: 1919-01-13"] && gone.after.isEmpty)
    #expect(gone.reason == "so" && gone.predicate == "birth.date" && gone.locator == "p. 41")
    let back = try last(
      RecordClaim("gouzenko", .birth), withdraw, ReinstateClaim("gouzenko/c1", reason: "again"))
    #expect(back.before.isEmpty && fields(back.after) == ["value: 1919-01-13"])
    #expect(back.reason == "again")
  }

  @Test("a dispute is told with its grounds, its end with what came of it")
  func disputed() throws {
    let dispute = DisputeClaim("gouzenko/c1", grounds: "The passport", counter: "barmine/c1")
    let raised = try last(
      RecordClaim("gouzenko", .birth), RecordClaim("barmine", .birth), dispute)
    #expect(raised.voice == nil && raised.reference == "gouzenko/d1")
    #expect(fields(raised.after) == ["claim: c1", "counter: barmine/c1"])
    #expect(raised.reason == "The passport" && raised.predicate == "birth.date")
    let resolved = try last(
      RecordClaim("gouzenko", .birth), RecordClaim("barmine", .birth), dispute,
      ResolveDispute("gouzenko/d1", resolution: "A slip"))
    #expect(
      fields(resolved.before) == ["claim: c1", "grounds: The passport", "counter: barmine/c1"])
    #expect(resolved.after.isEmpty && resolved.reason == "A slip")
  }

  @Test("citations and annotations are told like claims, wherever they live")
  func additions() throws {
    let claim = RecordClaim("gouzenko", .birth)
    let citation = AddCitation(
      "gouzenko",
      CitationContent(target: .claim(1), work: "memoir", locator: "p. 1", note: nil, role: .see))
    let cited = try last(claim, citation)
    #expect(fields(cited.after) == ["target: c1", "work: memoir", "locator: p. 1", "as: see"])
    #expect(cited.locator == "p. 1" && cited.voice == "fbi-1955")
    var edit = CorrectCitation.Edit()
    edit.locator = .some(nil)
    let recited = try last(claim, citation, CorrectCitation("gouzenko/n1", edit, reason: "so"))
    #expect(fields(recited.before) == ["locator: p. 1"] && recited.after.isEmpty)
    let uncited = try last(claim, citation, WithdrawCitation("gouzenko/n1", reason: "so"))
    #expect(uncited.before.count == 4 && uncited.reason == "so")

    for (target, reference) in [
      ("gouzenko", "gouzenko/a1"), ("memoir", "memoir/a1"), ("casebook", "casebook/a1"),
    ] as [(Reference, ItemReference)] {
      let note = AddAnnotation(
        AnnotationContent(target: target, text: "x", motivation: nil, tags: ["b", "c"]))
      let noted = try last(note)
      #expect(noted.reference == .item(reference))
      #expect(fields(noted.after) == ["target: \(target)", "text: x", "tags: b, c"])
      let revised = try last(note, ReviseAnnotation(reference, text: "y"))
      #expect(fields(revised.before) == ["text: x"] && fields(revised.after) == ["text: y"])
      let gone = try last(note, WithdrawAnnotation(reference, reason: "so"))
      #expect(gone.before.count == 3 && gone.after.isEmpty && gone.reason == "so")
    }
  }

  @Test("cases and sources are told by what changed")
  func files() throws {
    let opened = try last(OpenCase(CaseContent(slug: "petrov", kind: .person, name: "P.")))
    #expect(fields(opened.after) == ["kind: person", "name: P."] && opened.reference == "petrov")
    let renamed = try last(RenameCase("gouzenko", name: "Igor", reason: "shorter"))
    #expect(fields(renamed.before) == ["name: Igor S. Gouzenko"])
    #expect(fields(renamed.after) == ["name: Igor"] && renamed.reason == "shorter")
    #expect(try last(RenameCase("barmine", name: "B.", reason: nil)).before.isEmpty)
    #expect(try last(CloseCase("gouzenko", reason: "done")).reason == "done")
    #expect(
      try last(CloseCase("gouzenko", reason: "done"), ReopenCase("gouzenko", reason: "more")).reason
        == "more")

    let amended = try last(AmendSource(World.source("fbi-1955", "Defectors"), reason: "so"))
    #expect(fields(amended.before) == ["title: Soviet Defectors", "issued: 1955-01"])
    #expect(fields(amended.after) == ["title: Defectors"] && amended.reference == "fbi-1955")
    let derived = try last(
      DeriveSource("memoir", SourceDerivation(from: "fbi-1955", grounds: "so", locator: "p. 3")))
    #expect(fields(derived.after) == ["from: fbi-1955", "locator: p. 3"])
    #expect(derived.reason == "so" && derived.locator == "p. 3")
    let graded = try last(
      GradeSource("memoir", .c, grounds: "so"), GradeSource("memoir", .b, grounds: "checked"))
    #expect(fields(graded.before) == ["grade: C"] && fields(graded.after) == ["grade: B"])
    #expect(graded.reason == "checked")
    let copied = try last(
      RegisterCopy("memoir", SourceCopy(id: "scan", kind: .scan, description: "Of 1999")))
    #expect(fields(copied.after) == ["id: scan", "kind: scan", "description: Of 1999"])
  }

  @Test("the casebook's own events are told too")
  func casebook() throws {
    var predicate = World.vocabulary[0]
    predicate.scope = "Wider."
    let revised = try last(RevisePredicate(predicate, reason: "so"))
    #expect(revised.predicate == "name.primary" && revised.reason == "so")
    #expect(fields(revised.before) == ["scope: What counts."])
    #expect(fields(revised.after) == ["scope: Wider."])

    let stated = try last(StateTabulation(.full))
    #expect(stated.reference == "tabulation/fourteen" && stated.locator == "II, p. 4")
    #expect(fields(stated.after).contains("stated: count 14, bound exactly"))
    #expect(fields(stated.after).contains("population: fbi-twenty"))
    #expect(fields(stated.after).contains("named: yes gouzenko, no barmine"))
    var content = TabulationContent.full
    content.count = 13
    let corrected = try last(
      StateTabulation(.full), CorrectTabulation(content, kind: .copy, reason: "so"))
    #expect(fields(corrected.before) == ["stated: count 14, bound exactly"])
    #expect(fields(corrected.after) == ["stated: count 13, bound exactly"])
    let withdrawn = try last(
      StateTabulation(.full), WithdrawTabulation("fourteen", reason: "why"))
    #expect(withdrawn.after.isEmpty && withdrawn.reason == "why" && !withdrawn.before.isEmpty)

    let voided = try last(VoidEvent(3, reason: "unreadable"))
    #expect(voided.reference == "@3" && voided.reason == "unreadable")
  }

  @Test("every step has its event's place, voice and reference")
  func steps() throws {
    let given = try given(RecordClaim("gouzenko", .birth), StateTabulation(.full))
    var builder = TrailBuilder(voided: [])
    for fact in given.facts {
      let entry = try builder.step(fact)
      #expect(entry.stamp == fact.stamp)
      #expect(entry.voice == fact.voice)
      #expect(entry.reference == fact.reference)
      #expect(entry.type == fact.event.type)
    }
  }
}
