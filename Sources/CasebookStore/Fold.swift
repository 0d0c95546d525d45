import Casebook
import EventLog

/// Folds recorded events, which come in the order of each stream.
///
/// One that cannot be read or applied stops its own stream and no other (`StoppedStream`). Whether it can be applied is
/// asked of the fold that hears everybody: it does not depend on who listens.
struct Fold: Sendable {
  /// What the events up to now leave, for the voices heard.
  private(set) var state: CasebookState
  /// The same with everybody heard, where somebody is left out.
  private var whole: CasebookState?

  /// Begins before the first event of a prefix that sets aside what `voids` say.
  init(_ voids: Voids, hearing voices: Voices = .all) {
    state = CasebookState(hearing: voices, voided: voids.voided, voids: voids.positions)
    whole =
      voices.isNarrowed ? CasebookState(voided: voids.voided, voids: voids.positions) : nil
  }

  /// Takes the next event.
  ///
  /// - Returns: what happened; nil when the event is set aside or passed over, or its stream stands still.
  mutating func take(_ event: RecordedEvent) -> Fact? {
    if !state.stopped.isEmpty, state.stopped[StreamName(event.stream)] != nil {
      state.count(StreamName(event.stream), version: event.streamVersion)
      return nil
    }
    if state.voided.contains(event.position) {
      skip(event, reserving: event.localReference)
      return nil
    }
    do throws(EvolveError) {
      let fact = try Fact(event)
      try whole?.evolve(fact)
      try state.evolve(fact)
      return fact
    } catch {
      stop(at: event, because: error.message)
      return nil
    }
  }

  private mutating func stop(at event: RecordedEvent, because problem: String) {
    // What should set another event aside stops nothing: it could not be set aside itself.
    guard !event.isVoid else { return skip(event, reserving: nil) }
    let stop = StoppedStream(StreamName(event.stream), at: event.position, because: problem)
    state.stop(whole == nil ? stop : stop.withoutWords)
    state.count(stop.stream, version: event.streamVersion)
  }

  /// Passes over an event; the number that `reference` gave out is not given again.
  private mutating func skip(_ event: RecordedEvent, reserving reference: String?) {
    guard let stream = event.address else { return }
    whole?.skip(stream, version: event.streamVersion, reference: reference)
    state.skip(stream, version: event.streamVersion, reference: reference)
  }

  /// Forgets a case and returns it, so that a fold over many holds one at a time; nil when it is not there.
  mutating func removeCase(_ stream: StreamID) -> Case? {
    guard stream.kind == .case, let slug = try? Slug(stream.id) else { return nil }
    _ = whole?.removeCase(slug)
    return state.removeCase(slug)
  }
}
