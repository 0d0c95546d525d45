import EventLog
import FoundationEssentials
import PostgresClient
import TestSupport
import Testing

@Suite("Access follows the person, not the name")
struct MemberTests {
  /// What may have happened to a role since it was given access, so that another now bears its name, or it another.
  enum Change: CaseIterable {
    case madeAgain, renamed, nameTaken
  }

  /// Logs in as whoever could be taken for Ben after the change.
  private func impostor(
    of ben: Keeper, after change: Change, _ database: TestDatabase
  ) async throws -> Keeper {
    await ben.log.pool.close()
    var person = ben.configuration
    let eve = try await database.person("eve").user ?? ""
    try await database.asSuperuser { connection in
      switch change {
      case .madeAgain:
        try await connection.query("DROP ROLE \(identifier: ben.role)")
        try await connection.query(
          "CREATE ROLE \(identifier: ben.role) LOGIN IN ROLE dossier_admin, dossier_projector")
      case .renamed:
        person.user = "\(ben.role)_renamed"
        try await connection.query(
          "ALTER ROLE \(identifier: ben.role) RENAME TO \(identifier: person.user ?? "")")
      case .nameTaken:
        try await connection.query(
          "ALTER ROLE \(identifier: ben.role) RENAME TO \(identifier: "\(ben.role)_gone")")
        try await connection.query(
          "ALTER ROLE \(identifier: eve) RENAME TO \(identifier: ben.role)")
      }
    }
    return Keeper(
      configuration: person, log: Keeper.log(of: person), casebook: ben.casebook, slug: ben.slug)
  }

  /// A casebook with something in every table that members read, and Ben as a member of it.
  private func furnish(_ ana: Keeper, _ access: Access, _ database: TestDatabase) async throws
    -> Keeper
  {
    try await ana.append(.registered("fbi"), .claimed("gouzenko", in: "fbi"))
    try await ana.log.keep(KeptText(sha256: Self.digest, parts: ["a text"]), in: ana.casebook)
    try await database.asSuperuser { connection in
      try await connection.query(
        """
        WITH g AS (
          INSERT INTO dossier.generation
            (casebook_id, view, view_version, state, "position", target_position)
          VALUES (\(ana.casebook), 'case_view', 1, 'active', 3, 3) RETURNING *),
        a AS (
          INSERT INTO dossier.active_generation (casebook_id, view, generation_id)
          SELECT casebook_id, view, generation_id FROM g)
        INSERT INTO dossier.case_view (
          casebook_id, generation_id, from_position, case_id, name, kind, status, claims,
          annotations, sources, last_position)
        SELECT casebook_id, generation_id, 1, 'gouzenko', 'x', 'person', 'open', 1, 0, '{}', 3 FROM g
        """)
    }
    try await ana.log.pool.query("SELECT dossier.save_snapshot(\(ana.casebook), 3, 'moment')::text")
    return try await ana.joined(
      by: "ben", access, in: ["dossier_admin", "dossier_projector"], database)
  }

  private static let digest = sha256("a text").map { byte in
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }.joined()

  /// The tables that somebody sees rows of.
  private func readable(by keeper: Keeper, _ database: TestDatabase) async throws -> Set<String> {
    let tables = try await database.asSuperuser { connection in
      try await connection.query(
        """
        SELECT schemaname || '.' || tablename FROM pg_policies
        WHERE schemaname = 'dossier' AND policyname IN ('members_read', 'author_reads')
        """
      ).map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
    }
    var seen: Set<String> = []
    for table in tables + ["moment.case_view"] {
      let rows = try await keeper.log.pool.query("SELECT FROM \(raw: table)")
      if !rows.isEmpty { seen.insert(table) }
    }
    return seen
  }

  @Test(
    "A login that was dropped and made again, or renamed, has none of it",
    arguments: Change.allCases, [Access.read, .write, .admin])
  func inheritsNothing(_ change: Change, _ access: Access) async throws {
    try await withKeeper { database, ana in
      let ben = try await furnish(ana, access, database)
      let request = UUID()
      if access != .read { try await ben.append(.opened("orlov"), request: request) }
      let mine = try await readable(by: ben, database)
      #expect(
        mine.isSuperset(of: [
          "dossier.casebook", "dossier.membership", "dossier.event", "dossier.source",
          "dossier.source_text", "dossier.snapshot", "dossier.generation", "dossier.case_view",
          "moment.case_view",
        ]))
      #expect(mine.contains("dossier.append_request") == (access != .read))
      let head = try await ana.head()

      let impostor = try await impostor(of: ben, after: change, database)
      #expect(try await readable(by: impostor, database).isEmpty)
      #expect(try await impostor.log.casebooks().isEmpty)
      #expect(try await impostor.log.members(of: ana.casebook).isEmpty)
      #expect(try await impostor.log.lastRequest(of: ana.casebook) == nil)
      #expect(
        try await impostor.log.priorReply(ana.casebook, request, sha256("a command")) == nil)
      #expect(try await impostor.log.text(Self.digest, of: ana.casebook) == nil)
      #expect(try await impostor.log.verifyTexts(of: ana.casebook).isEmpty)
      for refused: PostgresQuery in [
        "SELECT dossier.resolve_as_of(\(ana.casebook), now())::text",
        "SELECT dossier.save_snapshot(\(ana.casebook), 1, 'another')::text",
        "SELECT dossier.drop_snapshot(\(ana.casebook), 'moment')",
        """
        SELECT FROM dossier.search(
          \(ana.casebook), 3, '{x}', '{""}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1)
        """,
      ] {
        let error = await #expect(throws: PostgresError.self) {
          try await impostor.log.pool.query(refused)
        }
        #expect(error?.sqlState == .insufficientPrivilege, "\(String(describing: error))")
      }
      await #expect(throws: PostgresError.self) {
        try await impostor.log.pool.query("DELETE FROM dossier.case_view")
      }
      let casebooks = try await impostor.log.pool.query(
        """
        SELECT dossier.readable_casebooks() = '{}', dossier.projectable_casebooks() = '{}',
          dossier.imported_through(\(ana.casebook)) IS NULL
        """)[0]
      #expect(try casebooks.decode((Bool, Bool, Bool).self) == (true, true, true))
      #expect(try await ana.head() == head)

      // The member that there was is told apart from whoever bears the name.
      let members = try await ana.log.members(of: ana.casebook)
      #expect(members.first { $0.role == ben.role }?.login == .gone)
      // Given anew, access is access; what another did under the name stays that one's.
      try await ana.log.grant(.write, to: impostor.role, on: ana.casebook)
      #expect(try await impostor.append(.opened("barmine")).firstPosition == head + 2)
      #expect(
        try await impostor.log.priorReply(ana.casebook, request, sha256("a command")) == nil)
      #expect(try await impostor.log.lastRequest(of: ana.casebook) == head + 2...head + 2)
      #expect(try await impostor.log.pool.query("SELECT FROM dossier.append_request").count == 1)
      await impostor.log.pool.close()
    }
  }

  @Test(
    "Nor does it write, keep texts or repeat what another did under the name",
    arguments: Change.allCases)
  func writesNothing(_ change: Change) async throws {
    try await withKeeper { database, ana in
      let ben = try await furnish(ana, .write, database)
      let request = UUID()
      try await ben.append(.opened("orlov"), request: request)
      let head = try await ana.head()
      let impostor = try await impostor(of: ben, after: change, database)
      await #expect(throws: EventLogError.self) { try await impostor.append(.opened("barmine")) }
      await #expect(throws: EventLogError.self) {
        try await impostor.append(.opened("orlov"), request: request)
      }
      await #expect(throws: EventLogError.self) {
        try await impostor.log.keep(
          KeptText(sha256: Self.digest, parts: ["a text"]), in: ana.casebook)
      }
      #expect(try await ana.head() == head)

      try await ana.log.grant(.write, to: impostor.role, on: ana.casebook)
      if impostor.role == ben.role {
        // The identity of a request is taken, by whom it was; whatever was asked, nothing is replayed.
        let taken = EventLogError.requestTaken(
          request, by: ben.role, first: head, last: head)
        await #expect(throws: taken) {
          try await impostor.append(.opened("orlov"), request: request)
        }
        let reused = EventLogError.requestReused(request, first: head, last: head)
        await #expect(throws: reused) {
          try await impostor.append(.opened("barmine"), request: request, command: "another")
        }
      }
      #expect(try await ana.head() == head + 1)
      #expect(try await impostor.append(.opened("barmine")).firstPosition == head + 2)
      await impostor.log.pool.close()
    }
  }

  @Test("The creation of another who bore the name is not repeated either")
  func createsNothing() async throws {
    try await withKeeper { database, ana in
      let ben = try await database.keeper("ben", of: "memoirs")
      let request = try #require(try await ben.events().first?.requestID)
      let impostor = try await impostor(of: ben, after: .madeAgain, database)
      await #expect(throws: EventLogError.casebookExists("memoirs")) {
        try await impostor.log.createCasebook(
          data: #"{"slug":"memoirs","title":"Notes"}"#, requestID: request,
          commandHash: sha256("create memoirs"))
      }
      #expect(try await impostor.log.casebooks().isEmpty)
      await impostor.log.pool.close()
    }
  }

  // MARK: Grants are events

  @Test("Who gives and takes access, when and what, is in the log; repeated, it happens once")
  func events() async throws {
    try await withKeeper { database, ana in
      let ben = try await database.person("ben", in: ["dossier_analyst"]).user ?? ""
      let (grant, revocation) = (UUID(), UUID())
      for _ in 1...2 {
        try await ana.log.grant(.write, to: ben, on: ana.casebook, request: grant)
      }
      // What somebody has is not given again.
      #expect(try await !ana.log.grant(.write, to: ben, on: ana.casebook))
      for _ in 1...2 {
        try await ana.log.revoke(ben, on: ana.casebook, request: revocation)
      }
      // Repeated after all, the grant gives its first reply and no access.
      try await ana.log.grant(.write, to: ben, on: ana.casebook, request: grant)
      let events = try await ana.events().dropFirst()
      #expect(events.map(\.type) == ["casebook.granted", "casebook.revoked"])
      #expect(
        events.map(\.data) == [#"{"role":"\#(ben)","access":"write"}"#, #"{"role":"\#(ben)"}"#])
      #expect(events.map(\.requestID) == [grant, revocation])
      #expect(events.allSatisfy { $0.recordedBy == ana.role && $0.stream == ana.own })
      #expect(try await ana.log.members(of: ana.casebook).map(\.role) == [ana.role])
      await #expect(throws: EventLogError.requestReused(grant, first: 2, last: 2)) {
        try await ana.log.grant(.read, to: ben, on: ana.casebook, request: grant)
      }
    }
  }

  @Test(
    "An event that does not say who and what is refused",
    arguments: [
      "{}", #"{"role":"ROLE"}"#, #"{"access":"write"}"#, #"{"role":"ROLE","access":"own"}"#,
      #"{"role":"ROLE","access":null}"#, #"{"role":1,"access":"write"}"#,
      #"{"role":"","access":"write"}"#, #"{"role":"ROLE","access":"write","until":"1955"}"#,
      #"{"role":"ROLE","role":"ROLE","access":"write"}"#, #"{"role":["ROLE"],"access":"write"}"#,
    ])
  func malformed(_ data: String) async throws {
    try await withKeeper { database, ana in
      let ben = try await database.person("ben").user ?? ""
      let data = data.split(separator: "ROLE", omittingEmptySubsequences: false)
        .joined(separator: ben)
      await #expect(throws: EventLogError.self) {
        try await ana.append(.on(ana.own, "casebook.granted", data: data))
      }
      await #expect(throws: EventLogError.self) {
        try await ana.append(
          .on(.case("gouzenko"), "casebook.granted", data: #"{"role":"\#(ben)","access":"read"}"#))
      }
      #expect(try await ana.log.members(of: ana.casebook).count == 1)
      #expect(try await ana.head() == 1)
    }
  }

  @Test("Appended by hand, a grant gives what it says, or is refused")
  func byHand() async throws {
    try await withKeeper { database, ana in
      let ben = try await ana.joined(by: "ben", .write, database)
      let grant = NewEvent.on(
        ana.own, "casebook.granted", data: #"{"role":"\#(ben.role)","access":"admin"}"#)
      await #expect(throws: EventLogError.self) { try await ben.append(grant) }
      try await ana.append(.opened("gouzenko"), grant)
      #expect(try await ben.log.casebook("notes")?.access == .admin)
      await #expect(throws: EventLogError.noMember("nobody")) {
        try await ben.append(.on(ben.own, "casebook.revoked", data: #"{"role":"nobody"}"#))
      }
    }
  }

  // MARK: A casebook keeps an admin

  @Test(
    "Nobody is the last admin but one who can log in",
    arguments: [
      "ALTER ROLE ben NOLOGIN", "ALTER ROLE ben VALID UNTIL '2001-01-01'",
      "ALTER ROLE ben SUPERUSER", "DROP ROLE ben", "ALTER ROLE ben RENAME TO ben_gone",
      "DROP ROLE ben; CREATE ROLE ben LOGIN IN ROLE dossier_admin",
    ])
  func lastAdmin(_ change: String) async throws {
    try await withKeeper { database, ana in
      let ben = try await ana.joined(by: "ben", .admin, database)
      await ben.log.pool.close()
      try await database.asSuperuser { connection in
        try await connection.execute(
          script: change.split(separator: "ben", omittingEmptySubsequences: false)
            .joined(separator: ben.role))
      }
      await #expect(throws: EventLogError.self) {
        try await ana.log.revoke(ana.role, on: ana.casebook)
      }
      await #expect(throws: EventLogError.self) {
        try await ana.log.grant(.write, to: ana.role, on: ana.casebook)
      }
      // Whoever cannot log in may go.
      try await ana.log.revoke(ben.role, on: ana.casebook)
      #expect(try await ana.log.members(of: ana.casebook).map(\.role) == [ana.role])
      try await database.asSuperuser { connection in
        _ = try? await connection.query("ALTER ROLE \(identifier: ben.role) NOSUPERUSER")
      }
    }
  }

  @Test("Whoever runs the server gives a casebook without an admin a new one, and the log says who")
  func adoption() async throws {
    try await withKeeper { database, ana in
      let ben = try await ana.joined(by: "ben", .write, database)
      let superuser = Keeper.log(of: database.configuration)
      // Not while there is an admin, and not by anybody else.
      await #expect(throws: EventLogError.self) {
        try await superuser.adopt(ana.casebook, by: ben.role)
      }
      #expect(try await superuser.administersServer())
      await ana.log.pool.close()
      try await database.asSuperuser { connection in
        try await connection.query("DROP ROLE \(identifier: ana.role)")
      }
      #expect(try await !ben.log.administersServer())
      await #expect(throws: EventLogError.self) {
        try await ben.log.adopt(ben.casebook, by: ben.role)
      }
      await #expect(throws: EventLogError.noSuchRole("nobody")) {
        try await superuser.adopt(ana.casebook, by: "nobody")
      }

      #expect(try await superuser.adopt(ana.casebook, by: ben.role) == 2)
      #expect(try await ben.log.casebook("notes")?.access == .admin)
      let event = try #require(try await ben.events().last)
      #expect(event.type == "casebook.granted" && event.recordedBy == database.configuration.user)
      #expect(event.data == #"{"role":"\#(ben.role)","access":"admin"}"#)
      // The administrator is no member, neither before nor after.
      #expect(try await ben.log.members(of: ben.casebook).map(\.role) == [ana.role, ben.role])
      let verification = try await ben.log.verify(ben.casebook)
      #expect(verification.firstFault == nil)
      await superuser.pool.close()
    }
  }
}
