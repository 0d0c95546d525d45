import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing

@Suite("Events that cannot be applied") struct PoisonTests {
  @Test(
    "A case with such an event stands still before it and is not written to; other cases go on")
  func named() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.perform(statement("one"), statement("fine", on: "boris"))
      let position = try await desk.poison("anna")
      let behind = try await desk.intrude(
        Intruder.Event(
          "case.closed", on: StreamID(.case, "anna"), #"{"reason":"as if nothing had happened"}"#))

      let state = try await desk.state("anna")
      let file = try #require(state.cases[try Slug("anna")])
      #expect(try state.statements() == ["one"] && !file.isClosed && file.version == 2)
      #expect(state.stopped.values.map(\.position) == [position])
      // What is to be expected of the next writer is still known.
      #expect(state.version(of: StreamAddress(.caseFile, file.slug)) == 4)

      let error = try await #require(throws: EvolveError.self) {
        try await desk.perform(statement("two"))
      }
      #expect(error.position == position)
      #expect(error.description.contains("dossier log void @\(position)"))
      #expect(try await desk.head() == behind)
      try await desk.perform(statement("also fine", on: "boris"))
      #expect(try await desk.state("boris").statements(of: "boris") == ["fine", "also fine"])

      try await desk.perform(VoidEvent(position, reason: "not ours"))
      #expect(try await desk.state("anna").cases[file.slug]?.isClosed == true)
    }
  }

  @Test("A prefix before the void stands still, one that holds it goes on")
  func prefixes() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.perform(statement("one"))
      let position = try await desk.poison("anna")
      let void = try #require(
        try await desk.perform(VoidEvent(position, reason: "not ours")).positions
      ).lowerBound
      try await desk.perform(statement("two"))
      let anna = try Slug("anna")

      for (moment, stops, statements) in [
        (position - 1, [], ["one"]), (position, [position], ["one"]), (void, [], ["one"]),
        (void + 1, [], ["one", "two"]),
      ] as [(Int64, [Int64], [String])] {
        let view = try await desk.store.view(of: [anna], Reading(asOf: .position(moment)))
        #expect(view.stopped.map(\.position) == stops, "@\(moment)")
        #expect(try view.state.statements() == statements, "@\(moment)")
      }
    }
  }

  @Test("What cannot be applied leaves nothing behind of what it would have changed")
  func whole() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.perform(statement("one"))
      try await desk.perform(
        DrawConclusion(
          try Slug("anna"),
          ConclusionDraft(
            ClaimDraft(predicate: "statement", value: "one"), on: [try ItemReference("anna/c1")],
            basis: "nobody else says so")))
      let before = try await desk.state("anna")
      let own = StreamID(.casebook, desk.store.slug.text)
      let positions = [
        try await desk.intrude(
          .init(
            "predicate.revised", on: own,
            #"{"id":"statement","reason":"x","changes":{"type":"number","label":"Other"}}"#)),
        try await desk.intrude(
          .init(
            "source.amended", on: StreamID(.source, "alpha"),
            #"{"reason":"x","changes":{"slug":"omega","title":"Other"}}"#)),
        try await desk.intrude(
          .init(
            "conclusion.revised", on: StreamID(.case, "anna"),
            #"{"ref":"k1","reason":"x","changes":{"basis":"Other","on":["anna/c99"]}}"#)),
      ]

      let after = try await desk.state("anna")
      #expect(after.stopped.values.map(\.position).sorted() == positions)
      #expect(after.register == before.register)
      #expect(after.sources == before.sources && after.cases == before.cases)
    }
  }

  @Test(
    "A void that names what it may not, or cannot be read, sets nothing aside and stops nothing")
  func voidsWithoutEffect() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      let head = try await desk.head()
      let own = StreamID(.casebook, desk.store.slug.text)
      var expected: [Int64] = []
      for target in [head + 40, head + 2, 1, 0, -3, head + 1] {
        expected.append(
          try await desk.intrude(
            .init("event.voided", on: own, #"{"position":\#(target),"reason":"mine"}"#)))
      }
      expected.append(try await desk.intrude(.init("event.voided", on: own, "{}")))
      expected.append(
        try await desk.intrude(.init("event.voided", on: own, schemaVersion: 9, "{}")))
      // On another stream it is none.
      try await desk.intrude(
        .init(
          "event.voided", on: StreamID(.case, "anna"), #"{"position":2,"reason":"mine"}"#))

      let receipt = try await desk.perform(statement("one"))
      let view = try await desk.store.view(of: [try Slug("anna")])
      #expect(view.voids.withoutEffect.keys.sorted() == expected)
      #expect(view.voids.voided.isEmpty && view.stopped.isEmpty)
      #expect(try view.state.statements() == ["one"])
      #expect(view.state.register?.vocabulary.count == SampleVocabulary.predicates.count)
      // A claim recorded where a void had named it in advance is there.
      #expect(receipt.positions.map(\.lowerBound) == expected.last.map { $0 + 2 })
      for position in expected {
        let refused = try await #require(throws: RefusedCommand.self) {
          try await desk.perform(VoidEvent(position, reason: "on second thoughts"))
        }
        #expect(refused.refusal.message.contains("sets another event aside"))
      }
    }
  }

  @Test("A void is heard behind an event at which the casebook's own stream stands still")
  func voidsBehind() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      let own = StreamID(.casebook, desk.store.slug.text)
      let first = try await desk.intrude(.init("predicate.defined", on: own, "{}"))
      let second = try await desk.poison("anna")

      try await desk.perform(VoidEvent(second, reason: "not ours"))
      try await desk.perform(statement("one"))
      let view = try await desk.store.view(of: [try Slug("anna")])
      #expect(view.stopped.map(\.position) == [first])
      #expect(try view.state.statements() == ["one"])
      let error = try await #require(throws: EvolveError.self) {
        try await desk.perform(DefinePredicate(.named("later")))
      }
      #expect(error.position == first)

      try await desk.perform(VoidEvent(first, reason: "not ours"))
      try await desk.perform(DefinePredicate(.named("later")))
      #expect(try await desk.state().stopped.isEmpty)
    }
  }

  @Test("The claims of a source whose own stream stands still before it is registered are its own")
  func unregistered() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.perform(statement("one"))
      // Registered at the door, unreadable behind it: the voice is there, and nobody can say what it is.
      let position = try await desk.intrude(
        .init("source.registered", on: StreamID(.source, "omega"), "{}"))
      try await database.pastGuards { connection in
        try await connection.query(
          """
          INSERT INTO dossier.source (casebook_id, source_id)
          VALUES (\(desk.store.casebookID), 'omega')
          """)
      }
      try await desk.intrude(
        .init(
          "claim.recorded", on: StreamID(.case, "anna"), voice: "omega",
          """
          {"ref":"c2","predicate":"statement","state":"value","value":{"text":"two"},\
          "polarity":"positive","attribution":{"stance":"asserts"},"qualifiers":{},"source":"omega",\
          "locator":"p. 2"}
          """))
      let anna = try Slug("anna")
      let omega = try Slug("omega")
      func statements(_ voices: VoiceSelection) async throws -> [String] {
        let view = try await desk.store.view(of: [anna], Reading(voices: voices))
        #expect(view.stopped.map(\.position) == [position])
        return try view.state.statements()
      }

      #expect(try await statements(.all) == ["one", "two"])
      #expect(try await statements(VoiceSelection(only: [omega])) == ["two"])
      #expect(try await statements(VoiceSelection(without: [try Slug("alpha")])) == ["two"])
      #expect(try await statements(VoiceSelection(without: [omega])) == ["one"])
      let refused = try await #require(throws: RefusedCommand.self) {
        var draft = ClaimDraft(predicate: "statement", value: "three")
        (draft.source, draft.locator) = ("omega", "p. 3")
        try await desk.perform(RecordClaim(anna, draft))
      }
      #expect(refused.refusal.message.contains("the source omega stands still before @\(position)"))
    }
  }

  @Test("Set aside, it is passed over and its number is not given again")
  func setAside() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.perform(statement("one"))
      let position = try await desk.poison("anna")

      try await desk.perform(VoidEvent(position, reason: "not written by Dossier"))
      let receipt = try await desk.perform(statement("two"))

      #expect(try await desk.state("anna").statements() == ["one", "two"])
      // The event that cannot be read called itself c2.
      #expect(receipt.references.map(\.description) == ["anna/c3"])
      let slugs = try await desk.store.caseSlugs(
        at: desk.store.log.resolve(.head, of: desk.store.casebookID))
      #expect(slugs.map(\.text) == ["anna", "boris"])
    }
  }

  @Test("An event that others rest on is not set aside: the casebook stays readable")
  func keptWhenNeeded() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      let recorded = try #require(try await desk.perform(statement("one")).positions)
      try await desk.perform(correct("anna/c1", "two"))
      let head = try await desk.head()

      let refusal = try await #require(throws: Refusal.self) {
        try await desk.perform(VoidEvent(recorded.lowerBound, reason: "a mistake"))
      }

      #expect(refusal.message.contains("@\(head) rests on it"))
      #expect(try await desk.head() == head)
      #expect(try await desk.state("anna").statements() == ["two"])
    }
  }

  @Test(
    "A case or source on which others rest is not set aside; one on which nothing rests begins anew"
  )
  func openings() async throws {
    try await withCasebook { _, desk in
      let sources = try await desk.perform(
        RegisterSource(.named("alpha")), OpenCase(.named("anna")))
      let (source, opening) = try #require(sources.positions.map { ($0.lowerBound, $0.upperBound) })
      let claim = try #require(try await desk.perform(statement("one")).positions).lowerBound
      for (position, first) in [(source, claim), (opening, claim)] {
        let refusal = try await #require(throws: Refusal.self) {
          try await desk.perform(VoidEvent(position, reason: "a mistake", evenIfReadable: true))
        }
        #expect(refusal.message == "@\(position) cannot be set aside: @\(first) rests on it")
      }

      for position in [claim, opening, source] {
        try await desk.perform(VoidEvent(position, reason: "a mistake", evenIfReadable: true))
      }
      let state = try await desk.state("anna")
      #expect(state.cases.isEmpty && state.sources.isEmpty)
      let again = try await desk.perform(
        RegisterSource(.named("alpha")), OpenCase(.named("anna")), statement("two"))

      // anna/c1 was another claim, once.
      #expect(again.references.map(\.description) == ["alpha", "anna", "anna/c2"])
      #expect(try await desk.state("anna").statements() == ["two"])
    }
  }

  @Test("An event that can be read is set aside only on purpose")
  func readable() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      let position = try #require(try await desk.perform(statement("one")).positions).lowerBound

      let refusal = try await #require(throws: Refusal.self) {
        try await desk.perform(VoidEvent(position, reason: "a mistake"))
      }

      #expect(refusal.message == "@\(position) can be read and need not be set aside")
      #expect(try await desk.head() == position)
      try await desk.perform(VoidEvent(position, reason: "a mistake", evenIfReadable: true))
      #expect(try await desk.state("anna").statements().isEmpty)
    }
  }

  @Test("The first event of a casebook is never set aside")
  func creation() async throws {
    try await withCasebook { _, desk in
      let refused = try await #require(throws: RefusedCommand.self) {
        try await desk.perform(VoidEvent(1, reason: "a mistake"))
      }
      #expect(refused.refusal.rule == .notAllowed)
    }
  }

  @Test(
    "What follows an opening that cannot be applied is set aside in turn, and the case begins anew")
  func unreadableOpening() async throws {
    try await withCasebook { _, desk in
      try await desk.perform(RegisterSource(.named("alpha")))
      let opening = try await desk.poison("anna", type: "case.opened")
      let claim = try await desk.poison("anna")

      try await desk.perform(VoidEvent(opening, reason: "not ours"))
      #expect(try await desk.state("anna").stopped.values.map(\.position) == [claim])
      try await desk.perform(VoidEvent(claim, reason: "not ours"))
      let receipt = try await desk.perform(OpenCase(.named("anna")), statement("two"))

      #expect(receipt.references.map(\.description) == ["anna", "anna/c3"])
    }
  }

  @Test("Of two such events each is set aside in turn, and that cannot be set aside itself")
  func several() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      let first = try await desk.poison("anna")
      let second = try await desk.poison("anna")

      let void = try await desk.perform(VoidEvent(first, reason: "not ours"))
      try await desk.perform(VoidEvent(second, reason: "not ours"))

      #expect(try await desk.state("anna").statements().isEmpty)
      let voided = try #require(void.positions).lowerBound
      let refused = try await #require(throws: RefusedCommand.self) {
        try await desk.perform(VoidEvent(voided, reason: "on second thoughts"))
      }
      #expect(refused.refusal.rule == .notAllowed)
    }
  }
}

extension Predicate {
  fileprivate static func named(_ id: String) -> Predicate {
    Predicate(id: id, label: "Later", type: .text, cardinality: .many, scope: "What comes later.")
  }
}

extension Desk {
  /// Appends an event that no version of Dossier can read, as another program might: a claim, or the opening of a case.
  fileprivate func poison(_ slug: String, type: String = "claim.recorded") async throws -> Int64 {
    try await intrude(
      Intruder.Event(
        type, on: StreamID(.case, slug), voice: type == "claim.recorded" ? "alpha" : nil,
        #"{"ref":"c2","what":"is this"}"#))
  }
}
