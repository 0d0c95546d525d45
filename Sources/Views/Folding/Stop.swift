import Casebook
import CasebookStore
import EventLog

/// A stretch of the log in which a stream stands still, because one of its events cannot be read or applied.
package struct Stop: Hashable, Sendable {
  /// The first position at which it does: the event's own, unless another one was set aside before it.
  let from: Int64
  /// The position at which it does no more; nil while it stands still.
  let to: Int64?
  /// The event.
  let event: RecordedEvent
  /// The stream and what is wrong.
  let stopped: StoppedStream

  /// The stream stands still at `event`.
  init(_ event: RecordedEvent, because problem: String) {
    self.init(
      from: event.position, to: nil, event,
      StoppedStream(StreamName(event.stream), at: event.position, because: problem))
  }

  private init(from: Int64, to: Int64?, _ event: RecordedEvent, _ stopped: StoppedStream) {
    self.from = from
    self.to = to
    self.event = event
    self.stopped = stopped
  }

  /// The same event at another stretch.
  func stretch(from: Int64, to: Int64? = nil) -> Stop { Stop(from: from, to: to, event, stopped) }
}
