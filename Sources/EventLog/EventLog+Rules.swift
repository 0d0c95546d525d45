import struct FoundationEssentials.UUID
import PostgresClient

extension EventLog {
  /// The rules, as the database's tables have them.
  func rules() async throws -> LogRules {
    let types = try await pool.query(
      "SELECT event_type, schema_version, voice = 'source', stream_kinds FROM dossier.event_type")
    var streams: [LogRules.Voice: Set<StreamKind>] = [:]
    for row in types {
      let (name, version, isSource, kinds) = try row.decode((String, Int32, Bool, [String]).self)
      let type = LogRules.EventType(name: name, version: Int(version))
      streams[.init(type: type, isSource: isSource)] = Set(kinds.compactMap(StreamKind.init))
    }
    let rows = try await pool.query(
      """
      SELECT event_type, schema_version, field, kind, is_required, in_state
      FROM dossier.event_field ORDER BY event_type, schema_version, field
      """)
    var fields: [LogRules.EventType: [LogRules.Field]] = [:]
    for row in rows {
      let type = LogRules.EventType(
        name: try row.decode(String.self, at: 0), version: Int(try row.decode(Int32.self, at: 1)))
      fields[type, default: []].append(
        LogRules.Field(
          name: try row.decode(String.self, at: 2), kind: try row.decode(String.self, at: 3),
          isRequired: try row.decode(Bool.self, at: 4),
          state: try row.decode(String?.self, at: 5)))
    }
    return LogRules(streams: streams, fields: fields)
  }

  /// The first request, of those that the connected person may see, whose events are not where it says; by the
  /// position that it gives for the first of them.
  func misplacedRequest(of casebook: UUID) async throws -> Int64? {
    let rows = try await pool.query(
      """
      SELECT r.first_position
      FROM dossier.append_request r
      LEFT JOIN dossier.event f ON f.casebook_id = r.casebook_id AND f.position = r.first_position
      LEFT JOIN dossier.event l ON l.casebook_id = r.casebook_id AND l.position = r.last_position
      LEFT JOIN dossier.event b
        ON b.casebook_id = r.casebook_id AND b.position = r.first_position - 1
      LEFT JOIN dossier.event a ON a.casebook_id = r.casebook_id AND a.position = r.last_position + 1
      WHERE r.casebook_id = \(casebook)
        AND (r.first_position > r.last_position
          OR (f.request_id, f.recorded_by) IS DISTINCT FROM (r.request_id, r.recorded_by)
          OR (l.request_id, l.recorded_by) IS DISTINCT FROM (r.request_id, r.recorded_by)
          OR (b.request_id, b.recorded_by) = (r.request_id, r.recorded_by)
          OR (a.request_id, a.recorded_by) = (r.request_id, r.recorded_by))
      ORDER BY r.first_position
      LIMIT 1
      """)
    return try rows.first?.decode(Int64.self, at: 0)
  }

  /// The sources that the database lists for voices to be checked against, in order.
  func listedSources(of casebook: UUID) async throws -> [String] {
    let rows = try await pool.query(
      "SELECT source_id FROM dossier.source WHERE casebook_id = \(casebook) ORDER BY source_id")
    return try rows.map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
  }
}
