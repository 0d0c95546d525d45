import Calendar
public import Casebook
import EDTF
import EventLog
import PostgresClient
public import StrictJSON

/// A source as a list shows it.
public struct SourceRow: Hashable, Sendable {
  /// Its short name, and its title.
  public let slug, title: String
  /// When it was issued (EDTF, ISO 8601-2), and to whom.
  public let issued, issuedTo: String?
  /// Its bibliographic record (CSL-JSON).
  public let csl: JSON?
  /// How reliable it is, and why.
  public let grade, gradeGrounds: String?
  /// The copies read: id, kind and description of each.
  public let copies: JSON
  /// The texts attached: what is known of each, when it was attached and by whom.
  public let texts: [JSON]
  /// What it derives from: source, grounds and locator of each.
  public let derivations: JSON
  /// Its annotations that stand.
  public internal(set) var annotations: [AnnotationRow]
  /// The number of events in its stream.
  public let version: Int64
  /// The position of the last event applied.
  public let lastPosition: Int64

  /// The row of a source as it was folded.
  public init(_ source: Source) {
    slug = source.slug.text
    title = source.content.title
    issued = source.content.issued?.text
    issuedTo = source.content.issuedTo
    csl = source.content.csl.map(JSON.object)
    grade = source.grade?.content.rawValue
    gradeGrounds = source.grade?.grounds
    copies = .array(
      source.copies.map { copy in
        [
          "id": .string(copy.content.id.text), "kind": .string(copy.content.kind.rawValue),
          "description": .string(copy.content.description),
        ]
      })
    texts = source.texts.map { text in
      var fields: JSONObject = [
        "sha256": .string(text.content.sha256), "bytes": .integer(text.content.bytes),
        "passages": .integer(text.content.passages),
      ]
      fields["firstPage"] = text.content.firstPage.map(JSON.string)
      fields["copy"] = text.content.copy.map { .string($0.text) }
      fields["attachedAt"] = .string(text.recorded.at.description)
      fields["attachedBy"] = .string(text.recorded.by)
      fields["position"] = .integer(text.recorded.position)
      return .object(fields)
    }
    derivations = .array(
      source.derivations.map { derivation in
        var fields: JSONObject = [
          "source": .string(derivation.content.from.text),
          "grounds": .string(derivation.content.grounds),
        ]
        fields["locator"] = derivation.content.locator.map(JSON.string)
        return .object(fields)
      })
    annotations = source.annotations.sorted.filter { !$0.isWithdrawn }
      .map { AnnotationRow($0, home: source.slug) }
    version = source.version
    lastPosition = source.lastPosition
  }

  init(_ row: PostgresRow) throws {
    var reader = RowReader(row)
    slug = try reader.next()
    title = try reader.next()
    issued = try reader.next()
    reader.skip(2)
    issuedTo = try reader.next()
    csl = try reader.json()
    grade = try reader.next()
    reader.skip(3)
    lastPosition = try reader.next()
    gradeGrounds = try reader.next()
    copies = try reader.json() ?? []
    derivations = try reader.json() ?? []
    texts = try reader.json()?.arrayValue ?? []
    version = try reader.next()
    annotations = []
  }
}

extension ViewStore {
  /// The sources that there were at a position which their view and that of annotations have reached, in the order of
  /// their short names.
  public func sources(at position: Int64) async throws -> [SourceRow] {
    let annotations = Dictionary(
      grouping: try await annotations(at: position, of: .source), by: \.home)
    return try await rows(of: SourceView.self, at: position).map { row in
      var source = try SourceRow(row)
      source.annotations = annotations[source.slug] ?? []
      return source
    }
  }
}
