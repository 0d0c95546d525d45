import Calendar
public import struct FoundationEssentials.UUID
import PostgresClient

extension EventLog {
  /// The casebooks that the connected person may read, in the order of their short names.
  public func casebooks() async throws -> [CasebookRecord] {
    let rows = try await pool.query(
      "\(CasebookRecord.selection) ORDER BY c.slug")
    return try rows.map { row throws(PostgresError) in try CasebookRecord(row) }
  }

  /// The casebook of that short name; nil when there is none that the connected person may read.
  public func casebook(_ slug: String) async throws -> CasebookRecord? {
    let rows = try await pool.query("\(CasebookRecord.selection) WHERE c.slug = \(slug)")
    return try rows.first.map { row throws(PostgresError) in try CasebookRecord(row) }
  }

  /// The members of a casebook, in the order of their names.
  public func members(of casebook: UUID) async throws -> [Member] {
    let rows = try await pool.query(
      """
      SELECT m.role_name, m.access, m.granted_at, m.granted_by,
        CASE
          WHEN m.role_id IS DISTINCT FROM to_regrole(quote_ident(m.role_name)) THEN 'gone'
          WHEN NOT dossier.can_log_in(m.role_name, m.role_id) THEN 'unusable'
          ELSE 'usable'
        END
      FROM dossier.membership m
      WHERE m.casebook_id = \(casebook) ORDER BY m.role_name
      """)
    return try rows.map { row throws(PostgresError) in
      let (role, access, at, by, login) = try row.decode(
        (String, String, PostgresTimestamp, String, String).self)
      return Member(
        role: role, access: Access(rawValue: access) ?? .read, grantedAt: Instant(at),
        grantedBy: by, login: Member.Login(rawValue: login) ?? .gone)
    }
  }

  /// The group role that a login still lacks on this server to make use of some access, such as `dossier_analyst`; nil
  /// when it lacks none, or is not there.
  public func groupMissing(to role: String, for access: Access) async throws -> String? {
    let group = access == .read ? "dossier_reader" : "dossier_analyst"
    let rows = try await pool.query(
      """
      SELECT FROM pg_catalog.pg_roles r
      WHERE r.rolname = \(role) AND NOT pg_has_role(r.oid, \(group), 'MEMBER')
      """)
    return rows.isEmpty ? nil : group
  }

  /// Whether the login administers the server, as far as Dossier is concerned: a superuser, or a member of
  /// `dossier_owner`.
  public func administersServer() async throws -> Bool {
    try await pool.query(
      "SELECT has_function_privilege('dossier.adopt_casebook(uuid, text)', 'EXECUTE')")[0]
      .decode(Bool.self, at: 0)
  }

  /// Makes a login role admin of a casebook that has no admin who can log in. Only for whoever administers the server.
  ///
  /// - Returns: the position of the event that says so, which bears the name of the administrator's login.
  /// - Throws: `EventLogError.noSuchRole`; `notAllowed` when there is an admin.
  public func adopt(_ casebook: UUID, by role: String) async throws -> Int64 {
    try await translating { () throws(PostgresError) in
      let rows = try await pool.query("SELECT dossier.adopt_casebook(\(casebook), \(role))")
      return try rows[0].decode(Int64.self, at: 0)
    }
  }
}

extension CasebookRecord {
  fileprivate static let selection: PostgresQuery = """
    SELECT c.casebook_id, c.slug, c.title, c.created_at, c.created_by,
      (SELECT m.access FROM dossier.membership m
       WHERE m.casebook_id = c.casebook_id AND m.role_name = session_user
         AND m.role_id = quote_ident(session_user)::regrole),
      c.imported_at, c.imported_by,
      CASE WHEN c.imported_at IS NOT NULL THEN dossier.imported_through(c.casebook_id) END
    FROM dossier.casebook c
    """

  fileprivate init(_ row: PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(UUID.self, at: 0),
      slug: try row.decode(String.self, at: 1),
      title: try row.decode(String.self, at: 2),
      createdAt: Instant(try row.decode(PostgresTimestamp.self, at: 3)),
      createdBy: try row.decode(String.self, at: 4),
      access: try row.decode(String?.self, at: 5).flatMap(Access.init),
      imported: try ImportRecord(row, at: 6))
  }
}

extension ImportRecord {
  /// The import that three columns from `index` on tell of; nil when there was none.
  fileprivate init?(_ row: PostgresRow, at index: Int) throws(PostgresError) {
    guard let at = try row.decode(PostgresTimestamp?.self, at: index),
      let by = try row.decode(String?.self, at: index + 1),
      let position = try row.decode(Int64?.self, at: index + 2)
    else { return nil }
    self.init(at: Instant(at), by: by, upTo: position)
  }
}
