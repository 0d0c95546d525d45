import Casebook
import StrictJSON
import Testing

@Suite("The canonical form of commands") struct CanonicalCommandTests {
  private static let note = AnnotationContent(
    target: "gouzenko", text: "x", motivation: nil, tags: [])
  private static let citation = CitationContent(
    target: .claim(1), work: "memoir", locator: nil, note: nil, role: .see)
  private static let mark = ImportMark(id: "a", digest: "01")

  /// One of each command, and some that differ from another in one thing.
  static let commands: [any Command] = [
    RecordClaim("gouzenko", .birth), RecordClaim("barmine", .birth),
    RecordClaim("gouzenko", .birth, mark: mark), RecordClaim("gouzenko", .fbi("fear", "yes")),
    CorrectClaim("gouzenko/c1", ClaimEdit(), kind: .copy, reason: "so"),
    CorrectClaim("gouzenko/c1", ClaimEdit(), kind: .locator, reason: "so"),
    CorrectClaim("gouzenko/c1", ClaimEdit(fields: [.hedge: nil]), kind: .copy, reason: "so"),
    CorrectClaim("gouzenko/c1", ClaimEdit(qualifiers: ["x": nil]), kind: .copy, reason: "so"),
    WithdrawClaim("gouzenko/c1", reason: "so"), WithdrawClaim("gouzenko/c1", reason: "not so"),
    WithdrawClaim("gouzenko/c2", reason: "so"), ReinstateClaim("gouzenko/c1", reason: "so"),
    DisputeClaim("gouzenko/c1", grounds: "so", counter: nil),
    DisputeClaim("gouzenko/c1", grounds: "so", counter: "gouzenko/c2"),
    ResolveDispute("gouzenko/d1", resolution: "so"), AddCitation("gouzenko", citation),
    AddCitation("barmine", citation),
    CorrectCitation("gouzenko/n1", CorrectCitation.Edit(), reason: "so"),
    CorrectCitation("gouzenko/n1", .withoutNote, reason: "so"),
    WithdrawCitation("gouzenko/n1", reason: "so"), AddAnnotation(note),
    ReviseAnnotation("gouzenko/a1", text: "y"),
    ReviseAnnotation("gouzenko/a1", text: "y", motivation: .some(nil)),
    ReviseAnnotation("gouzenko/a1", text: "y", tags: []),
    WithdrawAnnotation("gouzenko/a1", reason: "so"),
    OpenCase(CaseContent(slug: "petrov", kind: .person, name: nil)),
    RenameCase("gouzenko", name: "x", reason: nil), CloseCase("gouzenko", reason: "so"),
    ReopenCase("gouzenko", reason: "so"), RegisterSource(World.source("x", "X")),
    AmendSource(World.source("x", "X"), reason: "so"),
    RegisterCopy("memoir", SourceCopy(id: "scan", kind: .scan, description: "x")),
    DeriveSource("memoir", SourceDerivation(from: "fbi-1955", grounds: "so", locator: nil)),
    GradeSource("memoir", .a, grounds: "so"), DefinePredicate(World.vocabulary[0]),
    RevisePredicate(World.vocabulary[0], reason: "so"), StateTabulation(.full),
    CorrectTabulation(.full, kind: .copy, reason: "so"),
    WithdrawTabulation("fourteen", reason: "so"), VoidEvent(7, reason: "so"),
  ]

  @Test("two commands that differ in anything have different forms")
  func different() {
    let forms = Self.commands.map(\.json.canonicalText)
    #expect(Set(forms).count == forms.count)
  }

  @Test("it names the command and holds nothing that was not said")
  func named() throws {
    for command in Self.commands {
      let name = try #require(command.json["command"]?.stringValue)
      #expect(name.contains("."))
    }
    #expect(
      CloseCase("gouzenko", reason: nil).json.text
        == #"{"command":"case.close","case":"gouzenko"}"#)
    #expect(
      CorrectCitation("gouzenko/n1", .withoutNote, reason: "so").json.text
        == #"{"command":"citation.correct","ref":"gouzenko/n1","note":null,"kind":"citation","#
        + #""reason":"so"}"#)
  }

  @Test("a command says which cases decide it, those it only points to included")
  func cases() {
    let draft = ClaimDraft.fbi("linked-case", "barmine") {
      $0.stance = .reports
      $0.saidBy = "orlov"
      $0.qualifiers = ["witness": "petrov", "note": "Not a slug"]
    }
    #expect(
      RecordClaim("gouzenko", draft).cases == ["gouzenko", "barmine", "orlov", "petrov"])
    let edit = ClaimEdit(
      fields: [.value: "barmine", .saidBy: "orlov", .hedge: nil], qualifiers: ["witness": "petrov"])
    #expect(
      CorrectClaim("gouzenko/c1", edit, kind: .copy, reason: "So it is").cases
        == ["gouzenko", "barmine", "orlov", "petrov"])
    #expect(StateTabulation(.full).cases == ["fbi-twenty", "gouzenko", "barmine"])
    #expect(AddAnnotation(Self.note).cases == ["gouzenko"])
  }
}

extension CorrectCitation.Edit {
  fileprivate static var withoutNote: Self {
    var edit = Self()
    edit.note = .some(nil)
    return edit
  }
}
