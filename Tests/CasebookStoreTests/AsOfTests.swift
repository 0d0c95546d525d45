import Calendar
import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing

@Suite("As of") struct AsOfTests {
  @Test("A view as of a position shows the casebook before each later step")
  func positions() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      let empty = try await desk.head()
      try await desk.perform(statement("one"))
      try await desk.perform(correct("anna/c1", "two"))
      try await desk.perform(WithdrawClaim(ItemReference("anna/c1"), reason: "not here"))
      let anna = try Slug("anna")

      var seen: [[String]] = []
      for position in empty...empty + 3 {
        let view = try await desk.store.view(
          of: [anna], Reading(asOf: .position(position)))
        #expect(view.basis.position == position)
        seen.append(try view.state.statements())
      }

      #expect(seen == [[], ["one"], ["two"], []])
    }
  }

  @Test("A case is not there before it was opened")
  func beforeOpening() async throws {
    try await withCasebook { _, desk in
      let before = try await desk.head()
      try await desk.prepare()
      let anna = try Slug("anna")

      let view = try await desk.store.view(of: [anna], Reading(asOf: .position(before)))

      #expect(view.state.cases[anna] == nil)
      #expect(view.state.sources.isEmpty)
      #expect(view.state.register?.vocabulary.count == SampleVocabulary.predicates.count)
    }
  }

  @Test("An instant means what had been recorded by then")
  func instants() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      let first = try await desk.perform(statement("one"))
      let second = try await desk.perform(statement("two"))
      let at = try #require(first.recordedAt)
      let later = try #require(second.recordedAt)
      #expect(at < later)

      for (instant, expected) in [
        (at, ["one"]), (Instant(microseconds: later.microseconds - 1), ["one"]),
        (later, ["one", "two"]), (Instant(microseconds: at.microseconds - 1), []),
      ] {
        let view = try await desk.store.view(of: [Slug("anna")], Reading(asOf: .instant(instant)))
        #expect(try view.state.statements() == expected)
      }
    }
  }

  @Test("Before the first event there is nothing; a moment not over yet is now, and says so")
  func ends() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      let head = try await desk.head()

      let nothing = try await desk.store.view(
        of: [Slug("anna")], Reading(asOf: .instant(Instant(microseconds: 0))))
      let future = try await desk.store.view(
        of: [Slug("anna")], Reading(asOf: .instant(Instant(microseconds: 1 << 52))))

      #expect(nothing.basis.position == 0)
      #expect(nothing.basis.recordedAt == nil)
      #expect(nothing.state.cases.isEmpty)
      #expect(future.basis.position == head)
      #expect(future.basis.isFuture)
      #expect(!nothing.basis.isFuture)
    }
  }

  @Test("A position beyond the end is refused, naming the end")
  func beyondHead() async throws {
    try await withCasebook { _, desk in
      let head = try await desk.head()

      let error = try await #require(throws: EventLogError.self) {
        try await desk.store.view(of: [], Reading(asOf: .position(head + 1)))
      }

      guard case .beyondHead(let position, let end) = error else {
        Issue.record("expected the end of the log, not \(error)")
        return
      }
      #expect((position, end) == (head + 1, head))
    }
  }

  @Test("Only members read a casebook")
  func strangers() async throws {
    try await withCasebook { database, desk in
      let stranger = try await database.desk(try await database.person("eve"), at: desk)

      await #expect(throws: EventLogError.self) { try await stranger.store.view(of: []) }
      await #expect(throws: EventLogError.self) {
        try await stranger.store.view(of: [], Reading(asOf: .instant(Instant(microseconds: 0))))
      }
      #expect(try await stranger.store.log.casebooks().isEmpty)
      await stranger.leave()
    }
  }
}
