import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing

@testable import Views

/// A row of a table of the views'.
struct Place: CustomStringConvertible {
  /// The table.
  let table: String
  /// What holds of the row.
  let condition: String
  /// The view that it belongs to; nil when it belongs to none.
  let view: String?

  var description: String { "dossier.\(table) WHERE \(condition)" }
}

/// A change of a column.
struct Edit {
  /// The column.
  let column: String
  /// What it becomes, as SQL.
  let value: String
  /// Another one that is changed along with it.
  var along: String?
}

/// Somebody who may do anything on the server and changes tables by hand, with triggers off; and whoever checks.
struct Workshop: Sendable {
  let superuser: PostgresConnection
  /// A member of the casebook whose tables are changed, and one of another casebook.
  let desk, other: Desk

  // MARK: Where and what

  /// Rows of every table that belongs to views, as the catalogue knows them: a table that is added is among them.
  func places() async throws -> [Place] {
    let tables = try await superuser.query(
      """
      SELECT DISTINCT c.relname::text FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
      WHERE c.relnamespace = 'dossier'::regnamespace AND c.relkind = 'r'
        AND (a.attname IN ('generation_id', 'view') OR c.relname = 'snapshot')
      ORDER BY 1
      """
    ).map { row throws(PostgresError) in try row.decode(String.self, at: 0) }
    let active =
      "generation_id IN (SELECT generation_id FROM dossier.active_generation WHERE casebook_id = "
      + "'\(desk.store.casebookID)')"
    var places: [Place] = []
    for table in tables {
      let conditions =
        switch table {
        case "generation": ["state = 'active'", "state = 'building'"]
        case "generation_slice": ["is_done", "NOT is_done"]
        case "snapshot": ["true"]
        case _ where table.hasSuffix("_view"):
          ["to_position IS NULL AND \(active)", "to_position IS NOT NULL AND \(active)"]
        default: ["view = 'claim_view'"]
        }
      for condition in conditions {
        let isOfClaims = table.hasPrefix("generation") ? " AND view = 'claim_view'" : ""
        let place = Place(
          table: table,
          condition: "casebook_id = '\(desk.store.casebookID)' AND \(condition)\(isOfClaims)",
          view: table.hasSuffix("_view") ? table : table == "snapshot" ? nil : ClaimView.name)
        // A row of the trail ends only when its event is set aside.
        if table == AuditView.name, try await row(at: place) == nil { continue }
        _ = try #require(try await row(at: place), "\(place)")
        places.append(place)
      }
    }
    return places
  }

  /// Changes of every column of a row: to another value, to null and from null.
  func edits(at place: Place) async throws -> [Edit] {
    let columns = try await superuser.query(
      """
      SELECT attname::text, format_type(atttypid, NULL), attnotnull FROM pg_attribute
      WHERE attrelid = \("dossier.\(place.table)")::text::regclass AND attnum > 0
        AND NOT attisdropped AND attgenerated = ''
      """
    ).map { row throws(PostgresError) in try row.decode((String, String, Bool).self) }
    return try columns.flatMap { column, type, isRequired in
      let name = "\"\(column)\""
      var values =
        switch type {
        case "uuid" where column == "casebook_id": ["'\(other.store.casebookID)'"]
        case "uuid": ["gen_random_uuid()"]
        case "text": ["coalesce(\(name), '') || 'x'"]
        case "integer", "bigint": [-1, 1, 1_000].map { "coalesce(\(name), 0) + \($0)" }
        case "boolean": ["NOT coalesce(\(name), false)"]
        case "timestamp with time zone": ["coalesce(\(name), now()) + interval '1 s'"]
        case "date": ["coalesce(\(name), '2000-01-01') + 1"]
        case "text[]": ["coalesce(\(name), '{}') || 'x'::text"]
        case "json": ["'{\"x\":1}'"]
        case "bytea": ["coalesce(\(name), '') || '\\x00'"]
        default: throw UnknownType(name: type)
        }
      if column == "state" {
        values += ["building", "complete", "active", "retired"].map { "'\($0)'" }
      }
      if column == "outcome" { values += ["running", "failed"].map { "'\($0)'" } }
      if !isRequired { values.append("NULL") }
      return values.map { Edit(column: column, value: $0) }
    }
  }

  private struct UnknownType: Error { let name: String }

  private func row(at place: Place) async throws -> String? {
    try await superuser.query(
      "SELECT min(ctid)::text FROM \(raw: place.description)")[0].decode(String?.self, at: 0)
  }

  // MARK: Changing

  /// Whether a change is refused, is none or is found by a check; it is taken back then.
  func finds(_ edit: Edit, at place: Place) async throws -> Bool {
    let row = try #require(try await row(at: place))
    let table = "dossier.\(place.table)"
    let column = "\"\(edit.column)\""
    let isAChange = try await superuser.query(
      """
      SELECT \(raw: column)::text IS DISTINCT FROM (\(raw: edit.value))::text FROM \(raw: table)
      WHERE ctid = \(row)::text::tid
      """
    )[0].decode(Bool.self, at: 0)
    guard isAChange else { return true }
    try await superuser.execute(
      script: "CREATE TEMP TABLE saved AS SELECT * FROM \(table) WHERE ctid = '\(row)'")
    let along = edit.along.map { ", \($0)" } ?? ""
    let changed = try await written(
      """
      UPDATE \(raw: table) SET \(raw: column) = \(raw: edit.value)\(raw: along)
      WHERE ctid = \(row)::text::tid RETURNING ctid::text
      """)
    guard let changed else {
      try await superuser.execute(script: "DROP TABLE saved")
      return true
    }
    let isFound = try await !isRight(
      place, in: edit.column == "casebook_id" ? [desk, other] : [desk])
    try await superuser.execute(
      script: "DELETE FROM \(table) WHERE ctid = '\(changed)'; \(try await putBack(table))")
    return isFound
  }

  /// Whether a check finds that a row is not there.
  func findsRemoval(at place: Place) async throws -> Bool {
    let row = try #require(try await row(at: place))
    let table = "dossier.\(place.table)"
    try await superuser.execute(
      script: """
        CREATE TEMP TABLE saved AS SELECT * FROM \(table) WHERE ctid = '\(row)';
        DELETE FROM \(table) WHERE ctid = '\(row)'
        """)
    let isFound = try await !isRight(place, in: [desk])
    try await superuser.execute(script: try await putBack(table))
    return isFound
  }

  /// Whether a copy of a row that differs in this is refused or found.
  func findsCopy(of place: Place, with change: String) async throws -> Bool {
    let row = try #require(try await row(at: place))
    let table = "dossier.\(place.table)"
    try await superuser.execute(
      script: """
        CREATE TEMP TABLE saved AS SELECT * FROM \(table) WHERE ctid = '\(row)';
        UPDATE saved SET \(change)
        """)
    let columns = try await columns(of: table)
    let added = try await written(
      """
      INSERT INTO \(raw: table) (\(raw: columns)) SELECT \(raw: columns) FROM saved
      RETURNING ctid::text
      """)
    guard let added else {
      try await superuser.execute(script: "DROP TABLE saved")
      return true
    }
    let views = [place.view, SourceView.name].compactMap(\.self)
    let isFound = try await !isRight(Projections.all.filter { views.contains($0.name) })
    try await superuser.execute(
      script: "DELETE FROM \(table) WHERE ctid = '\(added)'; DROP TABLE saved")
    return isFound
  }

  /// The row that a statement wrote; nil when a constraint refused it.
  private func written(_ query: PostgresQuery) async throws -> String? {
    do {
      return try await superuser.query(query)[0].decode(String.self, at: 0)
    } catch {
      guard error.sqlState?.category == "23" else { throw error }
      return nil
    }
  }

  private func putBack(_ table: String) async throws -> String {
    let columns = try await columns(of: table)
    return "INSERT INTO \(table) (\(columns)) SELECT \(columns) FROM saved; DROP TABLE saved"
  }

  private func columns(of table: String) async throws -> String {
    try await superuser.query(
      """
      SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
      WHERE attrelid = \(table)::text::regclass AND attnum > 0 AND NOT attisdropped
        AND attgenerated = ''
      """)[0].decode(String.self, at: 0)
  }

  // MARK: Checking

  private func isRight(_ place: Place, in desks: [Desk]) async throws -> Bool {
    try await isRight(Projections.all.filter { $0.name == place.view }, in: desks)
  }

  /// Whether a check of views, of either casebook, finds nothing.
  func isRight(_ projections: [any Projection.Type] = Projections.all) async throws -> Bool {
    try await isRight(projections, in: [desk, other])
  }

  private func isRight(
    _ projections: [any Projection.Type], in desks: [Desk]
  ) async throws -> Bool {
    for views in desks.map(\.views) {
      guard try await views.checkRecords().isRight else { return false }
      for projection in projections {
        do {
          guard try await views.check(projection).isRight else { return false }
        } catch ViewError.notBuilt {
          continue
        }
      }
    }
    return true
  }
}
