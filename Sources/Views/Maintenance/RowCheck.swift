import EventLog
import PostgresClient
import struct FoundationEssentials.UUID

/// Compares the rows of one generation with a fresh fold of the prefix that it names.
struct RowCheck {
  private let views: ViewStore
  private let projection: any Projection.Type
  private let generation: Generation
  private let voidings: Voidings
  /// Of a generation that is being built, the slices that are done: it has no other rows.
  private let slices: [Slice]
  private var current: StreamID?
  private var folded: StreamFold?
  private var fresh: [Stretch] = []
  private var stops: FaultCheck
  private var events = 0
  private(set) var report: CheckReport

  /// Prepares to add to `report` what differs, and of the generation that readers see how many rows there should be.
  init(
    _ views: ViewStore, _ projection: any Projection.Type, _ generation: Generation,
    _ voidings: Voidings, slices: [Slice], addingTo report: CheckReport
  ) {
    self.views = views
    self.projection = projection
    self.generation = generation
    self.voidings = voidings
    self.slices = slices
    stops = FaultCheck(projection, generation)
    self.report = report
  }

  /// The last position of the prefix.
  private var end: Int64 {
    generation.state == .building ? generation.target : generation.position
  }

  /// Reads the rows on a connection, which holds the moment, and the events on another. `progress` is told how many
  /// have been folded.
  nonisolated(nonsending) mutating func run(
    _ connection: PostgresConnection, _ progress: (Int) -> Void
  ) async throws {
    try await stops.read(of: views.casebook, on: connection)
    var stored = StoredHomes(
      TupleReader(try connection.copyOut(storedRows), keyColumns: projection.keyColumns),
      homeColumns: projection.homeColumns)
    for kind in projection.streams.sorted(by: { $0.rawValue < $1.rawValue }) {
      for try await event in views.log.events(
        of: views.casebook, in: StreamRange(kind), upTo: end)
      {
        if event.stream != current {
          try await finish(&stored)
          begin(event.stream)
        }
        folded?.apply(event, { fresh.append($0) }, { stops.expect($0) })
        events += 1
        progress(events)
      }
    }
    try await finish(&stored)
    while let other = try await stored.next(before: nil) {
      report.note(other.home, projection, stored: other.rows, fresh: [])
    }
    for difference in stops.differences { report.note(difference) }
  }

  // MARK: One stream

  private mutating func begin(_ stream: StreamID) {
    current = stream
    folded = nil
    if generation.state != .building || slices.contains(where: { $0.contains(stream) }) {
      folded = StreamFold(projection, since: 0, target: end, voidings: voidings[stream])
    }
  }

  /// Compares the rows of the stream that has been folded, and those of homes before it that are no streams.
  private nonisolated(nonsending) mutating func finish(_ stored: inout StoredHomes) async throws {
    guard let current else { return }
    folded?.finish({ fresh.append($0) }, { stops.expect($0) })
    let home = Home(projection, current)
    while let other = try await stored.next(before: home) {
      report.note(other.home, projection, stored: other.rows, fresh: [])
    }
    let rows = try await stored.take(home)
    if generation.state == .active { report.rows += fresh.count }
    if generation.state == .retired {
      // Its rows are being dropped.
      let left = Set(rows)
      fresh.removeAll { !left.contains($0) }
    }
    report.note(home, projection, stored: rows, fresh: fresh)
    fresh = []
  }

  /// The rows in the order of their homes.
  private var storedRows: PostgresQuery {
    let names = projection.columns.map { "\"\($0.name)\"" }
    return """
      COPY (
        SELECT from_position, to_position, \(raw: names.joined(separator: ", "))
        FROM \(raw: "dossier.\(projection.name)")
        WHERE casebook_id = \(literal: views.casebook.uuidString) AND generation_id = \(raw: "\(generation.id)")
        ORDER BY \(raw: names.prefix(projection.homeColumns).joined(separator: ", "))
      ) TO STDOUT (FORMAT binary)
      """
  }
}

extension Slice {
  /// Whether a stream is one of its own.
  fileprivate func contains(_ stream: StreamID) -> Bool {
    ranges.contains { range in
      range.kind == stream.kind
        && !stream.id.utf8.lexicographicallyPrecedes(range.first.utf8)
        && !range.last.utf8.lexicographicallyPrecedes(stream.id.utf8)
    }
  }
}
