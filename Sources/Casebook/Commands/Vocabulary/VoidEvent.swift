public import StrictJSON

/// Sets an event aside that no version of Dossier can apply. Only an admin of the casebook may.
public struct VoidEvent: Command {
  /// The event.
  public let position: Int64
  /// Whether it is set aside although it can be read: what it recorded is then as if it had never been said.
  public let evenIfReadable: Bool
  let reason: String?

  /// Sets the event at `position` aside.
  public init(_ position: Int64, reason: String?, evenIfReadable: Bool = false) {
    self.position = position
    self.reason = reason
    self.evenIfReadable = evenIfReadable
  }

  public var json: JSON {
    .members(
      ("command", "event.void"), ("position", .integer(position)), ("reason", .text(reason)))
  }

  public var cases: Set<Slug> { [] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let register = try state.requireRegister()
    guard position > 0 else {
      throw Refusal(
        .unknownEvent, "there is no event @\(position)", remedy: "The first event is @1.")
    }
    guard register.voided[position] == nil, !state.voided.contains(position) else {
      throw Refusal(
        .nothingChanged, "the event @\(position) is already set aside",
        remedy: "Nothing needs to be done.")
    }
    guard position != 1 else {
      throw Refusal(
        .notAllowed, "the first event of a casebook cannot be set aside",
        remedy: "Without it there is no casebook; create another one instead.")
    }
    guard !register.voids.contains(position), !state.voids.contains(position) else {
      throw Refusal(
        .notAllowed, "@\(position) sets another event aside and cannot be set aside itself",
        remedy: "Record what should hold instead.")
    }
    return [
      register.decision(
        .eventVoided(position: position, reason: try Text.reason(reason)), .event(position))
    ]
  }
}
