import Casebook
import CasebookStore
import EventLog
import TestSupport
import Testing
import struct FoundationEssentials.UUID

@Suite("Events that cannot be applied") struct PoisonTests {
  @Test("A case with such an event is refused, naming it; other cases are read as ever")
  func named() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      try await desk.perform(statement("fine", on: "boris"))
      let position = try await desk.poison("anna")

      let error = try await #require(throws: EvolveError.self) {
        try await desk.state("anna")
      }

      #expect(error.position == position)
      #expect(try await desk.state("boris").statements(of: "boris") == ["fine"])
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
      // The event that cannot be read called itself c7.
      #expect(receipt.references.map(\.description) == ["anna/c8"])
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
      let error = try await #require(throws: EvolveError.self) { try await desk.state("anna") }
      #expect(error.position == claim)
      try await desk.perform(VoidEvent(claim, reason: "not ours"))
      let receipt = try await desk.perform(OpenCase(.named("anna")), statement("two"))

      #expect(receipt.references.map(\.description) == ["anna", "anna/c8"])
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

extension Desk {
  /// Appends an event that no version of Dossier can read, as another program might: a claim, or the opening of a case.
  fileprivate func poison(_ slug: String, type: String = "claim.recorded") async throws -> Int64 {
    let isClaim = type == "claim.recorded"
    let claim =
      #"{"ref":"c7","predicate":"x","state":"what is this","polarity":"positive","#
      + #""attribution":{},"qualifiers":{},"source":"alpha","locator":"p. 1"}"#
    return try await store.log.append(
      AppendRequest(
        casebookID: store.casebookID, requestID: UUID(),
        commandHash: [UInt8](repeating: 7, count: 32),
        events: [
          NewEvent(
            stream: StreamID(.case, slug), id: UUID(), type: type, schemaVersion: 1,
            voice: isClaim ? "alpha" : nil,
            data: isClaim ? claim : #"{"slug":"\#(slug)","kind":"what is this"}"#)
        ])
    ).firstPosition
  }
}
