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

  /// The steps of the streams named, in the order of the log. Those of a stream that stands still end just before it does.
  ///
  /// - Throws: `EventLogError`.
  public func trail(of streams: [StreamAddress], at basis: Basis) async throws -> [Step] {
    let wanted = Set(streams.map(StreamID.init))
    // The casebook's own stream says which events are set aside.
    let events = try await log.events(
      of: casebookID, streams: wanted.union([ownStream]), upTo: basis.position)
    var steps = Steps(voidings: Self.voidings(events))
    return events.filter { wanted.contains($0.stream) }.compactMap { steps.take($0) }
  }

  /// The steps of the whole casebook: first those of its own stream and of its sources, then case by case, so that
  /// memory holds one case. The view that comes with them holds that case.
  public func forEachTrail(
    at basis: Basis, _ voices: VoiceSelection, _ body: (View, [Step]) throws -> Void
  ) async throws -> View {
    var (ground, events) = try await ground(at: basis, voices)
    let voidings = Self.voidings(events)
    var taken = Steps(voidings: voidings)
    try body(ground.view, events.compactMap { taken.take($0) })
    var steps: [Step] = []
    var current: StreamID?
    func end() throws {
      guard let last = current else { return }
      try body(ground.view, steps)
      _ = ground.fold.removeCase(last)
      steps = []
      taken = Steps(voidings: voidings)
    }
    for try await event in log.caseEvents(of: casebookID, upTo: basis.position) {
      if current != event.stream { try end() }
      current = event.stream
      _ = ground.fold.take(event)
      if let step = taken.take(event) { steps.append(step) }
    }
    try end()
    return ground.view
  }

  /// How events were set aside, by their positions.
  private static func voidings(_ events: [RecordedEvent]) -> [Int64: TrailEntry.Voiding] {
    let targets = Voids(events).targets
    var voidings: [Int64: TrailEntry.Voiding] = [:]
    for event in events {
      guard let target = targets[event.position], let fact = try? Fact(event),
        case .eventVoided(_, let reason) = fact.event
      else { continue }
      voidings[target] = TrailEntry.Voiding(stamp: fact.stamp, reason: reason)
    }
    return voidings
  }

  /// The short names of the cases there were, in order.
  public func caseSlugs(at basis: Basis) async throws -> [Slug] {
    try await log.caseIDs(of: casebookID, upTo: basis.position).compactMap { try? Slug($0) }
  }

  /// The short names of the cases that changed between two positions, in order: by an event of their own, or because one
  /// was set aside.
  public func changedCases(in positions: ClosedRange<Int64>) async throws -> [Slug] {
    var changed = Set(try await log.caseIDs(of: casebookID, changedIn: positions))
    let own = try await log.events(
      of: casebookID, streams: [ownStream], upTo: positions.upperBound)
    for (void, position) in Voids(own).targets where positions.contains(void) {
      let voided = try await log.events(of: casebookID, positions: position...position)
      changed.formUnion(voided.filter { $0.stream.kind == .case }.map(\.stream.id))
    }
    return changed.compactMap { try? Slug($0) }.sorted()
  }
}

/// Tells recorded events as steps, one stream or several, each in its own order.
private struct Steps {
  let voidings: [Int64: TrailEntry.Voiding]
  private var builder: TrailBuilder
  private var stopped: Set<StreamID> = []

  init(voidings: [Int64: TrailEntry.Voiding]) {
    self.voidings = voidings
    builder = TrailBuilder(voided: Set(voidings.keys))
  }

  /// The step that the next event is; nil when its stream stands still or has no name that can be read. One that is set
  /// aside need not be readable.
  mutating func take(_ event: RecordedEvent) -> CasebookStore.Step? {
    guard !stopped.contains(event.stream), let stream = event.address else { return nil }
    let voiding = voidings[event.position]
    var entry: TrailEntry
    do throws(EvolveError) {
      entry = try builder.step(try Fact(event))
    } catch {
      guard voiding != nil else {
        // What should set another event aside stops nothing.
        if event.isVoid {
          builder.skip(stream, version: event.streamVersion, reference: nil)
        } else {
          stopped.insert(event.stream)
        }
        return nil
      }
      entry = TrailEntry(unreadable: event, of: stream)
      builder.skip(stream, version: event.streamVersion, reference: event.localReference)
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
