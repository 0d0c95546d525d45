public import Casebook
public import EventLog

extension CasebookStore {
  /// One step of a history, with the event as it was recorded.
  public struct Step: Sendable {
    /// The event.
    public let event: RecordedEvent
    /// What it did.
    public var entry: TrailEntry
  }

  /// The steps of the streams named, in the order of the log.
  ///
  /// - Throws: `EventLogError`, or `EvolveError` when an event cannot be applied.
  public func trail(of streams: [StreamAddress], at basis: Basis) async throws -> [Step] {
    let wanted = Set(streams)
    // The casebook's own stream says which events are set aside.
    let events = try await log.events(
      of: casebookID, streams: Set(streams.map(StreamID.init)).union([ownStream]),
      upTo: basis.position)
    var voidings: [Int64: TrailEntry.Voiding] = [:]
    for event in events where event.type == EventType.eventVoided.rawValue {
      let fact = try Fact(event)
      guard case .eventVoided(let position, let reason) = fact.event else { continue }
      voidings[position] = TrailEntry.Voiding(stamp: fact.stamp, reason: reason)
    }
    var builder = TrailBuilder(voided: Set(voidings.keys))
    var steps: [Step] = []
    for event in events {
      let address = StreamAddress(.init(event.stream.kind), try Slug(event.stream.id))
      guard wanted.contains(address) else { continue }
      var entry = try builder.step(try Fact(event))
      entry.voiding = voidings[event.position]
      steps.append(Step(event: event, entry: entry))
    }
    return steps
  }

  /// The short names of the cases there were, in order.
  public func caseSlugs(at basis: Basis) async throws -> [Slug] {
    try await log.caseIDs(of: casebookID, upTo: basis.position).map { try Slug($0) }
  }

  /// The short names of the cases that changed between two positions, in order: by an event of their own, or because one
  /// was set aside.
  public func changedCases(in positions: ClosedRange<Int64>) async throws -> [Slug] {
    var changed = Set(try await log.caseIDs(of: casebookID, changedIn: positions))
    let own = try await log.events(
      of: casebookID, streams: [ownStream], upTo: positions.upperBound)
    for event in own where positions.contains(event.position) {
      guard let position = try Self.voidedPosition(event) else { continue }
      let voided = try await log.events(of: casebookID, positions: position...position)
      changed.formUnion(voided.filter { $0.stream.kind == .case }.map(\.stream.id))
    }
    return try changed.map { try Slug($0) }.sorted()
  }
}
