import Casebook
import CasebookStore
public import EventLog
public import PostgresClient

/// Somebody who may do anything on the server and writes events past `dossier.append`, which refuses most of these. Their
/// leaf hashes are right, so that nothing but reading the events tells.
public struct Intruder: Sendable {
  /// An event as it is written.
  public struct Event: Sendable {
    let stream: StreamID
    let type: String
    let schemaVersion: Int
    let voice: String?
    let data: String

    /// An event of `type` with this payload.
    public init(
      _ type: String, on stream: StreamID, schemaVersion: Int = 1, voice: String? = nil,
      _ data: String
    ) {
      self.stream = stream
      self.type = type
      self.schemaVersion = schemaVersion
      self.voice = voice
      self.data = data
    }
  }

  private let configuration: PostgresConfiguration

  /// An intruder in the database that somebody is connected to.
  public init(in database: PostgresConfiguration) throws {
    var superuser = try TestServer.configuration
    superuser.database = database.database
    configuration = superuser
  }

  /// Writes an event at the end of a casebook's log.
  ///
  /// - Returns: its position.
  @discardableResult
  public func write(_ event: Event, in casebook: String) async throws -> Int64 {
    let connection = try await PostgresConnection.connect(configuration)
    do {
      // The guards of the schema let pass whoever says so.
      try await connection.execute(script: "SET dossier.migrating = on")
      let position = try await connection.query(Self.statement(event, casebook))[0]
        .decode(Int64.self, at: 0)
      await connection.close()
      return position
    } catch {
      await connection.close()
      throw error
    }
  }

  private static func statement(_ event: Event, _ casebook: String) -> PostgresQuery {
    // OFFSET 0 has the identifiers drawn once.
    """
    INSERT INTO dossier.event (casebook_id, position, stream_kind, stream_id, stream_version,
      event_id, event_type, schema_version, voice_source_id, data, recorded_at, recorded_by,
      request_id, leaf_hash)
    SELECT n.casebook_id, n.place, n.kind, n.id, n.version, n.event_id, n.type, n.schema, n.voice,
      n.data::json, n.at, n.author, n.request_id,
      dossier.leaf_hash(n.casebook_id, n.place, n.event_id, n.kind, n.id, n.version, n.type,
        n.schema, n.voice, dossier.microseconds(n.at), n.author, n.request_id, n.data)
    FROM (
      SELECT c.casebook_id, l.position + 1 AS place, s.kind, s.id, s.type, s.schema, s.voice, s.data,
        (SELECT count(*) + 1 FROM dossier.event v
          WHERE v.casebook_id = c.casebook_id AND v.stream_kind = s.kind AND v.stream_id = s.id)
          AS version,
        l.recorded_at + interval '1 microsecond' AS at, 'mallory' AS author,
        gen_random_uuid() AS event_id, gen_random_uuid() AS request_id
      FROM (SELECT \(event.stream.kind.rawValue)::text AS kind, \(event.stream.id)::text AS id,
        \(event.type)::text AS type, \(Int32(event.schemaVersion))::integer AS schema,
        \(event.voice as String?)::text AS voice, \(event.data)::text AS data) s
      JOIN dossier.casebook c ON c.slug = \(casebook)
      CROSS JOIN LATERAL (
        SELECT e.position, e.recorded_at FROM dossier.event e
        WHERE e.casebook_id = c.casebook_id ORDER BY e.position DESC LIMIT 1) l
      OFFSET 0) n
    RETURNING position
    """
  }
}

extension Desk {
  /// Writes an event into the casebook as an intruder does, and returns its position.
  @discardableResult
  public func intrude(_ event: Intruder.Event) async throws -> Int64 {
    try await Intruder(in: configuration).write(event, in: store.slug.text)
  }
}
