public import Casebook
public import EventLog

extension CasebookStore {
  /// The steps of the streams named, in the order of the log.
  ///
  /// - Throws: `EventLogError`, or `EvolveError` when an event cannot be applied.
  public func trail(of streams: [StreamAddress], at basis: Basis) async throws -> [TrailEntry] {
    let wanted = Set(streams)
    // The casebook's own stream says which events are set aside.
    let events = try await log.events(
      of: casebookID, kinds: [.casebook], streams: streams.map(StreamID.init),
      upTo: basis.position)
    let voided = Set(try events.compactMap(Self.voidedPosition))
    var builder = TrailBuilder(voided: voided)
    var entries: [TrailEntry] = []
    for event in events {
      let address = StreamAddress(.init(event.stream.kind), try Slug(event.stream.id))
      guard wanted.contains(address) else { continue }
      entries.append(try builder.step(try Fact(event)))
    }
    return entries
  }
}
