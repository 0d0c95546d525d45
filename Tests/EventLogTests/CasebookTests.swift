import EventLog
import FoundationEssentials
import PostgresClient
import TestSupport
import Testing

@Suite("Casebooks and their members")
struct CasebookTests {
  @Test("A casebook begins with its creation, by its first admin")
  func creates() async throws {
    try await withKeeper { _, ana in
      let casebook = try #require(try await ana.log.casebook("notes"))
      #expect(casebook.title == "Notes" && casebook.createdBy == ana.role)
      #expect(casebook.access == .admin && casebook.imported == nil)
      let events = try await ana.events()
      #expect(events.map(\.type) == ["casebook.created"])
      #expect(events[0].stream == StreamID(.casebook, "notes"))
      #expect(try await ana.log.members(of: ana.casebook).map(\.role) == [ana.role])
    }
  }

  @Test("A name is taken once; the request that took it may be repeated")
  func takesNameOnce() async throws {
    try await withMigratedDatabase { database in
      let log = Keeper.log(of: try await database.person("ana"))
      let request = UUID()
      let data = #"{"slug":"notes","title":"Notes"}"#
      let first = try await log.createCasebook(
        data: data, requestID: request, commandHash: sha256(data))
      let again = try await log.createCasebook(
        data: data, requestID: request, commandHash: sha256(data))
      #expect(again == first)
      await #expect(throws: EventLogError.casebookExists("notes")) {
        try await log.createCasebook(data: data, requestID: UUID(), commandHash: sha256(data))
      }
      await #expect(throws: EventLogError.requestReused(request, first: 1, last: 1)) {
        try await log.createCasebook(data: data, requestID: request, commandHash: sha256("other"))
      }
      let ben = Keeper.log(of: try await database.person("ben"))
      await #expect(throws: EventLogError.casebookExists("notes")) {
        try await ben.createCasebook(data: data, requestID: request, commandHash: sha256(data))
      }
      #expect(try await log.casebooks().count == 1)
      await log.pool.close()
      await ben.pool.close()
    }
  }

  @Test(
    "A creation that names nothing is refused",
    arguments: [
      #"{"slug":"Notes","title":"Notes"}"#, #"{"slug":"a--b","title":"Notes"}"#,
      #"{"slug":"notes","title":"a\nb"}"#, #"{"slug":"notes","title":"Notes","tit1e":"Notes"}"#,
      #"{"slug":"","title":"Notes"}"#, #"{"slug":"a b","title":"Notes"}"#, #"{"slug":"notes"}"#,
      #"{"title":"Notes"}"#, #"{"slug":"notes","title":""}"#, "[]", "nonsense",
    ])
  func refusesNameless(_ data: String) async throws {
    try await withMigratedDatabase { database in
      let log = Keeper.log(of: try await database.person("ana"))
      await #expect(throws: (any Error).self) {
        try await log.createCasebook(data: data, requestID: UUID(), commandHash: sha256(data))
      }
      #expect(try await log.casebooks().isEmpty)
      await log.pool.close()
    }
  }

  @Test("A casebook and what it begins with are there together, or neither is; repeated, once")
  func beginsWhole() async throws {
    try await withMigratedDatabase { database in
      let log = Keeper.log(of: try await database.person("ana"))
      func request(_ id: UUID, _ last: NewEvent) -> AppendRequest {
        AppendRequest(
          casebookID: UUID(), requestID: id, commandHash: sha256("begin"),
          expectedVersions: [StreamID(.casebook, "notes"): 0],
          events: [
            .on(StreamID(.casebook, "notes"), "casebook.created"), .registered("fbi"), last,
          ], reply: #"{"begun":true}"#)
      }
      await #expect(throws: EventLogError.self) {
        try await log.createCasebook(request(UUID(), .claimed("gouzenko", in: "memoir")))
      }
      #expect(try await log.casebooks().isEmpty)

      let id = UUID()
      let first = try await log.createCasebook(request(id, .claimed("gouzenko", in: "fbi")))
      #expect(first.reply.lastPosition == 3 && !first.reply.isReplay)
      let again = try await log.createCasebook(request(id, .claimed("gouzenko", in: "fbi")))
      #expect(again.id == first.id && again.reply.isReplay)
      #expect(again.reply.lastPosition == 3 && again.reply.reply == #"{"begun":true}"#)
      #expect(try await log.resolve(.head, of: first.id).position == 3)
      await #expect(throws: EventLogError.casebookExists("notes")) {
        try await log.createCasebook(request(UUID(), .claimed("gouzenko", in: "fbi")))
      }
      await log.pool.close()
    }
  }

  @Test("Readers read, writers write, and admins grant")
  func access() async throws {
    try await withKeeper { database, ana in
      let ben = try await ana.joined(by: "ben", .read, database)
      #expect(try await ben.log.casebook("notes")?.access == .read)
      #expect(try await ben.head() == 1)
      await #expect(throws: EventLogError.self) { try await ben.append(.opened("gouzenko")) }
      await #expect(throws: EventLogError.self) {
        try await ben.log.grant(.write, to: ben.role, on: ben.casebook)
      }
      try await ana.log.grant(.write, to: ben.role, on: ana.casebook)
      try await ben.append(.opened("gouzenko"))
      await #expect(throws: EventLogError.self) {
        try await ben.log.revoke(ana.role, on: ben.casebook)
      }
      try await ana.log.revoke(ben.role, on: ana.casebook)
      await #expect(throws: (any Error).self) {
        try await ana.log.revoke(ben.role, on: ana.casebook)
      }
      await #expect(throws: EventLogError.self) { try await ben.append(.opened("orlov")) }
      #expect(try await ben.log.casebooks().isEmpty)
      #expect(try await ana.head() == 4)
    }
  }

  @Test("An append that waited for a revocation is refused")
  func revokedWhileWaiting() async throws {
    try await withKeeper { database, ana in
      let ben = try await ana.joined(by: "ben", .write, database)
      let append = try await ana.log.pool.transaction { connection in
        try await connection.query(
          rawAppend(
            to: ana.casebook, on: ana.own, "casebook.revoked", data: #"{"role":"\#(ben.role)"}"#))
        let append = Task { _ = try await ben.append(.opened("gouzenko")) }
        try await database.waitUntilSomebodyWaits()
        return append
      }
      await #expect(throws: EventLogError.self) { try await append.value }
      #expect(try await ana.head() == 2)
    }
  }

  @Test("The last admin can neither leave nor step down")
  func lastAdmin() async throws {
    try await withKeeper { database, ana in
      await #expect(throws: EventLogError.self) {
        try await ana.log.revoke(ana.role, on: ana.casebook)
      }
      await #expect(throws: EventLogError.self) {
        try await ana.log.grant(.write, to: ana.role, on: ana.casebook)
      }
      #expect(try await ana.log.casebook("notes")?.access == .admin)
      let ben = try await ana.joined(by: "ben", .admin, database)
      try await ben.log.revoke(ana.role, on: ana.casebook)
      #expect(try await ben.log.members(of: ben.casebook).map(\.role) == [ben.role])
    }
  }

  @Test("Two admins who remove each other at once leave one")
  func removeEachOther() async throws {
    try await withKeeper { database, ana in
      let ben = try await ana.joined(by: "ben", .admin, database)
      let removes = { @Sendable (one: Keeper, other: Keeper) async -> Bool in
        do { try await one.log.revoke(other.role, on: one.casebook) } catch { return false }
        return true
      }
      async let first = removes(ana, ben)
      async let second = removes(ben, ana)
      let removed = [await first, await second].filter(\.self)
      #expect(removed.count == 1)
      let admins = try await database.asSuperuser { connection in
        try await connection.query("SELECT FROM dossier.membership").count
      }
      #expect(admins == 1)
    }
  }

  @Test("Access goes to login roles; what a login lacks on the server is said")
  func grantees() async throws {
    try await withKeeper { database, ana in
      await #expect(throws: EventLogError.noSuchRole("nobody-of-that-name")) {
        try await ana.log.grant(.read, to: "nobody-of-that-name", on: ana.casebook)
      }
      await #expect(throws: EventLogError.noSuchRole("dossier_analyst")) {
        try await ana.log.grant(.write, to: "dossier_analyst", on: ana.casebook)
      }
      let outsider = try await database.person("ben", in: []).user ?? ""
      try await ana.log.grant(.read, to: outsider, on: ana.casebook)
      #expect(try await ana.log.groupMissing(to: outsider, for: .read) == "dossier_reader")
      #expect(try await ana.log.groupMissing(to: outsider, for: .write) == "dossier_analyst")
      let analyst = try await database.person("cleo", in: ["dossier_analyst"]).user ?? ""
      try await ana.log.grant(.admin, to: analyst, on: ana.casebook)
      #expect(try await ana.log.groupMissing(to: analyst, for: .admin) == nil)
    }
  }

  @Test("A reader by group role cannot create a casebook")
  func readersCannotCreate() async throws {
    try await withMigratedDatabase { database in
      let log = Keeper.log(of: try await database.person("ben", in: ["dossier_reader"]))
      await #expect(throws: EventLogError.self) {
        try await log.createCasebook(
          data: #"{"slug":"notes","title":"Notes"}"#, requestID: UUID(), commandHash: sha256("x"))
      }
      await log.pool.close()
    }
  }
}
