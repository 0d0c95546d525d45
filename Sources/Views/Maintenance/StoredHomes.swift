import EventLog

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
  nonisolated(nonsending) mutating func next(before limit: Home?) async throws -> (
    home: Home, rows: [Stretch]
  )? {
    guard let home = try await nextHome(), limit.map({ home < $0 }) ?? true else { return nil }
    return (home, try await take(home))
  }

  /// The rows of a home, if it is the next one.
  nonisolated(nonsending) mutating func take(_ home: Home) async throws -> [Stretch] {
    var rows: [Stretch] = []
    while try await nextHome() == home, let row = ahead {
      rows.append(row)
      reader.forget()
      ahead = try await reader.next()
    }
    return rows
  }

  private nonisolated(nonsending) mutating func nextHome() async throws -> Home? {
    if !hasBegun {
      ahead = try await reader.next()
      hasBegun = true
    }
    return ahead.map { Home($0.row, homeColumns: homeColumns) }
  }
}
