import Calendar
import Casebook
import Testing

@Suite("Events set aside") struct VoidedEventTests {
  private let gouzenko = World.file("gouzenko")

  @Test("count for nothing, and their numbers are not given again")
  func numbers() throws {
    let given = try given(
      RecordClaim("gouzenko", .birth),
      AddCitation(
        "gouzenko",
        CitationContent(target: .claim(1), work: "memoir", locator: nil, note: nil, role: .see)),
      DisputeClaim("gouzenko/c1", grounds: "so", counter: nil),
      AddAnnotation(AnnotationContent(target: "gouzenko", text: "x", motivation: nil, tags: [])),
      AddAnnotation(AnnotationContent(target: "memoir", text: "x", motivation: nil, tags: [])),
      AddAnnotation(AnnotationContent(target: "casebook", text: "x", motivation: nil, tags: [])))
    let first = Int64(World.given.facts.count + 1)
    let voided = Set(first..<first + 6)
    let state = try given.fold(voiding: voided)
    let file = try #require(state.cases["gouzenko"])
    #expect(file.claims.isEmpty && file.citations.isEmpty && file.disputes.isEmpty)
    #expect(file.annotations.sorted.isEmpty)
    #expect(state.version(of: gouzenko) == given.state.version(of: gouzenko))
    #expect(state.sources["memoir"]?.annotations.sorted.isEmpty == true)
    #expect(state.register?.annotations.sorted.isEmpty == true)

    func next(_ command: any Command) throws -> [String] {
      try command.decide(on: state).map(\.reference.description)
    }
    #expect(try next(RecordClaim("gouzenko", .birth)) == ["gouzenko/c2"])
    for (target, reference) in [
      ("gouzenko", "gouzenko/a2"), ("memoir", "memoir/a2"), ("casebook", "casebook/a2"),
    ] as [(Reference, String)] {
      let content = AnnotationContent(target: target, text: "x", motivation: nil, tags: [])
      #expect(try next(AddAnnotation(content)) == [reference])
    }
    var after = state
    for command: any Command in [
      RecordClaim("gouzenko", .birth), DisputeClaim("gouzenko/c2", grounds: "so", counter: nil),
      AddCitation(
        "gouzenko",
        CitationContent(target: .claim(2), work: "memoir", locator: nil, note: nil, role: .see)),
    ] {
      for decision in try command.decide(on: after) {
        let version = after.version(of: decision.stream) + 1
        try after.evolve(
          Fact(
            position: 99, stream: decision.stream, streamVersion: version, voice: decision.voice,
            recordedAt: .init(microseconds: 0), recordedBy: "mh", event: decision.event))
      }
    }
    #expect(after.cases["gouzenko"]?.disputes.keys.sorted() == [2])
    #expect(after.cases["gouzenko"]?.citations.keys.sorted() == [2])
  }

  @Test("need not be readable: only their reference counts, if there is one")
  func unreadable() throws {
    var state = World.given.state
    state.skip(gouzenko, version: 2, reference: "c2")
    state.skip(gouzenko, version: 3, reference: nil)
    state.skip(gouzenko, version: 4, reference: "not a reference")
    state.skip(gouzenko, version: 5, reference: "c99999999999999999999")
    // One whose turn had not come leaves the numbers before it.
    state.skip(gouzenko, version: 6, reference: "c999999999")
    #expect(state.version(of: gouzenko) == 6)
    #expect(
      try RecordClaim("gouzenko", .birth).decide(on: state).map(\.reference) == ["gouzenko/c3"])
  }

  @Test("can be the first of a stream, which can begin anew")
  func first() throws {
    var given = try given(OpenCase(CaseContent(slug: "petrov", kind: .event, name: nil)))
    let state = try given.fold(voiding: [Int64(given.facts.count)])
    #expect(state.cases["petrov"] == nil)
    #expect(state.version(of: World.file("petrov")) == 1)
    #expect(throws: Never.self) {
      try OpenCase(CaseContent(slug: "petrov", kind: .person, name: nil)).decide(on: state)
    }
    given = try Given.after(given, voiding: Int64(given.facts.count))
    #expect(given.state.cases["petrov"]?.kind == .person)
    #expect(given.state.version(of: World.file("petrov")) == 2)
  }

  @Test("undo themselves: a withdrawal set aside never was")
  func withdrawal() throws {
    let given = try given(
      RecordClaim("gouzenko", .birth), WithdrawClaim("gouzenko/c1", reason: "why"))
    let state = try given.fold(voiding: [Int64(given.facts.count)])
    #expect(state.cases["gouzenko"]?.claims[1]?.status == .current)
  }

  @Test("are told in the trail as what they were, marked")
  func trail() throws {
    let given = try given(RecordClaim("gouzenko", .birth))
    let last = Int64(given.facts.count)
    var builder = TrailBuilder(voided: [last])
    let entries = try given.facts.map { try builder.step($0) }
    #expect(entries.filter(\.isVoided).map(\.stamp.position) == [last])
    #expect(entries.last?.reference == "gouzenko/c1")
  }
}

extension Given {
  /// The log with the event at `position` set aside and the case opened again.
  fileprivate static func after(_ given: Given, voiding position: Int64) throws -> Given {
    var next = Given()
    next.facts = given.facts
    next.state = try given.fold(voiding: [position])
    try next.perform(OpenCase(CaseContent(slug: "petrov", kind: .person, name: nil)))
    return next
  }
}
