import Calendar
import EventLog
import FoundationEssentials
import PostgresClient
import TestSupport
import Testing

@Suite("A standby")
struct StandbyTests {
  @Test("answers as of a moment with what it has, says so, and takes no writes")
  func standby() async throws {
    try await withPrivateServer { server in
      let superuser = try await PostgresConnection.connect(server.configuration)
      try await Migrator().migrate(superuser)
      try await superuser.execute(script: "CREATE ROLE ana LOGIN IN ROLE dossier_analyst")
      var configuration = server.configuration
      configuration.user = "ana"
      let log = Keeper.log(of: configuration)
      let casebook = try await log.createCasebook(
        data: #"{"slug":"notes","title":"Notes"}"#, requestID: UUID(), commandHash: sha256("create")
      )
      let ana = Keeper(configuration: configuration, log: log, casebook: casebook, slug: "notes")
      try await ana.append(.opened("gouzenko"))
      let standby = try await PrivateServer(standbyOf: server)
      do {
        try await answers(ana, standby, superuser)
      } catch {
        await standby.remove()
        throw error
      }
      await standby.remove()
    }
  }

  private func answers(
    _ ana: Keeper, _ standby: PrivateServer, _ primary: PostgresConnection
  ) async throws {
    let reply = try await ana.append(.opened("orlov"))
    var configuration = standby.configuration
    configuration.user = "ana"
    let log = Keeper.log(of: configuration)
    while try await log.resolve(.head, of: ana.casebook).position < 3 { await Task.yield() }

    // One later event is there, so nothing can be missing.
    let events = try await log.events(of: ana.casebook, positions: 1...3)
    let settled = try await log.resolve(.instant(events[1].recordedAt), of: ana.casebook)
    #expect(settled.position == 2 && settled.standby == nil)

    let last = try await log.resolve(.instant(reply.recordedAt), of: ana.casebook)
    #expect(last.position == 3 && !last.isFuture)
    let lag = try #require(last.standby)
    let reach = try #require(lag.replayedAt)
    #expect(reach >= reply.recordedAt)
    let later = Instant(microseconds: reply.recordedAt.microseconds + 86_400_000_000)
    let future = try await log.resolve(.instant(later), of: ana.casebook)
    #expect(future.position == 3 && future.isFuture && future.standby != nil)
    #expect(try await ana.log.resolve(.instant(later), of: ana.casebook).standby == nil)

    let refused = await #expect(throws: PostgresError.self) {
      try await log.pool.query(rawAppend(to: ana.casebook))
    }
    #expect(refused?.isReadOnly == true)
    let inTransaction = await #expect(throws: PostgresError.self) {
      try await log.pool.transaction { _ = try await $0.query(rawAppend(to: ana.casebook)) }
    }
    #expect(inTransaction?.isReadOnly == true)
  }
}
