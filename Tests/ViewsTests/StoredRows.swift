import Casebook
import CasebookStore
import EventLog
import PostgresClient
import TestSupport
import Testing

@testable import Views

extension Desk {
  /// The views of the casebook.
  var views: ViewStore { ViewStore(store.log, casebook: store.casebookID) }

  /// Builds every view.
  func buildViews() async throws {
    for projection in Projections.all { try await rebuild(projection) }
  }

  /// Rebuilds a view.
  @discardableResult
  func rebuild(
    _ projection: any Projection.Type, workers: Int = 2
  ) async throws -> Rebuild.Report {
    try await Rebuild(views, of: projection, workers: workers).run { _ in }
  }

  /// Carries every view on to the end of the log.
  func catchUp() async throws {
    for projection in Projections.all { try await views.catchUp(projection) }
  }

  /// Expects every view to be what a fresh fold makes of the log.
  func expectFreshFold(
    _ comment: Comment? = nil, _ location: SourceLocation = #_sourceLocation
  ) async throws {
    for projection in Projections.all {
      let report = try await views.check(projection)
      #expect(report.first == nil, comment, sourceLocation: location)
      #expect(report.differing == 0, comment, sourceLocation: location)
    }
  }

  /// The rows of a view that were true at a position, as they are stored.
  func storedRows(
    of projection: any Projection.Type, at position: Int64
  ) async throws -> Set<ViewRow> {
    let generation = try #require(try await views.activeGeneration(of: projection))
    let names = projection.columns.map { "\"\($0.name)\"" }.joined(separator: ", ")
    let copy = try store.log.pool.copyOut(
      """
      COPY (
        SELECT from_position, to_position, \(raw: names)
        FROM \(raw: "dossier.\(projection.name)")
        WHERE generation_id = \(raw: "\(generation.id)")
          AND from_position <= \(raw: "\(position)")
          AND (to_position IS NULL OR to_position > \(raw: "\(position)"))
      ) TO STDOUT (FORMAT binary)
      """)
    var reader = TupleReader(copy, keyColumns: projection.keyColumns)
    var rows: Set<ViewRow> = []
    while let stretch = try await reader.next() { rows.insert(stretch.row) }
    return rows
  }

  /// The rows of a view as the fold of the prefix that ends at a position has them. A stream whose name cannot be read
  /// has none.
  func foldedRows(
    of projection: any Projection.Type, at position: Int64
  ) async throws -> Set<ViewRow> {
    let basis = try await store.log.resolve(.position(position), of: store.casebookID)
    var rows: Set<ViewRow> = []
    let events = try await store.log.events(of: store.casebookID, positions: 1...position)
    for stream in Set(events.map(\.stream)) where projection.streams.contains(stream.kind) {
      guard let slug = try? Slug(stream.id) else { continue }
      let mine = events.filter { $0.stream == stream }
      let state = try await store.view(of: stream.kind == .case ? [slug] : [], at: basis).state
      let address = StreamAddress(.init(stream.kind), slug)
      for item in 0...2 * Int(position) + 1 {
        let step = Step(
          event: try #require(mine.last), stream: address, fact: nil, isVoided: false,
          before: nil, after: state)
        rows.formUnion(projection.rows(of: item, after: step))
      }
    }
    return rows
  }
}

extension ViewRow {
  /// The stream it belongs to.
  func home(_ projection: any Projection.Type) -> String {
    texts(projection)[projection.homeColumns - 1] ?? ""
  }
}
