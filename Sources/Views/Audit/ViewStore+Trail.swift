import Calendar
public import Casebook
import CasebookStore
import EventLog
import PostgresClient
import StrictJSON

extension ViewStore {
  /// Every step of the casebook's history up to a position which the view has reached, in the order of the log.
  public func trail(at position: Int64) async throws -> [TrailEntry] {
    var entries = try await rows(of: AuditView.self, at: position).map { try TrailEntry($0) }
      .sorted { $0.stamp.position < $1.stamp.position }
    var voids = Voids()
    var voidings: [Int64: TrailEntry.Voiding] = [:]
    for entry in entries where entry.type == .eventVoided {
      guard case .event(let voided) = entry.reference else { continue }
      voids.take(entry.stamp.position, naming: voided)
      guard voids.targets[entry.stamp.position] != nil else { continue }
      voidings[voided] = TrailEntry.Voiding(stamp: entry.stamp, reason: entry.reason ?? "")
    }
    for index in entries.indices {
      entries[index].voiding = voidings[entries[index].stamp.position]
    }
    return entries
  }
}

extension TrailEntry {
  fileprivate init(_ row: PostgresRow) throws {
    var reader = RowReader(row)
    let kind = try reader.next(String.self)
    let stream = StreamAddress(
      .init(StreamKind(rawValue: kind) ?? .case), try Slug(try reader.next(String.self)))
    let position = try reader.next(Int64.self)
    let voice = try reader.next(String?.self).map { try Slug($0) }
    let action = try reader.next(String.self)
    let reference = try Reference(try reader.next(String.self))
    let predicate = try reader.next(String?.self)
    let (before, after) = (try Self.fields(reader.json()), try Self.fields(reader.json()))
    let (locator, reason) = (try reader.next(String?.self), try reader.next(String?.self))
    let isVoided = try reader.next(Bool.self)
    let (at, by) = (try reader.next(PostgresTimestamp.self), try reader.next(String.self))
    let correction = try reader.next(String?.self)
    self.init(
      stamp: Stamp(
        position: position, at: Instant(microseconds: at.microsecondsSinceUnixEpoch), by: by),
      stream: stream, voice: voice, action: action, reference: reference, predicate: predicate,
      before: before, after: after, locator: locator, reason: reason,
      correction: correction.flatMap(CorrectionKind.init), isVoided: isVoided)
  }

  private static func fields(_ json: JSON?) -> [Field] {
    (json?.objectValue?.members ?? []).map { Field(name: $0.key, text: $0.value.stringValue ?? "") }
  }
}
