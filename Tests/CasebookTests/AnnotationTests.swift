import Casebook
import StrictJSON
import Testing

@Suite("Annotations") struct AnnotationTests {
  private func annotate(
    _ target: Reference, _ text: String = "A slip.", _ motivation: Motivation? = nil,
    tags: [String] = []
  ) -> AddAnnotation {
    AddAnnotation(
      AnnotationContent(target: target, text: text, motivation: motivation, tags: tags))
  }

  private func world(_ commands: any Command...) throws -> Given {
    var world = try given(
      RecordClaim("gouzenko", .birth),
      AddCitation(
        "gouzenko",
        CitationContent(target: .claim(1), work: "memoir", locator: nil, note: nil, role: .see)),
      DisputeClaim("gouzenko/c1", grounds: "so", counter: nil), StateTabulation(.full))
    for command in commands { try world.perform(command) }
    return world
  }

  @Test(
    "everything can be annotated; annotations live with what they are on",
    arguments: [
      ("gouzenko", World.file("gouzenko"), "gouzenko/a1"),
      ("gouzenko/c1", World.file("gouzenko"), "gouzenko/a1"),
      ("gouzenko/n1", World.file("gouzenko"), "gouzenko/a1"),
      ("gouzenko/d1", World.file("gouzenko"), "gouzenko/a1"),
      ("memoir", World.source("memoir"), "memoir/a1"),
      ("tabulation/fourteen", World.casebook, "casebook/a1"),
      ("casebook", World.casebook, "casebook/a1"),
    ] as [(Reference, StreamAddress, String)])
  func added(_ target: Reference, _ stream: StreamAddress, _ reference: String) throws {
    try world().when(annotate(target, "A slip.", .questioning, tags: ["slip"])).then(
      .annotationAdded(
        1,
        AnnotationContent(
          target: target, text: "A slip.", motivation: .questioning, tags: ["slip"]), nil),
      on: stream, as: reference)
  }

  @Test(
    "an annotation can be annotated, wherever it lives",
    arguments: [
      "gouzenko", "memoir", "casebook",
    ] as [Slug])
  func annotated(_ home: Slug) throws {
    let given = try world(annotate(.file(home)))
      .and(annotate(.item(ItemReference(home, .annotation, 1))))
    #expect(given.facts.last?.reference == .item(ItemReference(home, .annotation, 2)))
  }

  @Test("what is withdrawn can still be annotated")
  func withdrawnTarget() throws {
    #expect(
      try world(WithdrawClaim("gouzenko/c1", reason: "why"), annotate("gouzenko/c1"))
        .state.cases["gouzenko"]?.annotations.sorted.count == 1)
  }

  @Test("what is annotated must be there")
  func guards() throws {
    for (target, rule, message, remedy) in [
      ("nobody", .unknownCase, "there is no case and no source \"nobody\"", "dossier case list"),
      ("memoirs", .unknownCase, "there is no case and no source \"memoirs\"", "\"memoir\"?"),
      ("gouzenko/c7", .unknownClaim, "there is no claim gouzenko/c7", "gouzenko/c1"),
      ("gouzenko/n7", .unknownCitation, "there is no citation gouzenko/n7", "gouzenko/n1"),
      ("gouzenko/a7", .unknownAnnotation, "there is no annotation gouzenko/a7", "none yet"),
      ("gouzenko/d7", .unknownDispute, "there is no dispute gouzenko/d7", "gouzenko/d1"),
      ("gouzenko/k1", .unknownConclusion, "there is no conclusion gouzenko/k1", "none yet"),
      ("memoir/c1", .badReference, "memoir is not a case: there is no memoir/c1", "memoir/a1"),
      ("memoir/a1", .unknownAnnotation, "there is no annotation memoir/a1", "none yet"),
      ("casebook/a1", .unknownAnnotation, "there is no annotation casebook/a1", "none yet"),
      ("tabulation/forteen", .unknownTabulation, "there is no tabulation \"forteen\"", "fourteen"),
      ("tabulation/x", .unknownTabulation, "there is no tabulation \"x\"", "There are: fourteen."),
      (
        "@4", .badReference, "@4 is an event; annotations are made on what it recorded",
        "dossier log show @4"
      ),
    ] as [(Reference, Refusal.Rule, String, String)] {
      try world().when(annotate(target)).refused(rule, message, remedy)
    }
    try given().when(annotate("tabulation/x")).refused(
      .unknownTabulation, "there is no tabulation \"x\"", "There are none yet.")
    try world(CloseCase("gouzenko", reason: "done")).when(annotate("gouzenko/c1")).refused(
      .caseClosed, "the case gouzenko is closed", "reopen")
  }

  @Test("it says something, and its tags are short names")
  func content() throws {
    try world().when(annotate("gouzenko", " \n")).refused(
      .missingText, "the text of the annotation is missing", "pipe it in")
    try world().when(annotate("gouzenko", tags: ["Page Slip"])).refused(
      .badSlug, "\"Page Slip\" is not a valid short name", "page-slip")
  }

  @Test("a revision stores what changed; no reason is due")
  func revised() throws {
    let given = try world(annotate("gouzenko/c1", "A slip.", .questioning, tags: ["slip"]))
    try given.when(ReviseAnnotation("gouzenko/a1", text: "No slip.", tags: [])).then(
      .annotationRevised(
        1, .revision(nil, reason: nil, changes: ["text": "No slip.", "tags": []])),
      on: World.file("gouzenko"), as: "gouzenko/a1")
    try given.when(ReviseAnnotation("gouzenko/a1", motivation: .some(nil), reason: "none")).then(
      .annotationRevised(1, .revision(nil, reason: "none", changes: ["motivation": .null])),
      on: World.file("gouzenko"), as: "gouzenko/a1")
    for same in [
      ReviseAnnotation("gouzenko/a1"), ReviseAnnotation("gouzenko/a1", text: "A slip."),
      ReviseAnnotation("gouzenko/a1", text: "  "), ReviseAnnotation("gouzenko/a1", tags: ["slip"]),
    ] {
      given.when(same).refused(
        .nothingChanged, "gouzenko/a1 already says that", "Give another text")
    }
    given.when(ReviseAnnotation("gouzenko/a1", tags: ["No!"])).refused(
      .badSlug, "\"No!\" is not a valid short name", "no")
  }

  @Test("it is withdrawn once, for a reason, and not revised after")
  func withdrawn() throws {
    for (target, home) in [
      ("gouzenko", "gouzenko"), ("memoir", "memoir"), ("casebook", "casebook"),
    ] as [(Reference, Slug)] {
      let reference = ItemReference(home, .annotation, 1)
      let withdraw = WithdrawAnnotation(reference, reason: "why")
      let given = try world(annotate(target), withdraw)
      #expect(given.facts.last?.event == .annotationWithdrawn(1, reason: "why"))
      given.when(withdraw).refused(
        .alreadyWithdrawn, "\(reference) is withdrawn", "dossier annotate \(target)")
      given.when(ReviseAnnotation(reference, text: "New.")).refused(
        .alreadyWithdrawn, "\(reference) is withdrawn", "dossier annotate \(target)")
    }
    try world(annotate("gouzenko")).when(WithdrawAnnotation("gouzenko/a1", reason: " ")).refused(
      .missingReason, "the reason is missing", "-m REASON")
    try world().when(WithdrawAnnotation("gouzenko/a1", reason: "why")).refused(
      .unknownAnnotation, "there is no annotation gouzenko/a1", "There are none yet.")
    try world(annotate("gouzenko")).when(WithdrawAnnotation("gouzenko/c1", reason: "why")).refused(
      .unknownAnnotation, "there is no annotation gouzenko/c1", "The last one is gouzenko/a1.")
    try world(annotate("gouzenko"), CloseCase("gouzenko", reason: "done"))
      .when(WithdrawAnnotation("gouzenko/a1", reason: "why"))
      .refused(.caseClosed, "the case gouzenko is closed", "reopen")
  }
}
