import Calendar
public import struct FoundationEssentials.UUID
import PostgresClient
import StrictJSON

/// Why an exported log was not restored: the line and what is wrong with it. Nothing was written.
public struct LogImportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1; nil when the whole is meant.
  public let line: Int?
  /// What is wrong.
  public let message: String

  /// The line and what is wrong with it.
  public var description: String { line.map { "line \($0): \(message)" } ?? message }
}

/// What a restore did.
public struct LogImport: Hashable, Sendable {
  /// The casebook.
  public let casebookID: UUID
  /// How many events it has.
  public let events: Int
  /// The root of the Merkle tree over them, lower-case hexadecimal.
  public let root: String
}

extension EventLog {
  /// How many events travel together: enough to make the round trip cheap, few enough to be nothing in memory.
  private static let batchSize = 500

  /// Restores an exported log as a new casebook, bit for bit: all of it or nothing. The database recomputes every leaf.
  ///
  /// - Parameters:
  ///   - known: a root noted down earlier, which the log must have.
  ///   - nextLine: the next line without its line feed; nil at the end.
  /// - Returns: what was restored.
  /// - Throws: `LogImportError` naming the line; `EventLogError.casebookExists`.
  public func restore(
    against known: KnownRoot? = nil, _ nextLine: () throws -> [UInt8]?
  ) async throws -> LogImport {
    try await pool.transaction { connection in
      var lines = ImportedLines()
      while let batch = try lines.next(Self.batchSize, nextLine) {
        try await Self.insert(batch, lines, connection)
      }
      guard let casebook = lines.casebook else {
        throw LogImportError(line: nil, message: "the file holds no events")
      }
      let root = Hex.text(lines.tree.root)
      if let known, known.size != lines.tree.count || known.root != root {
        throw LogImportError(
          line: nil,
          message:
            "its \(lines.tree.count) events give the root \(root), not the \(known.size) events and "
            + "the root \(known.root) expected")
      }
      try await Self.translated(lines) { () throws(PostgresError) in
        _ = try await connection.query("SELECT dossier.finish_import(\(casebook))::text")
      }
      return LogImport(casebookID: casebook, events: lines.tree.count, root: root)
    }
  }

  private static func insert(
    _ batch: [RecordedEvent], _ lines: ImportedLines, _ connection: PostgresConnection
  ) async throws {
    guard let casebook = lines.casebook else { return }
    try await translated(lines) { () throws(PostgresError) in
      _ = try await connection.query(
        """
        SELECT dossier.import_events(
          \(casebook), \(batch.map(\.position)), \(batch.map(\.stream.kind.rawValue)),
          \(batch.map(\.stream.id)), \(batch.map(\.streamVersion)), \(batch.map(\.id)),
          \(batch.map(\.type)), \(batch.map { Int32($0.schemaVersion) }), \(batch.map(\.voice)),
          \(batch.map(\.data)),
          \(batch.map { PostgresTimestamp(microsecondsSinceUnixEpoch: $0.recordedAt.microseconds) }),
          \(batch.map(\.recordedBy)), \(batch.map(\.requestID)), \(batch.map(\.leafHash)))::text
        """)
    }
  }

  /// Turns what the database refuses into the line it stands on.
  private static func translated(
    _ lines: ImportedLines, _ body: () async throws(PostgresError) -> Void
  ) async throws {
    do { try await body() } catch {
      if let refusal = EventLogError(error), error.sqlState?.rawValue != "DS007" { throw refusal }
      let detail = error.detail.flatMap { try? JSON(parsing: $0) }
      if let position = detail?["position"]?.integerValue {
        throw LogImportError(line: position, message: error.message)
      }
      guard error.kind == .server else { throw error }
      throw LogImportError(line: lines.line, message: error.message)
    }
  }
}

/// The lines of an exported log as they are read.
private struct ImportedLines {
  private(set) var line = 0
  private(set) var casebook: UUID?
  private(set) var tree = MerkleTree()

  /// The events of the next lines; nil at the end.
  mutating func next(
    _ count: Int, _ nextLine: () throws -> [UInt8]?
  ) throws -> [RecordedEvent]? {
    var batch: [RecordedEvent] = []
    while batch.count < count, let bytes = try nextLine() {
      line += 1
      batch.append(try read(bytes))
    }
    return batch.isEmpty ? nil : batch
  }

  private mutating func read(_ bytes: [UInt8]) throws(LogImportError) -> RecordedEvent {
    let found: (casebook: UUID, event: RecordedEvent)
    do { found = try CloudEvent.read(bytes) } catch {
      throw LogImportError(line: line, message: "\(error)")
    }
    guard casebook == nil || casebook == found.casebook else {
      throw LogImportError(line: line, message: "it belongs to another casebook than line 1")
    }
    guard found.event.position == Int64(line) else {
      throw LogImportError(
        line: line, message: "it holds @\(found.event.position), where @\(line) belongs")
    }
    guard LeafHash.of(found.event, in: found.casebook) == found.event.leafHash else {
      throw LogImportError(
        line: line, message: "@\(line) is not what was exported: its leaf hash does not fit")
    }
    casebook = found.casebook
    tree.append(leafHash: found.event.leafHash)
    return found.event
  }
}
