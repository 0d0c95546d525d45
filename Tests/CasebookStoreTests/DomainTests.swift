import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing

@Suite("Rules of the domain, held against the log") struct DomainTests {
  @Test(
    "Whatever commands recorded keeps them, set aside or undone later",
    arguments: [2, 11] as [UInt64])
  func kept(seed: UInt64) async throws {
    try await withCasebook { _, desk in
      var work = try RandomWork(seed: seed)
      var accepted = 0
      while accepted < 60 {
        if try await work.step(desk.store) != nil { accepted += 1 }
      }

      #expect(try await desk.store.checkDomain().isEmpty)
    }
  }

  /// What SQL can write: on which stream, in whose voice, and what is said of it.
  private static let broken: [(event: Intruder.Event, problem: String)] = [
    (claim(locator: "  "), "the locator is missing"),
    (claim(predicate: "no.such"), "there is no predicate \"no.such\""),
    (claim(predicate: "birth.date"), "not of the type"),
    (
      claim(predicate: "height", value: #"{"text":"tall"}"#),
      "\"tall\" is not a number"
    ),
    (
      claim(predicate: "motive.kind", value: #"{"term":"greed"}"#),
      "\"greed\" is not one of ideology, fear, recall, career"
    ),
    (claim(qualifiers: #"{"colour":{"text":"red"}}"#), "has no qualifier \"colour\""),
    (
      claim(predicate: "group.member", value: #"{"case":"nobody"}"#),
      "there is no case \"nobody\""
    ),
    (
      claim(predicate: "publication", value: #"{"work":"nothing"}"#),
      "there is no source \"nothing\""
    ),
    (claim(voice: "omega"), "there is no source \"omega\""),
    (
      event(
        "claim.corrected",
        #"{"ref":"c2","kind":"locator","reason":"x","changes":{"locator":"p. 9"}}"#),
      "anna/c2 is withdrawn"
    ),
    (
      event("claim.corrected", #"{"ref":"c1","reason":"x","changes":{"locator":"p. 9"}}"#),
      "does not say of what kind"
    ),
    (
      event(
        "claim.corrected",
        #"{"ref":"c1","kind":"locator","reason":" ","changes":{"locator":"p. 9"}}"#),
      "the reason is missing"
    ),
    (
      event(
        "claim.corrected",
        #"{"ref":"c1","kind":"locator","reason":"x","changes":{"locator":"p. 1"}}"#),
      "anna/c1 already says that"
    ),
    (event("claim.withdrawn", #"{"ref":"c2","reason":"x"}"#), "anna/c2 is already withdrawn"),
    (event("claim.withdrawn", #"{"ref":"c77","reason":"x"}"#), "there is no claim anna/c77"),
    (
      event("case.reopened", voice: nil, #"{"reason":"x"}"#), "the case anna is open"
    ),
    (
      event("claim.disputed", voice: nil, #"{"ref":"d1","claim":"c1","grounds":""}"#),
      "the grounds are missing"
    ),
    (
      event(
        "conclusion.drawn", voice: nil,
        #"{"ref":"k1","predicate":"statement","state":"value","value":{"text":"x"},"#
          + #""polarity":"positive","qualifiers":{},"on":["boris/c9"],"basis":"x"}"#),
      "there is no claim boris/c9"
    ),
    (event("claim.recorded", "{}"), "claim.recorded"),
    (event("claim.rumoured", "{}"), "does not know claim.rumoured"),
    (
      Intruder.Event(
        "case.opened", on: StreamID(.case, "Anna"), #"{"slug":"anna","kind":"person"}"#),
      "\"Anna\" is not a valid short name"
    ),
    (
      Intruder.Event("predicate.defined", on: StreamID(.casebook, "notes"), "{}"),
      "predicate.defined"
    ),
    (
      Intruder.Event(
        "source.derived", on: StreamID(.source, "alpha"), #"{"from":"alpha","grounds":"x"}"#),
      "alpha cannot derive from itself"
    ),
    (
      Intruder.Event(
        "event.voided", on: StreamID(.casebook, "notes"), #"{"position":1,"reason":"x"}"#),
      "it sets no event aside: it names the first event"
    ),
    (
      Intruder.Event("event.voided", on: StreamID(.case, "anna"), #"{"position":2,"reason":"x"}"#),
      "only the casebook's own stream can"
    ),
  ]

  @Test("What SQL wrote past them is named, each event by itself", arguments: broken.indices)
  func named(index: Int) async throws {
    let (event, problem) = Self.broken[index]
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.perform(statement("one"), statement("two"))
      try await desk.perform(WithdrawClaim(try ItemReference("anna/c2"), reason: "another person"))
      try await database.pastGuards { connection in
        try await connection.query(
          """
          INSERT INTO dossier.source (casebook_id, source_id)
          VALUES (\(desk.store.casebookID), 'omega')
          """)
      }
      let position = try await desk.intrude(event)

      let faults = try await desk.store.checkDomain()

      #expect(faults.map(\.position) == [position])
      #expect(faults.first?.problem.contains(problem) == true, "\(faults)")
    }
  }

  @Test("What an event names must have been there before it")
  func later() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      let position = try await desk.intrude(Self.claim(predicate: "later"))
      try await desk.perform(
        DefinePredicate(
          Predicate(
            id: "later", label: "Later", type: .text, cardinality: .many, scope: "Comes later.")))

      let faults = try await desk.store.checkDomain()
      #expect(faults.map(\.position) == [position])
      #expect(faults.first?.problem.contains("there is no predicate \"later\"") == true)
    }
  }

  @Test("A claim that kept the vocabulary of its time keeps the rules when that was revised")
  func revised() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      var draft = ClaimDraft(predicate: "motive.kind", value: "career")
      (draft.source, draft.locator) = ("alpha", "p. 1")
      try await desk.perform(RecordClaim(try Slug("anna"), draft))
      let old = try #require(try await desk.state().register?.predicate("motive.kind"))
      try await desk.perform(
        RevisePredicate(
          Predicate(
            id: old.id, label: old.label, type: old.type, cardinality: old.cardinality,
            qualifiers: old.qualifiers, terms: old.terms.filter { $0.id != "career" },
            scope: old.scope), reason: "nobody says so"))

      #expect(try await desk.store.checkDomain().isEmpty)
    }
  }

  // MARK: Events

  private static func event(
    _ type: String, voice: String? = "alpha", _ data: String
  ) -> Intruder.Event {
    Intruder.Event(type, on: StreamID(.case, "anna"), voice: voice, data)
  }

  private static func claim(
    predicate: String = "statement", value: String = #"{"text":"1919"}"#,
    qualifiers: String = "{}", locator: String = "p. 1", voice: String = "alpha"
  ) -> Intruder.Event {
    event(
      "claim.recorded", voice: voice,
      #"{"ref":"c9","predicate":"\#(predicate)","state":"value","value":\#(value),"#
        + #""polarity":"positive","attribution":{"stance":"asserts"},"qualifiers":\#(qualifiers),"#
        + #""source":"\#(voice)","locator":"\#(locator)"}"#)
  }
}
