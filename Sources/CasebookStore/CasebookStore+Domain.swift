public import Casebook
import EventLog

/// An event of the log that breaks a rule of the domain.
public struct DomainFault: Hashable, Sendable {
  /// Where it is.
  public let position: Int64
  /// The stream it belongs to.
  public let stream: StreamName
  /// What is wrong with it, cut where it is long.
  public let problem: String

  init(_ event: RecordedEvent, _ problem: String) {
    position = event.position
    stream = StreamName(event.stream)
    self.problem = StoppedStream(stream, at: position, because: problem).problem
  }
}

extension CasebookStore {
  /// Holds every event against the rules that the program keeps and the database does not: whether it can be read and
  /// applied, and whether a command could have led to it, which is decided again on the state that it found. Folds one
  /// case at a time, so that memory holds one however many there are. Events that are set aside are passed over.
  ///
  /// Of a stream that stands still only what cannot be read is named behind that event: what else is there cannot be judged
  /// without it.
  ///
  /// - Parameter progress: is told how many events are done.
  /// - Returns: what breaks a rule, in the order of the log.
  /// - Throws: `EventLogError`.
  public func checkDomain(_ progress: (Int) -> Void = { _ in }) async throws -> [DomainFault] {
    let basis = try await log.resolve(.head, of: casebookID)
    let (ground, events) = try await ground(at: basis, .all)
    var check = DomainCheck(store: self, voids: ground.voids)
    for event in events { try await check.take(event) }
    // What follows is said on the whole of it.
    var done = events.count
    var current: StreamID?
    for try await event in log.caseEvents(of: casebookID, upTo: basis.position) {
      if let last = current, last != event.stream { check.end(last) }
      current = event.stream
      try await check.take(event)
      done += 1
      progress(done)
    }
    return check.faults.sorted { $0.position < $1.position }
  }
}

/// One pass over the log, the casebook's own stream and its sources first.
private struct DomainCheck {
  let store: CasebookStore
  let voids: Voids
  private(set) var faults: [DomainFault] = []
  private var fold: Fold

  init(store: CasebookStore, voids: Voids) {
    self.store = store
    self.voids = voids
    fold = Fold(voids)
  }

  mutating func take(_ event: RecordedEvent) async throws {
    guard !fold.state.voided.contains(event.position) else {
      _ = fold.take(event)
      return
    }
    let stream = StreamName(event.stream)
    if fold.state.stopped[stream] != nil {
      if (try? Fact(event)) == nil { note(event, "it cannot be read, as another before it") }
    } else if event.isVoid {
      noteVoid(event)
    } else if let fact = try? Fact(event), refusal(of: fact, on: fold.state) != nil {
      // Decided on the casebook as it is now; what counts is how it was just before.
      if let problem = try await problem(of: fact) { note(event, problem) }
    }
    let wasNoted = faults.last?.position == event.position
    _ = fold.take(event)
    if !wasNoted, let stop = fold.state.stopped[stream], stop.position == event.position {
      note(event, stop.problem)
    }
  }

  mutating func end(_ stream: StreamID) { _ = fold.removeCase(stream) }

  private mutating func note(_ event: RecordedEvent, _ problem: String) {
    faults.append(DomainFault(event, problem))
  }

  private mutating func noteVoid(_ event: RecordedEvent) {
    if let problem = voids.withoutEffect[event.position] {
      note(event, "it sets no event aside: \(problem)")
    } else if voids.targets[event.position] == nil {
      note(event, "it sets no event aside: only the casebook's own stream can")
    }
  }

  /// What is wrong with an event on the casebook just before it; nil when a command could have led to it there.
  private func problem(of fact: Fact) async throws -> String? {
    let basis = try await store.log.resolve(.position(fact.position - 1), of: store.casebookID)
    let home = try await store.view(
      of: fact.stream.kind == .caseFile ? [fact.stream.id] : [], at: basis
    ).state
    guard let command = try? fact.command(on: home) else { return refusal(of: fact, on: home) }
    return refusal(of: fact, on: try await store.view(of: command.cases, at: basis).state)
  }

  /// Why no command could have led to an event on a state; nil when one could.
  private func refusal(of fact: Fact, on state: CasebookState) -> String? {
    do {
      guard let command = try fact.command(on: state) else { return nil }
      let decided = try command.decide(on: state)
      if fact.namesWhatComesLater(in: state) { return "what it names was recorded after it" }
      guard decided.allSatisfy(fact.adoptsTheSame) else {
        return "its value or a qualifier is not of the type that the vocabulary says"
      }
      return nil
    } catch {
      return "\(error)"
    }
  }
}

extension Fact {
  /// Whether its predicate or its source came to the casebook only after it.
  fileprivate func namesWhatComesLater(in state: CasebookState) -> Bool {
    let entry: VocabularyEntry? =
      switch event {
      case .claimRecorded(_, let content, _): state.register?.entry(content.predicate)
      case .conclusionDrawn(_, let content, _): state.register?.entry(content.predicate)
      default: nil
      }
    let source = voice.flatMap { state.sources[$0] }
    return entry.map { $0.recorded.position > position } ?? false
      || source.map { $0.registered.position > position } ?? false
  }
}
