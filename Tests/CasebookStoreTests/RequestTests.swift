import Casebook
import CasebookStore
import EventLog
import PostgresClient
import StrictJSON
import TestSupport
import Testing
import struct FoundationEssentials.UUID

@Suite("Requests") struct RequestTests {
  @Test("Each command of a request finds what the ones before it did, and all are recorded at once")
  func commandsBuildOnEachOther() async throws {
    try await withCasebook { _, desk in
      let before = try await desk.head()

      let receipt = try await desk.perform(
        RegisterSource(.named("alpha")), OpenCase(.named("anna")), statement("one"),
        statement("two"))

      #expect(receipt.references.map(\.description) == ["alpha", "anna", "anna/c1", "anna/c2"])
      #expect(receipt.positions == before + 1...before + 4)
      #expect(!receipt.isReplay)
      #expect(try await desk.state("anna").statements() == ["one", "two"])
      let events = try await desk.store.log.events(
        of: desk.store.casebookID, positions: before + 1...before + 4)
      #expect(Set(events.map(\.requestID)).count == 1)
      #expect(events.allSatisfy { $0.recordedBy == desk.role })
      #expect(events.map(\.voice) == [nil, nil, "alpha", "alpha"])
    }
  }

  @Test("When one command is refused nothing of the request is recorded, and it is named")
  func refusalLeavesNothing() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      let before = try await desk.head()

      let refused = try await #require(throws: RefusedCommand.self) {
        try await desk.perform(statement("one"), statement("two", on: "nobody"))
      }

      #expect(refused.index == 1)
      #expect(refused.refusal.rule == .unknownCase)
      #expect(try await desk.head() == before)
      #expect(try await desk.state("anna").statements().isEmpty)
    }
  }

  @Test("A rehearsal tells what would be recorded and records nothing")
  func rehearsal() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      let before = try await desk.head()

      let receipt = try await desk.store.rehearse(
        Request([statement("one"), statement("two")]))

      #expect(receipt.references.map(\.description) == ["anna/c1", "anna/c2"])
      #expect(receipt.decisions.map(\.event.type) == [.claimRecorded, .claimRecorded])
      #expect(receipt.positions == nil)
      #expect(try await desk.head() == before)
      await #expect(throws: RefusedCommand.self) {
        try await desk.store.rehearse(Request([statement("x", on: "nobody")]))
      }
    }
  }

  @Test("A repeated request gives the first receipt and happens once, whatever came between")
  func repetition() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      let request = Request(id: UUID(), [try statement("one")])
      let first = try await desk.store.perform(request)
      try await desk.perform(
        WithdrawClaim(ItemReference("anna/c1"), reason: "wrong case"),
        CloseCase(Slug("anna"), reason: "done"))
      let head = try await desk.head()

      // It would be refused by now, had it not been carried out already.
      let second = try await desk.store.perform(request)

      #expect(second.isReplay)
      #expect(second.references == first.references)
      #expect(second.positions == first.positions)
      #expect(second.recordedAt == first.recordedAt)
      #expect(try await desk.head() == head)
    }
  }

  @Test("A request whose reply was lost is repeated on a new connection and happened once")
  func lostReply() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      let proxy = try FaultProxy(to: desk.configuration)
      defer { proxy.close() }
      let broken = try await database.desk(proxy.configuration, at: desk)
      let request = Request(id: UUID(), [try statement("once only")])
      // What is bound to the statement travels beside it, so this is the append itself.
      proxy.cut(.afterServerAnswered, whenClientSends: "once only")

      await #expect(throws: (any Error).self) { try await broken.store.perform(request) }
      let head = try await desk.head()
      let receipt = try await broken.store.perform(request)

      #expect(receipt.isReplay)
      #expect(receipt.positions == head...head)
      #expect(try await desk.head() == head)
      #expect(try await desk.state("anna").statements() == ["once only"])
      await broken.leave()
    }
  }

  @Test("A request whose server fell silent is given up by name, and happened once")
  func silentServer() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      let proxy = try FaultProxy(to: desk.configuration)
      defer { proxy.close() }
      var impatient = proxy.configuration
      impatient.connectTimeout = .milliseconds(300)
      impatient.silenceLimit = .milliseconds(30)
      let broken = try await database.desk(impatient, at: desk)
      let request = Request(id: UUID(), [try statement("once only")])
      proxy.fallSilent(.afterServerAnswered, whenClientSends: "once only")

      let unknown = await #expect(throws: UnknownOutcome.self) {
        try await broken.store.perform(request)
      }

      #expect(unknown?.requestID == request.id)
      let head = try await desk.head()
      let receipt = try await desk.store.perform(request)
      #expect(receipt.isReplay)
      #expect(receipt.positions == head...head)
      await broken.leave()
    }
  }

  @Test("A request's identity cannot be used for another command")
  func reusedIdentity() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      let id = UUID()
      let first = try await desk.store.perform(
        Request(id: id, [try statement("one")]))
      let head = try await desk.head()

      let error = try await #require(throws: EventLogError.self) {
        try await desk.store.perform(Request(id: id, [try statement("two")]))
      }

      guard case .requestReused(let named, let from, let to) = error else {
        Issue.record("expected a reused request, not \(error)")
        return
      }
      #expect(named == id)
      #expect(from...to == first.positions)
      #expect(try await desk.head() == head)
    }
  }

  @Test("Two people may use the same identity: each has requests of their own")
  func identitiesArePersonal() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      let other = try await database.join(desk, as: "bo")
      let id = UUID()
      _ = try await desk.store.perform(Request(id: id, [try statement("one")]))

      let receipt = try await other.store.perform(
        Request(id: id, [try statement("two")]))

      #expect(!receipt.isReplay)
      #expect(try await desk.state("anna").statements() == ["one", "two"])
      await other.leave()
    }
  }

  @Test("A version that a case does not have is a conflict that names both")
  func expectedVersion() async throws {
    try await withCasebook { _, desk in
      try await desk.prepare()
      let anna = try Slug("anna")
      _ = try await desk.store.perform(
        Request([try statement("one")], expectedVersions: [anna: 1]))
      let head = try await desk.head()

      let error = try await #require(throws: EventLogError.self) {
        try await desk.store.perform(
          Request([try statement("two")], expectedVersions: [anna: 1]))
      }

      guard case .versionConflict(let stream, let expected, let actual) = error else {
        Issue.record("expected a conflict, not \(error)")
        return
      }
      #expect(stream == StreamID(.case, "anna"))
      #expect((expected, actual) == (1, 2))
      #expect(try await desk.head() == head)
    }
  }

  @Test("Two writers on one case both succeed: the slower one decides again on the new state")
  func concurrentWriters() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      let other = try await database.join(desk, as: "bo")
      let each = 15

      try await withThrowingTaskGroup(of: Void.self) { group in
        for (name, desk) in [("ana", desk), ("bo", other)] {
          group.addTask {
            for number in 1...each {
              try await desk.perform(statement("\(name) \(number)"))
            }
          }
        }
        try await group.waitForAll()
      }

      let file = try await desk.state("anna").caseFile(Slug("anna"))
      #expect(file.sortedClaims.map(\.number) == Array(1...2 * each))
      for name in ["ana", "bo"] {
        let own = file.sortedClaims.map { $0.content.assertion.display }
          .filter { $0.hasPrefix("\(name) ") }
        #expect(own == (1...each).map { "\(name) \($0)" })
      }
      await other.leave()
    }
  }

  @Test("Sixteen writers on one case all succeed: only who names a version meets a conflict")
  func manyWriters() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      var desks = [desk]
      for number in 2...16 { desks.append(try await database.join(desk, as: "w\(number)")) }
      let each = 4

      try await withThrowingTaskGroup(of: Void.self) { group in
        for (place, desk) in desks.enumerated() {
          group.addTask {
            for number in 1...each { try await desk.perform(statement("\(place) \(number)")) }
          }
        }
        try await group.waitForAll()
      }

      let file = try await desk.state("anna").caseFile(Slug("anna"))
      #expect(file.claims.count == each * desks.count)
      for desk in desks.dropFirst() { await desk.leave() }
    }
  }

  @Test("Of two corrections that say the same, the slower one is refused on the new state")
  func decidedAgainAndRefused() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      try await desk.perform(statement("one"))
      let other = try await database.join(desk, as: "bo")

      let outcomes = await withTaskGroup(of: Result<Receipt, any Error>.self) { group in
        for desk in [desk, other] {
          group.addTask {
            do { return .success(try await desk.perform(correct("anna/c1", "two"))) } catch {
              return .failure(error)
            }
          }
        }
        return await group.reduce(into: []) { $0.append($1) }
      }

      let refusals = outcomes.compactMap { outcome -> Refusal.Rule? in
        guard case .failure(let error) = outcome else { return nil }
        return (error as? RefusedCommand)?.refusal.rule
      }
      #expect(outcomes.count { (try? $0.get()) != nil } == 1)
      #expect(refusals == [.nothingChanged])
      #expect(try await desk.state("anna").caseFile(Slug("anna")).claims[1]?.revision == 2)
      await other.leave()
    }
  }

  @Test("Who may only read is refused, and nothing is recorded")
  func readersDoNotWrite() async throws {
    try await withCasebook { database, desk in
      try await desk.prepare()
      let reader = try await database.join(desk, as: "eve", .read)
      let head = try await desk.head()

      let error = try await #require(throws: EventLogError.self) {
        try await reader.perform(statement("one"))
      }

      guard case .notAllowed = error else {
        Issue.record("expected a refusal, not \(error)")
        return
      }
      #expect(try await desk.head() == head)
      #expect(try await reader.head() == head)
      await reader.leave()
    }
  }
}
