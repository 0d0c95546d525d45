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

  /// Gives a login role access to a casebook, or changes the access it has; `rehearsing`, nothing is kept.
  ///
  /// - Returns: the group role that the login still lacks on this server to make use of it, such as `dossier_analyst`;
  ///   nil when it lacks none.
  /// - Throws: `EventLogError.noSuchRole`; `notAllowed` for whoever is no admin of the casebook, for a superuser, and
  ///   when no admin would be left.
  @discardableResult
  public func grant(
    _ access: Access, to role: String, on casebook: UUID, rehearsing: Bool = false
  ) async throws -> String? {
    try await changeMembers(
      "SELECT dossier.grant_access(\(casebook), \(role), \(access.rawValue))", rehearsing)
  }

  /// Takes a login role's access to a casebook away; `rehearsing`, nothing is kept.
  ///
  /// - Returns: whether it had any.
  public func revoke(
    _ role: String, on casebook: UUID, rehearsing: Bool = false
  ) async throws -> Bool {
    try await changeMembers("SELECT dossier.revoke_access(\(casebook), \(role))", rehearsing)
  }

  /// Runs one statement, and takes back what it did when it was a rehearsal.
  private func changeMembers<Answer: PostgresDecodable & Sendable>(
    _ query: PostgresQuery, _ isRehearsal: Bool
  ) async throws -> Answer {
    do {
      return try await pool.transaction { connection in
        let answer = try await connection.query(query)[0].decode(Answer.self, at: 0)
        if isRehearsal { throw Rehearsed(answer: answer) }
        return answer
      }
    } catch let rehearsed as Rehearsed<Answer> {
      return rehearsed.answer
    } catch let error as PostgresError {
      throw await refusal(error) ?? error
    }
  }

  /// The members of a casebook, in the order of their names.
  public func members(of casebook: UUID) async throws -> [Member] {
    let rows = try await pool.query(
      """
      SELECT role_name, access, granted_at, granted_by FROM dossier.membership
      WHERE casebook_id = \(casebook) ORDER BY role_name
      """)
    return try rows.map { row throws(PostgresError) in
      let (role, access, at, by) = try row.decode(
        (String, String, PostgresTimestamp, String).self)
      return Member(
        role: role, access: Access(rawValue: access) ?? .read, grantedAt: Instant(at),
        grantedBy: by)
    }
  }
}

/// Ends the transaction of a rehearsal, so that nothing is kept of it.
private struct Rehearsed<Answer: Sendable>: Error {
  let answer: Answer
}

extension CasebookRecord {
  fileprivate static let selection: PostgresQuery = """
    SELECT c.casebook_id, c.slug, c.title, c.created_at, c.created_by, c.imported_at,
      (SELECT m.access FROM dossier.membership m
       WHERE m.casebook_id = c.casebook_id AND m.role_name = session_user)
    FROM dossier.casebook c
    """

  fileprivate init(_ row: PostgresRow) throws(PostgresError) {
    self.init(
      id: try row.decode(UUID.self, at: 0),
      slug: try row.decode(String.self, at: 1),
      title: try row.decode(String.self, at: 2),
      createdAt: Instant(try row.decode(PostgresTimestamp.self, at: 3)),
      createdBy: try row.decode(String.self, at: 4),
      importedAt: try row.decode(PostgresTimestamp?.self, at: 5).map(Instant.init),
      access: try row.decode(String?.self, at: 6).flatMap(Access.init))
  }
}
