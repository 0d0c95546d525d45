import Migrations
public import PostgresClient

/// What the schema of the log is made of, in words: tables, triggers, policies, functions, privileges, fixed rows. The
/// same on every version of PostgreSQL, and after a dump and its restore.
public struct SchemaCatalogue: Hashable, Sendable {
  /// By object, such as `table dossier.event`: its properties, such as `trigger refuse_change`, and how they are.
  let objects: [String: [String: String]]

  /// What all migrations together make, and nothing else.
  public static let expected = SchemaCatalogue(parsing: Migrations.schema)

  /// Reads what `text` writes.
  ///
  /// - Parameter text: a line for each object, below it one for each of its properties: two spaces, the property, a
  ///   tab, how it is.
  public init(parsing text: String) {
    var objects: [String: [String: String]] = [:]
    var object = ""
    for line in text.split(separator: "\n") {
      guard line.hasPrefix("  "), let tab = line.firstIndex(of: "\t") else {
        object = String(line)
        continue
      }
      objects[object, default: [:]][String(line[..<tab].dropFirst(2))] =
        String(line[line.index(after: tab)...])
    }
    self.objects = objects
  }

  /// Asks a database, in a transaction that is open.
  ///
  /// - Throws: `PostgresError`.
  public init(_ connection: PostgresConnection) async throws {
    // What a text that PostgreSQL makes of a definition depends on.
    try await connection.query(
      """
      SELECT set_config('search_path', 'pg_catalog', true),
        set_config('standard_conforming_strings', 'on', true),
        set_config('quote_all_identifiers', 'off', true), set_config('bytea_output', 'hex', true)
      """)
    var objects: [String: [String: String]] = [:]
    for row in try await connection.query(PostgresQuery(raw: Migrations.catalogue)) {
      let (object, property, value) = try row.decode((String, String, String).self)
      objects[object, default: [:]][property] = value
    }
    for table in try await Self.fixedTables(connection) {
      let rows = try await connection.query(
        """
        SELECT translate(t::text, chr(9) || chr(10) || chr(13), '␉␤␍') FROM \(raw: table) t
        """)
      for row in rows {
        let entry = try row.decode(String.self, at: 0)
        objects["table \(table)", default: [:]]["row \(entry)"] = "is there"
      }
    }
    self.objects = objects
  }

  /// The tables that belong to no casebook, but for the history of migrations: their rows are part of the schema.
  private static func fixedTables(_ connection: PostgresConnection) async throws -> [String] {
    try await connection.query(
      """
      SELECT c.oid::regclass::text FROM pg_class c
      WHERE c.relnamespace = to_regnamespace('dossier') AND c.relkind = 'r'
        AND c.relname <> 'migration' AND has_table_privilege(c.oid, 'SELECT')
        AND NOT EXISTS (
          SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'casebook_id')
      """
    ).map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
  }

  /// The file from which it can be read again, in order.
  public var text: String {
    Self.sorted(objects.keys).map { object in
      let properties = objects[object, default: [:]]
      let lines = Self.sorted(properties.keys).map { "  \($0)\t\(properties[$0, default: ""])\n" }
      return "\(object)\n\(lines.joined())"
    }.joined()
  }

  /// Where another catalogue differs from this one, in order.
  public func differences(in found: SchemaCatalogue) -> [SchemaDifference] {
    Self.sorted(Set(objects.keys).union(found.objects.keys)).flatMap { object in
      guard let mine = objects[object] else { return [SchemaDifference(object, .isStrange)] }
      guard let theirs = found.objects[object] else {
        return [SchemaDifference(object, .isMissing)]
      }
      return Self.sorted(Set(mine.keys).union(theirs.keys))
        .filter { mine[$0] != theirs[$0] }
        .map { SchemaDifference(object, .property($0, expected: mine[$0], found: theirs[$0])) }
    }
  }

  /// As bytes, whatever the machine's language.
  private static func sorted(_ names: some Sequence<String>) -> [String] {
    names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
