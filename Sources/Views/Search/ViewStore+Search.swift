import Calendar
import Casebook
import EventLog
import PostgresClient

extension ViewStore {
  /// What was there at a position which the view has reached and has every term, the best first; names in another
  /// spelling last.
  ///
  /// - Returns: the hits, and how many there are without a limit.
  /// - Throws: `ViewError.notBuilt` or `.notYoursToBuild` when the view is not there, which is another answer than no
  ///   hits.
  public func search(
    _ query: SearchQuery, at position: Int64
  ) async throws -> (hits: [SearchHit], count: Int) {
    let names = query.names
    let rows = try await log.pool.query(
      """
      SELECT * FROM dossier.search(
        \(casebook), \(position), \(query.terms), \(names),
        nullif(\(query.cases?.map(\.text) ?? []), '{}'),
        nullif(\(query.sources?.map(\.text) ?? []), '{}'), nullif(\(query.predicate ?? ""), ''),
        nullif(\(query.tag ?? ""), ''), nullif(\(query.recordedBy ?? ""), ''),
        \(query.after ?? -1), \(query.until ?? .max), \(query.limit.map(Int64.init) ?? .max))
      """)
    if rows.isEmpty, try await activeGeneration(of: SearchView.self) == nil {
      throw try await notBuilt(SearchView.self)
    }
    let keys = Set(names.flatMap { $0.split { $0 == " " || $0 == "|" }.map(String.init) })
    let hits = try rows.map { row throws(PostgresError) in try SearchHit(row, names: keys) }
    return (hits, try rows.first.map { Int(try $0.decode(Int64.self, at: 17)) } ?? 0)
  }
}

extension SearchHit {
  fileprivate init(_ row: PostgresRow, names: Set<String>) throws(PostgresError) {
    let found = try row.decode([String].self, at: 18)
    let mark = { (text: String) in Fragment(text, words: found, names: names) }
    let streamKind = try row.decode(String.self, at: 0)
    self.init(
      kind: Kind(rawValue: try row.decode(String.self, at: 2)) ?? .claim,
      home: streamKind == StreamKind.casebook.rawValue ? nil : try row.decode(String.self, at: 1),
      isInCase: streamKind == StreamKind.case.rawValue,
      number: Int(try row.decode(Int32.self, at: 3)),
      source: try row.decode(String?.self, at: 4),
      predicate: try row.decode(String?.self, at: 5),
      isNegative: try row.decode(Bool.self, at: 6),
      target: try row.decode(String?.self, at: 7), tags: try row.decode([String].self, at: 8),
      text: mark(try row.decode(String.self, at: 9)),
      quote: try row.decode(String?.self, at: 10).map(mark),
      more: try row.decode(String?.self, at: 11).map(mark),
      locator: try row.decode(String?.self, at: 12),
      recordedAt: Instant(
        microseconds: try row.decode(PostgresTimestamp.self, at: 13).microsecondsSinceUnixEpoch),
      recordedBy: try row.decode(String.self, at: 14),
      position: try row.decode(Int64.self, at: 15),
      isApproximate: try row.decode(Bool.self, at: 16))
  }
}
