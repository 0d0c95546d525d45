public import StrictJSON

/// Withdraws an annotation. It stays in the history.
public struct WithdrawAnnotation: Command {
  let reference: ItemReference
  let reason: String?

  /// Withdraws the annotation `reference`.
  public init(_ reference: ItemReference, reason: String?) {
    self.reference = reference
    self.reason = reason
  }

  public var json: JSON {
    .members(
      ("command", "annotation.withdraw"), ("ref", .reference(reference)),
      ("reason", .text(reason)))
  }

  public var cases: Set<Slug> { [reference.home] }

  public func decide(on state: CasebookState) throws(Refusal) -> [Decision] {
    let home = try state.home(reference.home)
    try home.annotations.standing(reference)
    return [
      Decision(
        stream: home.stream, voice: nil,
        event: .annotationWithdrawn(reference.number, reason: try Text.reason(reason)),
        reference: .item(reference))
    ]
  }
}
