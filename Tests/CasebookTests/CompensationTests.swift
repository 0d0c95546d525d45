import Casebook
import StrictJSON
import Testing

/// A request that was carried out, and what came after it.
private struct Request {
  var given: Given
  let before: CasebookState
  let facts: ArraySlice<Fact>

  init(on given: Given, _ commands: [any Command]) throws {
    var next = given
    for command in commands { try next.perform(command) }
    before = given.state
    facts = next.facts[given.facts.count...]
    self.given = next
  }

  /// What undoing it would do.
  func undo() throws -> [any Command] {
    try Compensation(undoing: Array(facts), before: before, now: given.state)
      .commands(reason: "undone")
  }

  /// The state once it is undone.
  func undone() throws -> CasebookState {
    var next = given
    for command in try undo() { try next.perform(command) }
    return next.state
  }

  /// The request with something done since.
  func then(_ commands: any Command...) throws -> Request {
    var next = self
    for command in commands { try next.given.perform(command) }
    return next
  }
}

@Suite("Undoing a request") struct CompensationTests {
  private static let note = AddAnnotation(
    AnnotationContent(target: "gouzenko", text: "x", motivation: .questioning, tags: ["a"]))
  private static let citation = AddCitation(
    "gouzenko",
    CitationContent(target: .claim(1), work: "memoir", locator: "p. 1", note: "2", role: .restsOn))

  private static func locator(_ text: String) -> CorrectClaim {
    CorrectClaim(
      "gouzenko/c1", ClaimEdit(fields: [.locator: text]), kind: .locator, reason: "so")
  }

  private static func conclude(_ value: String) -> DrawConclusion {
    DrawConclusion(
      "gouzenko",
      ConclusionDraft(
        ClaimDraft(predicate: "birth.date", value: value), on: ["gouzenko/c1"], basis: "so",
        likelihood: .likely))
  }

  private static let reconclude: ReviseConclusion = {
    var edit = ConclusionEdit()
    edit.adopted = ClaimDraft(predicate: "", value: "1920")
    edit.likelihood = .some(nil)
    return ReviseConclusion("gouzenko/k1", edit, reason: "so")
  }()

  private static func recite(_ work: Slug, note: String?) -> CorrectCitation {
    var edit = CorrectCitation.Edit()
    edit.work = work
    edit.note = .some(note)
    return CorrectCitation("gouzenko/n1", edit, reason: "so")
  }

  private static func titled(_ title: String) -> AmendSource {
    AmendSource(World.source("memoir", title), reason: "so")
  }

  private static func scoped(_ scope: String) -> RevisePredicate {
    var predicate = World.vocabulary[0]
    predicate.scope = scope
    return RevisePredicate(predicate, reason: "so")
  }

  private static func counted(_ count: Int) -> CorrectTabulation {
    var content = TabulationContent.full
    content.count = count
    return CorrectTabulation(content, kind: .transcription, reason: "so")
  }

  /// Everything that stands, in the terms of the model: what is withdrawn, resolved or closed is not.
  private func standing(_ state: CasebookState) -> [String: [JSON]] {
    var standing: [String: [String]] = [:]
    standing["members"] = (state.register?.members ?? []).map { "\($0.content)" }.sorted()
    for (slug, file) in state.cases where !file.isClosed {
      var texts = [file.name ?? ""]
      texts += file.claims.values.filter { $0.status == .current }.map {
        ClaimDraft($0.content).json.text
      }
      texts += file.standingConclusions.map { "\($0.content)" }
      texts += file.citations.values.filter { !$0.isWithdrawn }.map { "\($0.content)" }
      texts += file.disputes.values.filter(\.isOpen).map { "\($0.content)" }
      texts += file.annotations.all.values.filter { !$0.isWithdrawn }.map { "\($0.content)" }
      standing[slug.text] = texts.sorted()
    }
    for (slug, source) in state.sources {
      standing[slug.text] =
        ["\(source.content)"]
        + source.annotations.all.values.filter { !$0.isWithdrawn }.map { "\($0.content)" }.sorted()
    }
    standing["casebook"] =
      (state.register?.vocabulary ?? []).map { "\($0.predicate)" }
      + (state.register?.tabulations ?? []).filter { !$0.isWithdrawn }.map { "\($0.content)" }
    // As JSON, a composed and a decomposed accent differ.
    return standing.mapValues { $0.map(JSON.string) }
  }

  /// What there was, and the requests that are undone on it.
  static let requests: [(before: [any Command], request: [any Command])] = [
    ([], [RecordClaim("gouzenko", .birth)]),
    ([], [RecordClaim("gouzenko", .birth), RecordClaim("barmine", .birth), note]),
    ([RecordClaim("gouzenko", .birth)], [locator("p. 2")]),
    ([RecordClaim("gouzenko", .birth)], [locator("p. 2"), locator("p. 3")]),
    ([RecordClaim("gouzenko", .birth)], [WithdrawClaim("gouzenko/c1", reason: "so")]),
    (
      [RecordClaim("gouzenko", .birth)],
      [locator("p. 2"), WithdrawClaim("gouzenko/c1", reason: "so")]
    ),
    (
      [RecordClaim("gouzenko", .birth), WithdrawClaim("gouzenko/c1", reason: "so")],
      [ReinstateClaim("gouzenko/c1", reason: "so")]
    ),
    (
      [RecordClaim("gouzenko", .birth), WithdrawClaim("gouzenko/c1", reason: "so")],
      [ReinstateClaim("gouzenko/c1", reason: "so"), locator("p. 2")]
    ),
    (
      [RecordClaim("gouzenko", .birth), WithdrawClaim("gouzenko/c1", reason: "so")],
      [
        ReinstateClaim("gouzenko/c1", reason: "so"), locator("p. 2"),
        WithdrawClaim("gouzenko/c1", reason: "so"),
      ]
    ),
    // The place of the corrected claim is taken by another one.
    ([RecordClaim("gouzenko", .birth)], [locator("p. 2"), RecordClaim("gouzenko", .birth)]),
    (
      [RecordClaim("gouzenko", .fbi("alias", "Orl\u{E9}v"))],
      [
        CorrectClaim(
          "gouzenko/c1", ClaimEdit(fields: [.value: "Orle\u{301}v"]), kind: .transcription,
          reason: "so")
      ]
    ),
    ([RecordClaim("gouzenko", .birth)], [DisputeClaim("gouzenko/c1", grounds: "so", counter: nil)]),
    ([RecordClaim("gouzenko", .birth)], [conclude("1919")]),
    ([RecordClaim("gouzenko", .birth)], [conclude("1919"), reconclude]),
    ([RecordClaim("gouzenko", .birth), conclude("1919")], [reconclude]),
    (
      [RecordClaim("gouzenko", .birth), conclude("1919")],
      [WithdrawConclusion("gouzenko/k1", reason: "so")]
    ),
    (
      [RecordClaim("gouzenko", .birth), DisputeClaim("gouzenko/c1", grounds: "so", counter: nil)],
      [ResolveDispute("gouzenko/d1", resolution: "so")]
    ),
    ([RecordClaim("gouzenko", .birth)], [citation]),
    ([RecordClaim("gouzenko", .birth), citation], [recite("riehle-2020", note: nil)]),
    (
      [RecordClaim("gouzenko", .birth), citation],
      [recite("riehle-2020", note: nil), WithdrawCitation("gouzenko/n1", reason: "so")]
    ),
    (
      [RecordClaim("gouzenko", .birth), citation],
      [WithdrawCitation("gouzenko/n1", reason: "so"), WithdrawClaim("gouzenko/c1", reason: "so")]
    ),
    ([note], [ReviseAnnotation("gouzenko/a1", text: "y", motivation: .some(nil), tags: [])]),
    ([note], [WithdrawAnnotation("gouzenko/a1", reason: "so")]),
    (
      [],
      [
        AddAnnotation(AnnotationContent(target: "memoir", text: "x", motivation: nil, tags: [])),
        AddAnnotation(AnnotationContent(target: "casebook", text: "x", motivation: nil, tags: [])),
      ]
    ),
    ([], [OpenCase(CaseContent(slug: "petrov", kind: .person, name: nil))]),
    (
      [],
      [
        OpenCase(CaseContent(slug: "petrov", kind: .person, name: "P.")),
        RenameCase("petrov", name: "Petrov", reason: nil), RecordClaim("petrov", .birth),
        CloseCase("petrov", reason: "so"),
      ]
    ),
    (
      [],
      [
        RenameCase("gouzenko", name: "A", reason: nil),
        RenameCase("gouzenko", name: "B", reason: nil),
      ]
    ),
    ([], [RecordClaim("gouzenko", .birth), CloseCase("gouzenko", reason: "so")]),
    ([CloseCase("gouzenko", reason: "so")], [ReopenCase("gouzenko", reason: "so")]),
    (
      [CloseCase("gouzenko", reason: "so")],
      [
        ReopenCase("gouzenko", reason: "so"), RecordClaim("gouzenko", .birth),
        CloseCase("gouzenko", reason: "so"),
      ]
    ),
    ([], [titled("A"), titled("B")]), ([], [scoped("A"), scoped("B")]),
    ([], [StateTabulation(.full)]), ([], [StateTabulation(.full), counted(13)]),
    ([StateTabulation(.full)], [counted(13), counted(12)]),
    ([], [granted(.write)]), ([granted(.write)], [granted(.admin), granted(.read)]),
    ([granted(.write)], [RevokeAccess("bo")]),
    ([granted(.write)], [RevokeAccess("bo"), granted(.read)]),
    ([granted(.write)], [granted(.admin), RevokeAccess("bo")]),
    ([], [granted(.write), RecordClaim("gouzenko", .birth)]),
  ]

  private static func granted(_ access: MemberAccess) -> GrantAccess {
    GrantAccess(AccessContent(role: "bo", access: access))
  }

  @Test("leaves standing what stood before", arguments: requests.indices)
  func undone(_ index: Int) throws {
    var given = try given()
    for command in Self.requests[index].before { try given.perform(command) }
    let request = try Request(on: given, Self.requests[index].request)
    #expect(standing(try request.undone()) == standing(request.before))
  }

  @Test("undoing that again leaves standing what the request did", arguments: requests.indices)
  func redone(_ index: Int) throws {
    var given = try given()
    for command in Self.requests[index].before { try given.perform(command) }
    let request = try Request(on: given, Self.requests[index].request)
    // What an undoing withdrew for good can only be recorded anew.
    guard !request.facts.contains(where: { $0.event.type == .tabulationStated }) else { return }
    let undoing = try Request(on: request.given, try request.undo())
    #expect(standing(try undoing.undone()) == standing(request.given.state))
  }
}

@Suite("Undoing a request is refused") struct CompensationRefusalTests {
  private func refused(
    _ request: @autoclosure () throws -> Request, _ message: String,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let request = try request()
    let refusal = try #require(throws: Refusal.self, sourceLocation: location) {
      try request.undo()
    }
    #expect(refusal.rule == .notUndoable, sourceLocation: location)
    #expect(refusal.message == message, sourceLocation: location)
    #expect(refusal.remedy != nil, sourceLocation: location)
  }

  private let birth = RecordClaim("gouzenko", .birth)
  private let note = AddAnnotation(
    AnnotationContent(target: "gouzenko", text: "x", motivation: nil, tags: []))

  @Test("when what it changed was changed again since")
  func changedSince() throws {
    let last = Int64(World.given.facts.count)
    let withdraw = WithdrawClaim("gouzenko/c1", reason: "so")
    try refused(
      Request(on: given(), [birth]).then(withdraw),
      "gouzenko/c1 was changed again since, at @\(last + 2)")
    try refused(
      Request(on: given(), [note]).then(ReviseAnnotation("gouzenko/a1", text: "y")),
      "gouzenko/a1 was changed again since, at @\(last + 2)")
    let citation = AddCitation(
      "gouzenko",
      CitationContent(target: .claim(1), work: "memoir", locator: nil, note: nil, role: .see))
    try refused(
      Request(on: given(birth), [citation]).then(WithdrawCitation("gouzenko/n1", reason: "so")),
      "gouzenko/n1 was changed again since, at @\(last + 3)")
    try refused(
      Request(on: given(birth), [DisputeClaim("gouzenko/c1", grounds: "so", counter: nil)])
        .then(ResolveDispute("gouzenko/d1", resolution: "so")),
      "gouzenko/d1 was changed again since, at @\(last + 3)")
    try refused(
      Request(on: given(), [OpenCase(CaseContent(slug: "petrov", kind: .person, name: nil))])
        .then(RecordClaim("petrov", .birth)), "petrov was changed again since, at @\(last + 2)")
    try refused(
      Request(on: given(), [RenameCase("gouzenko", name: "A", reason: nil)])
        .then(RenameCase("gouzenko", name: "B", reason: nil)), "gouzenko was renamed again since")
    try refused(
      Request(on: given(), [CloseCase("gouzenko", reason: "so")])
        .then(ReopenCase("gouzenko", reason: "so")), "gouzenko was reopened since")
    try refused(
      Request(
        on: given(CloseCase("gouzenko", reason: "so")), [ReopenCase("gouzenko", reason: "so")]
      )
      .then(CloseCase("gouzenko", reason: "so")), "gouzenko was closed since")
    try refused(
      Request(on: given(), [AmendSource(World.source("memoir", "A"), reason: "so")])
        .then(AmendSource(World.source("memoir", "B"), reason: "so")),
      "source memoir was changed again since")
    var predicate = World.vocabulary[0]
    predicate.scope = "A"
    var other = predicate
    other.label = "B"
    try refused(
      Request(on: given(), [RevisePredicate(predicate, reason: "so")])
        .then(RevisePredicate(other, reason: "so")),
      "predicate name.primary was changed again since")
    var content = TabulationContent.full
    content.count = 13
    try refused(
      Request(on: given(), [StateTabulation(.full)])
        .then(CorrectTabulation(content, kind: .transcription, reason: "so")),
      "tabulation/fourteen was changed again since")
    let (write, read) = (
      AccessContent(role: "bo", access: .write), AccessContent(role: "bo", access: .read)
    )
    for later: any Command in [GrantAccess(read), GrantAccess(write), RevokeAccess("bo")] {
      try refused(
        Request(on: given(), [GrantAccess(write)]).then(later),
        "the access of bo was changed again since")
    }
    try refused(
      Request(on: given(GrantAccess(write)), [RevokeAccess("bo")]).then(GrantAccess(read)),
      "the access of bo was changed again since")
    // Given before such events were kept: nobody knows what it was.
    try refused(
      Request(on: given(), [RevokeAccess("bo")]),
      "the log does not tell what access bo had before")
  }

  @Test("when it has no opposite")
  func noOpposite() throws {
    let next = Int64(World.given.facts.count + 1)
    for (command, type) in [
      (RegisterSource(World.source("x", "X")), "source.registered"),
      (
        RegisterCopy("memoir", SourceCopy(id: "x", kind: .scan, description: "x")),
        "source.copy-registered"
      ),
      (AttachText("memoir", .sample), "source.text-attached"),
      (
        DeriveSource("memoir", SourceDerivation(from: "fbi-1955", grounds: "so", locator: nil)),
        "source.derived"
      ),
      (GradeSource("memoir", .a, grounds: "so"), "source.graded"),
      (DefinePredicate(World.predicate("x", .text)), "predicate.defined"),
      (VoidEvent(7, reason: "so"), "event.voided"),
    ] as [(any Command, String)] {
      try refused(Request(on: given(), [command]), "@\(next) (\(type)) has no opposite")
    }
    try refused(
      Request(on: given(StateTabulation(.full)), [WithdrawTabulation("fourteen", reason: "so")]),
      "@\(next + 1) (tabulation.withdrawn) has no opposite")
    try refused(
      Request(on: given(), [RenameCase("barmine", name: "Barmine", reason: nil)]),
      "barmine had no name before")
  }

  @Test("when it left nothing behind")
  func nothingLeft() throws {
    try refused(
      Request(on: given(), [birth, WithdrawClaim("gouzenko/c1", reason: "so")]),
      "the request left nothing behind to undo")
    try refused(
      Request(
        on: given(birth),
        [
          DisputeClaim("gouzenko/c1", grounds: "so", counter: nil),
          ResolveDispute("gouzenko/d1", resolution: "so"),
        ]), "the request left nothing behind to undo")
    let imported = AmendSource(
      World.source("memoir", "I Was Stalin's Agent"), reason: "imported",
      mark: ImportMark(id: "memoir", digest: "01"))
    try refused(Request(on: given(), [imported]), "the request left nothing behind to undo")
  }
}
