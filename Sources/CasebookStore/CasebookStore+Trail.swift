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
    let voidings = try Self.voidings(events)
    var builder = TrailBuilder(voided: Set(voidings.keys))
    var steps: [Step] = []
    for event in events {
      let address = StreamAddress(.init(event.stream.kind), try Slug(event.stream.id))
      guard wanted.contains(address) else { continue }
      steps.append(try builder.step(event, voidings))
    }
    return steps
  }

  /// The steps of the whole casebook: first those of its own stream and of its sources, then case by case, so that
  /// memory holds one case. The view that comes with them holds that case.
  public func forEachTrail(
    at basis: Basis, _ voices: VoiceSelection, _ body: (View, [Step]) throws -> Void
  ) async throws -> View {
    let events = try await log.events(
      of: casebookID, streams: [], includingGround: true, upTo: basis.position)
    let voidings = try Self.voidings(events)
    var view = try ground(events, at: basis, voices)
    var builder = TrailBuilder(voided: Set(voidings.keys))
    try body(view, try events.map { try builder.step($0, voidings) })
    var steps: [Step] = []
    func end(_ slug: Slug) throws {
      try body(view, steps)
      _ = view.state.removeCase(slug)
      steps = []
      builder = TrailBuilder(voided: Set(voidings.keys))
    }
    for try await event in log.caseEvents(of: casebookID, upTo: basis.position) {
      if let last = steps.last?.entry.stream.id, last.text != event.stream.id { try end(last) }
      try view.state.evolve(event)
      steps.append(try builder.step(event, voidings))
    }
    if let last = steps.last?.entry.stream.id { try end(last) }
    return view
  }

  private static func voidings(
    _ events: [RecordedEvent]
  ) throws(EvolveError) -> [Int64: TrailEntry.Voiding] {
    var voidings: [Int64: TrailEntry.Voiding] = [:]
    for event in events where event.type == EventType.eventVoided.rawValue {
      let fact = try Fact(event)
      guard case .eventVoided(let position, let reason) = fact.event else { continue }
      voidings[position] = TrailEntry.Voiding(stamp: fact.stamp, reason: reason)
    }
    return voidings
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

extension TrailBuilder {
  /// The step that an event is. One that is set aside need not be readable.
  fileprivate mutating func step(
    _ event: RecordedEvent, _ voidings: [Int64: TrailEntry.Voiding]
  ) throws -> CasebookStore.Step {
    let voiding = voidings[event.position]
    var entry: TrailEntry
    if voiding != nil, (try? Fact(event)) == nil {
      let stream = StreamAddress(.init(event.stream.kind), try Slug(event.stream.id))
      entry = TrailEntry(unreadable: event, of: stream)
      skip(stream, version: event.streamVersion, reference: event.localReference)
    } else {
      entry = try step(try Fact(event))
    }
    entry.voiding = voiding
    return CasebookStore.Step(event: event, entry: entry)
  }
}

extension TrailEntry {
  /// The step of an event that is set aside and cannot be read: that it is there is all that can be told.
  public init(unreadable event: RecordedEvent, of stream: StreamAddress) {
    self.init(
      stamp: Stamp(position: event.position, at: event.recordedAt, by: event.recordedBy),
      stream: stream, voice: event.voice.flatMap { try? Slug($0) }, action: event.type,
      reference: .file(stream.id), isVoided: true)
  }
}
