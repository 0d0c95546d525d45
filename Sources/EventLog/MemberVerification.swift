public import struct FoundationEssentials.UUID
import PostgresClient

/// What holding who has access to a casebook against what its log says of that found.
public struct MemberVerification: Hashable, Sendable {
  /// A role whose access is not what the log says.
  public struct Fault: Hashable, Sendable {
    /// The role.
    public let role: String
    /// What is wrong.
    public let problem: String
  }

  /// The roles whose access somebody changed past the log.
  public let faults: [Fault]
  /// Roles that got their access, as it is said, before the log took grants down. Nothing shows whether that is so.
  public let unrecorded: [String]
}

extension EventLog {
  /// Compares who has access to a casebook with what its log says.
  ///
  /// How the casebook was restored from an export is `imported`, if it was: what was given before gives nobody access
  /// here, and whoever restored it is an admin without an event.
  ///
  /// - Throws: `PostgresError`.
  public func verifyMembers(
    of casebook: UUID, imported: ImportRecord?
  ) async throws -> MemberVerification {
    let rows = try await pool.query(
      """
      WITH change AS (
        SELECT e.position,
          CASE e.event_type WHEN 'casebook.created' THEN e.recorded_by ELSE e.data ->> 'role' END AS role,
          CASE e.event_type
            WHEN 'casebook.created' THEN 'admin' WHEN 'casebook.granted' THEN e.data ->> 'access'
          END AS access
        FROM dossier.event e
        WHERE e.casebook_id = \(casebook) AND e.stream_kind = 'casebook'
          AND e.event_type IN ('casebook.created', 'casebook.granted', 'casebook.revoked')
          AND e.position > \(imported?.upTo ?? 0)
        UNION ALL
        SELECT 0, \(imported?.by as String?), 'admin'
      ), said AS (
        SELECT DISTINCT ON (c.role) c.role, c.access, c.position FROM change c
        WHERE c.role IS NOT NULL
        ORDER BY c.role, c.position DESC
      ), held AS (
        SELECT m.role_name AS role, m.access,
          m.granted_at < (SELECT g.applied_at FROM dossier.migration g WHERE g.version = 14) AS is_old
        FROM dossier.membership m WHERE m.casebook_id = \(casebook)
      )
      SELECT role, h.access, s.access, nullif(s.position, 0), h.is_old
      FROM held h FULL JOIN said s USING (role)
      WHERE h.access IS DISTINCT FROM s.access
      ORDER BY role
      """)
    var faults: [MemberVerification.Fault] = []
    var unrecorded: [String] = []
    for row in rows {
      let (role, held, said, position, isOld) = try row.decode(
        (String, String?, String?, Int64?, Bool?).self)
      if position == nil && isOld == true {
        unrecorded.append(role)
        continue
      }
      let place = position.map { "@\($0)" } ?? "the import"
      let problem =
        switch (held, said) {
        case (let held?, let said?): "has \(held) access, where \(place) gives \(said)"
        case (let held?, nil):
          "has \(held) access, which \(position == nil ? "no event gives" : "\(place) took away")"
        case (nil, _): "has no access, where \(place) gives \(said ?? "some")"
        }
      faults.append(.init(role: role, problem: problem))
    }
    return MemberVerification(faults: faults, unrecorded: unrecorded)
  }
}
