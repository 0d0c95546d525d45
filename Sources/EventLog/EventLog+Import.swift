import Calendar
public import struct FoundationEssentials.UUID
import PostgresClient
import StrictJSON

/// Why an exported log was not restored: the line and what is wrong with it. Nothing was written.
public struct LogImportError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1; nil when the whole is meant.
  public let line: Int?
  /// The member of the line; nil when it is not about one.
  public let field: String?
  /// What is wrong.
  public let message: String

  /// The line and what is wrong with it.
  public var description: String {
    let place = [line.map { "line \($0)" }, field].compactMap { $0 }.joined(separator: ", ")
    return place.isEmpty ? message : "\(place): \(message)"
  }

  init(line: Int?, field: String? = nil, message: String) {
    self.line = line
    self.field = field
    self.message = message
  }

  /// What is wrong with the JSON of a line; its only line needs no number of its own.
  init(line: Int, _ error: JSONError) {
    let column = error.column.map { "column \($0): " } ?? ""
    self.init(
      line: line, field: error.path.isEmpty ? nil : error.path, message: column + error.message)
  }
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
  ///   - known: a root noted down earlier, which the log must have had; it may have grown since.
  ///   - nextLine: the next line without its line feed; nil at the end.
  /// - Returns: what was restored.
  /// - Throws: `LogImportError` naming the line; `EventLogError.casebookExists`.
  public func restore(
    against known: KnownRoot? = nil, _ nextLine: () throws -> [UInt8]?
  ) async throws -> LogImport {
    try await pool.transaction { connection in
      // However slowly the lines come: only rows that nobody else can see yet are locked.
      try await connection.query("SET LOCAL idle_in_transaction_session_timeout = 0")
      var lines = ImportedLines(known)
      while let batch = try lines.next(Self.batchSize, nextLine) {
        try await Self.insert(batch, lines, connection)
      }
      guard let casebook = lines.casebook else {
        throw LogImportError(line: nil, message: "the file holds no events")
      }
      let root = Hex.text(lines.tree.root)
      if let known, lines.tree.count < known.size {
        throw LogImportError(
          line: nil,
          message:
            "it was cut short: it ends after \(lines.tree.count) events, and had \(known.size)")
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

  /// The members of a line by the database's names for what it found wrong.
  private static let attributes = [
    "position": "position", "recordedAt": "time", "recordedBy": "recordedby", "stream": "subject",
    "type": "type", "streamVersion": "streamversion", "leafHash": "leafhash",
    "requestID": "requestid", "voice": "voice", "id": "id", "data": "data",
  ]

  /// Turns what the database refuses into the line it stands on.
  private static func translated(
    _ lines: ImportedLines, _ body: () async throws(PostgresError) -> Void
  ) async throws {
    do { try await body() } catch {
      if let refusal = EventLogError(error), error.sqlState?.rawValue != "DS007" { throw refusal }
      let detail = error.detail.flatMap { try? JSON(parsing: $0) }
      if let position = detail?["position"]?.integerValue {
        // Line and position are the same: each line is the next event.
        throw LogImportError(
          line: position, field: detail?["field"]?.stringValue.flatMap { attributes[$0] },
          message: error.message)
      }
      guard error.kind == .server else { throw error }
      throw LogImportError(line: lines.line, message: error.message)
    }
  }
}

/// The lines of an exported log as they are read.
private struct ImportedLines {
  private let known: KnownRoot?
  private(set) var line = 0
  private(set) var casebook: UUID?
  private(set) var tree = MerkleTree()

  init(_ known: KnownRoot?) {
    self.known = known
  }

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
      throw LogImportError(line: line, error)
    }
    guard casebook == nil || casebook == found.casebook else {
      throw LogImportError(
        line: line, field: "source", message: "it belongs to another casebook than line 1")
    }
    guard found.event.position == Int64(line) else {
      throw LogImportError(
        line: line, field: "position",
        message: "it holds @\(found.event.position), where @\(line) belongs")
    }
    casebook = found.casebook
    tree.append(leafHash: found.event.leafHash)
    if let known, tree.count == known.size, Hex.text(tree.root) != known.root {
      throw LogImportError(
        line: nil,
        message:
          "its first \(known.size) events give the root \(Hex.text(tree.root)), not "
          + known.root)
    }
    return found.event
  }
}
