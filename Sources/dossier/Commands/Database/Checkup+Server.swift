import Calendar
import Casebook
import CasebookStore
import EmbeddedPostgres
import EventLog
import PostgresClient

extension Checkup {
  /// Clocks may differ by this much, in microseconds, before it is worth a word.
  private static let tolerance: Int64 = 5_000_000

  mutating func inspect(_ cluster: EmbeddedCluster) async {
    do {
      let installation = try await cluster.locate()
      pass("PostgreSQL", "\(installation.version) in \(installation.programs)")
      let status = try cluster.status()
      note("embedded database", "\(status.activity.rawValue), \(cluster.dataDirectory)")
    } catch {
      fail("PostgreSQL", Failure(error).message ?? "")
    }
  }

  mutating func inspect(_ server: Server) async {
    // What is started on first use cannot be reached before, and needs no mending.
    if let status = try? server.embedded?.status(), status.activity != .running {
      note("connection", "the next command that needs it starts the embedded database")
      return
    }
    do {
      let connection = try await PostgresConnection.connect(server.configuration)
      try await Server.requireWholeSession(connection)
      try await inspectSession(connection)
      let status = try await Migrator().status(connection)
      if status.isCurrent {
        pass("schema", "current (\(counted(status.applied.count, "migration")))")
        try await inspectGuards(connection)
        try await inspectLogins(connection)
      } else {
        fail("schema", "\(counted(status.pending.count, "migration")) behind. Run: dossier migrate")
      }
      await connection.close()
      if status.isCurrent { try await inspectLogs(server) }
    } catch {
      fail("connection", Failure(error).message ?? "")
    }
  }

  private mutating func inspectSession(_ connection: PostgresConnection) async throws {
    let row = try await connection.query(
      "SELECT current_setting('server_version'), session_user::text, clock_timestamp()")[0]
    let (version, user, time) = try row.decode((String, String, PostgresTimestamp).self)
    pass("connection", "server \(version), logged in as \(user)")
    let drift = abs(time.microsecondsSinceUnixEpoch - Instant.now.microseconds)
    if drift > Self.tolerance {
      fail("clock", "the server's differs from this machine's by \(drift / 1_000_000) s")
    } else {
      pass("clock", "the server's agrees with this machine's")
    }
  }

  /// Names the logins in use for which the rules of the casebooks do not hold.
  private mutating func inspectLogins(_ connection: PostgresConnection) async throws {
    let rows = try await connection.query(
      """
      SELECT r.rolname::text,
        CASE
          WHEN r.rolsuper THEN 'superuser'
          WHEN pg_catalog.pg_has_role(r.oid, 'dossier_owner', 'MEMBER') THEN 'owner'
          WHEN r.rolbypassrls THEN 'bypassrls'
          WHEN r.rolcreaterole THEN 'createrole'
        END AS power
      FROM pg_catalog.pg_roles r
      WHERE r.rolcanlogin
        AND (
          r.rolname = session_user
          OR EXISTS (SELECT FROM dossier.membership m WHERE m.role_id = r.oid)
          OR EXISTS (
            SELECT FROM pg_catalog.pg_auth_members m
            JOIN pg_catalog.pg_roles g ON g.oid = m.roleid
            WHERE m.member = r.oid AND g.rolname LIKE 'dossier\\_%'))
      ORDER BY r.rolname
      """)
    for row in rows {
      let (role, power) = try row.decode((String, String?).self)
      let name = PostgresQuery.quoted(identifier: role)
      let remedy: String? =
        switch power {
        case "superuser": "is a superuser, for whom no rule holds. Work under a login of your own"
        case "owner":
          "may do all that the schema's owner may, reading every casebook included. Take that away with: "
            + "REVOKE dossier_owner FROM \(name)"
        case "bypassrls":
          "reads every casebook, whoever's it is. Take that away with: ALTER ROLE \(name) NOBYPASSRLS"
        case "createrole":
          "may create roles, and give itself any of Dossier's. Take that away with: ALTER ROLE \(name) "
            + "NOCREATEROLE"
        default: nil
        }
      if let remedy { warn("login role", "\(role) \(remedy)") }
    }
  }

  /// Names members whose role is not who it was, and casebooks that nobody can administer.
  private mutating func inspectMembers(of casebook: CasebookRecord, _ log: EventLog) async throws {
    let members = try await log.members(of: casebook.id)
    let name = "members of \(casebook.slug)"
    for member in members where member.login == .gone {
      warn(name, "\(member.role): \(Member.Login.gone.note ?? "")")
    }
    for fault in try await log.verifyMembers(of: casebook.id, imported: casebook.imported).faults {
      fail(name, "\(fault.role) \(fault.problem)")
    }
    if !members.contains(where: { $0.access == .admin && $0.login == .usable }) {
      fail(name, try Slug(casebook.slug).remedyWithoutAdmin)
    }
  }

  /// Names the stretches of logs in which the server's clock had run back, and texts that are not what was attached.
  private mutating func inspectLogs(_ server: Server) async throws {
    let log = EventLog(PostgresPool(server.configuration, maximumConnections: 1))
    for casebook in try await log.casebooks() {
      for stretch in try await log.standstills(of: casebook.id) {
        warn(
          "log of \(casebook.slug)",
          "@\(stretch.lowerBound)..@\(stretch.upperBound) bear one time: the server's clock had "
            + "run back. Positions tell what came first")
      }
      try await inspectMembers(of: casebook, log)
      let texts = try await CasebookStore(
        log: log, casebookID: casebook.id, slug: Slug(casebook.slug)
      ).verifyTexts()
      let name = "texts of \(casebook.slug)"
      for text in texts.damaged { fail(name, "\(text.source): \(text.damage)") }
      for text in texts.notKept { warn(name, "\(text.source): \(text.absence)") }
    }
    await log.pool.close()
  }

  /// Names what somebody has changed of the schema, and what guards of it this server cannot have.
  private mutating func inspectGuards(_ connection: PostgresConnection) async throws {
    let schema = try await SchemaVerification(connection)
    if schema.differences.isEmpty { pass("guards", "the schema is as the migrations made it") }
    for difference in schema.differences {
      fail(
        "guards",
        difference.description
          + (difference.isMissingCommandGuard
            ? ". Put it up again, as a superuser, with: dossier migrate"
            : ". Ask who changed it; a restored backup has it as it was"))
    }
    for missing in schema.unavailable {
      warn(
        "guards",
        "\(missing.object) is missing: whoever owns the schema may change it, which is found and not "
          + "refused. If a superuser can be had, let him run: dossier migrate")
    }
  }
}
