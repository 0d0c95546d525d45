public import Casebook
import PostgresClient

/// A case as a list shows it.
public struct CaseRow: Hashable, Sendable {
  /// Its short name.
  public let slug: String
  /// What to call it.
  public let name: String
  /// What it is about: person, group, place, work, object or event.
  public let kind: String
  /// Whether it has been closed.
  public let isClosed: Bool
  /// How many claims and annotations stand.
  public let claims, annotations: Int
  /// The sources with a claim that stands, in alphabetical order.
  public let sources: [String]
  /// The position of the last event applied.
  public let lastPosition: Int64

  /// The row of a case as it was folded.
  public init(_ file: Case) {
    slug = file.slug.text
    name = file.title
    kind = file.kind.rawValue
    isClosed = file.isClosed
    claims = file.claims.values.count { $0.status == .current }
    annotations = file.annotations.all.values.count { !$0.isWithdrawn }
    sources = file.sources.map(\.text)
    lastPosition = file.lastPosition
  }

  init(_ row: PostgresRow) throws(PostgresError) {
    var reader = RowReader(row)
    slug = try reader.next()
    name = try reader.next()
    kind = try reader.next()
    isClosed = try reader.next() == "closed"
    claims = try reader.number()
    annotations = try reader.number()
    sources = try reader.next()
    lastPosition = try reader.next()
  }
}

extension ViewStore {
  /// The cases that there were at a position which the view has reached, in the order of their short names.
  public func cases(at position: Int64) async throws -> [CaseRow] {
    try await rows(of: CaseView.self, at: position)
      .map { row throws(PostgresError) in try CaseRow(row) }
  }
}
