public import Casebook
import PostgresClient
import StrictJSON

/// A claim as a list shows it.
public struct ClaimRow: Hashable, Sendable {
  /// The case.
  public let home: String
  /// Its number within the case.
  public let number: Int
  /// The source, and the predicate's id.
  public let source, predicate: String
  /// Whether there is a value, and its type if there is.
  public let state: String, type: String?
  /// How the source puts it.
  public let words: ClaimWords
  /// Where in the source.
  public let locator: String
  /// The exact words at the locator.
  public let quote: String?
  /// Whether it has been withdrawn.
  public let isWithdrawn: Bool
  /// How often it has been recorded or corrected.
  public let revision: Int
  /// The disputes of it that are open: `d1`.
  public let disputes: [String]
  /// When it was recorded.
  public let recorded: Stamp
  /// When it was last corrected, withdrawn or reinstated; nil when it never was.
  public let changed: Stamp?
  /// What kind of mistake of ours the last correction mended, and why it last changed.
  public let correction, reason: String?
  /// Its citations that stand.
  public internal(set) var citations: [CitationRow]

  /// The row of a claim as it was folded.
  public init(_ claim: Claim, in file: Case) {
    home = file.slug.text
    number = claim.number
    source = claim.content.source.text
    predicate = claim.content.predicate
    state = claim.content.assertion.state.rawValue
    type = claim.content.assertion.value?.type.rawValue
    words = ClaimWords(claim.content)
    locator = claim.content.locator
    quote = claim.content.quote
    isWithdrawn = claim.status == .withdrawn
    revision = claim.revision
    disputes = file.openDisputes(of: claim.number).map { "d\($0.number)" }
    recorded = claim.recorded
    changed = claim.changed == claim.recorded ? nil : claim.changed
    correction = claim.correction?.rawValue
    reason = claim.reason
    citations = file.citations(of: .claim(claim.number)).map { CitationRow($0, in: file) }
  }

  init(_ row: PostgresRow) throws {
    var reader = RowReader(row)
    home = try reader.next()
    number = try reader.number()
    source = try reader.next()
    predicate = try reader.next()
    state = try reader.next()
    type = try reader.next()
    let value = try reader.next(String.self)
    reader.skip(2)
    let isNegative = try reader.next() == "negative"
    let (hedge, asWritten) = (try reader.next(String?.self), try reader.next(String?.self))
    let (stance, saidBy) = (try reader.next(String.self), try reader.next(String?.self))
    let qualifiers = try reader.json()?.objectValue?.members ?? []
    words = ClaimWords(
      value: value, isNegative: isNegative, hedge: hedge, asWritten: asWritten, stance: stance,
      saidBy: saidBy,
      qualifiers: qualifiers.map { .init(name: $0.key, text: $0.value.stringValue ?? "") })
    locator = try reader.next()
    quote = try reader.next()
    isWithdrawn = try reader.next() == "withdrawn"
    revision = try reader.number()
    reader.skip(1)
    recorded = try reader.stamp()
    disputes = try reader.next()
    changed = try reader.optionalStamp()
    correction = try reader.next()
    reason = try reader.next()
    citations = []
  }
}

extension ViewStore {
  /// The claims that there were at a position which their view and that of citations have reached, withdrawn ones
  /// included, case by case in the order of recording.
  public func claims(at position: Int64) async throws -> [ClaimRow] {
    let citations = Dictionary(grouping: try await citations(at: position)) {
      "\($0.home)/\($0.target)"
    }
    return try await rows(of: ClaimView.self, at: position).map { row in
      var claim = try ClaimRow(row)
      claim.citations = citations["\(claim.home)/c\(claim.number)"] ?? []
      return claim
    }
  }
}
