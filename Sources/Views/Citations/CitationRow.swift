public import Casebook
import PostgresClient

/// A citation as a list shows it.
public struct CitationRow: Hashable, Sendable {
  /// The case.
  public let home: String
  /// Its number within the case.
  public let number: Int
  /// What cites, as its case calls it: `c12`.
  public let target: String
  /// The source cited.
  public let work: String
  /// Where in the work, and by which note.
  public let locator, note: String?
  /// How the citing text uses the work.
  public let role: String
  /// The source whose claim cites; nil when an analyst's annotation does.
  public let source: String?
  /// Whether it has been withdrawn.
  public let isWithdrawn: Bool
  /// When it was recorded.
  public let recorded: Stamp

  /// The row of a citation as it was folded.
  public init(_ citation: Citation, in file: Case) {
    home = file.slug.text
    number = citation.number
    target = citation.content.target.local
    work = citation.content.work.text
    locator = citation.content.locator
    note = citation.content.note
    role = citation.content.role.rawValue
    source = citation.voice?.text
    isWithdrawn = citation.isWithdrawn
    recorded = citation.recorded
  }

  init(_ row: PostgresRow) throws(PostgresError) {
    var reader = RowReader(row)
    home = try reader.next()
    number = try reader.number()
    target = try reader.next()
    work = try reader.next()
    locator = try reader.next()
    note = try reader.next()
    role = try reader.next()
    source = try reader.next()
    isWithdrawn = try reader.next() == "withdrawn"
    reader.skip(1)
    recorded = try reader.stamp()
  }
}

extension ViewStore {
  /// The citations that stood at a position which the view has reached, case by case in the order of recording.
  public func citations(at position: Int64) async throws -> [CitationRow] {
    try await rows(of: CitationView.self, at: position, narrowing: "v.status = 'current'")
      .map { row throws(PostgresError) in try CitationRow(row) }
  }
}
