import Casebook
import StrictJSON
import Testing

@Suite("Citations") struct CitationTests {
  private func world(_ commands: any Command...) throws -> Given {
    var world = try given(
      RecordClaim("gouzenko", .birth),
      AddAnnotation(
        AnnotationContent(target: "gouzenko", text: "A note.", motivation: nil, tags: [])))
    for command in commands { try world.perform(command) }
    return world
  }

  private func content(
    _ target: CitationTarget = .claim(1), work: Slug = "memoir", locator: String? = "p. 266",
    note: String? = "21", role: CitationContent.Role = .restsOn
  ) -> CitationContent {
    CitationContent(target: target, work: work, locator: locator, note: note, role: role)
  }

  private func cite(_ target: CitationTarget = .claim(1), work: Slug = "memoir") -> AddCitation {
    AddCitation("gouzenko", content(target, work: work))
  }

  private func correct(
    reason: String? = "misread", _ change: (inout CorrectCitation.Edit) -> Void
  ) -> CorrectCitation {
    var edit = CorrectCitation.Edit()
    change(&edit)
    return CorrectCitation("gouzenko/n1", edit, reason: reason)
  }

  @Test("a claim's citation is its source's, an annotation's is the analyst's")
  func added() throws {
    try world().when(cite()).then(
      .citationAdded(1, content(), nil), on: World.file("gouzenko"), voice: "fbi-1955",
      as: "gouzenko/n1")
    try world(cite()).when(cite(.annotation(1))).then(
      .citationAdded(2, content(.annotation(1)), nil), on: World.file("gouzenko"),
      as: "gouzenko/n2")
    try world().when(AddCitation("gouzenko", content(locator: " ", note: ""))).then(
      .citationAdded(1, content(locator: nil, note: nil), nil), on: World.file("gouzenko"),
      voice: "fbi-1955", as: "gouzenko/n1")
  }

  @Test("what cites must be there and stand, the work registered, the case open")
  func guards() throws {
    try world().when(cite(.claim(7))).refused(
      .unknownClaim, "there is no claim gouzenko/c7", "The last one is gouzenko/c1")
    try world().when(cite(.annotation(7))).refused(
      .unknownAnnotation, "there is no annotation gouzenko/a7", "The last one is gouzenko/a1.")
    try world().when(cite(work: "memoirs")).refused(
      .unknownSource, "there is no source \"memoirs\"", "Did you mean \"memoir\"?")
    try world(WithdrawClaim("gouzenko/c1", reason: "why")).when(cite()).refused(
      .claimWithdrawn, "gouzenko/c1 is withdrawn", "dossier claim reinstate gouzenko/c1")
    try world(WithdrawAnnotation("gouzenko/a1", reason: "why")).when(cite(.annotation(1))).refused(
      .alreadyWithdrawn, "gouzenko/a1 is withdrawn", "dossier annotate gouzenko")
    try world(CloseCase("gouzenko", reason: "done")).when(cite()).refused(
      .caseClosed, "the case gouzenko is closed", "reopen")
    try world().when(AddCitation("nobody", content())).refused(
      .unknownCase, "there is no case \"nobody\"", "dossier case list")
  }

  @Test("the same is not cited twice, unless the first was withdrawn")
  func twice() throws {
    try world(cite()).when(cite()).refused(
      .alreadyExists, "gouzenko/n1 already cites exactly that", "Nothing needs to be done.")
    try world(cite(), WithdrawCitation("gouzenko/n1", reason: "why")).when(cite()).then(
      .citationAdded(2, content(), nil), on: World.file("gouzenko"), voice: "fbi-1955",
      as: "gouzenko/n2")
  }

  @Test("a citation is corrected in the voice it was made in")
  func corrected() throws {
    try world(cite()).when(correct { $0.note = .some(nil) }).then(
      .citationCorrected(1, .revision(.citation, reason: "misread", changes: ["note": .null])),
      on: World.file("gouzenko"), voice: "fbi-1955", as: "gouzenko/n1")
    try world(cite(.annotation(1))).when(
      correct {
        $0.work = "riehle-2020"
        $0.role = .see
      }
    ).then(
      .citationCorrected(
        1, .revision(.citation, reason: "misread", changes: ["work": "riehle-2020", "as": "see"])),
      on: World.file("gouzenko"), as: "gouzenko/n1")
  }

  @Test("a correction needs a reason, a change and a citation that stands")
  func correctionGuards() throws {
    try world(cite()).when(correct(reason: " ") { $0.role = .see }).refused(
      .missingReason, "the reason is missing", "-m REASON")
    try world(cite()).when(correct { _ in }).refused(
      .nothingChanged, "gouzenko/n1 already says that", "Name a field to change")
    try world(cite()).when(correct { $0.locator = "p. 266" }).refused(
      .nothingChanged, "gouzenko/n1 already says that", "Name a field to change")
    try world(cite()).when(correct { $0.work = "nothing" }).refused(
      .unknownSource, "there is no source \"nothing\"", "dossier source add")
    try world().when(correct { $0.role = .see }).refused(
      .unknownCitation, "there is no citation gouzenko/n1", "It has none yet.")
    try world(cite(), WithdrawCitation("gouzenko/n1", reason: "why"))
      .when(correct { $0.role = .see }).refused(
        .alreadyWithdrawn, "gouzenko/n1 is withdrawn", "dossier cite gouzenko/c1")
    try world(cite(), cite(work: "riehle-2020")).when(correct { $0.work = "riehle-2020" }).refused(
      .alreadyExists, "gouzenko/n2 already cites exactly that", "Nothing needs to be done.")
    try world(cite(), CloseCase("gouzenko", reason: "done")).when(correct { $0.role = .see })
      .refused(.caseClosed, "the case gouzenko is closed", "reopen")
  }

  @Test("a citation is withdrawn once, for a reason")
  func withdrawn() throws {
    let withdraw = WithdrawCitation("gouzenko/n1", reason: "another note")
    try world(cite()).when(withdraw).then(
      .citationWithdrawn(1, reason: "another note"), on: World.file("gouzenko"),
      voice: "fbi-1955", as: "gouzenko/n1")
    try world(cite(.annotation(1))).when(withdraw).then(
      .citationWithdrawn(1, reason: "another note"), on: World.file("gouzenko"), as: "gouzenko/n1")
    try world(cite(), withdraw).when(withdraw).refused(
      .alreadyWithdrawn, "gouzenko/n1 is withdrawn", "dossier cite gouzenko/c1")
    try world().when(withdraw).refused(
      .unknownCitation, "there is no citation gouzenko/n1", "It has none yet.")
    try world(cite()).when(WithdrawCitation("gouzenko/n1", reason: nil)).refused(
      .missingReason, "the reason is missing", "-m REASON")
    try world(cite(), CloseCase("gouzenko", reason: "done")).when(withdraw).refused(
      .caseClosed, "the case gouzenko is closed", "reopen")
  }
}
