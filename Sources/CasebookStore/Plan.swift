import Calendar
import Casebook

/// Decisions worked out on a state of the casebook, each on what the ones before it did.
struct Plan {
  /// The events to append, in order.
  private(set) var decisions: [Decision] = []
  /// The versions that the streams concerned had when it was decided.
  private(set) var expectedVersions: [StreamAddress: Int64] = [:]

  /// The state that they lead to.
  private(set) var state: CasebookState
  private var position: Int64

  init(_ state: CasebookState, head: Int64) {
    self.state = state
    self.state.indexClaims()
    position = head
  }

  /// - Throws: `Refusal` when the command is refused; `EvolveError` when a stream that it would add to stands still. Only
  ///   what sets an event aside is added to such a stream.
  mutating func add(_ command: any Command) throws {
    let decided = try command.decide(on: state)
    for stream in command.guards { expect(stream) }
    for decision in decided {
      if let stop = state.stop(of: decision.stream), decision.event.type != .eventVoided {
        throw stop.error
      }
      expect(decision.stream)
      position += 1
      // Time and author are the server's to say; no decision depends on them.
      try state.evolve(
        Fact(
          position: position, stream: decision.stream,
          streamVersion: state.version(of: decision.stream) + 1, voice: decision.voice,
          recordedAt: Instant(microseconds: 0), recordedBy: "", event: decision.event))
      decisions.append(decision)
    }
  }

  /// Why the command is refused when all `cases` there are may be suggested.
  func refusal(of command: any Command, among cases: [Slug]) -> Refusal? {
    var state = state
    state.otherCases = cases
    do throws(Refusal) {
      _ = try command.decide(on: state)
      return nil
    } catch {
      return error
    }
  }

  private mutating func expect(_ stream: StreamAddress) {
    if expectedVersions[stream] == nil { expectedVersions[stream] = state.version(of: stream) }
  }
}
