import Casebook
import EDTF
import StrictJSON
import Testing

@Suite("Sources") struct SourceCommandTests {
  @Test("a source is registered once, with a title")
  func registered() throws {
    var content = World.source("petrov-1956", "Empire of Fear", issued: "1956")
    content.issuedTo = " "
    var kept = content
    kept.issuedTo = nil
    try given().when(RegisterSource(content)).then(
      .sourceRegistered(kept, nil), on: World.source("petrov-1956"), as: "petrov-1956")
    try given().when(RegisterSource(World.source("memoir", "X"))).refused(
      .alreadyExists, "there is already a source \"memoir\"", "dossier source show memoir")
    try given().when(RegisterSource(World.source("gouzenko", "X"))).refused(
      .alreadyExists, "there is already a case \"gouzenko\"", "dossier case show gouzenko")
    try given().when(RegisterSource(World.source("x", " "))).refused(
      .missingText, "the title is missing", "--title TITLE")
  }

  @Test(
    "bibliographic data may not say otherwise than the source itself",
    arguments: [
      (["title": "Empire of Fear", "issued": ["date-parts": [[1956]]]], nil),
      (["issued": "1956"], nil), (["issued": ["raw": "1956-XX"]], nil), (["volume": "2"], nil),
      (
        ["title": "Empire Of Fear"],
        "the title in its CSL-JSON differs from the source's, “Empire of Fear”"
      ),
      (["title": 1], "the title in its CSL-JSON differs from the source's, “Empire of Fear”"),
      (
        ["issued": ["date-parts": [[1957]]]],
        "the date in its CSL-JSON differs from the source's, 1956"
      ),
      (
        ["issued": ["date-parts": [[1956, 5]]]],
        "the date in its CSL-JSON differs from the source's, 1956"
      ),
      (["issued": ["literal": "n.d."]], "the date in its CSL-JSON differs from the source's, 1956"),
    ] as [(JSONObject, String?)])
  func bibliography(_ csl: JSONObject, _ message: String?) throws {
    var content = World.source("petrov-1956", "Empire of Fear", issued: "1956")
    content.csl = csl
    let result = try given().when(RegisterSource(content))
    guard let message else {
      try result.then(
        .sourceRegistered(content, nil), on: World.source("petrov-1956"), as: "petrov-1956")
      return
    }
    result.refused(.badValue, message, "Make them one, or leave")
  }

  @Test("a source is dated in today's calendar")
  func oldStyle() throws {
    try given().when(RegisterSource(World.source("tract", "A Tract", issued: "1850-06-12 O.S.")))
      .refused(
        .badDate, "a source is dated in today's calendar, and not 1850-06-12 O.S.",
        "Write 1850-06-24.")
  }

  @Test("an amendment says why and changes something")
  func amended() throws {
    func amend(_ reason: String?, _ change: (inout SourceContent) -> Void) -> AmendSource {
      var content = World.source("fbi-1955", "Soviet Defectors", issued: "1955-01")
      change(&content)
      return AmendSource(content, reason: reason)
    }
    try given().when(amend("so") { $0.issued = nil }).then(
      .sourceAmended(.revision(changes: ["issued": .null])), on: World.source("fbi-1955"),
      as: "fbi-1955")
    try given().when(amend(" ") { $0.issued = nil }).refused(
      .missingReason, "the reason is missing", "-m REASON")
    try given().when(amend("so") { $0.title = "" }).refused(
      .missingText, "the title is missing", "--title TITLE")
    try given().when(amend("so") { _ in }).refused(
      .nothingChanged, "fbi-1955 is already registered like that", "Nothing needs to be done.")
    try given().when(amend("so") { $0.slug = "fbi-1995" }).refused(
      .unknownSource, "there is no source \"fbi-1995\"", "Did you mean \"fbi-1955\"?")
  }

  @Test("a copy is registered under an id of its own, and described")
  func copies() throws {
    let scan = SourceCopy(id: "scan", kind: .scan, description: "Of 1999")
    try given().when(RegisterCopy("memoir", scan)).then(
      .copyRegistered(scan, nil), on: World.source("memoir"), as: "memoir")
    try given(RegisterCopy("memoir", scan)).when(RegisterCopy("memoir", scan)).refused(
      .alreadyExists, "memoir already has a copy \"scan\"", "dossier source show memoir")
    try given().when(RegisterCopy("nothing", scan)).refused(
      .unknownSource, "there is no source \"nothing\"", "dossier source add nothing")
    try given().when(
      RegisterCopy("memoir", SourceCopy(id: "scan", kind: .scan, description: " "))
    ).refused(.missingText, "the description of the copy is missing", "--description TEXT")
  }

  @Test("a text is attached once, and another stands beside it")
  func texts() throws {
    var next = TextAttachment.sample
    next.sha256 = String(repeating: "ab", count: 32)
    try given().when(AttachText("memoir", .sample)).then(
      .textAttached(.sample), on: World.source("memoir"), as: "memoir")
    #expect(
      try AttachText("memoir", .sample).decide(on: given(AttachText("memoir", .sample)).state)
        .isEmpty)
    try given(AttachText("memoir", .sample)).when(AttachText("memoir", next)).then(
      .textAttached(next), on: World.source("memoir"), as: "memoir")
    next.firstPage = "iv"
    next.copy = "scan"
    try given().when(AttachText("memoir", next)).refused(
      .unknownSource, "memoir has no copy \"scan\"", "dossier source copy memoir scan")
    try given().when(AttachText("nothing", .sample)).refused(
      .unknownSource, "there is no source \"nothing\"", "dossier source add nothing")
  }

  @Test("a derivation has grounds, is said once and never runs in a circle")
  func derivations() throws {
    func derive(_ slug: Slug, _ from: Slug, _ grounds: String = "so") -> DeriveSource {
      DeriveSource(slug, SourceDerivation(from: from, grounds: grounds, locator: nil))
    }
    try given().when(derive("riehle-2020", "fbi-1955")).then(
      .sourceDerived(SourceDerivation(from: "fbi-1955", grounds: "so", locator: nil), nil),
      on: World.source("riehle-2020"), as: "riehle-2020")
    #expect(derive("riehle-2020", "fbi-1955").guards == [World.source("fbi-1955")])
    try given(derive("riehle-2020", "fbi-1955")).when(derive("riehle-2020", "fbi-1955")).refused(
      .alreadyExists, "riehle-2020 is already said to derive from fbi-1955 on these grounds",
      "Nothing needs to be done.")
    try given().when(derive("riehle-2020", "fbi-1955", " ")).refused(
      .missingReason, "the grounds are missing", "-m GROUNDS")
    try given().when(derive("memoir", "memoir")).refused(
      .cycle, "memoir cannot derive from itself", "Name the source it was taken from.")
    let circle = try given(derive("riehle-2020", "fbi-1955"), derive("fbi-1955", "memoir"))
    circle.when(derive("memoir", "riehle-2020")).refused(
      .cycle,
      "memoir cannot derive from riehle-2020, which derives from it: "
        + "riehle-2020 ← fbi-1955 ← memoir", "which came first")
    try given().when(derive("memoir", "nothing")).refused(
      .unknownSource, "there is no source \"nothing\"", "dossier source add nothing")
    try given().when(derive("nothing", "memoir")).refused(
      .unknownSource, "there is no source \"nothing\"", "dossier source add nothing")
  }

  @Test("a grade has grounds and replaces the one before")
  func grades() throws {
    let grade = GradeSource("memoir", .c, grounds: "written to please")
    try given().when(grade).then(
      .sourceGraded(.c, grounds: "written to please"), on: World.source("memoir"), as: "memoir")
    try given(grade).when(grade).refused(
      .nothingChanged, "memoir is already graded C on these grounds", "Nothing needs to be done.")
    try given().when(GradeSource("memoir", .c, grounds: nil)).refused(
      .missingReason, "the grounds are missing", "-m GROUNDS")
    try given().when(GradeSource("nothing", .c, grounds: "so")).refused(
      .unknownSource, "there is no source \"nothing\"", "dossier source add nothing")
    let after = try given(grade, GradeSource("memoir", .b, grounds: "checked"))
    #expect(after.state.sources["memoir"]?.grade?.content == .b)
    #expect(after.state.sources["memoir"]?.grade?.grounds == "checked")
  }
}

extension TextAttachment {
  /// A text of some file.
  static let sample = TextAttachment(
    sha256: String(repeating: "0f", count: 32), bytes: 12, passages: 1)
}
