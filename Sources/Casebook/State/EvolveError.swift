/// An event that cannot be applied: it contradicts the events before it. It is never passed over in silence; an admin
/// voids it.
public struct EvolveError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Where the event is.
  public let position: Int64
  /// What is wrong with it.
  public let message: String

  /// The event at `position` cannot be applied, because of `message`.
  public init(position: Int64, message: String) {
    self.position = position
    self.message = message
  }

  /// The event, what is wrong and what to do.
  public var description: String {
    "the event @\(position) cannot be applied: \(message). An admin of the casebook can set it "
      + "aside with: dossier log void @\(position) -m REASON"
  }
}
