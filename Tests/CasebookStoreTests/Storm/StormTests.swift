import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing

@Suite("In a storm of faults") struct StormTests {
  private static let writers = 4
  private static let requestsEach = 28

  @Test("what was acknowledged is in the log once and in order, with nothing that nobody meant")
  func storm() async throws {
    // What the server has given to the kernel outlives every fault but a power cut.
    try await withPrivateServer(settings: ["fsync = off"]) { server in
      let database = TestDatabase(server.configuration)
      try await database.asSuperuser { _ = try await Migrator().migrate($0) }
      let shared = try await database.casebook("shared", by: "chief")
      try await shared.prepare()
      var desks = [shared]
      var writers: [StormWriter] = []
      for number in 1...Self.writers {
        let own = try await database.casebook("own-\(number)", by: "writer")
        try await own.prepare()
        try await database.admit(own.role, .write, to: shared.store.casebookID)
        let proxy = try FaultProxy(to: own.configuration)
        writers.append(
          StormWriter(
            name: "w\(number)",
            desks: [
              try await database.desk(proxy.configuration, at: shared),
              try await database.desk(proxy.configuration, at: own),
            ], proxy: proxy))
        desks.append(own)
      }
      let weather = Weather(server, every: 12)

      let ledgers = try await withThrowingTaskGroup(of: StormWriter.Ledger.self) { group in
        for writer in writers {
          group.addTask { try await writer.write(Self.requestsEach, in: weather) }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }

      #expect(await weather.faults == Self.writers * Self.requestsEach / 12)
      // Every line was cut eight times, and half of the times the server had done what it was asked.
      #expect(ledgers.allSatisfy { $0.unknownOutcomes >= 8 })
      let entries = ledgers.flatMap { $0.entries.values.joined() }
      #expect(entries.count { $0.receipt?.isReplay == true } >= Self.writers)
      for desk in desks {
        try await check(desk, ledgers.flatMap { $0.entries[desk.store.slug] ?? [] })
        try await compareFolds(desk, database)
        await desk.leave()
      }
      for writer in writers {
        for desk in writer.desks { await desk.leave() }
        writer.proxy.close()
      }
    }
  }

  /// The log holds what was acknowledged, each request once, and nothing that was not meant.
  private func check(_ desk: Desk, _ entries: [StormWriter.Entry]) async throws {
    let log = desk.store.log
    let verification = try await log.verify(desk.store.casebookID)
    #expect(verification.firstFault == nil)
    let events = try await log.events(of: desk.store.casebookID, positions: 1...10_000)
    #expect(events.count == Int(verification.events))
    #expect(events.map(\.position) == Array(1...Int64(events.count)))
    for (stream, events) in Dictionary(grouping: events, by: \.stream) {
      #expect(events.map(\.streamVersion) == Array(1...Int64(events.count)), "\(stream)")
    }
    let claims = events.filter { $0.type == EventType.claimRecorded.rawValue }
    let logged = Dictionary(grouping: claims, by: \.requestID)
    #expect(Set(logged.keys) == Set(entries.map(\.id)))
    #expect(claims.count == entries.reduce(0) { $0 + $1.texts.count })
    let state = try await desk.state("anna")
    for entry in entries {
      let receipt = try #require(entry.receipt)
      let events = logged[entry.id] ?? []
      #expect(events.map(\.position) == receipt.positions.map(Array.init))
      #expect(events.allSatisfy { $0.recordedBy == entry.role })
      let said = try receipt.references.map { reference in
        let number = try ItemReference(reference.description).number
        return try state.caseFile(Slug("anna")).claims[number]?.content.assertion.display
      }
      #expect(said == entry.texts)
    }
  }

  /// What the desk shows is what somebody sees who comes anew and reads one case after the other.
  private func compareFolds(_ desk: Desk, _ database: TestDatabase) async throws {
    let fresh = try await database.desk(desk.configuration, at: desk)
    #expect(
      try await desk.store.rendered(.now) == fresh.store.renderedCaseByCase(.now))
    await fresh.leave()
  }
}
