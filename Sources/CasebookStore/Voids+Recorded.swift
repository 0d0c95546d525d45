public import Casebook
public import EventLog

extension Voids {
  /// What those among `events` do that set others aside. The events come in the order of the log, with all of the
  /// casebook's own stream among them; on another stream such an event has no effect.
  public init(_ events: some Sequence<RecordedEvent>) {
    self.init()
    for event in events where event.isVoid && event.stream.kind == .casebook {
      take(event.position, naming: event.voidedPosition)
    }
  }
}

extension RecordedEvent {
  /// Whether it is of the type that sets others aside.
  public var isVoid: Bool { type == EventType.eventVoided.rawValue }

  /// The event that it sets aside; nil when that cannot be read.
  fileprivate var voidedPosition: Int64? {
    guard case .eventVoided(let position, _)? = try? Fact(self).event else { return nil }
    return position
  }
}
