public import Casebook
public import EventLog
public import struct FoundationEssentials.UUID
import PostgresClient
import StrictJSON

extension EventLog {
  /// Creates a casebook; the connected person becomes its admin.
  ///
  /// - Parameters:
  ///   - content: what it is.
  ///   - requestID: the identity of the request; repeated, it happens once.
  /// - Returns: the casebook's identifier.
  /// - Throws: `EventLogError.casebookExists`.
  public func create(_ content: CasebookContent, requestID: UUID? = nil) async throws -> UUID {
    let asked = Event.casebookCreated(content).data.canonicalText
    return try await create(content, with: Request(id: requestID, [], canonicalText: asked)).id
  }

  /// Creates a casebook and carries out a request in it, in one transaction: whatever cuts it short, there is both or
  /// neither. The connected person becomes its admin.
  ///
  /// - Parameters:
  ///   - content: what it is.
  ///   - request: what is done at once. Its canonical text has to say what the casebook is, too.
  /// - Returns: the casebook's identifier, and what was done after its creation.
  /// - Throws: `RefusedCommand`; `EventLogError.casebookExists`; `UnknownOutcome`.
  public func create(
    _ content: CasebookContent, with request: Request
  ) async throws -> (id: UUID, receipt: Receipt) {
    var plan = Plan(try CasebookState.created(content), head: 1)
    for (index, command) in request.commands.enumerated() {
      do { try plan.add(command) } catch let refusal as Refusal {
        throw RefusedCommand(index: index, refusal: refusal)
      }
    }
    let creation = NewEvent(
      Event.casebookCreated(content), on: StreamAddress(.casebook, content.slug), voice: nil)
    do {
      let (id, reply) = try await createCasebook(
        AppendRequest(
          casebookID: UUID(), requestID: request.id,
          commandHash: CasebookStore.hash(of: request.canonicalText),
          events: [creation]
            + plan.decisions.map { NewEvent($0.event, on: $0.stream, voice: $0.voice) },
          reply: Receipt.reply(plan.decisions.map(\.reference))))
      if !reply.isReplay { await announce() }
      return (id, Receipt(reply, decisions: plan.decisions))
    } catch let error as PostgresError where error.kind == .outcomeUnknown {
      throw UnknownOutcome(requestID: request.id, cause: error)
    }
  }
}

extension NewEvent {
  init(_ event: Event, on stream: StreamAddress, voice: Slug?) {
    self.init(
      stream: StreamID(stream), id: UUID(), type: event.type.rawValue,
      schemaVersion: event.type.schemaVersion, voice: voice?.text, data: event.data.text)
  }
}
