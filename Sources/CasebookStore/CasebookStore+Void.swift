import Casebook
import EventLog

extension CasebookStore {
  /// Refuses to set an event aside that can be read and applied, unless that is what is wanted, and one on which others
  /// rest: a stream would stand still that does not, or would at an earlier event. What the event says need not be read.
  func refuseIfNeeded(_ void: VoidEvent, at basis: Basis) async throws {
    let position = void.position
    guard let event = try await log.events(of: casebookID, positions: position...position).first
    else {
      throw Refusal(
        .unknownEvent, "there is no @\(position): the log ends at @\(basis.position)")
    }
    guard EventType(rawValue: event.type)?.changesAccess != true else {
      throw Refusal(
        .notAllowed, "@\(position) changed who has access and cannot be set aside",
        remedy: "Change it again with: dossier casebook grant or dossier casebook revoke")
    }
    let events = try await log.events(
      of: casebookID, streams: [ownStream, event.stream], upTo: basis.position)
    var voids = Voids(events)
    let now = Self.stops(in: events, voids)
    if now[StreamName(event.stream)]?.position == position { return }
    // One that cannot be read stands behind another such.
    guard (try? Fact(event)) != nil else { return }
    let setAside = voids.voided
    voids.take(basis.position + 1, naming: position)
    var fault = Self.stops(in: events, voids).values
      .filter { stop in now[stop.stream].map { stop < $0 } ?? true }.min()?.position
    if fault == nil, event.type == EventType.sourceRegistered.rawValue {
      // A source's claims stand on cases, which would be left with a voice that is nobody's.
      fault = try await log.firstPosition(
        of: casebookID, inVoiceOf: event.stream.id, except: Array(setAside), upTo: basis.position)
    }
    if let fault {
      throw Refusal(
        .notAllowed, "@\(position) cannot be set aside: @\(fault) rests on it",
        remedy: "Correct or withdraw what it recorded; see: dossier log show @\(position)")
    }
    guard void.evenIfReadable else {
      throw Refusal(
        .notAllowed, "@\(position) can be read and need not be set aside",
        remedy: "Correct or withdraw what it recorded, which keeps it in its history")
    }
  }

  /// The streams that stand still when these events are folded.
  private static func stops(
    in events: [RecordedEvent], _ voids: Voids
  ) -> [StreamName: StoppedStream] {
    var fold = Fold(voids)
    for event in events { _ = fold.take(event) }
    return fold.state.stopped
  }
}
