import Casebook
import Testing

@Suite("Hearing some voices") struct VoicesTests {
  private let fbi = Voices(sources: ["fbi-1955"], includesAnalysts: false)
  private let rest = Voices(sources: ["riehle-2020", "memoir"], includesAnalysts: true)

  private func note(_ target: Reference, _ text: String = "x") -> AddAnnotation {
    AddAnnotation(AnnotationContent(target: target, text: text, motivation: nil, tags: []))
  }

  @Test("everybody is heard unless somebody is left out")
  func narrowed() {
    #expect(!Voices.all.isNarrowed)
    #expect(Voices.all.includes("anything"))
    #expect(fbi.isNarrowed && rest.isNarrowed)
    #expect(Voices(sources: nil, includesAnalysts: false).isNarrowed)
    #expect(Voices(sources: [], includesAnalysts: true).includes("memoir") == false)
  }

  @Test("a case keeps its slug and kind; its name, its closing and who wrote are the analysts'")
  func cases() throws {
    let mark = ImportMark(id: "petrov", digest: "of the name")
    let given = try given(
      OpenCase(CaseContent(slug: "petrov", kind: .person, name: "Petrov"), mark: mark),
      RecordClaim("petrov", .birth), RecordClaim("petrov", .riehle("fear", "yes")),
      RenameCase("petrov", name: "Vladimir Petrov", reason: nil),
      CloseCase("petrov", reason: "done"))
    let file = try #require(try given.fold(hearing: fbi).cases["petrov"])
    #expect(file.kind == .person)
    #expect(file.name == nil)
    #expect(file.mark == nil)
    #expect(!file.isClosed)
    #expect(file.claims.keys.sorted() == [1])
    #expect(file.opened.by == "" && file.claims[1]?.recorded.by == "")
    #expect(file.version == 5)
    #expect(file.lastPosition == file.claims[1]?.recorded.position)
    #expect(try given.fold(hearing: rest).cases["petrov"]?.opened.by == "mh")
  }

  @Test("a source keeps what it is; grades, annotations and the grounds of derivations go")
  func sources() throws {
    let given = try given(
      DeriveSource(
        "fbi-1955", SourceDerivation(from: "memoir", grounds: "It looks so", locator: "p. 3")),
      GradeSource("fbi-1955", .b, grounds: "so"), note("fbi-1955"),
      RegisterCopy("fbi-1955", SourceCopy(id: "scan", kind: .scan, description: "Of 1999")),
      ReviseAnnotation("fbi-1955/a1", text: "y"), WithdrawAnnotation("fbi-1955/a1", reason: "z"))
    let state = try given.fold(hearing: fbi)
    #expect(Array(state.sources.keys) == ["fbi-1955"])
    let source = try #require(state.sources["fbi-1955"])
    #expect(source.grade == nil)
    #expect(source.annotations.sorted.isEmpty)
    #expect(source.copies.count == 1)
    #expect(
      source.derivations.map(\.content) == [
        SourceDerivation(from: "memoir", grounds: "", locator: "p. 3")
      ])
    #expect(source.version == 7)
    #expect(source.lastPosition == source.copies[0].recorded.position)
    #expect(try given.fold(hearing: rest).sources["fbi-1955"] == nil)
  }

  @Test("the vocabulary is always there; a tabulation is its source's")
  func register() throws {
    let given = try given(
      StateTabulation(.full), note("tabulation/fourteen"), note("casebook/a1"), note("casebook"),
      ReviseAnnotation("casebook/a2", text: "y"),
      CorrectTabulation(.recounted, kind: .transcription, reason: "misread"),
      VoidEvent(3, reason: "an analyst's reason"))
    let alone = try #require(try given.fold(hearing: fbi).register)
    #expect(alone.vocabulary.count == World.vocabulary.count)
    #expect(alone.tabulations.map(\.content) == [.recounted])
    #expect(alone.annotations.sorted.isEmpty)
    #expect(alone.voided == [3: ""])
    let others = try #require(try given.fold(hearing: rest).register)
    #expect(others.tabulations.isEmpty)
    // What is about the tabulation goes with it, and so does what is about that.
    #expect(others.annotations.sorted.map(\.number) == [3])
    #expect(others.voided == [3: "an analyst's reason"])
    #expect(others.version == given.state.register?.version)
  }

  @Test("what analysts add to what is left out is passed over, and what they add to that")
  func passedOver() throws {
    let given = try given(
      RecordClaim("gouzenko", .birth), RecordClaim("gouzenko", .riehle("fear", "yes")),
      DisputeClaim("gouzenko/c1", grounds: "so", counter: nil), note("gouzenko/c1"),
      note("gouzenko/a1"), note("gouzenko/d1"), note("gouzenko"), note("gouzenko/c2"),
      AddCitation(
        "gouzenko",
        CitationContent(target: .claim(1), work: "memoir", locator: nil, note: nil, role: .see)),
      AddCitation(
        "gouzenko",
        CitationContent(
          target: .annotation(2), work: "memoir", locator: nil, note: nil, role: .see)),
      note("gouzenko/n1"), note("gouzenko/n2"),
      CorrectCitation("gouzenko/n2", .seeing("riehle-2020"), reason: "so"),
      WithdrawCitation("gouzenko/n2", reason: "so"), ReviseAnnotation("gouzenko/a2", text: "y"),
      WithdrawAnnotation("gouzenko/a2", reason: "so"),
      ResolveDispute("gouzenko/d1", resolution: "so"))
    let file = try #require(try given.fold(hearing: rest).cases["gouzenko"])
    #expect(file.claims.keys.sorted() == [2])
    #expect(file.disputes.isEmpty)
    #expect(file.citations.isEmpty)
    #expect(file.annotations.sorted.map(\.number) == [4, 5])
    #expect(file.version == given.state.cases["gouzenko"]?.version)
    #expect(file.lastPosition == file.annotations[5]?.recorded.position)
  }

  @Test("a counter-claim that is left out, or may be, is not named; the dispute stays")
  func counter() throws {
    let given = try given(
      RecordClaim("gouzenko", .birth), RecordClaim("gouzenko", .riehle("fear", "yes")),
      RecordClaim("gouzenko", .riehle("fear", "no")), RecordClaim("barmine", .birth),
      DisputeClaim("gouzenko/c2", grounds: "so", counter: "gouzenko/c1"),
      DisputeClaim("gouzenko/c2", grounds: "so", counter: "gouzenko/c3"),
      DisputeClaim("gouzenko/c2", grounds: "so", counter: "barmine/c1"))
    func counters(_ voices: Voices) throws -> [ItemReference?]? {
      try given.fold(hearing: voices).cases["gouzenko"]?.sortedDisputes.map(\.content.counter)
    }
    #expect(try counters(rest) == [nil, "gouzenko/c3", nil])
    #expect(try counters(.all) == ["gouzenko/c1", "gouzenko/c3", "barmine/c1"])
  }
}

extension CorrectCitation.Edit {
  fileprivate static func seeing(_ work: Slug) -> Self {
    var edit = Self()
    edit.work = work
    return edit
  }
}

extension TabulationContent {
  /// `full`, counted again.
  fileprivate static var recounted: TabulationContent {
    var content = full
    content.count = 13
    return content
  }
}
