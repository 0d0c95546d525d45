public import Casebook
public import EventLog

extension CasebookStore {
  /// The casebook's vocabulary and sources and the `cases` named, as `reading` asks. Cases that do not exist in that
  /// prefix are not in the state.
  ///
  /// - Throws: `EventLogError`; `EvolveError` when an event cannot be applied; `Refusal` for an unknown source.
  public func view(of cases: Set<Slug>, _ reading: Reading = .now) async throws -> View {
    let basis = try await log.resolve(reading.asOf, of: casebookID)
    return try await view(of: cases, at: basis, reading.voices)
  }

  /// The same on a basis already resolved.
  public func view(
    of cases: Set<Slug>, at basis: Basis, _ voices: VoiceSelection = .all
  ) async throws -> View {
    let events = try await log.events(
      of: casebookID, streams: Set(cases.map { StreamID(.case, $0.text) }), includingGround: true,
      upTo: basis.position)
    let isCase = { (event: RecordedEvent) in event.stream.kind == .case }
    var view = try ground(events.filter { !isCase($0) }, at: basis, voices)
    for event in events where isCase(event) { try view.state.evolve(event) }
    return view
  }

  /// Folds every case, one at a time in the order of their short names, so that memory holds one case however many
  /// there are.
  public func forEachCase(
    _ reading: Reading = .now, _ body: (View, Case) async throws -> Void
  ) async throws -> View {
    let basis = try await log.resolve(reading.asOf, of: casebookID)
    return try await forEachCase(at: basis, reading.voices, body)
  }

  /// The same on a basis already resolved.
  public func forEachCase(
    at basis: Basis, _ voices: VoiceSelection = .all, _ body: (View, Case) async throws -> Void
  ) async throws -> View {
    let events = try await log.events(
      of: casebookID, streams: [], includingGround: true, upTo: basis.position)
    var view = try ground(events, at: basis, voices)
    var current: Slug?
    for try await event in log.caseEvents(of: casebookID, upTo: basis.position) {
      let slug = try Slug(event.stream.id)
      if let last = current, last != slug, let file = view.state.removeCase(last) {
        try await body(view, file)
      }
      current = slug
      try view.state.evolve(event)
    }
    if let last = current, let file = view.state.removeCase(last) { try await body(view, file) }
    return view
  }

  /// Tells each event with the state that it left, and whether it is heard: those of the casebook and its sources in the
  /// order of the log, then those of one case after the other. The state holds one case at a time.
  public func forEachFact(
    at basis: Basis, _ voices: VoiceSelection = .all,
    _ body: (Fact, CasebookState, _ isHeard: Bool) throws -> Void
  ) async throws {
    let events = try await log.events(
      of: casebookID, streams: [], includingGround: true, upTo: basis.position)
    let view = try ground(events, at: basis, voices)
    var state = CasebookState(hearing: view.state.voices, voided: view.state.voided)
    func step(_ event: RecordedEvent) throws {
      try state.evolve(event)
      guard !state.voided.contains(event.position) else { return }
      let fact = try Fact(event)
      try body(fact, state, state.lastPosition(of: fact.stream) == fact.position)
    }
    for event in events { try step(event) }
    var current: Slug?
    for try await event in log.caseEvents(of: casebookID, upTo: basis.position) {
      let slug = try Slug(event.stream.id)
      if let last = current, last != slug { _ = state.removeCase(last) }
      current = slug
      try step(event)
    }
  }

  /// The casebook's own stream and its sources. The events that the prefix sets aside and the voices heard are known
  /// only after the whole of them, so they are read first.
  func ground(
    _ events: [RecordedEvent], at basis: Basis, _ selection: VoiceSelection
  ) throws -> View {
    let voided = Set(try events.lazy.compactMap(Self.voidedPosition))
    var state = CasebookState(voided: voided)
    for event in events { try state.evolve(event) }
    let (voices, undated, doubtful) = try selection.resolved(among: state.sources)
    guard voices.isNarrowed else {
      return View(
        casebook: slug, state: state, basis: basis, voices: selection, undated: undated,
        doubtful: doubtful,
        imported: imported)
    }
    var narrowed = CasebookState(hearing: voices, voided: voided)
    for event in events { try narrowed.evolve(event) }
    return View(
      casebook: slug, state: narrowed, basis: basis, voices: selection, undated: undated,
      doubtful: doubtful,
      imported: imported)
  }

  static func voidedPosition(_ event: RecordedEvent) throws(EvolveError) -> Int64? {
    guard event.type == EventType.eventVoided.rawValue else { return nil }
    guard case .eventVoided(let position, _) = try Fact(event).event else { return nil }
    return position
  }
}

extension CasebookState {
  /// The position of the last event of a stream that was heard.
  fileprivate func lastPosition(of stream: StreamAddress) -> Int64? {
    switch stream.kind {
    case .casebook: register?.lastPosition
    case .source: sources[stream.id]?.lastPosition
    case .caseFile: cases[stream.id]?.lastPosition
    }
  }

  /// Applies a recorded event, or passes over it when the prefix sets it aside: such an event need not be readable.
  mutating func evolve(_ event: RecordedEvent) throws {
    if voided.contains(event.position) {
      skip(
        StreamAddress(.init(event.stream.kind), try Slug(event.stream.id)),
        version: event.streamVersion, reference: event.localReference)
    } else {
      try evolve(try Fact(event))
    }
  }
}
