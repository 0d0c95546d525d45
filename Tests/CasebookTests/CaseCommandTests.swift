import Casebook
import Testing

@Suite("Opening, naming and closing a case") struct CaseCommandTests {
  private func open(_ slug: Slug, name: String? = nil, kind: CaseKind = .person) -> OpenCase {
    OpenCase(CaseContent(slug: slug, kind: kind, name: name))
  }

  @Test("a case is opened, with a name or without", arguments: CaseKind.allCases)
  func opened(_ kind: CaseKind) throws {
    try given().when(open("petrov", name: "Petrov", kind: kind)).then(
      .caseOpened(CaseContent(slug: "petrov", kind: kind, name: "Petrov"), nil),
      on: World.file("petrov"), as: "petrov")
    try given().when(open("petrov", name: "  ", kind: kind)).then(
      .caseOpened(CaseContent(slug: "petrov", kind: kind, name: nil), nil),
      on: World.file("petrov"), as: "petrov")
  }

  @Test("cases and sources share one namespace, guarded by each other's streams")
  func taken() throws {
    try given().when(open("gouzenko")).refused(
      .alreadyExists, "there is already a case \"gouzenko\"", "dossier case show gouzenko")
    try given().when(open("memoir")).refused(
      .alreadyExists, "there is already a source \"memoir\"", "dossier source show memoir")
    #expect(open("petrov").guards == [World.source("petrov")])
    #expect(RegisterSource(World.source("petrov", "X")).guards == [World.file("petrov")])
  }

  @Test("a case is renamed; its short name stays")
  func renamed() throws {
    let rename = RenameCase("gouzenko", name: "Igor Gouzenko", reason: nil)
    try given().when(rename).then(
      .caseRenamed(name: "Igor Gouzenko", reason: nil, nil), on: World.file("gouzenko"),
      as: "gouzenko")
    try given().when(RenameCase("gouzenko", name: "Igor", reason: "shorter")).then(
      .caseRenamed(name: "Igor", reason: "shorter", nil), on: World.file("gouzenko"),
      as: "gouzenko")
    try given(rename).when(rename).refused(
      .nothingChanged, "gouzenko is already called that", "Nothing needs to be done.")
    try given().when(RenameCase("gouzenko", name: " ", reason: nil)).refused(
      .missingText, "the name is missing", "Give the new name.")
    try given().when(RenameCase("nobody", name: "X", reason: nil)).refused(
      .unknownCase, "there is no case \"nobody\"", "dossier case list")
    try given(CloseCase("gouzenko", reason: "done")).when(rename).refused(
      .caseClosed, "the case gouzenko is closed", "dossier case reopen gouzenko")
    #expect(try given(rename).state.cases["gouzenko"]?.title == "Igor Gouzenko")
  }

  @Test("a case is closed and reopened, with a reason, once at a time")
  func closed() throws {
    let close = CloseCase("gouzenko", reason: "done")
    let reopen = ReopenCase("gouzenko", reason: "a new source")
    try given().when(close).then(
      .caseClosed(reason: "done"), on: World.file("gouzenko"), as: "gouzenko")
    try given(close).when(reopen).then(
      .caseReopened(reason: "a new source"), on: World.file("gouzenko"), as: "gouzenko")
    try given(close).when(close).refused(
      .caseClosed, "the case gouzenko is already closed", "Nothing needs to be done.")
    try given().when(reopen).refused(
      .caseOpen, "the case gouzenko is open", "Nothing needs to be done.")
    try given().when(CloseCase("gouzenko", reason: " ")).refused(
      .missingReason, "the reason is missing", "-m REASON")
    try given(close).when(ReopenCase("gouzenko", reason: nil)).refused(
      .missingReason, "the reason is missing", "-m REASON")
    try given().when(CloseCase("nobody", reason: "done")).refused(
      .unknownCase, "there is no case \"nobody\"", "dossier case list")
    try given().when(ReopenCase("nobody", reason: "done")).refused(
      .unknownCase, "there is no case \"nobody\"", "dossier case list")
    #expect(try given(close, reopen, RecordClaim("gouzenko", .birth)).facts.count > 0)
  }

  @Test("a case is called by its name, else by the first name a source gives, else by its slug")
  func title() throws {
    func title(_ commands: any Command...) throws -> String? {
      var given = try given()
      for command in commands { try given.perform(command) }
      return given.state.cases["barmine"]?.title
    }
    let unknown = RecordClaim("barmine", .fbi("name.primary", nil) { $0.state = .unknown })
    let denied = RecordClaim("barmine", .fbi("name.primary", "Graff") { $0.isNegative = true })
    let named = RecordClaim("barmine", .fbi("name.primary", "Alexander Barmine"))
    #expect(try title() == "barmine")
    #expect(try title(unknown, denied) == "barmine")
    #expect(try title(unknown, denied, named) == "Alexander Barmine")
    #expect(try title(named, WithdrawClaim("barmine/c1", reason: "why")) == "barmine")
    #expect(try title(named, RenameCase("barmine", name: "Barmin", reason: nil)) == "Barmin")
  }
}
