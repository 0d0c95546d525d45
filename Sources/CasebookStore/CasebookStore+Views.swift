public import Casebook
public import EventLog

extension CasebookStore {
  /// The casebook's vocabulary and sources and the `cases` named, as `reading` asks. Cases that do not exist in that
  /// prefix are not in the state. Streams that stand still at an event are as they were just before it.
  ///
  /// - Throws: `EventLogError`; `Refusal` for an unknown source.
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
    var ground = try ground(events.filter { !isCase($0) }, at: basis, voices)
    for event in events where isCase(event) { _ = ground.fold.take(event) }
    return ground.view
  }

  /// Folds every case, one at a time in the order of their short names, so that memory holds one case however many
  /// there are. The view that comes with a case does not hold it.
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
    var ground = try await ground(at: basis, voices).ground
    var current: StreamID?
    for try await event in log.caseEvents(of: casebookID, upTo: basis.position) {
      if let last = current, last != event.stream, let file = ground.fold.removeCase(last) {
        try await body(ground.view, file)
      }
      current = event.stream
      _ = ground.fold.take(event)
    }
    if let last = current, let file = ground.fold.removeCase(last) {
      try await body(ground.view, file)
    }
    return ground.view
  }

  /// Tells each event with the state that it left, and whether it is heard: those of the casebook and its sources in the
  /// order of the log, then those of one case after the other. The state holds one case at a time. Events that are set
  /// aside, and those at which a stream stands still or that stand behind, are not told. The view returned holds the last
  /// case.
  public func forEachFact(
    at basis: Basis, _ voices: VoiceSelection = .all,
    _ body: (Fact, CasebookState, _ isHeard: Bool) throws -> Void
  ) async throws -> View {
    var (ground, events) = try await ground(at: basis, voices)
    ground.fold = Fold(ground.voids, hearing: ground.fold.state.voices)
    func step(_ event: RecordedEvent) throws {
      guard let fact = ground.fold.take(event) else { return }
      let state = ground.fold.state
      try body(fact, state, state.lastPosition(of: fact.stream) == fact.position)
    }
    for event in events { try step(event) }
    var current: StreamID?
    for try await event in log.caseEvents(of: casebookID, upTo: basis.position) {
      if let last = current, last != event.stream { _ = ground.fold.removeCase(last) }
      current = event.stream
      try step(event)
    }
    return ground.view
  }

  /// The casebook's own stream and its sources, and their events.
  func ground(
    at basis: Basis, _ selection: VoiceSelection
  ) async throws -> (ground: Ground, events: [RecordedEvent]) {
    let events = try await log.events(
      of: casebookID, streams: [], includingGround: true, upTo: basis.position)
    return (try ground(events, at: basis, selection), events)
  }

  /// The same of events that have been read. Which of them the prefix sets aside and which voices are heard is known only
  /// after the whole of them, so they are read first.
  private func ground(
    _ events: [RecordedEvent], at basis: Basis, _ selection: VoiceSelection
  ) throws(Refusal) -> Ground {
    let voids = Voids(events)
    var fold = Fold(voids)
    for event in events { _ = fold.take(event) }
    let (voices, undated, doubtful) = try selection.resolved(
      among: fold.state.sources, unregistered: fold.state.unregisteredSources)
    if voices.isNarrowed {
      fold = Fold(voids, hearing: voices)
      for event in events { _ = fold.take(event) }
    }
    return Ground(
      casebook: slug, fold: fold, voids: voids, basis: basis, voices: selection, undated: undated,
      doubtful: doubtful, imported: imported)
  }
}

/// What every case stands on, folded, and what a view of it is made of.
struct Ground {
  let casebook: Slug
  var fold: Fold
  let voids: Voids
  let basis: Basis
  let voices: VoiceSelection
  let undated: [Slug]
  let doubtful: [Slug]
  let imported: ImportRecord?

  /// What a reader gets of it.
  var view: View {
    View(
      casebook: casebook, state: fold.state, basis: basis, voices: voices, undated: undated,
      doubtful: doubtful, imported: imported, voids: voids)
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
}
