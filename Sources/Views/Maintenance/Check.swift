import EventLog
import PostgresClient
import struct FoundationEssentials.UUID

/// What a check of a view found.
public struct CheckReport: Hashable, Sendable {
  /// Where stored rows and a fresh fold tell otherwise.
  public struct Difference: Hashable, Sendable {
    /// The case, source or casebook.
    public let home: String
    /// The stretch and the key of the row, for people.
    public let row: String
    /// The column; nil when the whole row is missing or should not be there.
    public let column: String?
    /// What is stored and what the log says; nil for null or no row.
    public let stored, expected: String?
  }

  /// The position at which it was checked.
  public let position: Int64
  /// How many rows there should be, those of the past included.
  public internal(set) var rows = 0
  /// How many homes differ.
  public internal(set) var differing = 0
  /// The first difference.
  public internal(set) var first: Difference?
}

extension ViewStore {
  /// Folds a view afresh and compares it with what is stored. Reads only.
  ///
  /// - Throws: `ViewError.notBuilt`; `ViewError.replaced` when it was rebuilt meanwhile.
  public func check(
    _ projection: any Projection.Type, _ progress: (Int) -> Void = { _ in }
  ) async throws -> CheckReport {
    guard let generation = try await activeGeneration(of: projection) else {
      throw ViewError.notBuilt(view: projection.name)
    }
    var report = CheckReport(position: generation.position)
    let voidings = try await Voidings(log, casebook)
    var stored = StoredHomes(
      TupleReader(
        try log.pool.copyOut(storedRows(of: projection, generation)),
        keyColumns: projection.keyColumns), homeColumns: projection.homeColumns)
    var current: StreamID?
    var folded: StreamFold?
    var fresh: [Stretch] = []
    var events = 0

    func compare(_ stream: StreamID, _ report: inout CheckReport) async throws {
      let home = Home(projection, stream)
      while let other = try await stored.next(before: home) {
        report.note(other.home, projection, stored: other.rows, fresh: [])
      }
      report.rows += fresh.count
      report.note(home, projection, stored: try await stored.take(home), fresh: fresh)
      fresh = []
    }

    for kind in projection.streams.sorted(by: { $0.rawValue < $1.rawValue }) {
      for try await event in log.events(
        of: casebook, in: StreamRange(kind), upTo: generation.position)
      {
        if event.stream != current {
          folded?.finish({ fresh.append($0) }, { _ in })
          if let current { try await compare(current, &report) }
          current = event.stream
          folded = StreamFold(
            projection, since: 0, target: generation.position, voidings: voidings[event.stream])
        }
        folded?.apply(event, { fresh.append($0) }, { _ in })
        events += 1
        progress(events)
      }
    }
    folded?.finish({ fresh.append($0) }, { _ in })
    if let current { try await compare(current, &report) }
    while let other = try await stored.next(before: nil) {
      report.note(other.home, projection, stored: other.rows, fresh: [])
    }
    guard try await activeGeneration(of: projection)?.id == generation.id else {
      throw ViewError.replaced(view: projection.name)
    }
    return report
  }

  /// The rows as of the generation's position, in the order of their homes.
  private func storedRows(
    of projection: any Projection.Type, _ generation: Generation
  ) -> PostgresQuery {
    let names = projection.columns.map { "\"\($0.name)\"" }
    return """
      COPY (
        SELECT from_position,
          CASE WHEN to_position <= \(raw: "\(generation.position)") THEN to_position END,
          \(raw: names.joined(separator: ", "))
        FROM \(raw: "dossier.\(projection.name)")
        WHERE casebook_id = \(literal: casebook.uuidString) AND generation_id = \(raw: "\(generation.id)")
          AND from_position <= \(raw: "\(generation.position)")
        ORDER BY \(raw: names.prefix(projection.homeColumns).joined(separator: ", "))
      ) TO STDOUT (FORMAT binary)
      """
  }
}

/// The stream that rows belong to, as their first columns name it.
struct Home: Hashable, Comparable {
  let key: [UInt8]

  init(_ projection: any Projection.Type, _ stream: StreamID) {
    key =
      projection.homeColumns == 1
      ? Array(stream.id.utf8) : Array("\(stream.kind.rawValue) \(stream.id)".utf8)
  }

  init(_ row: ViewRow, homeColumns: Int) {
    let fields = row.fields(homeColumns).map { $0.map { Array($0) } ?? [] }
    key = Array(fields.joined(separator: [UInt8(ascii: " ")]))
  }

  var text: String { String(decoding: key, as: UTF8.self) }

  static func < (left: Home, right: Home) -> Bool { left.key.lexicographicallyPrecedes(right.key) }
}

/// Stored rows, one home after the other.
struct StoredHomes {
  private var reader: TupleReader
  private let homeColumns: Int
  private var ahead: Stretch?
  private var hasBegun = false

  init(_ reader: TupleReader, homeColumns: Int) {
    self.reader = reader
    self.homeColumns = homeColumns
  }

  /// The next home, if it comes before `limit`; nil sets no limit.
  mutating func next(before limit: Home?) async throws -> (home: Home, rows: [Stretch])? {
    guard let home = try await nextHome(), limit.map({ home < $0 }) ?? true else { return nil }
    return (home, try await take(home))
  }

  /// The rows of a home, if it is the next one.
  mutating func take(_ home: Home) async throws -> [Stretch] {
    var rows: [Stretch] = []
    while try await nextHome() == home, let row = ahead {
      rows.append(row)
      reader.forget()
      ahead = try await reader.next()
    }
    return rows
  }

  private mutating func nextHome() async throws -> Home? {
    if !hasBegun {
      ahead = try await reader.next()
      hasBegun = true
    }
    return ahead.map { Home($0.row, homeColumns: homeColumns) }
  }
}

extension CheckReport {
  /// Takes in the rows of a home, stored and folded afresh.
  mutating func note(
    _ home: Home, _ projection: any Projection.Type, stored: [Stretch], fresh: [Stretch]
  ) {
    let order: (Stretch, Stretch) -> Bool = { left, right in
      left.row.key == right.row.key
        ? left.from < right.from : left.row.key.lexicographicallyPrecedes(right.row.key)
    }
    let stored = stored.sorted(by: order)
    let fresh = fresh.sorted(by: order)
    guard stored != fresh else { return }
    differing += 1
    guard first == nil else { return }
    let index =
      zip(stored, fresh).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(stored.count, fresh.count)
    let one = index < stored.count ? stored[index] : nil
    let other = index < fresh.count ? fresh[index] : nil
    first = Self.difference(home, projection, stored: one, fresh: other)
  }

  private static func difference(
    _ home: Home, _ projection: any Projection.Type, stored: Stretch?, fresh: Stretch?
  ) -> Difference? {
    guard let shown = fresh ?? stored else { return nil }
    let key = shown.row.texts(projection).prefix(projection.keyColumns)
      .dropFirst(projection.homeColumns).compactMap { $0 }
    let row = (key + ["from @\(shown.from)"]).joined(separator: " ")
    guard let stored, let fresh, stored.row.key == fresh.row.key else {
      return Difference(
        home: home.text, row: row, column: nil,
        stored: stored == nil || fresh != nil ? nil : "a row",
        expected: fresh == nil ? nil : "a row")
    }
    let names = ["from_position", "to_position"] + projection.columns.map(\.name)
    let left = ["\(stored.from)", stored.to.map { "\($0)" }] + stored.row.texts(projection)
    let right = ["\(fresh.from)", fresh.to.map { "\($0)" }] + fresh.row.texts(projection)
    let index = names.indices.first { left[$0] != right[$0] } ?? 0
    return Difference(
      home: home.text, row: row, column: names[index], stored: left[index], expected: right[index])
  }
}
