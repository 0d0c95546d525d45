import Casebook
import EventLog

extension CasebookStore {
  /// Refuses to set an event aside that can be read, unless that is what is wanted, and one on which others rest: its
  /// stream could be read until now and could not be any more.
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
    let voided = Set(try events.compactMap(Self.voidedPosition))
    guard Self.fault(in: events, without: voided) == nil else { return }
    var fault = Self.fault(in: events, without: voided.union([position]))
    if fault == nil, event.type == EventType.sourceRegistered.rawValue {
      // A source's claims stand on cases, which would be left with a voice that is nobody's.
      fault = try await log.firstPosition(
        of: casebookID, inVoiceOf: event.stream.id, except: Array(voided), upTo: basis.position)
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

  /// The first event that cannot be applied when others are set aside; nil when all can be.
  private static func fault(in events: [RecordedEvent], without voided: Set<Int64>) -> Int64? {
    var state = CasebookState(voided: voided)
    for event in events {
      do { try state.evolve(event) } catch { return event.position }
    }
    return nil
  }
}
