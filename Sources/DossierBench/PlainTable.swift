import EventLog
import PostgresClient

import struct FoundationEssentials.UUID

/// The baseline: a table just like `dossier.event`, without the log around it.
enum PlainTable {
  private static let columns: PostgresQuery = """
    casebook_id, position, stream_kind, stream_id, stream_version, event_id, event_type,
    schema_version, voice_source_id, data, recorded_at, recorded_by, request_id, leaf_hash
    """

  /// Creates the table with the columns, indexes, checks, keys and triggers of the log.
  static func create(on connection: PostgresConnection) async throws {
    try await connection.execute(
      script: """
        CREATE SCHEMA bench;
        CREATE TABLE bench.event (
          LIKE dossier.event INCLUDING ALL,
          FOREIGN KEY (casebook_id, voice_source_id) REFERENCES dossier.source);
        CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON bench.event
          FOR EACH STATEMENT EXECUTE FUNCTION dossier.refuse_change();
        ALTER TABLE bench.event ENABLE ALWAYS TRIGGER refuse_change;
        GRANT USAGE ON SCHEMA bench TO \(Laboratory.person);
        GRANT INSERT ON bench.event TO \(Laboratory.person);
        """)
  }

  /// A row, with what the log would have added to the event.
  struct Row: Sendable {
    let casebook: UUID
    let position: Int64
    let streamVersion: Int64
    let event: NewEvent
    let requestID: UUID
    let recordedAt = PostgresTimestamp(microsecondsSinceUnixEpoch: 1_767_225_600_000_000)
    let leafHash = [UInt8](repeating: 0xa5, count: 32)
  }

  /// Inserts one row in a transaction of its own.
  static func insert(_ row: Row, through pool: PostgresPool) async throws {
    let event = row.event
    try await pool.query(
      """
      INSERT INTO bench.event (\(columns))
      VALUES (
        \(row.casebook), \(row.position), \(event.stream.kind.rawValue), \(event.stream.id),
        \(row.streamVersion), \(event.id), \(event.type), \(Int32(event.schemaVersion)),
        \(event.voice as String?), \(event.data)::json, \(row.recordedAt),
        \(Laboratory.person), \(row.requestID), \(row.leafHash))
      """)
  }

  /// Copies rows in one transaction.
  static func copy(_ rows: [Row], through pool: PostgresPool) async throws {
    try await pool.withConnection { connection in
      _ = try await connection.copyRowsIn(
        "COPY bench.event (\(columns)) FROM STDIN (FORMAT binary)"
      ) { writer in
        for row in rows {
          let event = row.event
          try await writer.write(
            row.casebook, row.position, event.stream.kind.rawValue, event.stream.id,
            row.streamVersion, event.id, event.type, Int32(event.schemaVersion), event.voice,
            event.data, row.recordedAt, Laboratory.person, row.requestID, row.leafHash)
        }
      }
    }
  }
}
