public import Casebook
import EventLog
import PostgresClient

/// An annotation as a list shows it.
public struct AnnotationRow: Hashable, Sendable {
  /// What its references begin with: a case, a source, or the casebook.
  public let home: String
  /// Its number within its home.
  public let number: Int
  /// What it speaks of, and what it says.
  public let target, text: String
  /// What it is for.
  public let motivation: String?
  /// Its tags.
  public let tags: [String]
  /// Whether it has been withdrawn.
  public let isWithdrawn: Bool
  /// How often it has been recorded or revised.
  public let revision: Int
  /// When it was recorded.
  public let recorded: Stamp

  /// The row of an annotation as it was folded, whose references begin with `home`.
  public init(_ annotation: Annotation, home: Slug) {
    self.home = home.text
    number = annotation.number
    target = annotation.content.target.description
    text = annotation.content.text
    motivation = annotation.content.motivation?.rawValue
    tags = annotation.content.tags
    isWithdrawn = annotation.isWithdrawn
    revision = annotation.revision
    recorded = annotation.recorded
  }

  init(_ row: PostgresRow) throws(PostgresError) {
    var reader = RowReader(row)
    let (kind, stream) = (try reader.next(String.self), try reader.next(String.self))
    home = kind == StreamKind.casebook.rawValue ? Slug.casebook.text : stream
    number = try reader.number()
    target = try reader.next()
    text = try reader.next()
    motivation = try reader.next()
    tags = try reader.next()
    isWithdrawn = try reader.next() == "withdrawn"
    revision = try reader.number()
    recorded = try reader.stamp()
  }
}

extension ViewStore {
  /// The annotations that stood at a position which the view has reached: of cases, of sources, then of the casebook.
  public func annotations(at position: Int64) async throws -> [AnnotationRow] {
    var rows: [AnnotationRow] = []
    for kind in [StreamKind.case, .source, .casebook] {
      rows += try await annotations(at: position, of: kind)
    }
    return rows
  }

  /// Those of one kind of stream.
  func annotations(at position: Int64, of kind: StreamKind) async throws -> [AnnotationRow] {
    try await rows(
      of: AnnotationView.self, at: position,
      narrowing: "v.status = 'current' AND v.stream_kind = \(kind.rawValue)"
    ).map { row throws(PostgresError) in try AnnotationRow(row) }
  }
}
